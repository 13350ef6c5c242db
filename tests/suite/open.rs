//! `roadbook open`: what it finds out before it starts the app, and whether the app stayed.

use std::fs;
use std::path::PathBuf;

use tests::{DEADLINE, Home, Run, built_program, until};

use crate::desk::Desk;

#[test]
fn a_page_that_is_not_there_is_told_in_the_terminal() {
    let desk = Desk::new();

    desk.run(&["open", "first-service/nothing"])
        .expect_code(2)
        .stdout_is_empty()
        .stderr_has("first-service/nothing")
        .stderr_has("hint:");
}

#[test]
fn a_folder_that_is_no_roadbook_is_told_in_the_terminal() {
    let home = Home::new();

    home.roadbook(["--book", "nowhere", "open"])
        .expect_code(2)
        .stderr_has("There is no folder");
}

#[test]
fn an_app_that_ends_at_once_is_quoted() {
    let home = Home::new();

    opened_by(
        &home,
        "echo starting >&2; echo 'No display was found.' >&2; exit 3",
        &[],
    )
    .expect_code(2)
    .stdout_is_empty()
    .stderr_has("No display was found.")
    .stderr_has("roadbook show");
}

#[test]
fn pages_and_screens_are_passed_on() {
    let home = Home::new();
    for place in ["first-service", "library", "tools", "starters", "paths"] {
        let told = home.path("told");

        opened_by(&home, &format!("echo \"$@\" > '{}'", told.display()), &[place])
            .expect_code(0)
            .stderr_is_empty();

        let passed = until(DEADLINE, || match fs::read_to_string(&told) {
            Ok(words) if words.trim() == format!("--page {place}") => Ok(()),
            other => Err(other),
        });
        assert!(passed.is_ok(), "{place}: {passed:?}");
    }
}

/// The real command beside an app that is this shell script.
fn opened_by(home: &Home, script: &str, arguments: &[&str]) -> Run {
    let command: PathBuf = home.path("bin/roadbook");
    if !command.exists() {
        let built = built_program("roadbook", "ROADBOOK_BIN", "cli");
        // A link where both are on one disk: what was only just written cannot always be run at once.
        fs::hard_link(&built, &command)
            .or_else(|_| fs::copy(&built, &command).map(drop))
            .expect("a program can be copied");
    }
    home.install_tool("roadbook-desktop", script);
    home.program(command, ["open"]).with(arguments.iter().copied())
}
