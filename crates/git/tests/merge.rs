//! Three-way merges of a project with a newer version of what it was made from.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/git_server.rs"]
mod git_server;

use std::fs;

use desk::{Desk, TEN, outcomes};
use git::MergeOutcome;

#[test]
fn changes_of_both_sides_come_together_and_are_left_staged() {
    let desk = Desk::new(&[("both", TEN), ("theirs", TEN), ("gone", "x\n"), ("mine", TEN)]);
    desk.write(&[
        ("both", &TEN.replace("2\n", "two\n")),
        ("mine", "mine\n"),
        ("own", "own\n"),
    ]);
    let head = desk.commit();
    desk.write_theirs(&[
        ("both", &TEN.replace("9\n", "nine\n")),
        ("theirs", "new\n"),
        ("mine", TEN),
        ("a/b/added", "added\n"),
    ]);

    let files = desk.upgrade();

    let expected = [
        ("a/b/added", MergeOutcome::Added),
        ("both", MergeOutcome::Merged),
        ("gone", MergeOutcome::Removed),
        ("theirs", MergeOutcome::Changed),
    ];
    assert_eq!(files, outcomes(&expected));
    assert_eq!(desk.text("both"), TEN.replace("2\n", "two\n").replace("9\n", "nine\n"));
    assert_eq!(desk.text("mine"), "mine\n");
    assert_eq!(
        desk.status(),
        "M  .made-from\nA  a/b/added\nM  both\nD  gone\nM  theirs"
    );
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    desk.git(&["fsck", "--strict"]);
}

#[test]
fn lines_that_both_changed_are_marked_in_plain_words() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write(&[("a", &TEN.replace("5\n", "five\n"))]);
    desk.commit();
    desk.write_theirs(&[("a", &TEN.replace("5\n", "cinq\n"))]);

    let files = desk.upgrade();

    assert_eq!(files, outcomes(&[("a", MergeOutcome::Conflict)]));
    let text = desk.text("a");
    assert!(
        text.contains("<<<<<<< your project\nfive\n=======\ncinq\n>>>>>>> starter 2\n"),
        "{text}"
    );
    assert_eq!(desk.status(), "M  .made-from\nUU a");
    desk.git(&["reset", "--hard", "-q"]);
    assert_eq!(desk.status(), "");
    assert_eq!(desk.text("a"), TEN.replace("5\n", "five\n"));
}

#[test]
fn a_file_that_both_added_keeps_both_texts() {
    let desk = Desk::new(&[]);
    desk.write(&[("a", "mine\n")]);
    desk.commit();
    desk.write_theirs(&[("a", "theirs\n")]);

    assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Conflict)]));

    let text = desk.text("a");
    assert!(text.contains("mine\n") && text.contains("theirs\n"), "{text}");
}

#[test]
fn what_was_deleted_stays_deleted_and_what_was_changed_stays() {
    let desk = Desk::new(&[("deleted", TEN), ("changed", TEN), ("moved", "a\nb\nc\nd\n")]);
    fs::remove_file(desk.project().join("deleted")).unwrap();
    fs::remove_file(desk.project().join("moved")).unwrap();
    desk.write(&[("changed", "changed\n")]);
    desk.commit();
    desk.write_theirs(&[("deleted", "new\n"), ("elsewhere", "a\nb\nc\nd\ne\n")]);

    let files = desk.upgrade();

    let expected = [
        ("changed", MergeOutcome::StaysChanged),
        ("deleted", MergeOutcome::StaysDeleted),
        ("elsewhere", MergeOutcome::StaysDeleted),
    ];
    assert_eq!(files, outcomes(&expected));
    assert!(!desk.project().join("deleted").exists() && !desk.project().join("elsewhere").exists());
    assert_eq!(desk.text("changed"), "changed\n");
    assert_eq!(desk.status(), "M  .made-from");
}

#[test]
fn a_binary_file_that_both_changed_stays_and_is_in_conflict() {
    let desk = Desk::new(&[("a.bin", "a\0b")]);
    desk.write(&[("a.bin", "mine\0")]);
    desk.commit();
    desk.write_theirs(&[("a.bin", "theirs\0")]);

    assert_eq!(desk.upgrade(), outcomes(&[("a.bin", MergeOutcome::KeptYours)]));

    assert_eq!(desk.text("a.bin"), "mine\0");
    assert_eq!(desk.status(), "M  .made-from\nUU a.bin");
    desk.git(&["checkout", "-q", "--theirs", "a.bin"]);
    assert_eq!(desk.text("a.bin"), "theirs\0");
}

#[test]
fn changes_follow_a_file_that_either_side_moved() {
    let desk = Desk::new(&[("mine", TEN), ("theirs", &TEN.replace('1', "one"))]);
    fs::remove_file(desk.project().join("mine")).unwrap();
    desk.write(&[
        ("kept/mine", &TEN.replace("2\n", "two\n")),
        ("theirs", &TEN.replace('1', "one").replace("3\n", "three\n")),
    ]);
    desk.commit();
    desk.write_theirs(&[
        ("mine", &TEN.replace("9\n", "nine\n")),
        ("new/theirs", &TEN.replace('1', "one").replace("8\n", "eight\n")),
    ]);

    let files = desk.upgrade();

    let expected = [("kept/mine", MergeOutcome::Merged), ("new/theirs", MergeOutcome::Moved)];
    assert_eq!(files, outcomes(&expected));
    assert_eq!(
        desk.text("kept/mine"),
        TEN.replace("2\n", "two\n").replace("9\n", "nine\n")
    );
    let both = TEN
        .replace('1', "one")
        .replace("3\n", "three\n")
        .replace("8\n", "eight\n");
    assert_eq!(desk.text("new/theirs"), both);
    assert!(!desk.project().join("mine").exists() && !desk.project().join("theirs").exists());
}

#[test]
fn a_file_where_the_project_has_a_folder_is_left_out_and_told() {
    let desk = Desk::new(&[]);
    desk.write(&[("a/b", "mine\n")]);
    desk.commit();
    desk.write_theirs(&[("a", "theirs\n")]);

    assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Blocked)]));

    assert_eq!(desk.text("a/b"), "mine\n");
}

#[test]
fn a_folder_takes_the_place_of_a_file_and_the_other_way_about() {
    let desk = Desk::new(&[("a", "a\n"), ("b/c", "c\n")]);
    desk.write_theirs(&[("a/x", "x\n"), ("b", "b\n")]);

    desk.upgrade();

    assert_eq!((desk.text("a/x").as_str(), desk.text("b").as_str()), ("x\n", "b\n"));
    desk.git(&["reset", "--hard", "-q"]);
    assert_eq!(desk.status(), "");
}
