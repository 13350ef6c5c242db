//! The rules of the house: who may know whom, and who may use what.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Metadata, MetadataCommand, Package};
use tests::repository_root;

use crate::sources::{is_kind, lines_where, sources};

/// Every room and the rooms that it stands on.
const ROOMS: [(&str, &[&str]); 10] = [
    ("book", &[]),
    ("search", &["book"]),
    ("toolchain", &[]),
    ("git", &[]),
    ("starter", &["git"]),
    ("journey", &[]),
    ("engine", &["book", "git", "journey", "search", "starter", "toolchain"]),
    ("cli", &["engine"]),
    ("roadbook-desktop", &["engine"]),
    ("tests", &[]),
];

/// Libraries that one room keeps to itself: name (also as the start of a longer one), room.
const KEPT: [(&str, &str); 7] = [
    ("tauri", "roadbook-desktop"),
    ("git2", "git"),
    ("auth-git2", "git"),
    ("libgit2-sys", "git"),
    ("rusqlite", "journey"),
    ("tantivy", "search"),
    ("pulldown-cmark", "book"),
];

/// A file of hand-written source longer than this has lost its one idea.
const LONGEST_FILE: usize = 800;

#[test]
fn every_room_stands_only_on_the_rooms_it_may() {
    let workspace = workspace();
    let rooms: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let found: BTreeMap<&str, BTreeSet<&str>> = members(&workspace)
        .map(|package| {
            let others = package.dependencies.iter().map(|other| other.name.as_str());
            (
                package.name.as_str(),
                others.filter(|other| rooms.contains(other)).collect(),
            )
        })
        .collect();
    let expected: BTreeMap<&str, BTreeSet<&str>> = ROOMS
        .iter()
        .map(|(room, others)| (*room, others.iter().copied().collect()))
        .collect();
    for (room, others) in &found {
        let Some(allowed) = expected.get(room) else {
            panic!(
                "the workspace has a new member `{room}`: say in tests/suite/house.rs and in ARCHITECTURE.md what it may stand on"
            );
        };
        let forbidden: Vec<_> = others.difference(allowed).collect();
        assert!(
            forbidden.is_empty(),
            "`{room}` depends on {forbidden:?} and may only stand on {allowed:?}: pass plain data through `engine` instead"
        );
    }
    assert_eq!(
        found, expected,
        "a room or one of its stairs is gone (left: found, right: the plan in tests/suite/house.rs)"
    );
}

#[test]
fn a_library_that_one_room_keeps_is_used_by_no_other() {
    let workspace = workspace();
    let mut used = BTreeSet::new();
    for package in members(&workspace) {
        for dependency in &package.dependencies {
            let kept = KEPT.iter().find(|(library, _)| {
                let rest = dependency.name.strip_prefix(library);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            });
            if let Some((library, room)) = kept {
                assert_eq!(
                    package.name.as_str(),
                    *room,
                    "`{}` depends on `{}`, which only `{room}` may: ask that room for what is needed",
                    package.name,
                    dependency.name
                );
                used.insert(*library);
            }
        }
    }
    for library in ["tauri", "git2", "rusqlite", "tantivy", "pulldown-cmark"] {
        assert!(
            used.contains(library),
            "nobody uses `{library}` any more: take it out of tests/suite/house.rs"
        );
    }
}

#[test]
fn only_the_backend_folder_of_the_ui_talks_to_the_shell() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.starts_with("ui/src/") && !source.path.starts_with("ui/src/lib/backend/"))
        .filter(|source| is_kind(&source.path, &["ts", "js", "svelte"]))
        .flat_map(|source| lines_where(source, |line| line.contains("@tauri-apps")).collect::<Vec<_>>())
        .collect();
    assert!(
        wrong.is_empty(),
        "only ui/src/lib/backend/ may import @tauri-apps; add a function there and call it:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn only_the_command_line_prints() {
    let wrong: Vec<String> = sources()
        .iter()
        .filter(|source| is_kind(&source.path, &["rs"]) && source.path.contains("/src/"))
        .filter(|source| source.path.starts_with("crates/") || source.path.starts_with("src-tauri/"))
        .filter(|source| !source.path.starts_with("crates/cli/"))
        .flat_map(|source| {
            let tests = source.text.find("#[cfg(test)]\nmod ").unwrap_or(source.text.len());
            let last = source.text[..tests].lines().count();
            let prints = |line: &str| {
                let line = line.trim_start();
                ["println!", "eprintln!", "print!", "eprint!", "dbg!"]
                    .iter()
                    .any(|word| line.starts_with(word))
            };
            lines_where(source, prints)
                .take_while(move |found| line_of(found) <= last)
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "only crates/cli prints; elsewhere return a value, or use `tracing` for what a developer wants to know:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_source_file_is_too_long_to_have_one_idea() {
    let endings = ["rs", "ts", "svelte", "css", "js", "html", "sh"];
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| is_kind(&source.path, &endings) && !source.path.contains(".gen."))
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "files of more than {LONGEST_FILE} lines; split them by idea (about 150 lines each):\n{}",
        long.join("\n")
    );
}

#[test]
fn every_room_says_what_it_is_for() {
    let silent: Vec<String> = members(&workspace())
        .filter(|package| package.description.as_deref().unwrap_or_default().trim().is_empty())
        .map(|package| package.manifest_path.to_string())
        .collect();
    assert!(
        silent.is_empty(),
        "a `description` of one sentence is missing in:\n{}",
        silent.join("\n")
    );
}

fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(repository_root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata reads the workspace")
}

fn members(workspace: &Metadata) -> impl Iterator<Item = &Package> {
    workspace
        .packages
        .iter()
        .filter(|package| workspace.workspace_members.contains(&package.id))
}

fn line_of(found: &str) -> usize {
    found
        .split(':')
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(usize::MAX)
}
