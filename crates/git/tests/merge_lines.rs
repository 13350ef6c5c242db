//! No line of a project is lost by a merge, whatever both sides did.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/git_server.rs"]
mod git_server;

use std::fs;
use std::path::Path;

use desk::{Desk, write};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_the_project_that_the_starter_left_alone_is_lost(
        ours in proptest::collection::vec(edit(), 3),
        theirs in proptest::collection::vec(edit(), 3),
    ) {
        let base: Vec<_> = (0..3).map(|file| (format!("file{file}"), lines("base", file, 8))).collect();
        let desk = Desk::new(&[]);
        put(&desk.project(), &base);
        let desk = Desk { base: desk.commit(), ..desk };
        for (name, _) in &base {
            fs::remove_file(desk.project().join(name)).unwrap();
        }
        let (mine, new) = (side("mine", &ours, &base), side("theirs", &theirs, &base));
        put(&desk.project(), &mine);
        put(&desk.theirs(), &new);
        desk.commit();

        desk.upgrade();

        let mut there = Vec::new();
        all_lines(&desk.project(), &mut there);
        let of_starter: Vec<&String> = new.iter().flat_map(|(_, lines)| lines).collect();
        for line in mine.iter().flat_map(|(_, lines)| lines) {
            let is_own = line.starts_with("mine");
            if is_own || of_starter.contains(&line) {
                prop_assert!(there.contains(line), "{line} is lost: {there:?}");
            }
        }
        desk.git(&["reset", "--hard", "-q"]);
        prop_assert_eq!(desk.status(), "");
    }
}

/// What one side does to a file.
#[derive(Debug, Clone)]
enum Edit {
    Nothing,
    Delete,
    Move,
    /// Takes lines away (by bit), and puts one at a place.
    Lines(u8, Option<usize>),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => Just(Edit::Nothing),
        1 => Just(Edit::Delete),
        1 => Just(Edit::Move),
        4 => (any::<u8>(), proptest::option::of(0..9_usize)).prop_map(|(gone, new)| Edit::Lines(gone, new)),
    ]
}

/// A line that nobody else has, so that it can be looked for anywhere.
fn lines(of: &str, file: usize, count: usize) -> Vec<String> {
    (0..count).map(|line| format!("{of} {file} {line}")).collect()
}

/// The files of a side: each name with its lines.
fn side(who: &str, edits: &[Edit], base: &[(String, Vec<String>)]) -> Vec<(String, Vec<String>)> {
    let edited = edits
        .iter()
        .zip(base)
        .enumerate()
        .filter_map(|(index, (edit, (name, lines)))| {
            let mut lines = lines.clone();
            match edit {
                Edit::Nothing => Some((name.clone(), lines)),
                Edit::Delete => None,
                Edit::Move => Some((format!("{who}/{name}"), lines)),
                Edit::Lines(gone, new) => {
                    let mut at = 0;
                    lines.retain(|_| {
                        at += 1;
                        gone >> (at - 1) & 1 == 0
                    });
                    if let Some(at) = new {
                        lines.insert((*at).min(lines.len()), format!("{who} {index}"));
                    }
                    Some((name.clone(), lines))
                }
            }
        });
    edited.collect()
}

fn put(root: &Path, files: &[(String, Vec<String>)]) {
    for (name, lines) in files {
        let text: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
        write(root, &[(name, &text.concat())]);
    }
}

/// All lines below a folder.
fn all_lines(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".git") {
            continue;
        }
        if path.is_dir() {
            all_lines(&path, found);
        } else {
            found.extend(fs::read_to_string(path).unwrap().lines().map(str::to_owned));
        }
    }
}
