//! Proof that a step worked, and the progress that comes of it.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

#[test]
fn verify_shows_a_command_and_does_not_run_it_unasked() {
    let desk = Desk::new();
    let project = desk.create();
    let folder = project.display().to_string();
    desk.run(&["verify", "first-service/verify", "--folder", &folder])
        .expect_code(2)
        .stderr_has("test -f app/main.txt")
        .stderr_has("--yes");
    assert_eq!(desk.state_of("first-service/verify"), "todo");
    desk.verify(&project).expect_code(0);
    assert_eq!(desk.state_of("first-service/verify"), "done");
}

#[test]
fn verify_ends_with_1_and_says_what_is_missing() {
    let desk = Desk::new();
    let project = desk.create();
    fs::write(project.join("README.md"), "Nobody.\n").expect("it can be written");
    let missed = desk.verify(&project).expect_code(1);
    missed
        .stdout_has("README.md does not contain")
        .stdout_has("Not committed yet: README.md");
    assert_eq!(desk.state_of("first-service/verify"), "started");
}

#[test]
fn a_step_that_proves_nothing_is_told_so() {
    let desk = Desk::new();
    desk.run(&["verify", "first-service/read", "--yes"])
        .expect_code(2)
        .stdout_is_empty()
        .stderr_has("first-service/read");
}

#[test]
fn progress_is_kept_exported_reset_and_imported_again() {
    let desk = Desk::new();
    let project = desk.create();
    desk.verify(&project).expect_code(0);
    desk.run(&["progress"]).expect_code(0).stdout_has("Ship the sample");
    let file = desk.home.path("progress.json").display().to_string();
    desk.run(&["progress", "--export", &file]).expect_code(0);
    let exported = fs::read_to_string(&file).expect("it was written");
    let exported: Value = serde_json::from_str(&exported).expect("it is JSON");
    assert_eq!(exported["book"], "standard-fixture");

    desk.run(&["progress", "--reset", "first-service"]).expect_code(0);
    assert_eq!(desk.state_of("first-service/verify"), "todo");
    desk.run(&["progress", "--import", &file]).expect_code(0);
    assert_eq!(desk.state_of("first-service/verify"), "done");
}

#[test]
fn an_export_replaces_the_file_of_last_time_as_a_whole() {
    let desk = Desk::new();
    let file = desk.home.write("exports/progress.json", &"old ".repeat(10_000));
    let name = file.display().to_string();

    desk.run(&["progress", "--export", &name])
        .expect_code(0)
        .stderr_is_empty();

    let exported = fs::read_to_string(&file).expect("it was written");
    let exported: Value = serde_json::from_str(&exported).expect("nothing of the old file is left");
    assert_eq!(exported["book"], "standard-fixture");
    assert_eq!(fs::read_dir(desk.home.path("exports")).expect("it is there").count(), 1);
}

#[test]
fn one_outcome_is_told_as_one() {
    let desk = Desk::new();
    let project = desk.create();
    desk.verify(&project).expect_code(0);
    let file = desk.home.path("progress.json").display().to_string();
    desk.run(&["progress", "--export", &file]).expect_code(0);

    desk.run(&["progress", "--reset", "first-service/verify"])
        .expect_code(0)
        .stderr_has("Forgot 1 outcome of first-service/verify.");
    desk.run(&["progress", "--import", &file])
        .expect_code(0)
        .stderr_has("Took in ");
}

#[test]
fn progress_of_another_roadbook_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    let strange = desk.home.write(
        "strange.json",
        r#"{ "roadbook_progress": 1, "book": "other", "outcomes": [] }"#,
    );
    let refused = desk
        .run(&["progress", "--import", &strange.display().to_string()])
        .expect_code(2);
    refused
        .stdout_is_empty()
        .stderr_has("other")
        .stderr_has("standard-fixture");
}
