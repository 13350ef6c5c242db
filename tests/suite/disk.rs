//! A disk that is full, and one that is read-only: a clear sentence, nothing lost, nothing left half made.
//!
//! The disks are in memory, and mounted where only the command sees them (user and mount namespaces). Where a system
//! does not allow that, the tests say so.

use std::path::Path;
use std::process::{Command, Output};

use tests::{Home, STANDARD_STARTER, built_program};

use crate::desk::Desk;

const TEMPLATE: &str = "apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: large, title: Large }
spec:
  type: service
  owner: platform
  parameters: []
  steps:
    - { id: fetch, name: Write the files, action: fetch:plain, input: { url: ./skeleton } }
";

/// What the command said on a disk of its own at `projects`, and what is on that disk afterwards.
struct Told {
    code: Option<i32>,
    stderr: String,
    left: String,
}

/// Runs a script with the command as `$roadbook`, in `projects`, a disk of this size; `None` where the system does not
/// allow it.
fn on_a_disk(home: &Home, size: &str, script: &str) -> Option<Told> {
    let roadbook = built_program("roadbook", "ROADBOOK_BIN", "cli");
    let projects = home.projects();
    std::fs::create_dir_all(&projects).expect("it is made");
    let whole = format!(
        "mount -t tmpfs -o size={size} tmpfs {0} || exit 125\ncd {0}\nroadbook={1}\n{script}\ncode=$?\nls -A . >&3\nexit $code\n",
        quoted(&projects),
        quoted(&roadbook),
    );
    let left = home.path("left");
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c"])
        .arg(format!("exec 3> {}\n{whole}", quoted(&left)))
        .env_clear()
        .envs(home.variables())
        .output();
    let Ok(Output { status, stderr, .. }) = output else {
        eprintln!("skipped: unshare is not on this machine");
        return None;
    };
    let stderr = home.normalise(&String::from_utf8_lossy(&stderr));
    if status.code() == Some(125) || stderr.contains("unshare") {
        eprintln!("skipped: this system lets nobody mount a disk of their own");
        return None;
    }
    Some(Told {
        code: status.code(),
        stderr,
        left: std::fs::read_to_string(left).expect("it is written"),
    })
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display())
}

fn desk_with_a_large_template() -> Desk {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file("starters/large/template.yaml", TEMPLATE)
        .file("starters/large/skeleton/large.txt", &"a line of text\n".repeat(100_000));
    desk
}

#[test]
fn a_project_that_does_not_fit_leaves_nothing() {
    let desk = desk_with_a_large_template();
    let script = format!("\"$roadbook\" --book '{}' start large shop", desk.book.argument());

    let Some(told) = on_a_disk(&desk.home, "512k", &script) else {
        return;
    };

    assert_eq!(told.code, Some(2), "{}", told.stderr);
    assert!(told.stderr.contains("is full"), "{}", told.stderr);
    assert!(told.stderr.contains("hint: "), "{}", told.stderr);
    assert_eq!(told.left, "", "{}", told.stderr);
}

#[test]
fn a_clone_that_does_not_fit_leaves_nothing() {
    let desk = Desk::new();
    let script = format!(
        "head -c 500000 /dev/zero > filler\n\"$roadbook\" start '{}' shop",
        desk.server.url(STANDARD_STARTER)
    );

    let Some(told) = on_a_disk(&desk.home, "512k", &script) else {
        return;
    };

    assert_eq!(told.code, Some(2), "{}", told.stderr);
    assert!(told.stderr.contains("is full"), "{}", told.stderr);
    assert_eq!(told.left, "filler\n", "{}", told.stderr);
}

#[test]
fn a_read_only_disk_is_named_with_what_to_do() {
    let desk = desk_with_a_large_template();
    let script = format!(
        "mount -o remount,ro .\n\"$roadbook\" --book '{}' start large shop",
        desk.book.argument()
    );

    let Some(told) = on_a_disk(&desk.home, "4m", &script) else {
        return;
    };

    assert_eq!(told.code, Some(2), "{}", told.stderr);
    assert!(told.stderr.contains("Nothing can be written"), "{}", told.stderr);
    assert!(told.stderr.contains("[HOME]/projects"), "{}", told.stderr);
    assert!(told.stderr.contains("hint: "), "{}", told.stderr);
    assert_eq!(told.left, "", "{}", told.stderr);
}

#[test]
fn what_was_done_before_is_shown_from_a_read_only_disk() {
    let desk = Desk::new();
    let script = format!(
        "roadbook() {{ \"$roadbook\" --book '{}' \"$@\"; }}\nexport ROADBOOK_HOME=$PWD/roadbook\n\
         roadbook start {STANDARD_STARTER} sample && roadbook verify first-service/verify --yes --folder sample &&\n\
         mount -o remount,ro . && roadbook --json progress >&3",
        desk.book.argument()
    );

    let Some(told) = on_a_disk(&desk.home, "4m", &script) else {
        return;
    };

    assert_eq!(told.code, Some(0), "{}", told.stderr);
    assert!(told.stderr.contains("not being saved"), "{}", told.stderr);
    assert!(told.left.contains("\"done\""), "{}{}", told.left, told.stderr);
}

#[test]
fn an_export_that_does_not_fit_keeps_the_one_of_before() {
    let desk = Desk::new();
    let book = desk.book.argument();
    let script = format!(
        "echo before > progress.json\nhead -c 100000 /dev/zero > filler 2> /dev/null\n\
         \"$roadbook\" --book '{book}' progress --export progress.json\ncode=$?\ncat progress.json >&3\n(exit $code)"
    );

    let Some(told) = on_a_disk(&desk.home, "8k", &script) else {
        return;
    };

    assert_eq!(told.code, Some(2), "{}", told.stderr);
    assert!(told.stderr.contains("No space left"), "{}", told.stderr);
    assert_eq!(told.left, "before\nfiller\nprogress.json\n", "{}", told.stderr);
}
