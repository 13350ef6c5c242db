//! A project with one commit, and beside it what would be made now: the two sides of a merge.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use git::{Merge, MergeError, MergeOutcome, MergeRequest};

use crate::git_server;

/// The file that says what a project was made from; a merge leaves it out.
pub const OWN: &str = ".made-from";

pub const TEN: &str = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

/// A project with one commit, and a folder with what would be made now.
pub struct Desk {
    pub home: tempfile::TempDir,
    pub base: String,
}

impl Desk {
    pub fn new(base: &[(&str, &str)]) -> Self {
        git::read_settings_from(git_server::settings());
        let desk = Self {
            home: tempfile::tempdir().unwrap(),
            base: String::new(),
        };
        fs::create_dir(desk.project()).unwrap();
        fs::create_dir(desk.theirs()).unwrap();
        desk.git(&["init", "-q", "-b", "main"]);
        desk.write(base);
        desk.write(&[(OWN, "first\n")]);
        let base = desk.commit();
        Self { base, ..desk }
    }

    pub fn project(&self) -> PathBuf {
        self.home.path().join("project")
    }

    pub fn theirs(&self) -> PathBuf {
        self.home.path().join("theirs")
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git_server::git(&self.project(), arguments)
    }

    pub fn write(&self, files: &[(&str, &str)]) {
        write(&self.project(), files);
    }

    pub fn write_theirs(&self, files: &[(&str, &str)]) {
        write(&self.theirs(), files);
    }

    pub fn commit(&self) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Asks something of both sides.
    pub fn ask<T>(&self, of: impl FnOnce(&MergeRequest<'_>) -> T) -> T {
        let (project, theirs) = (self.project(), self.theirs());
        of(&MergeRequest {
            project: &project,
            base: &self.base,
            theirs: &theirs,
            with_ignored: false,
            leave_out: OWN,
            keep: &[],
            our_label: "your project",
            their_label: "starter 2",
        })
    }

    pub fn merge(&self) -> Result<Merge, MergeError> {
        self.ask(git::merge)
    }

    /// Merges and writes; answers with what became of each file.
    pub fn upgrade(&self) -> BTreeMap<String, MergeOutcome> {
        let merge = self.merge().unwrap();
        let files = merge
            .files()
            .iter()
            .map(|file| (file.path.clone(), file.outcome))
            .collect();
        merge.apply(OWN, b"second\n").unwrap();
        files
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.project().join(path)).unwrap()
    }

    pub fn status(&self) -> String {
        git_server::git(&self.project(), &["status", "--porcelain"])
    }
}

pub fn write(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

pub fn outcomes(pairs: &[(&str, MergeOutcome)]) -> BTreeMap<String, MergeOutcome> {
    pairs
        .iter()
        .map(|(path, outcome)| ((*path).to_owned(), *outcome))
        .collect()
}
