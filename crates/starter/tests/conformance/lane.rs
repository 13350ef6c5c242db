//! Files of two folders, compared.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::book::Book;

/// A file's bytes, and whether it may be run.
pub type Files = BTreeMap<String, (Vec<u8>, bool)>;

/// How much was compared.
#[derive(Default)]
pub struct Counts {
    pub templates: usize,
    pub files: usize,
    pub bytes: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} templates, {} files, {} bytes",
            self.templates, self.files, self.bytes
        )
    }
}

/// A template of our own, and answers to it.
pub type Template = (fn(&Book), Value);

/// Compares what the tool makes of our own templates with what we make; fails at the first difference.
pub fn compare_own(templates: Vec<Template>, tool: impl Fn(&Book, &Value) -> Result<PathBuf, String>) -> Counts {
    let mut counts = Counts::default();
    for (template, answers) in templates {
        let book = Book::new();
        template(&book);
        let expected = tool(&book, &answers).unwrap_or_else(|said| panic!("the tool says {said}"));
        let created = book
            .create("starters/demo", &answers)
            .unwrap_or_else(|error| panic!("{error}\n{answers}"));
        let (expected, made) = (files(&expected), files(&created.folder));
        compare(&answers.to_string(), &expected, &made, &mut counts);
    }
    counts
}

/// The files below a folder, without Git's and Roadbook's own.
pub fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    walk(folder, folder, &mut found);
    found
}

/// Fails at the first file that differs.
pub fn compare(what: &str, expected: &Files, made: &Files, counts: &mut Counts) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(made), names(expected), "{what}: files");
    for (name, (bytes, executable)) in expected {
        let (made, made_executable) = &made[name];
        if made != bytes {
            let (made, bytes) = (String::from_utf8_lossy(made), String::from_utf8_lossy(bytes));
            let differ = made
                .split('\n')
                .zip(bytes.split('\n'))
                .find(|(made, expected)| made != expected);
            panic!(
                "{what}: {name} differs: (made, expected) {differ:?}, lengths {} {}",
                made.len(),
                bytes.len()
            );
        }
        assert_eq!(made_executable, executable, "{what}: the mode of {name}");
        counts.bytes += bytes.len();
    }
    counts.templates += 1;
    counts.files += expected.len();
}

fn walk(root: &Path, folder: &Path, found: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        let top = folder == root;
        if top && (entry.file_name() == ".git" || entry.file_name() == ".roadbook") {
            continue;
        }
        let meta = fs::symlink_metadata(&path).unwrap();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if meta.is_dir() {
            walk(root, &path, found);
        } else if meta.is_symlink() {
            let target = fs::read_link(&path).unwrap();
            found.insert(
                format!("{name} ->"),
                (target.to_string_lossy().into_owned().into_bytes(), false),
            );
        } else {
            let executable = meta.permissions().mode() & 0o111 != 0;
            found.insert(name, (fs::read(&path).unwrap(), executable));
        }
    }
}
