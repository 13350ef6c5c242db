//! `roadbook upgrade`

use std::path::{Path, PathBuf};

use engine::Engine;
use engine::wire::{CompareProject, FileOutcome, UpgradeView};
use serde::Serialize;
use serde_json::{Map, Value};

use super::outdated::{notes, taken};
use crate::arguments::{ProjectArguments, Upgrade};
use crate::{Found, Outcome, block_on, output};

#[derive(Serialize)]
struct Report {
    folder: String,
    starter: String,
    title: String,
    from: String,
    to: String,
    written: bool,
    recovered: bool,
    files: Vec<File>,
    assumed: Map<String, Value>,
    dropped: Vec<String>,
}

#[derive(Serialize)]
struct File {
    path: String,
    from: Option<String>,
    outcome: FileOutcome,
    needs_you: bool,
}

pub(crate) fn run(engine: &Engine, upgrade: &Upgrade, json: bool) -> Outcome {
    let request = comparison(&upgrade.project);
    let view = block_on(engine, engine.upgrade("upgrade", &request, upgrade.dry_run, &|_| {}))?;
    let conflicts = view.files.iter().filter(|file| file.needs_you).count();
    if json {
        output::json(&report(view));
    } else {
        print(&view, conflicts, upgrade.dry_run);
    }
    Ok(if conflicts == 0 { Found::Fine } else { Found::Finding })
}

/// What to ask about a project. The form reads each answer of `--set` as its field wants it.
pub(crate) fn comparison(project: &ProjectArguments) -> CompareProject {
    let pairs = project.set.iter();
    CompareProject {
        folder: folder(project.folder.as_deref()).display().to_string(),
        values: pairs.map(|(name, text)| (name.clone(), text.as_str().into())).collect(),
        accept_host_key: project.accept_host_key.clone(),
    }
}

/// The project's folder; this one where none is named.
fn folder(named: Option<&Path>) -> PathBuf {
    let folder = named.unwrap_or(Path::new("."));
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    // Takes away the `.` at the end, which a message would show.
    folder.components().collect()
}

fn print(view: &UpgradeView, conflicts: usize, dry_run: bool) {
    if view.recovered {
        eprintln!("note: an upgrade that was interrupted was put in order first.");
    }
    if view.files.is_empty() && !view.written {
        eprintln!("{} is as the starter \"{}\" makes it now.", view.folder, view.title);
        return;
    }
    for file in &view.files {
        let from = file.from.as_ref().map(|from| format!("{from} -> ")).unwrap_or_default();
        output::line(&format!("{from}{}: {}", file.path, file.words));
    }
    notes(&view.assumed, &view.dropped);
    let (from, to) = (&view.from, &view.to);
    if dry_run {
        eprintln!("Nothing was written. This is what goes from {from} to {to}.");
        return;
    }
    eprintln!("Upgraded from {from} to {to}. Nothing is committed: look at it with git diff --cached, then commit.");
    if conflicts > 0 {
        let (files, need) = if conflicts == 1 {
            ("file", "needs")
        } else {
            ("files", "need")
        };
        eprintln!(
            "{conflicts} {files} {need} you: choose between <<<<<<< your project and >>>>>>> starter {to}, then git add. \
             For a file without marks: git checkout --theirs FILE takes the starter's."
        );
    }
    eprintln!("Take it all back with: git reset --hard");
}

fn report(view: UpgradeView) -> Report {
    let files = view.files.into_iter().map(|file| File {
        path: file.path,
        from: file.from,
        outcome: file.outcome,
        needs_you: file.needs_you,
    });
    Report {
        folder: view.folder,
        starter: view.starter,
        title: view.title,
        from: view.from,
        to: view.to,
        written: view.written,
        recovered: view.recovered,
        files: files.collect(),
        assumed: taken(view.assumed),
        dropped: view.dropped,
    }
}
