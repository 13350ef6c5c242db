//! A row of the built-in catalogue, as its TOML has it.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;
use thiserror::Error;

use crate::{Kind, Os, Sample, Scheme, Stream, Tool};

/// What `{V}` stands for in a pattern: dotted numbers and a pre-release, without a vendor's suffix.
const VERSION: &str = r"(\d+(?:\.\d+)*(?:[-.]?(?i:alpha|beta|milestone|rc|preview|pre|dev|nightly|canary|snapshot|insiders|ea)(?:[.-]?[0-9A-Za-z]+)*|(?:a|b|rc|-M)\d+)?)";

/// The tools of one file.
///
/// # Errors
/// Where the file is no TOML, a table has an unknown field, or a pattern is no regular expression.
pub(super) fn tools(text: &str) -> Result<Vec<Tool>, RowError> {
    let rows: BTreeMap<String, Row> = toml::from_str(text)?;
    rows.into_iter().map(|(id, row)| row.into_tool(id)).collect()
}

/// Why a file of the built-in catalogue could not be read.
#[derive(Debug, Error)]
pub(super) enum RowError {
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    #[error("the pattern of `{tool}` is no regular expression: {source}")]
    Pattern { tool: String, source: regex::Error },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    kind: Kind,
    programs: Vec<String>,
    #[serde(default = "version_argument")]
    args: Vec<String>,
    #[serde(default)]
    stream: Stream,
    pattern: Option<String>,
    #[serde(default)]
    side_by_side: bool,
    absent: Option<String>,
    #[serde(default)]
    scheme: Scheme,
    in_project: Option<Vec<String>>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    os: Vec<Os>,
    needs: Option<String>,
    #[serde(default)]
    fixes: BTreeMap<String, String>,
    #[serde(default)]
    commands: BTreeMap<String, String>,
    link: Option<String>,
    #[serde(default)]
    samples: Vec<Sample>,
}

impl Row {
    fn into_tool(self, id: String) -> Result<Tool, RowError> {
        let regex = |pattern: Option<String>| {
            let pattern = pattern.map(|pattern| Regex::new(&pattern.replace("{V}", VERSION)));
            pattern.transpose().map_err(|source| RowError::Pattern {
                tool: id.clone(),
                source,
            })
        };
        Ok(Tool {
            pattern: regex(self.pattern)?,
            absent: regex(self.absent)?,
            id,
            title: self.title,
            aliases: self.aliases,
            kind: self.kind,
            programs: self.programs,
            args: self.args,
            stream: self.stream,
            side_by_side: self.side_by_side,
            scheme: self.scheme,
            in_project: self.in_project,
            env: self.env,
            os: self.os,
            needs: self.needs,
            fixes: self.fixes,
            commands: self.commands,
            link: self.link,
            samples: self.samples,
        })
    }
}

fn version_argument() -> Vec<String> {
    vec!["--version".to_owned()]
}
