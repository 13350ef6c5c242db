//! `roadbook open`

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use engine::wire::{Code, Failure};
use engine::{Engine, Options};

use crate::arguments::Open;
use crate::{Found, Outcome};

/// The desktop app's program.
const APP: &str = "roadbook-desktop";

/// Screens that are no page of the roadbook; no path can have their names as its id.
const SCREENS: [&str; 4] = ["paths", "library", "tools", "starters"];

/// An app that cannot open its window ends well before this; one that lasts longer is left to itself.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) fn run(open: &Open, book: Option<&Path>) -> Outcome {
    known(open, book)?;
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
    // A file and no pipe: the app goes on writing after this command has ended.
    let log = nameless_file(&std::env::temp_dir());
    let stderr = log.as_ref().and_then(|log| log.try_clone().ok());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr.map_or_else(Stdio::null, Stdio::from));
    let mut child = command.spawn().map_err(|error| Failure {
        code: Code::Failed,
        message: format!("The desktop app ({}) could not be started: {error}.", app.display()),
        hint: "Install the desktop app beside this command, or read on the terminal with `roadbook show`.".to_owned(),
    })?;
    match early_end(&mut child) {
        // One that shows the window of an app that is already open ends early, and well.
        Some(status) if !status.success() => Err(ended(status, log)),
        Some(_) | None => Ok(Found::Fine),
    }
}

/// Says what is wrong with the roadbook or the page here, where somebody reads it.
fn known(open: &Open, book: Option<&Path>) -> Result<(), Failure> {
    let engine = Engine::open(Options {
        book: book.map(Path::to_owned),
        folders: None,
    })?;
    match open.page.as_deref().map(|page| page.trim_matches('/')) {
        Some(page) if !SCREENS.contains(&page) => engine.page_markdown(page).map(drop),
        Some(_) | None => Ok(()),
    }
}

fn early_end(child: &mut Child) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if begun.elapsed() >= PATIENCE {
            return None;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn ended(status: ExitStatus, log: Option<File>) -> Failure {
    let mut said = Vec::new();
    if let Some(mut log) = log {
        // What cannot be read is not quoted.
        let _ = log.rewind().and_then(|()| log.read_to_end(&mut said));
    }
    let said = String::from_utf8_lossy(&said);
    let reason = reason(&said).map_or_else(|| format!("{status}."), str::to_owned);
    Failure {
        code: Code::Failed,
        message: format!("The desktop app ended before its window was open: {reason}"),
        hint: "It needs a display. Without one, read on the terminal with `roadbook show`.".to_owned(),
    }
}

/// The last line, or the sentence of a panic, which a backtrace follows.
fn reason(said: &str) -> Option<&str> {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let panic = lines.clone().skip_while(|line| !line.contains("panicked at")).nth(1);
    panic.or_else(|| lines.next_back())
}

/// A file that is gone with its last reader and writer.
fn nameless_file(folder: &Path) -> Option<File> {
    let name = folder.join(format!("roadbook-open-{}.log", std::process::id()));
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(&name)
        .ok()?;
    // A name that stays is only untidy.
    let _ = std::fs::remove_file(&name);
    Some(file)
}

/// The app beside this command, else wherever the search path finds it.
fn app() -> PathBuf {
    let name = format!("{APP}{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().map(|this| this.with_file_name(&name));
    beside
        .filter(|app| app.is_file())
        .unwrap_or_else(|| PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_a_panic_is_the_reason() {
        let said =
            "a warning\n\nthread 'main' (7) panicked at window.rs:1:2:\nNo display.\nstack backtrace:\n   0: main\n";

        assert_eq!(reason(said), Some("No display."));
    }

    #[test]
    fn otherwise_the_last_line_is_the_reason() {
        assert_eq!(reason("one\ntwo\n\n"), Some("two"));
        assert_eq!(reason("\n"), None);
    }
}
