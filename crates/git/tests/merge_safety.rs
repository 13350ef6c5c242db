//! What a merge never touches, refuses or takes back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/git_server.rs"]
mod git_server;

use std::fs;
#[cfg(unix)]
use std::path::Path;

use desk::{Desk, OWN, TEN, outcomes};
use git::{Change, MergeError, MergeOutcome};

#[test]
fn work_that_is_not_committed_is_never_touched() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write_theirs(&[("a", "new\n"), ("b", "new\n"), ("sub/c", "new\n")]);
    let refused = |files: &[&str]| {
        let error = desk.merge().and_then(|merge| merge.apply(OWN, b"")).unwrap_err();
        for file in files {
            assert!(error.to_string().contains(file), "{error}");
        }
        assert!(!error.hint().is_empty());
    };

    desk.write(&[("a", "changed\n")]);
    refused(&["a"]);
    desk.git(&["add", "a"]);
    refused(&["a"]);
    desk.git(&["reset", "--hard", "-q"]);
    desk.write(&[("b", "mine\n")]);
    refused(&["b"]);
    desk.write(&[(".git/info/exclude", "b\n")]);
    desk.git(&["config", "core.quotepath", "off"]);
    fs::remove_file(desk.project().join("b")).unwrap();
    desk.write(&[("sub", "mine\n")]);
    refused(&["sub"]);
    assert_eq!(desk.text("sub"), "mine\n");
    assert_eq!(desk.text("a"), TEN);
}

#[test]
fn files_that_git_does_not_look_at_are_never_written_over() {
    for flag in ["--skip-worktree", "--assume-unchanged"] {
        let desk = Desk::new(&[("a", TEN), ("b", TEN)]);
        desk.write_theirs(&[("a", "new\n"), ("b", TEN)]);
        desk.git(&["update-index", flag, "b"]);
        desk.write(&[("b", "mine\n")]);
        // Nothing is asked of b.
        assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Changed)]), "{flag}");
        desk.git(&["commit", "-qam", "Upgrade"]);

        desk.git(&["update-index", flag, "a"]);
        desk.write(&[("a", "mine\n")]);
        desk.write_theirs(&[("a", "newer\n"), ("b", TEN)]);
        let error = desk.merge().and_then(|merge| merge.apply(OWN, b"")).unwrap_err();

        assert!(
            matches!(&error, MergeError::Unseen { files } if files == &["a"]),
            "{error}"
        );
        assert!(error.hint().contains("--no-skip-worktree"), "{}", error.hint());
        assert_eq!(desk.text("a"), "mine\n", "{flag}");
    }
}

#[test]
fn a_name_that_a_killed_upgrade_left_locked_stops_nobody() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write_theirs(&[("a", "new\n")]);
    let merge = desk.merge().unwrap();
    let name = format!(".git/refs/roadbook/starter/{}.lock", merge.theirs());
    desk.write(&[(&name, "")]);

    merge.apply(OWN, b"").unwrap();

    assert_eq!(desk.text("a"), "new\n");
}

#[test]
fn new_files_elsewhere_and_ignored_ones_stay() {
    let desk = Desk::new(&[("a", TEN), (".gitignore", "build/\n")]);
    desk.write(&[("notes", "mine\n"), ("build/out", "built\n")]);
    desk.write_theirs(&[(".gitignore", "build/\n"), ("a", "new\n"), ("build/out", "theirs\n")]);

    assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Changed)]));

    assert_eq!(
        (desk.text("notes").as_str(), desk.text("build/out").as_str()),
        ("mine\n", "built\n")
    );
}

#[test]
fn a_submodule_stays_as_it_is() {
    let desk = Desk::new(&[("a", TEN)]);
    let commit = desk.base.clone();
    desk.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},sub")]);
    desk.git(&["commit", "-q", "-m", "x"]);
    fs::create_dir(desk.project().join("sub")).unwrap();
    let desk = Desk {
        base: desk.git(&["rev-parse", "HEAD"]),
        ..desk
    };
    desk.write_theirs(&[("a", "new\n"), ("sub/file", "theirs\n")]);

    assert_eq!(desk.ask(git::difference).unwrap().len(), 1);
    assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Changed)]));

    assert!(desk.git(&["ls-files", "--stage", "sub"]).starts_with("160000 "));
    assert_eq!(fs::read_dir(desk.project().join("sub")).unwrap().count(), 0);
}

