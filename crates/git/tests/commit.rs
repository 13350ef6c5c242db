//! New repositories, first commits, and what is read back from them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;

use std::fs;
use std::path::Path;

use git::{Error, Identity};

fn first_commit(folder: &Path) -> String {
    git::stage(folder).unwrap().commit(folder, &[], "Start").unwrap()
}

#[test]
fn a_first_commit_holds_what_is_not_ignored() {
    git::read_settings_from(git_server::settings());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".gitignore"), "target\n").unwrap();
    fs::write(folder.path().join("a"), "a").unwrap();
    fs::create_dir(folder.path().join("target")).unwrap();
    fs::write(folder.path().join("target/big"), "big").unwrap();

    git::init(folder.path(), "trunk").unwrap();
    let before = git::inspect(folder.path()).unwrap();
    let commit = first_commit(folder.path());

    assert_eq!(
        (before.branch.as_deref(), before.head, before.clean),
        (Some("trunk"), None, false)
    );
    assert_eq!(before.changed, [".gitignore", "a"]);
    let after = git::inspect(folder.path()).unwrap();
    assert_eq!(
        (after.branch.as_deref(), after.head, after.clean),
        (Some("trunk"), Some(commit), true)
    );
    assert_eq!(git_server::git(folder.path(), &["ls-files"]), ".gitignore\na");
    git_server::git(folder.path(), &["fsck", "--strict"]);
}

#[test]
fn a_first_commit_follows_attributes_also_those_that_are_ignored() {
    git::read_settings_from(git_server::settings());
    for ignored in ["", ".gitattributes\n"] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        fs::write(folder.path().join(".gitignore"), ignored).unwrap();
        fs::write(folder.path().join("docs/.gitattributes"), "*.txt text\n").unwrap();
        fs::write(folder.path().join("docs/a.txt"), "one\r\n").unwrap();
        fs::write(folder.path().join("b.txt"), "one\r\n").unwrap();

        git::init(folder.path(), "main").unwrap();
        first_commit(folder.path());

        let stored = |file: &str| git_server::git(folder.path(), &["cat-file", "-s", &format!("HEAD:{file}")]);
        assert_eq!((stored("docs/a.txt"), stored("b.txt")), ("4".into(), "5".into()));
        git_server::git(folder.path(), &["diff", "--quiet"]);
    }
}

#[cfg(unix)]
#[test]
fn a_first_commit_keeps_programs_and_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    git::read_settings_from(git_server::settings());
    for link in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("run");
        fs::write(&program, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("text"), "text").unwrap();
        if link {
            symlink("run", folder.path().join("link")).unwrap();
        }

        git::init(folder.path(), "main").unwrap();
        let commit = first_commit(folder.path());

        let modes = git_server::git(folder.path(), &["ls-tree", "--format=%(objectmode) %(path)", &commit]);
        let expected = if link {
            "120000 link\n100755 run\n100644 text"
        } else {
            "100755 run\n100644 text"
        };
        assert_eq!(modes, expected);
        git_server::git(folder.path(), &["diff-files", "--quiet"]);
        git_server::git(folder.path(), &["fsck", "--strict"]);
    }
}

#[cfg(unix)]
#[test]
fn where_every_file_is_a_program_none_is() {
    use std::os::unix::fs::PermissionsExt as _;
    git::read_settings_from(git_server::settings());
    let folder = tempfile::tempdir().unwrap();
    for file in ["a", "b"] {
        fs::write(folder.path().join(file), file).unwrap();
        fs::set_permissions(folder.path().join(file), fs::Permissions::from_mode(0o755)).unwrap();
    }

    git::init(folder.path(), "main").unwrap();
    git_server::git(folder.path(), &["config", "core.fileMode", "false"]);
    git::stage(folder.path())
        .unwrap()
        .commit(folder.path(), &["b"], "Start")
        .unwrap();

    let modes = git_server::git(folder.path(), &["ls-tree", "--format=%(objectmode)", "HEAD"]);
    assert_eq!(modes, "100644\n100644");
}

#[test]
fn changes_are_named() {
    git::read_settings_from(git_server::settings());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), "a").unwrap();
    git::init(folder.path(), "main").unwrap();
    first_commit(folder.path());

    fs::write(folder.path().join("a"), "changed").unwrap();
    fs::create_dir(folder.path().join("new")).unwrap();
    fs::write(folder.path().join("new/b"), "b").unwrap();

    let status = git::inspect(folder.path()).unwrap();
    assert!(!status.clean);
    assert_eq!(status.changed, ["a", "new/b"]);
}

#[test]
fn a_folder_inside_a_repository_is_none() {
    git::read_settings_from(git_server::settings());
    let folder = tempfile::tempdir().unwrap();
    git::init(folder.path(), "main").unwrap();
    fs::create_dir(folder.path().join("inside")).unwrap();

    let error = git::inspect(&folder.path().join("inside")).unwrap_err();

    assert!(matches!(error, Error::NotARepository { .. }), "{error:?}");
}

#[test]
fn the_identity_comes_from_the_git_settings() {
    git::read_settings_from(git_server::settings());
    let who = Identity {
        name: "Test Person".into(),
        email: "test@example.com".into(),
    };
    assert_eq!(git::identity().unwrap(), Some(who));
    assert_eq!(git::default_branch(), "main");
}
