//! A program that prints its version.

use std::path::PathBuf;

use super::{
    Probed, Surroundings,
    run::{Place as Folder, Ran, command_line, find, not_found, run_at, unfinished},
};
use crate::{
    State, Stream, Tool, Version,
    cache::{self, Place},
    process::End,
    shim,
    text::first_line,
};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    match find(tool, surroundings).await {
        Ok(path) => known_or_asked(path, tool, surroundings).await,
        Err(probed) => *probed,
    }
}

/// What the program said before, while its file is the same; otherwise it is asked.
async fn known_or_asked(path: PathBuf, tool: &Tool, surroundings: &Surroundings) -> Probed {
    let place = place(path.clone(), tool, surroundings).await;
    if let Some((version, output)) = place.as_ref().and_then(|place| surroundings.cache.get(place))
        && let Some(version) = Version::parse(&version, tool.scheme)
    {
        return Probed {
            version: Some(version),
            command: command_line(&path, &tool.args),
            path: Some(path),
            output,
            ..Probed::new(State::Passed, "")
        };
    }
    let probed = match run_at(path, tool, &tool.args, Folder::Neutral, surroundings).await {
        Ok(ran) => judge(tool, &ran, surroundings),
        Err(probed) => *probed,
    };
    if let (Some(place), State::Passed, Some(version)) = (place, probed.state, &probed.version) {
        surroundings.cache.keep(place, version.as_str(), &probed.output);
    }
    probed
}

/// The stamp is taken before the program runs: one that is replaced meanwhile is asked again next time.
async fn place(path: PathBuf, tool: &Tool, surroundings: &Surroundings) -> Option<Place> {
    let tool = tool.clone();
    let looking = tokio::task::spawn_blocking(move || cache::place(&tool, &path));
    tokio::time::timeout(surroundings.limits.time, looking)
        .await
        .ok()?
        .ok()?
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
        let detail = match tool.needs {
            Some(_) => not_found(tool),
            None => format!(
                "{title} itself is not installed: {} only launches it.",
                ran.path.display()
            ),
        };
        return ran.says(State::Failed, detail, line.trim());
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
            beside: beside(tool, &ran.out, &version),
            version: Some(version),
            ..ran.says(State::Passed, "", line)
        };
    }
    if tool.side_by_side && ran.end == End::Exited(Some(0)) && first_line(&ran.out).is_empty() {
        let detail = format!("{} is there, but no {title} is installed.", tool.programs.join(" or "));
        return ran.says(State::Failed, detail, "");
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

/// The other versions of a tool that may be there several times.
fn beside(tool: &Tool, text: &str, version: &Version) -> Vec<(Version, String)> {
    let all = tool.versions_in(text).into_iter().filter(|_| tool.side_by_side);
    let parsed = all.filter_map(|(text, line)| Some((Version::parse(text, tool.scheme)?, line.to_owned())));
    let mut others: Vec<_> = parsed.filter(|(other, _)| other != version).collect();
    others.sort_by(|left, right| left.0.cmp(&right.0));
    others
}
