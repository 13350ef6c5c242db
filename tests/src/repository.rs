//! Git repositories for tests, made by the system's git.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::Home;

/// Makes a bare repository `NAME.git` in `folder` with one commit of these files on `main`, and gives its path.
pub(crate) fn bare_repository(home: &Home, folder: &Path, name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    bare_repository_of(home, folder, name, files, &[])
}

/// As [`bare_repository`], with more arguments for `git init`.
pub(crate) fn bare_repository_of(
    home: &Home,
    folder: &Path,
    name: &str,
    files: &[(&str, &[u8])],
    init: &[&str],
) -> PathBuf {
    let work = home.path("tmp").join(format!("{name}-work"));
    let bare = folder.join(format!("{name}.git"));
    for (path, contents) in files {
        let file = work.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(file, contents).expect("a file can be written");
    }
    let git = |arguments: &[&str]| {
        let run = home.git(arguments.iter().copied()).in_folder(&work);
        run.with_variable("GIT_AUTHOR_DATE", "2026-11-01T09:00:00Z")
            .with_variable("GIT_COMMITTER_DATE", "2026-11-01T09:00:00Z")
            .expect_code(0);
    };
    git(&[&["init", "--quiet", "--initial-branch", "main"], init].concat());
    git(&["add", "--all"]);
    // Git would tidy up behind the commit, in a folder that is removed meanwhile.
    let quietly = ["-c", "maintenance.auto=false", "-c", "gc.auto=0"];
    git(&[&quietly[..], &["commit", "--quiet", "--message", "Start the sample"]].concat());
    let target = bare.display().to_string();
    git(&["clone", "--quiet", "--bare", ".", &target]);
    fs::remove_dir_all(&work).expect("a temporary folder can be removed");
    bare
}

/// Bytes that no compression makes smaller, always the same, for a clone that takes a while.
pub fn incompressible(length: usize) -> Vec<u8> {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    std::iter::repeat_with(|| {
        // xorshift64: Marsaglia, "Xorshift RNGs", 2003.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    })
    .take(length)
    .collect()
}
