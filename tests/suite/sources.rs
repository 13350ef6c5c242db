//! The files of this repository, as Git sees them.

use std::fs;
use std::process::Command;

use tests::repository_root;

/// A text file of the repository.
pub(crate) struct Source {
    /// Below the root, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

/// Every text file that Git tracks or would track, lock files left out.
pub(crate) fn sources() -> Vec<Source> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(repository_root())
        .output()
        .expect("git is on the search path");
    assert!(
        listed.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&listed.stderr)
    );
    let paths = String::from_utf8(listed.stdout).expect("paths in this repository are UTF-8");
    let found: Vec<Source> = paths
        .split_terminator('\0')
        .filter(|path| !is_lock_file(path))
        // Gone from the folder and not yet from the index, or no text: neither is read by people.
        .filter_map(|path| {
            Some(Source {
                path: path.to_owned(),
                text: fs::read_to_string(repository_root().join(path)).ok()?,
            })
        })
        .collect();
    assert!(found.len() > 20, "git ls-files names only {} files", found.len());
    found
}

/// Whether the file ends with one of these.
pub(crate) fn is_kind(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| endings.contains(&ending))
}

/// Lines with their numbers that `wrong` is true of, as `path:line: text`.
pub(crate) fn lines_where<'a>(
    source: &'a Source,
    wrong: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    source
        .text
        .lines()
        .enumerate()
        .filter(move |(_, line)| wrong(line))
        .map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
}

fn is_lock_file(path: &str) -> bool {
    is_kind(path, &["lock"]) || path.ends_with("package-lock.json")
}
