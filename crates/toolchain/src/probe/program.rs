//! A program that prints its version.

use super::{Probed, Ran, Surroundings, not_found, run, unfinished};
use crate::{State, Stream, Tool, Version, process::End, shim, text::first_line};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    match run(tool, &tool.args, surroundings).await {
        Ok(ran) => judge(tool, &ran, surroundings),
        Err(probed) => *probed,
    }
}

/// What the run says about the tool.
pub(super) fn judge(tool: &Tool, ran: &Ran, surroundings: &Surroundings) -> Probed {
    let title = &tool.title;
    if let Some(line) = shim::complaint(&ran.path, &ran.err) {
        let detail = format!(
            "{title} is only a stand-in of a version manager here, and the version it stands for is not installed."
        );
        return ran.says(State::Failed, detail, line);
    }
    let failed = ran.end != End::Exited(Some(0));
    if let Some(absent) = &tool.absent
        && failed
        && let Some(line) = [&ran.err, &ran.out]
            .into_iter()
            .find_map(|text| text.lines().find(|line| absent.is_match(line)))
    {
        return ran.says(State::Failed, not_found(tool), line.trim());
    }
    if let Some(probed) = unfinished(tool, ran, surroundings) {
        return probed;
    }
    let texts = match tool.stream {
        Stream::Stdout | Stream::Either => [ran.out.as_str(), ran.err.as_str()],
        Stream::Stderr => [ran.err.as_str(), ran.out.as_str()],
    };
    if let Some((text, line)) = tool.version_in(texts, true)
        && let Some(version) = Version::parse(text, tool.scheme)
    {
        return Probed {
            version: Some(version),
            ..ran.says(State::Passed, "", line)
        };
    }
    let detail = match ran.end {
        End::Flooded => format!(
            "{title} printed more than {} KiB without naming its version.",
            surroundings.limits.output / 1024
        ),
        _ if first_line(&ran.out).is_empty() && first_line(&ran.err).is_empty() => {
            format!("{title} ran, but printed nothing.")
        }
        _ => format!("{title} ran, but what it printed names no version."),
    };
    ran.says(State::Error, detail, ran.first_line())
}
