//! The checks of a project that a step asks for.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use std::sync::Mutex;

use engine::wire::{Code, JobEvent, TaskBody, TaskState};
use home::{Home, point_at, task};

#[tokio::test]
async fn a_command_runs_only_with_consent() {
    let home = Home::new();
    home.write("project/README.md", "Owner: me\n");
    let engine = home.open();
    point_at(&engine, "first/prove", &home.path("project"));
    let printed = Mutex::new(Vec::new());
    let tell = |event| {
        if let JobEvent::Output { line } = event {
            printed.lock().unwrap().push(line);
        }
    };

    engine
        .verify("job", "first/prove", "verify-1", false, &tell)
        .await
        .unwrap();
    assert!(printed.lock().unwrap().is_empty());
    assert_eq!(task(&engine, "first/prove").state, TaskState::Todo);

    engine
        .verify("job", "first/prove", "verify-1", true, &tell)
        .await
        .unwrap();
    assert_eq!(*printed.lock().unwrap(), ["Owner: me"]);
    assert_eq!(task(&engine, "first/prove").state, TaskState::Passed);
}

#[tokio::test]
async fn a_check_that_does_not_hold_says_what_was_found() {
    let home = Home::new();
    home.write("project/README.md", "nothing\n");
    let engine = home.open();
    point_at(&engine, "first/prove", &home.path("project"));

    let rows = engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap();

    assert_eq!(rows[1].state, TaskState::Failed);
    assert_eq!(rows[1].detail, "README.md does not contain \"Owner:\".");
    assert_eq!(engine.advice("first/prove", "verify-1").unwrap(), ["Write a README."]);
    let TaskBody::Verify { checks, failed, .. } = task(&engine, "first/prove").what else {
        panic!()
    };
    assert_eq!(
        checks[1].state,
        TaskState::Failed,
        "the result is there after a restart too"
    );
    assert!(failed.unwrap().contains("<strong>README</strong>"));
}

#[tokio::test]
async fn verifying_without_a_folder_says_what_to_do() {
    let home = Home::new();
    let engine = home.open();

    let failure = engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap_err();

    assert_eq!(failure.code, Code::Invalid);
    assert!(!failure.hint.is_empty());
    let missing = engine.set_folder(("first/prove", "/nowhere/at/all")).unwrap_err();
    assert!(missing.message.contains("/nowhere/at/all"));
}

#[tokio::test]
async fn a_stopped_job_ends_its_command_and_records_nothing() {
    let home = Home::new();
    home.write(
        "book/paths/second/20-wait.md",
        "---\ntitle: Wait\n---\n```verify\n- command: echo begun; sleep 600\n```\n",
    );
    home.write("project/README.md", "");
    let engine = home.open();
    point_at(&engine, "second/wait", &home.path("project"));
    let tell = |event| {
        if matches!(event, JobEvent::Output { .. }) {
            engine.cancel("job");
        }
    };

    let failure = engine
        .verify("job", "second/wait", "verify-1", true, &tell)
        .await
        .unwrap_err();

    assert_eq!(failure.code, Code::Cancelled);
    assert_eq!(task(&engine, "second/wait").state, TaskState::Todo);
}