#[test]
fn an_unfinished_merge_is_named() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.git(&["checkout", "-q", "-b", "other"]);
    desk.write(&[("a", "other\n")]);
    desk.commit();
    desk.git(&["checkout", "-q", "main"]);
    desk.write(&[("b", "b\n")]);
    desk.commit();
    desk.git(&["merge", "-q", "--no-commit", "--no-ff", "other"]);

    let error = desk.merge().unwrap_err();

    assert!(
        matches!(&error, MergeError::Unfinished { state } if state == "merge"),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn modes_and_links_are_merged_and_links_out_are_refused() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new(&[("run.sh", "echo\n"), ("docs/a", "a\n")]);
    desk.write_theirs(&[("run.sh", "echo\n"), ("docs/a", "a\n")]);
    fs::set_permissions(desk.theirs().join("run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    symlink("docs/a", desk.theirs().join("link")).unwrap();

    let files = desk.upgrade();

    assert_eq!(
        files,
        outcomes(&[("link", MergeOutcome::Added), ("run.sh", MergeOutcome::Changed)])
    );
    let mode = fs::metadata(desk.project().join("run.sh"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o111, 0o111);
    assert_eq!(fs::read_link(desk.project().join("link")).unwrap(), Path::new("docs/a"));
    desk.git(&["reset", "--hard", "-q"]);
    for target in ["/etc/passwd", "../../x", ".git/hooks"] {
        fs::remove_file(desk.theirs().join("link")).unwrap();
        symlink(target, desk.theirs().join("link")).unwrap();
        let error = desk.merge().unwrap_err();
        assert!(matches!(error, MergeError::Refused { .. }), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_of_the_project() {
    let desk = Desk::new(&[("a", "a\n")]);
    let outside = desk.home.path().join("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, desk.project().join("sub")).unwrap();
    desk.write_theirs(&[("a", "a\n"), ("sub/c", "c\n")]);

    let result = desk.merge().and_then(|merge| merge.apply(OWN, b""));

    assert!(matches!(&result, Err(MergeError::InTheWay { .. })), "{result:?}");
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

#[test]
fn a_preview_writes_nothing_at_all() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write_theirs(&[("a", "new\n"), ("b", "b\n")]);
    let objects = desk.git(&["count-objects"]);

    let merge = desk.merge().unwrap();
    let files = desk.ask(git::difference).unwrap();

    assert_eq!(merge.files().len(), 2);
    let changes: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.change)).collect();
    assert_eq!(changes, [("a", Change::Changed), ("b", Change::Added)]);
    assert!(
        files[0].diff.contains("-1\n") && files[0].diff.contains("+new\n"),
        "{}",
        files[0].diff
    );
    assert_eq!(desk.git(&["count-objects"]), objects);
    assert_eq!(desk.status(), "");
}

#[test]
fn a_failure_in_the_middle_takes_back_what_was_written() {
    let desk = Desk::new(&[("a", TEN), ("z", TEN)]);
    desk.write_theirs(&[("a", "new\n"), ("b/c", "new\n")]);
    let merge = desk.merge().unwrap();
    // Somebody else holds the index.
    desk.write(&[(".git/index.lock", "")]);

    let error = merge.apply(OWN, b"second\n").unwrap_err();

    assert!(matches!(error, MergeError::Git(_)), "{error}");
    fs::remove_file(desk.project().join(".git/index.lock")).unwrap();
    assert_eq!(desk.status(), "");
    assert_eq!(desk.text("a"), TEN);
    assert!(!desk.project().join(".git/roadbook-upgrade").exists());
    assert!(!git::recover(&desk.project()).unwrap());
}
