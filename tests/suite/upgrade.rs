//! A project whose starter moves on: `roadbook outdated`, `roadbook upgrade`, and saved answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use tests::{DEADLINE, Fixture, Home, Run};

use crate::desk::text;

/// How often an upgrade is killed.
const TIMES: u32 = 50;

/// A home, a roadbook with a template, and `projects/shop` made from it.
struct Desk {
    home: Home,
    book: Fixture,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            home: Home::new(),
            book: Fixture::minimal()
                .replace(
                    "roadbook.toml",
                    "Minimal roadbook\"\n",
                    "Minimal roadbook\"\nversion = \"1\"\n",
                )
                .file("starters/demo/template.yaml", TEMPLATE)
                .file(
                    "starters/demo/skeleton/README.md",
                    "# ${{ values.name }}\n\none\ntwo\nthree\nfour\n",
                )
                .file("starters/demo/skeleton/src/main.txt", "main of ${{ values.owner }}\n"),
        };
        desk.run(&["start", "demo", "shop", "--set", "name=shop"])
            .expect_code(0);
        desk
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let run = self.home.roadbook(["--book".to_owned(), self.book.argument()]);
        run.with(arguments.iter().copied())
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        let run = self.run(&["--json"]).with(arguments.iter().copied());
        run.expect_code(code).stdout_json()
    }

    fn project(&self) -> PathBuf {
        self.home.projects().join("shop")
    }

    fn git(&self, arguments: &[&str]) -> String {
        let run = self.home.git(arguments.iter().copied()).in_folder(self.project());
        run.expect_code(0).stdout
    }

    fn write(&self, file: &str, contents: &str) {
        fs::write(self.project().join(file), contents).expect("the project can be written");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.project().join(file)).expect("the file is there")
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "My work"]);
    }

    /// The roadbook publishes version 2.
    fn move_on(&self) {
        self.book.write(
            "roadbook.toml",
            "format = 1\nid = \"minimal\"\ntitle = \"Minimal roadbook\"\nversion = \"2\"\n",
        );
        self.book.write(
            "starters/demo/skeleton/README.md",
            "# ${{ values.name }}\n\none\ntwo\nthree\nFOUR\n",
        );
        self.book.write("starters/demo/skeleton/new.txt", "new\n");
    }
}

const TEMPLATE: &str = "apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: demo, title: Demo service }
spec:
  type: service
  owner: platform
  parameters:
    - required: [name]
      properties:
        name: { title: Name, type: string }
        owner: { title: Owner, type: string, default: team-orders }
        token: { title: Token, type: string, ui:field: Secret }
  steps:
    - id: fetch
      name: Write the files
      action: fetch:template
      input:
        url: ./skeleton
        values: { name: '${{ parameters.name }}', owner: '${{ parameters.owner }}' }
";

