//! How things are printed.

use std::io::{IsTerminal, Write};

use engine::wire::{Failure, TaskState};
use serde::Serialize;

/// Prints rows as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(rows: &T) {
    // Our own rows hold nothing that JSON cannot.
    let text = serde_json::to_string_pretty(rows).unwrap_or_default();
    line(&text);
}

/// Prints a line; a reader that went away (`roadbook paths | head -1`) is no error.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").is_err() {
        std::process::exit(0);
    }
}

/// A number with its noun: "1 error", "2 errors".
pub(crate) fn plural<N: Copy + PartialEq + From<u8> + std::fmt::Display>(count: N, noun: &str) -> String {
    let ending = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Prints what failed and what to do next.
pub(crate) fn failure(failure: &Failure) {
    eprintln!("{} {}", paint("error:", "31;1"), failure.message);
    if !failure.hint.is_empty() {
        eprintln!("{} {}", paint("hint:", "36;1"), failure.hint);
    }
}

/// A state as a word; colour only repeats what it says.
pub(crate) fn state(state: TaskState) -> String {
    match state {
        TaskState::Todo => "open   ".to_owned(),
        TaskState::Passed => paint_out("passed ", "32"),
        TaskState::Failed => paint_out("failed ", "31"),
        TaskState::Error => paint_out("error  ", "33"),
        TaskState::Skipped => "skipped".to_owned(),
        TaskState::Blocked => paint_out("blocked", "33"),
    }
}

fn paint(text: &str, code: &str) -> String {
    coloured(text, code, std::io::stderr().is_terminal())
}

fn paint_out(text: &str, code: &str) -> String {
    coloured(text, code, std::io::stdout().is_terminal())
}

/// Colour only on a terminal, and not where `NO_COLOR` is set (<https://no-color.org>).
fn coloured(text: &str, code: &str, terminal: bool) -> String {
    if terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_no_ending() {
        assert_eq!(plural(0_usize, "error"), "0 errors");
        assert_eq!(plural(1_u32, "minute"), "1 minute");
        assert_eq!(plural(2_u64, "outcome"), "2 outcomes");
    }
}
