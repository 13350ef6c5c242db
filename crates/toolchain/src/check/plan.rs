//! What has to be probed for a list of requirements.

use std::path::{Path, PathBuf};

use crate::{Catalogue, Finding, Platform, Range, Requirement, State, Tool, verdict};

/// A tool, and the requirements that ask for it.
pub(super) struct Asked {
    pub(super) tool: Tool,
    pub(super) by: Vec<Wish>,
}

/// A requirement that needs a probe.
pub(super) struct Wish {
    /// The requirement's place, from 0.
    pub(super) at: usize,
    pub(super) range: Range,
    /// The folder that decides about the version, where there is a project.
    pub(super) folder: Option<PathBuf>,
}

/// The tools to probe, each once, and the findings that need no probe.
pub(super) fn plan(
    requirements: &[Requirement],
    catalogue: &Catalogue,
    platform: &Platform,
    project: Option<&Path>,
) -> (Vec<Asked>, Vec<(usize, Finding)>) {
    let (mut asked, mut known): (Vec<Asked>, _) = (Vec::new(), Vec::new());
    for (at, requirement) in requirements.iter().enumerate() {
        let (tool, range) = match look_up(requirement, catalogue, platform) {
            Ok(found) => found,
            Err(finding) => {
                known.push((at, *finding));
                continue;
            }
        };
        let folder = project.map(|project| match &requirement.member {
            Some(member) => project.join(member),
            None => project.to_owned(),
        });
        let wish = Wish { at, range, folder };
        match asked.iter_mut().find(|asked| asked.tool.id == tool.id) {
            Some(asked) => asked.by.push(wish),
            None => asked.push(Asked {
                tool: tool.clone(),
                by: vec![wish],
            }),
        }
    }
    (asked, known)
}

/// The tool and the range that a requirement names, or its finding where nothing has to be probed.
fn look_up<'a>(
    requirement: &Requirement,
    catalogue: &'a Catalogue,
    platform: &Platform,
) -> Result<(&'a Tool, Range), Box<Finding>> {
    let Some(tool) = catalogue.tool(&requirement.tool) else {
        let detail = format!(
            "The catalogue has no tool called `{}`; the roadbook's tools.toml can add it.",
            requirement.tool
        );
        return Err(Box::new(verdict::untested(requirement, State::Error, detail)));
    };
    if !tool.os.is_empty() && !tool.os.contains(&platform.os) {
        return Err(Box::new(verdict::elsewhere(requirement, tool, platform.os)));
    }
    let range = Range::parse(&requirement.range).map_err(|error| {
        let detail = format!("{error}. {}", error.hint());
        Box::new(Finding {
            tool: tool.id.clone(),
            title: tool.title.clone(),
            ..verdict::untested(requirement, State::Error, detail)
        })
    })?;
    Ok((tool, range))
}
