//! `roadbook open`

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use engine::wire::{Code, Failure};

use crate::arguments::Open;
use crate::{Found, Outcome};

/// The desktop app's program.
const APP: &str = "roadbook-desktop";

pub(crate) fn run(open: &Open, book: Option<&Path>) -> Outcome {
    let app = app();
    let mut command = Command::new(&app);
    if let Some(book) = book {
        command
            .arg("--book")
            .arg(std::path::absolute(book).unwrap_or_else(|_| book.to_owned()));
    }
    if let Some(page) = &open.page {
        command.arg("--page").arg(page);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|error| Failure {
        code: Code::Failed,
        message: format!("The desktop app ({}) could not be started: {error}.", app.display()),
        hint: "Install the desktop app beside this command, or read on the terminal with `roadbook show`.".to_owned(),
    })?;
    Ok(Found::Fine)
}

/// The app beside this command, else wherever the search path finds it.
fn app() -> PathBuf {
    let name = format!("{APP}{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().map(|this| this.with_file_name(&name));
    beside
        .filter(|app| app.is_file())
        .unwrap_or_else(|| PathBuf::from(name))
}
