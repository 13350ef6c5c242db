//! What docs/command.md promises about the command is what the command does.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use tests::{Home, repository_root};

use crate::desk::{Desk, rows};

#[test]
fn every_command_has_a_heading_and_every_option_is_named() {
    let home = Home::new();
    let reference = reference();

    let mut wanting = Vec::new();
    for command in commands(&home) {
        if !reference.lines().any(|line| line == format!("## roadbook {command}")) {
            wanting.push(format!("a heading for {command}"));
        }
        let help = home.roadbook([command.as_str(), "--help"]).expect_code(0);
        for option in options(&help.stdout) {
            if !reference.contains(&option) {
                wanting.push(format!("{option} of {command}"));
            }
        }
    }

    assert!(wanting.is_empty(), "docs/command.md lacks:\n{}", wanting.join("\n"));
}

#[test]
fn every_field_of_an_answer_is_named_under_its_command() {
    let desk = Desk::new();
    let reference = reference();
    desk.book.write(
        "library/lost.md",
        "---\ntitle: Lost\n---\n\nSee [nothing](nowhere.md).\n",
    );

    let mut wanting = Vec::new();
    for (command, arguments) in [
        ("doctor", &["doctor", "git"][..]),
        ("search", &["search", "secret"]),
        ("check", &["check"]),
        ("paths", &["paths"]),
        ("starters", &["starters"]),
        ("fetch", &["fetch", "--list"]),
        ("show", &["show", "library/how-to/rotate-a-secret"]),
    ] {
        let answer = desk
            .run(&["--json"])
            .with(arguments.iter().copied())
            .run()
            .stdout_json();
        if command != "show" {
            assert!(!rows(&answer).is_empty(), "{command} gives no row to look at");
        }
        let section = section(&reference, command);
        for field in fields(&answer) {
            if !section.contains(&format!("`{field}`")) {
                wanting.push(format!("`{field}` of {command}"));
            }
        }
    }

    assert!(wanting.is_empty(), "docs/command.md lacks:\n{}", wanting.join("\n"));
}

#[test]
fn progress_answers_as_paths_does() {
    let desk = Desk::new();

    assert_eq!(desk.rows(&["progress"]), desk.rows(&["paths"]));
    assert!(section(&reference(), "progress").contains("the same as `roadbook paths`"));
}

fn reference() -> String {
    fs::read_to_string(repository_root().join("docs/command.md")).expect("docs/command.md can be read")
}

/// From the heading of a command to the next one.
fn section<'r>(reference: &'r str, command: &str) -> &'r str {
    let heading = format!("## roadbook {command}\n");
    let (_, rest) = reference
        .split_once(&heading)
        .unwrap_or_else(|| panic!("docs/command.md has no {heading}"));
    rest.split("\n## ").next().unwrap_or(rest)
}

/// Those that `roadbook --help` lists, without `help` itself.
fn commands(home: &Home) -> Vec<String> {
    let help = home.roadbook(["--help"]).expect_code(0).stdout;
    let listed = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        // A line that only goes on is indented further.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next());
    let commands: Vec<String> = listed.filter(|command| *command != "help").map(str::to_owned).collect();
    assert!(commands.len() >= 13, "the help lists {commands:?}");
    commands
}

/// The long options that a help text lists.
fn options(help: &str) -> BTreeSet<String> {
    help.lines()
        .filter(|line| line.trim_start().starts_with('-'))
        .flat_map(str::split_whitespace)
        .filter(|word| word.starts_with("--"))
        .map(|word| word.trim_end_matches(',').to_owned())
        .collect()
}

/// The names of an object's fields, or of its rows' fields.
fn fields(answer: &Value) -> BTreeSet<String> {
    let objects = match answer {
        Value::Array(rows) => rows.as_slice(),
        other => std::slice::from_ref(other),
    };
    objects
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|object| object.keys().cloned())
        .collect()
}
