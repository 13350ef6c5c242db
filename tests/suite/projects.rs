//! New projects by the `roadbook start` command.

use std::fs;

use tests::{Behaviour, GitServer, STANDARD_STARTER, incompressible};

use crate::desk::{Desk, text};

#[test]
fn starters_are_listed_by_id() {
    let desk = Desk::new();
    let ids: Vec<String> = desk.rows(&["starters"]).iter().map(|row| text(row, "id")).collect();
    assert!(
        ids.contains(&"hello-note".to_owned()) && ids.contains(&STANDARD_STARTER.to_owned()),
        "{ids:?}"
    );
}

#[test]
fn a_template_gives_a_project_with_one_commit_by_the_person() {
    let desk = Desk::new();
    desk.run(&["start", "hello-note", "my-note", "--set", "name=my-note"])
        .expect_code(0);
    let project = desk.home.projects().join("my-note");
    assert_eq!(
        fs::read_to_string(project.join("README.md")).expect("it was made"),
        "# my-note\n\nOwner: team-orders\n"
    );
    let log = desk
        .home
        .git(["log", "--format=%an <%ae>"])
        .in_folder(&project)
        .expect_code(0);
    assert_eq!(log.stdout.trim(), "Ada Tester <ada@example.com>");
    desk.home
        .git(["status", "--porcelain"])
        .in_folder(&project)
        .expect_code(0)
        .stdout_is_empty();
}

#[test]
fn a_dry_run_names_the_files_and_writes_none() {
    let desk = Desk::new();
    let dry = desk
        .run(&["start", "hello-note", "my-note", "--set", "name=my-note", "--dry-run"])
        .expect_code(0);
    dry.stdout_has("README.md");
    assert_eq!(
        fs::read_dir(desk.home.projects()).expect("it is there").count(),
        0,
        "something was written"
    );
}

#[test]
fn an_answer_that_the_form_refuses_is_told_with_its_field() {
    let desk = Desk::new();
    let refused = desk
        .run(&["start", "hello-note", "my-note", "--set", "name=Not A Name"])
        .expect_code(2);
    refused.stdout_is_empty().stderr_has("Name");
    assert!(
        !desk.home.projects().join("my-note").exists(),
        "half a project was left"
    );
}

#[test]
fn a_repository_starter_gives_a_fresh_history() {
    let desk = Desk::new();
    desk.create();
    let project = desk.home.projects().join("sample");
    assert!(project.join("app/main.txt").is_file());
    let log = desk
        .home
        .git(["log", "--format=%an"])
        .in_folder(&project)
        .expect_code(0);
    assert_eq!(
        log.stdout.trim(),
        "Ada Tester",
        "one first commit by the person, and nothing of the sample's history"
    );
    desk.home
        .git(["rev-parse", "--abbrev-ref", "HEAD"])
        .in_folder(&project)
        .expect_code(0)
        .stdout_has("main");
}

#[test]
fn the_persons_own_attributes_count() {
    let desk = Desk::new();
    desk.home.write("home/.config/git/attributes", "*.txt text eol=crlf\n");
    desk.create();
    let text = fs::read(desk.home.projects().join("sample/app/main.txt")).expect("it was cloned");
    assert!(text.ends_with(b"\r\n"), "{:?}", String::from_utf8_lossy(&text));
}

#[test]
fn a_typed_address_is_cloned() {
    let desk = Desk::new();
    desk.run(&["start", &desk.server.url(STANDARD_STARTER), "typed"])
        .expect_code(0);
    assert!(desk.home.projects().join("typed/README.md").is_file());
}

#[test]
fn an_interrupted_clone_leaves_nothing_behind() {
    let desk = Desk::new();
    let data = incompressible(400_000);
    let server = GitServer::start()
        .with_binary_repository("large", &[("data.bin", &data)])
        .with_behaviour(Behaviour::HoldAfter(100_000));
    let clone = desk.run(&["start", &server.url("large"), "large"]).spawn();
    server.wait_until_held();
    clone.interrupt();
    let ended = clone.wait();
    assert_ne!(ended.code(), Some(0), "{}", ended.shown());
    let left: Vec<_> = fs::read_dir(desk.home.projects())
        .expect("it is there")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}
