//! Cloning a starter beside `git clone`, from a server and from the mirror on this machine.

use std::cell::Cell;
use std::process::Command;

use tests::{Fixture, GitServer, Home, built_program};

use crate::probes::clean;
use crate::rounds::{milliseconds, side_by_side};
use crate::row::Row;

const FILES: usize = 10_000;
const BRANCHES: usize = 200;

/// A repository with 10,000 files and 200 branches, newest commit only.
pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let paths: Vec<String> = (0..FILES)
        .map(|n| format!("src/part-{}/file-{n}.txt", n / 100))
        .collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), path.as_str())).collect();
    let server = GitServer::start().with_repository("large", &files);
    let home = Home::new();
    for branch in 0..BRANCHES {
        let name = format!("branch-{branch}");
        let made = home.git(["branch", &name, "main"]).in_folder(server.folder("large"));
        drop(made.expect_code(0));
    }
    // Servers keep packs.
    drop(
        home.git(["gc", "--quiet"])
            .in_folder(server.folder("large"))
            .expect_code(0),
    );
    let book = Fixture::minimal().repository_starter("large", &server.url("large"));
    let rounds = rounds.div_ceil(2);
    let made = Cell::new(0);
    let compare = |moment, budget| compare(&home, &book, &server, &made, rounds, moment, budget);
    let from_server = compare("a clone of 10,000 files", true);
    drop(home.roadbook(["--book", &book.argument(), "fetch"]).expect_code(0));
    let from_mirror = compare("the same from the mirror", false);
    vec![from_server, from_mirror]
}

/// `made` counts the folders that were cloned into.
fn compare(
    home: &Home,
    book: &Fixture,
    server: &GitServer,
    made: &Cell<usize>,
    rounds: usize,
    moment: &str,
    budget: bool,
) -> Row {
    let roadbook = built_program("roadbook", "ROADBOOK_BIN", "cli");
    let fresh = |who: &str| {
        made.set(made.get() + 1);
        home.projects().join(format!("{who}-{}", made.get()))
    };
    let timed = |command: &mut Command, folder: &std::path::Path| {
        let took = milliseconds(command);
        assert!(
            folder.join("src/part-99/file-9999.txt").is_file(),
            "the clone is not whole"
        );
        // Removed with the home: ext4 looks at every name that was given up lately before it gives a new one, which
        // would be most of the time that is measured.
        took
    };
    let ours = || {
        let folder = fresh("ours");
        let mut command = clean(home, &roadbook);
        command
            .args(["--book", &book.argument(), "start", "large"])
            .arg(&folder);
        timed(&mut command, &folder)
    };
    let git = || {
        let folder = fresh("git");
        let mut command = clean(home, "git");
        command.args([
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--single-branch",
            &server.url("large"),
        ]);
        timed(command.arg(&folder), &folder)
    };
    let (ours, other) = side_by_side(rounds, ours, git);
    Row {
        moment: moment.into(),
        ours,
        unit: "ms",
        than: "git clone --depth 1 --single-branch".into(),
        other,
        budget: budget.then_some(1.0),
    }
}
