//! `roadbook progress`

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
            std::fs::write(file, text + "\n").map_err(|error| at(file, "written", &error))?;
        }
    } else if let Some(file) = &progress.import {
        let text = std::fs::read_to_string(file).map_err(|error| at(file, "read", &error))?;
        let taken = engine.import_progress(&text)?;
        eprintln!("{taken} outcomes were taken in.");
    } else if let Some(id) = &progress.reset {
        let forgotten = engine.reset_progress(id)?;
        eprintln!("{forgotten} outcomes of {id} were forgotten.");
    } else {
        return command::paths::run(engine, json);
    }
    Ok(Found::Fine)
}

fn at(file: &Path, doing: &str, error: &std::io::Error) -> Failure {
    Failure {
        code: Code::Failed,
        message: format!("{} could not be {doing}: {error}.", file.display()),
        hint: "Name a file in a folder of yours.".to_owned(),
    }
}
