//! `starter.toml`: a Git repository to clone.

use serde::Deserialize;

use crate::read::{Finding, Kind, Place, Starter};

/// A Git repository to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// An https or ssh address.
    pub repository: String,
    /// A branch, tag or commit; the default branch where there is none.
    pub reference: Option<String>,
    /// Whether the history stays; otherwise the project starts with one first commit.
    pub keep_history: bool,
    /// The address that a fresh project is pushed to.
    pub remote: Option<String>,
    /// What to do next, Markdown, may be empty.
    pub after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    summary: String,
    repository: String,
    #[serde(rename = "ref")]
    reference: Option<String>,
    #[serde(default)]
    history: History,
    remote: Option<String>,
    #[serde(default)]
    after: String,
    #[serde(default, rename = "roles")]
    _roles: Vec<String>,
    owner: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
enum History {
    #[default]
    Fresh,
    Keep,
}

pub(crate) fn read(place: &Place<'_>, file: &str, text: &str) -> Result<Starter, Finding> {
    let read: File = toml::from_str(text).map_err(|error| Finding {
        code: "starter-syntax",
        file: file.to_owned(),
        line: error
            .span()
            .map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1)),
        message: format!("The starter cannot be read: {}.", error.message().trim_end_matches('.')),
        hint: "A starter.toml has title, summary, repository, ref, history, remote, after, roles, owner and tags."
            .to_owned(),
    })?;
    if let Err(error) = git::Address::parse(&read.repository, false) {
        return Err(Finding {
            code: "starter-repository",
            file: file.to_owned(),
            line: text
                .lines()
                .position(|line| line.trim_start().starts_with("repository"))
                .map_or(0, |at| at + 1),
            message: error.to_string(),
            hint: error.hint(),
        });
    }
    Ok(Starter {
        id: place.id(),
        title: read.title,
        summary: read.summary,
        owner: read.owner,
        tags: read.tags,
        kind: Kind::Repository(Repository {
            repository: read.repository,
            reference: read.reference,
            keep_history: read.history == History::Keep,
            remote: read.remote,
            after: read.after,
        }),
        warnings: Vec::new(),
        root: place.root.to_owned(),
        dir: place.dir.to_owned(),
    })
}
