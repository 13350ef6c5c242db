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
