//! `roadbook progress`

use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use engine::Engine;
use engine::wire::{Code, Failure};

use crate::arguments::Progress;
use crate::{Found, Outcome, command, output};

pub(crate) fn run(engine: &Engine, progress: &Progress, json: bool) -> Outcome {
    if let Some(file) = &progress.export {
        let text = engine.export_progress()?;
        if file == Path::new("-") {
            output::line(&text);
        } else {
            write(file, &(text + "\n")).map_err(|error| at(file, "written", &error))?;
        }
    } else if let Some(file) = &progress.import {
        let text = std::fs::read_to_string(file).map_err(|error| at(file, "read", &error))?;
        let taken = engine.import_progress(&text)?;
        eprintln!("Took in {}.", output::plural(taken, "outcome"));
    } else if let Some(id) = &progress.reset {
        let forgotten = engine.reset_progress(id)?;
        eprintln!("Forgot {} of {id}.", output::plural(forgotten, "outcome"));
    } else {
        return command::paths::run(engine, json);
    }
    Ok(Found::Fine)
}

/// Replaces the file only by a whole one: a full disk must not cost the export of last week.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    // A link stays a link, and what is no file (a pipe, /dev/stdout) cannot be replaced.
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    if file.exists() && !file.is_file() {
        return std::fs::write(&file, text);
    }
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}.partial", std::process::id()));
    let partial = file.with_file_name(name);
    let written = whole(&partial, text).and_then(|()| std::fs::rename(&partial, &file));
    if written.is_err() {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

fn whole(file: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create_new(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn at(file: &Path, doing: &str, error: &std::io::Error) -> Failure {
    Failure {
        code: Code::Failed,
        message: format!("{} could not be {doing}: {error}.", file.display()),
        hint: match error.kind() {
            std::io::ErrorKind::StorageFull => "Free some space, or name a file on another disk.",
            _ => "Name a file in a folder of yours.",
        }
        .to_owned(),
    }
}
