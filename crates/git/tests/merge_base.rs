//! The base of a merge is found in the history of the project.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/desk.rs"]
mod desk;
#[path = "support/git_server.rs"]
mod git_server;

use desk::{Desk, OWN, TEN, outcomes};
use git::MergeOutcome;

#[test]
fn the_base_is_found_by_its_tree_even_after_an_amended_first_commit() {
    let desk = Desk::new(&[("a", TEN)]);
    let made = tempfile::tempdir().unwrap();
    std::fs::write(made.path().join("a"), TEN).unwrap();
    git::init(made.path(), "main").unwrap();
    let tree = git::stage(made.path()).unwrap().tree(made.path(), OWN).unwrap();
    let find = |trees: &[String]| git::find_base(&desk.project(), OWN, trees, None).unwrap();
    assert_eq!(find(std::slice::from_ref(&tree)), Some(desk.base.clone()));
    assert_eq!(find(&[]), Some(desk.base.clone()));

    desk.write(&[("mine", "mine\n")]);
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-q", "--amend", "-m", "amended"]);

    assert_eq!(find(std::slice::from_ref(&tree)), Some(desk.base.clone()));
    desk.git(&["reflog", "expire", "--expire=now", "--all"]);
    assert_eq!(find(&[tree]), None, "a commit with other work in it is no base");
}

#[test]
fn the_base_of_the_next_upgrade_is_what_the_last_one_brought() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write(&[("a", &TEN.replace("2\n", "two\n"))]);
    desk.commit();
    desk.write_theirs(&[("a", &TEN.replace("9\n", "nine\n"))]);
    let merge = desk.merge().unwrap();
    let tree = merge.theirs();
    merge.apply(OWN, b"second\n").unwrap();
    desk.commit();
    desk.git(&["gc", "-q", "--prune=now"]);

    let base = git::find_base(&desk.project(), OWN, std::slice::from_ref(&tree), None).unwrap();

    assert_eq!(base, Some(tree.clone()));
    desk.write_theirs(&[("a", &TEN.replace("9\n", "neuf\n"))]);
    let desk = Desk { base: tree, ..desk };
    assert_eq!(desk.upgrade(), outcomes(&[("a", MergeOutcome::Merged)]));
    assert_eq!(desk.text("a"), TEN.replace("2\n", "two\n").replace("9\n", "neuf\n"));
}