#[test]
fn a_current_project_is_told_so() {
    let desk = Desk::new();
    let told = desk.run(&["outdated", "shop"]).expect_code(0).stdout_is_empty();
    told.stderr_has("is as the starter \"Demo service\" makes it now");
    assert_eq!(text(&desk.json(&["outdated", "shop"], 0), "state"), "current");
    desk.run(&["upgrade"])
        .in_folder(desk.project())
        .expect_code(0)
        .stdout_is_empty();
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn an_outdated_project_shows_what_differs() {
    let desk = Desk::new();
    desk.move_on();
    let told = desk.run(&["outdated"]).in_folder(desk.project()).expect_code(1);
    told.stdout_has("-four\n+FOUR")
        .stdout_has("+++ b/new.txt")
        .stderr_has("from 1 to 2")
        .stderr_has("added    new.txt")
        .stderr_has("changed  README.md");
    let json = desk.json(&["outdated", "shop"], 1);
    assert_eq!(text(&json, "state"), "outdated");
    assert_eq!(
        (text(&json, "from"), text(&json, "to")),
        ("1".to_owned(), "2".to_owned())
    );
    let files = json["files"].as_array().expect("there are files");
    assert_eq!(text(&files[0], "path"), "README.md");
    assert_eq!(text(&files[0], "change"), "changed");
    assert!(text(&files[0], "diff").contains("+FOUR"));
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn an_upgrade_keeps_the_persons_work_and_leaves_the_commit_to_them() {
    let desk = Desk::new();
    desk.write("README.md", "# shop\n\nONE\ntwo\nthree\nfour\n");
    desk.commit();
    let head = desk.git(&["rev-parse", "HEAD"]);
    desk.move_on();

    desk.run(&["upgrade", "shop", "--dry-run"])
        .expect_code(0)
        .stdout_has("README.md: merged with your changes")
        .stdout_has("new.txt: new")
        .stderr_has("Nothing was written");
    assert_eq!(desk.git(&["status", "--porcelain"]), "");

    desk.run(&["upgrade", "shop"])
        .expect_code(0)
        .stderr_has("Nothing is committed")
        .stderr_has("git reset --hard");

    assert_eq!(desk.read("README.md"), "# shop\n\nONE\ntwo\nthree\nFOUR\n");
    assert_eq!(desk.read("new.txt"), "new\n");
    assert!(desk.read(".roadbook/starter.toml").contains("version = \"2\""));
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(
        desk.git(&["status", "--porcelain"]),
        "M  .roadbook/starter.toml\nM  README.md\nA  new.txt\n"
    );
    desk.commit();
    desk.run(&["outdated", "shop"]).expect_code(0);
}

#[test]
fn a_conflict_is_marked_and_is_a_finding() {
    let desk = Desk::new();
    desk.write("README.md", "# shop\n\none\ntwo\nthree\nvier\n");
    desk.commit();
    desk.move_on();

    let json = desk.json(&["upgrade", "shop"], 1);

    let file = &json["files"].as_array().expect("there are files")[0];
    assert_eq!(
        (text(file, "path"), text(file, "outcome")),
        ("README.md".into(), "conflict".into())
    );
    assert_eq!(file["needs_you"], true);
    let readme = desk.read("README.md");
    assert!(
        readme.contains("<<<<<<< your project\nvier\n=======\nFOUR\n>>>>>>> starter 2\n"),
        "{readme}"
    );
    desk.git(&["reset", "--quiet", "--hard"]);
    assert_eq!(desk.read("README.md"), "# shop\n\none\ntwo\nthree\nvier\n");
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn nothing_is_written_over_work_that_is_not_committed() {
    let desk = Desk::new();
    desk.move_on();
    desk.write("README.md", "mine\n");
    desk.run(&["upgrade", "shop"])
        .expect_code(2)
        .stderr_has("not committed: README.md")
        .stderr_has("git stash");
    desk.git(&["checkout", "--quiet", "README.md"]);
    desk.write("new.txt", "mine\n");
    desk.run(&["upgrade", "shop"])
        .expect_code(2)
        .stderr_has("would be overwritten: new.txt");
    assert_eq!(desk.read("new.txt"), "mine\n");
    assert_eq!(desk.git(&["status", "--porcelain"]), "?? new.txt\n");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let desk = Desk::new();
    desk.run(&["outdated"])
        .expect_code(2)
        .stderr_has("was not made from a starter");
    desk.home
        .roadbook(["outdated", "shop"])
        .expect_code(2)
        .stderr_has("made from the roadbook \"minimal\"")
        .stderr_has("--book");
    fs::remove_dir_all(desk.book.folder().join("starters/demo")).expect("it can be removed");
    desk.run(&["upgrade", "shop"])
        .expect_code(2)
        .stderr_has("has the starter \"demo\" no more");
}

#[test]
fn answers_are_saved_and_used_again() {
    let desk = Desk::new();
    for file in ["a.yaml", "a.toml", "a.json"] {
        let made = format!("made-{file}");
        desk.run(&[
            "start",
            "demo",
            &made,
            "--set",
            "name=first",
            "--set",
            "token=hush",
            "--save-values",
            file,
        ])
        .expect_code(0);
        let saved = fs::read_to_string(desk.home.projects().join(file)).expect("the answers are there");
        assert!(saved.contains("first") && saved.contains("team-orders"), "{saved}");
        assert!(!saved.contains("hush"), "{saved}");
        let again = format!("again-{file}");
        desk.run(&["start", "demo", &again, "--values", file, "--set", "owner=team-b"])
            .expect_code(0);
        let readme = fs::read_to_string(desk.home.projects().join(&again).join("README.md")).expect("it was made");
        assert!(readme.starts_with("# first\n"), "{readme}");
    }
    desk.run(&[
        "start",
        "demo",
        "bad",
        "--set",
        "unknown=1",
        "--save-values",
        "bad.yaml",
    ])
    .expect_code(2);
    assert!(
        !desk.home.projects().join("bad.yaml").exists(),
        "answers that were refused are not kept"
    );
    desk.run(&["start", "demo", "other", "--values", "none.yaml"])
        .expect_code(2)
        .stderr_has("none.yaml cannot be read");
}

#[test]
fn a_killed_upgrade_leaves_the_commits_alone_and_is_put_in_order() {
    let desk = Desk::new();
    for file in 0..200 {
        let name = format!("starters/demo/skeleton/src/{}/file-{file}.txt", file % 7);
        desk.book.write(&name, &format!("{file}\n"));
    }
    desk.move_on();
    let head = desk.git(&["rev-parse", "HEAD"]);
    let work = desk.project().join(".git/roadbook-upgrade");
    // From the first sign of it, and from when it begins to write into the project.
    let signs = [work.clone(), work.join("plan")];
    let start = || desk.run(&["upgrade", "shop"]).spawn();
    // A busy machine may look away at the wrong moment.
    let takes = (0..TIMES).find_map(|_| {
        let running = start();
        let pid = running.pid();
        watch(|| work.exists() || has_ended(pid));
        let began = Instant::now();
        watch(|| signs[1].exists() || has_ended(pid));
        let ready = began.elapsed();
        let seen = signs[1].exists();
        watch(|| !signs[1].exists() || has_ended(pid));
        let takes = [ready, began.elapsed().saturating_sub(ready)];
        running.wait().expect_code(0);
        if !seen {
            reset(&desk);
        }
        seen.then_some(takes)
    });
    let takes = takes.expect("an upgrade is seen at work");
    let upgraded = files(&desk.project());
    reset(&desk);
    let before = files(&desk.project());
    let mut halves = 0;
    for moment in 0..TIMES {
        let part = usize::from(moment % 2 == 0);
        let running = start();
        watch(|| signs[part].exists() || has_ended(running.pid()));
        let began = Instant::now();
        let wait = takes[part] * moment / TIMES;
        watch(|| began.elapsed() >= wait);
        running.kill();

        assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
        desk.git(&["fsck", "--strict"]);
        let now = files(&desk.project());
        let half = now != before && now != upgraded;
        halves += u32::from(half);
        if moment % 4 < 2 {
            // As anybody can.
            reset(&desk);
            assert_eq!(files(&desk.project()), before, "killed at {wait:?}");
            // So that the next sign is the next upgrade's.
            drop(fs::remove_dir_all(&work));
        } else {
            let again = desk.run(&["upgrade", "shop"]).run();
            if again.code() != Some(0) {
                // It had ended, but for cleaning up: the result is not committed.
                again.stderr_has("not committed");
            }
            assert_eq!(files(&desk.project()), upgraded, "killed at {wait:?}");
            reset(&desk);
        }
        assert_eq!(desk.git(&["status", "--porcelain"]), "");
    }
    eprintln!("{halves} of {TIMES} were killed between the first file and the last; these take {takes:?}");
    assert!(halves > 0, "no moment was in the middle of the work");
    desk.run(&["upgrade", "shop"]).expect_code(0);
    assert!(!work.exists(), "the last upgrade cleans up");
}

fn reset(desk: &Desk) {
    drop(fs::remove_file(desk.project().join(".git/index.lock")));
    desk.git(&["reset", "--quiet", "--hard"]);
}

/// The files of a project with their texts.
fn files(project: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![project.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("it can be read").flatten() {
            let path = entry.path();
            if path.ends_with(".git") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                // When it was upgraded differs.
                let text = fs::read_to_string(&path).expect("it is a text");
                let lines = text.lines().filter(|line| !line.starts_with("upgraded"));
                found.push((path.clone(), lines.collect()));
            }
        }
    }
    found.sort();
    found
}

/// Whether a process has come to its end, and only waits to be asked for its exit code.
fn has_ended(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z "))
}

/// Looks again and again, without a pause, until it is so.
fn watch(mut so: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !so() {
        assert!(Instant::now() < end, "it did not come to that within {DEADLINE:?}");
    }
}
