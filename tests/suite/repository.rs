//! What must not, and what must, be in the repository's files.

use std::fs;

use tests::repository_root;

use crate::sources::{Source, is_kind, lines_where, sources};

#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    // Written in two pieces, so that this file does not hold what it looks for.
    let folders = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["/Us", "ers/runner"],
        ["/ho", "me/runner"],
        ["/t", "mp/brief"],
    ];
    let wrong = found(|line| {
        folders.iter().any(|parts| {
            let folder = parts.concat();
            // As a path's beginning: `docs/work/plan` is somebody's own folder.
            line.match_indices(&folder).any(|(at, _)| {
                !line[..at].ends_with(|before: char| before.is_alphanumeric() || "./-_}]".contains(before))
            })
        })
    });
    assert!(
        wrong.is_empty(),
        "paths of one machine; use a relative path or a variable:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn nothing_is_left_to_be_done_later_in_the_source() {
    let words = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X"],
        ["HA", "CK"],
        ["Lorem", " ipsum"],
    ]
    .map(|parts| parts.concat());
    let wrong = found(|line| words.iter().any(|word| has_word(line, word)));
    assert!(
        wrong.is_empty(),
        "notes to oneself; do it now, or write an issue and say in the text what is not there:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn lock_files_name_only_the_public_registries() {
    let root = repository_root();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cargo = read("Cargo.lock");
    let wrong = cargo
        .lines()
        .filter(|line| line.starts_with("source = "))
        .find(|line| !line.contains("\"registry+https://github.com/rust-lang/crates.io-index\""));
    assert_eq!(wrong, None, "Cargo.lock: depend on crates.io only");
    let npm = read("ui/package-lock.json");
    let wrong = npm
        .lines()
        .filter(|line| line.trim_start().starts_with("\"resolved\":"))
        .find(|line| !line.contains("\"https://registry.npmjs.org/"));
    assert_eq!(
        wrong, None,
        "ui/package-lock.json: install with the public registry, or edit the host"
    );
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = fs::read_to_string(repository_root().join("README.md")).expect("README.md is in the repository");
    for command in ["./dev run", "./dev test"] {
        assert!(readme.contains(command), "README.md does not say `{command}`");
    }
}

#[test]
fn every_picture_and_page_that_the_readme_points_to_is_there() {
    let root = repository_root();
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md is in the repository");
    let missing: Vec<&str> = links(&readme)
        .filter(|target| !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:"))
        .map(|target| target.split('#').next().unwrap_or(target))
        .filter(|target| !root.join(target).exists())
        .collect();
    assert!(missing.is_empty(), "README.md points to what is not there: {missing:?}");
}

/// The targets of Markdown's inline links and pictures, and of `src` and `srcset` in HTML.
fn links(markdown: &str) -> impl Iterator<Item = &str> {
    let inline = markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next());
    let html = ["src=\"", "srcset=\""]
        .into_iter()
        .flat_map(move |start| markdown.split(start).skip(1).filter_map(|rest| rest.split('"').next()));
    inline.chain(html)
}

fn found(wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let read_by_people = |source: &&Source| !is_kind(&source.path, &["svg", "snap"]);
    sources()
        .iter()
        .filter(read_by_people)
        .flat_map(|source| lines_where(source, &wrong).collect::<Vec<_>>())
        .collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
