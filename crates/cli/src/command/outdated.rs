//! `roadbook outdated`

use engine::Engine;
use engine::wire::{AssumedAnswer, FileChange, OutdatedView};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::Outdated;
use crate::{Found, Outcome, block_on, output};

#[derive(Serialize)]
struct Report {
    folder: String,
    starter: String,
    title: String,
    state: &'static str,
    from: String,
    to: String,
    files: Vec<File>,
    assumed: Map<String, Value>,
    dropped: Vec<String>,
}

#[derive(Serialize)]
struct File {
    path: String,
    from: Option<String>,
    change: &'static str,
    diff: String,
}

pub(crate) fn run(engine: &Engine, outdated: &Outdated, json: bool) -> Outcome {
    let request = super::upgrade::comparison(&outdated.project);
    let view = block_on(engine, engine.outdated("outdated", &request, &|_| {}))?;
    let found = if view.current { Found::Fine } else { Found::Finding };
    if json {
        output::json(&report(view));
    } else {
        print(&view);
    }
    Ok(found)
}

fn print(view: &OutdatedView) {
    if view.current {
        eprintln!("{} is as the starter \"{}\" makes it now.", view.folder, view.title);
        return;
    }
    eprintln!(
        "The starter \"{}\" has moved on from {} to {}. In this project that means:",
        view.title, view.from, view.to
    );
    for file in &view.files {
        let from = file.from.as_ref().map(|from| format!("{from} -> ")).unwrap_or_default();
        eprintln!("  {:<8} {from}{}", word(file.change), file.path);
    }
    notes(&view.assumed, &view.dropped);
    for file in &view.files {
        output::line(file.diff.trim_end_matches('\n'));
    }
    eprintln!("Take it over with: roadbook upgrade");
}

/// What was decided about answers.
pub(crate) fn notes(assumed: &[AssumedAnswer], dropped: &[String]) {
    for answer in assumed {
        eprintln!(
            "note: \"{}\" is a new question, answered with {}; another answer: --set {}=…",
            answer.field.title, answer.value, answer.field.name
        );
    }
    for name in dropped {
        eprintln!("note: the answer \"{name}\" is not asked for any more.");
    }
}

/// The answers that were taken, by name.
pub(crate) fn taken(assumed: Vec<AssumedAnswer>) -> Map<String, Value> {
    assumed
        .into_iter()
        .map(|answer| (answer.field.name, answer.value))
        .collect()
}

fn report(view: OutdatedView) -> Report {
    let files = view.files.into_iter().map(|file| File {
        path: file.path,
        from: file.from,
        change: word(file.change),
        diff: file.diff,
    });
    Report {
        folder: view.folder,
        starter: view.starter,
        title: view.title,
        state: if view.current { "current" } else { "outdated" },
        from: view.from,
        to: view.to,
        files: files.collect(),
        assumed: taken(view.assumed),
        dropped: view.dropped,
    }
}

fn word(change: FileChange) -> &'static str {
    match change {
        FileChange::Added => "added",
        FileChange::Removed => "removed",
        FileChange::Changed => "changed",
        FileChange::Moved => "moved",
    }
}
