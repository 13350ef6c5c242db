//! Three-way merges of a project with a newer version of what it was made from.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use git::{Change, Merge, MergeError, MergeOutcome, MergeRequest};
use proptest::prelude::*;

const OWN: &str = ".made-from";

/// A project with one commit, and a folder with what would be made now.
struct Desk {
    home: tempfile::TempDir,
    base: String,
}

impl Desk {
    fn new(base: &[(&str, &str)]) -> Self {
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

    fn project(&self) -> PathBuf {
        self.home.path().join("project")
    }

    fn theirs(&self) -> PathBuf {
        self.home.path().join("theirs")
    }

    fn git(&self, arguments: &[&str]) -> String {
        git_server::git(&self.project(), arguments)
    }

    fn write(&self, files: &[(&str, &str)]) {
        write(&self.project(), files);
    }

    fn write_theirs(&self, files: &[(&str, &str)]) {
        write(&self.theirs(), files);
    }

    fn commit(&self) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn ask<T>(&self, of: impl FnOnce(&MergeRequest<'_>) -> T) -> T {
        let (project, theirs) = (self.project(), self.theirs());
        of(&MergeRequest {
            project: &project,
            base: &self.base,
            theirs: &theirs,
            with_ignored: false,
            leave_out: OWN,
            our_label: "your project",
            their_label: "starter 2",
        })
    }

    fn merge(&self) -> Result<Merge, MergeError> {
        self.ask(git::merge)
    }

    fn upgrade(&self) -> BTreeMap<String, MergeOutcome> {
        let merge = self.merge().unwrap();
        let files = merge
            .files()
            .iter()
            .map(|file| (file.path.clone(), file.outcome))
            .collect();
        merge.apply(OWN, b"second\n").unwrap();
        files
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.project().join(path)).unwrap()
    }

    fn status(&self) -> String {
        git_server::git(&self.project(), &["status", "--porcelain"])
    }
}

fn write(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn outcomes(pairs: &[(&str, MergeOutcome)]) -> BTreeMap<String, MergeOutcome> {
    pairs
        .iter()
        .map(|(path, outcome)| ((*path).to_owned(), *outcome))
        .collect()
}

const TEN: &str = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

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
fn the_base_is_found_by_its_tree_even_after_an_amended_first_commit() {
    let desk = Desk::new(&[("a", TEN)]);
    desk.write_theirs(&[("a", TEN)]);
    let tree = git::tree_of(&desk.theirs(), OWN).unwrap();
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

/// A line that nobody else has, so that it can be looked for anywhere.
fn lines(of: &str, file: usize, count: usize) -> Vec<String> {
    (0..count).map(|line| format!("{of} {file} {line}")).collect()
}

/// What one side does to a file.
#[derive(Debug, Clone)]
enum Edit {
    Nothing,
    Delete,
    Move,
    /// Takes lines away (by bit), and puts one at a place.
    Lines(u8, Option<usize>),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => Just(Edit::Nothing),
        1 => Just(Edit::Delete),
        1 => Just(Edit::Move),
        4 => (any::<u8>(), proptest::option::of(0..9_usize)).prop_map(|(gone, new)| Edit::Lines(gone, new)),
    ]
}

/// The files of a side: each name with its lines.
fn side(who: &str, edits: &[Edit], base: &[(String, Vec<String>)]) -> Vec<(String, Vec<String>)> {
    let edited = edits
        .iter()
        .zip(base)
        .enumerate()
        .filter_map(|(index, (edit, (name, lines)))| {
            let mut lines = lines.clone();
            match edit {
                Edit::Nothing => Some((name.clone(), lines)),
                Edit::Delete => None,
                Edit::Move => Some((format!("{who}/{name}"), lines)),
                Edit::Lines(gone, new) => {
                    let mut at = 0;
                    lines.retain(|_| {
                        at += 1;
                        gone >> (at - 1) & 1 == 0
                    });
                    if let Some(at) = new {
                        lines.insert((*at).min(lines.len()), format!("{who} {index}"));
                    }
                    Some((name.clone(), lines))
                }
            }
        });
    edited.collect()
}

fn put(root: &Path, files: &[(String, Vec<String>)]) {
    for (name, lines) in files {
        let text: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
        write(root, &[(name, &text.concat())]);
    }
}

/// All lines below a folder.
fn all_lines(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".git") {
            continue;
        }
        if path.is_dir() {
            all_lines(&path, found);
        } else {
            found.extend(fs::read_to_string(path).unwrap().lines().map(str::to_owned));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_of_the_project_that_the_starter_left_alone_is_lost(
        ours in proptest::collection::vec(edit(), 3),
        theirs in proptest::collection::vec(edit(), 3),
    ) {
        let base: Vec<_> = (0..3).map(|file| (format!("file{file}"), lines("base", file, 8))).collect();
        let desk = Desk::new(&[]);
        put(&desk.project(), &base);
        let desk = Desk { base: desk.commit(), ..desk };
        for (name, _) in &base {
            fs::remove_file(desk.project().join(name)).unwrap();
        }
        let (mine, new) = (side("mine", &ours, &base), side("theirs", &theirs, &base));
        put(&desk.project(), &mine);
        put(&desk.theirs(), &new);
        desk.commit();

        desk.upgrade();

        let mut there = Vec::new();
        all_lines(&desk.project(), &mut there);
        let of_starter: Vec<&String> = new.iter().flat_map(|(_, lines)| lines).collect();
        for line in mine.iter().flat_map(|(_, lines)| lines) {
            let is_own = line.starts_with("mine");
            if is_own || of_starter.contains(&line) {
                prop_assert!(there.contains(line), "{line} is lost: {there:?}");
            }
        }
        desk.git(&["reset", "--hard", "-q"]);
        prop_assert_eq!(desk.status(), "");
    }
}
