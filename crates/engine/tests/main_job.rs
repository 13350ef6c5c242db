//! The main job as a front end does it, without a window: paths, their steps and how far they are.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::Engine;
use engine::wire::{Code, StepState, TaskState};
use home::{Home, point_at, states, task};

#[tokio::test]
async fn a_path_is_walked_to_its_end_and_resumes_where_it_was_left() {
    let home = Home::new();
    home.write("project/README.md", "Owner: me\n");
    {
        let engine = home.open();
        let mut settings = engine.settings().unwrap();
        settings.role = Some("backend".into());
        engine.save_settings(&settings).unwrap();
        assert_eq!(engine.home().unwrap().resume.unwrap().step.id, "first/read");
        engine.complete_step("first/read", true).unwrap();
        engine.set_place("page/first/prove").unwrap();
    }

    let engine = home.open();
    assert_eq!(engine.start().unwrap().place.as_deref(), Some("page/first/prove"));
    assert_eq!(engine.home().unwrap().resume.unwrap().step.id, "first/prove");
    point_at(&engine, "first/prove", &home.path("project"));
    engine
        .verify("job", "first/prove", "verify-1", true, &|_| {})
        .await
        .unwrap();
    engine.answer_quiz("first/quiz", "quiz-1", &[0]).unwrap();

    let done = StepState::Done;
    assert_eq!(states(&engine, "first"), [done, done, done, StepState::Skipped]);
    let home = engine.home().unwrap();
    assert_eq!(home.finished[0].id, "first");
    assert_eq!(home.resume.unwrap().step.id, "second/do");
}

#[test]
fn a_path_is_for_its_roles_and_all_are_offered_without_one() {
    let home = Home::new();
    let engine = home.open();
    let for_role = |engine: &Engine| {
        let cards = engine.paths().unwrap();
        cards
            .into_iter()
            .filter(|card| card.for_role)
            .map(|card| card.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(for_role(&engine), ["first", "second"]);

    let mut settings = engine.settings().unwrap();
    settings.role = Some("frontend".into());
    let start = engine.save_settings(&settings).unwrap();

    assert_eq!(for_role(&engine), ["second"]);
    assert_eq!(start.roles.iter().map(|role| role.paths).collect::<Vec<_>>(), [2, 1]);
    settings.role = Some("pilot".into());
    let failure = engine.save_settings(&settings).unwrap_err();
    assert_eq!(failure.code, Code::Invalid);
    assert!(failure.hint.contains("backend, frontend"));
}

#[test]
fn progress_is_taken_along_and_forgotten() {
    let (here, there) = (Home::new(), Home::new());
    let engine = here.open();
    engine.complete_step("first/read", true).unwrap();
    let text = engine.export_progress().unwrap();
    let other = there.open();

    assert_eq!(other.import_progress(&text).unwrap(), 1);
    assert_eq!(states(&other, "first")[0], StepState::Done);

    assert_eq!(other.reset_progress("first").unwrap(), 1);
    assert_eq!(states(&other, "first")[0], StepState::Todo);
    assert_eq!(other.reset_progress("nothing").unwrap_err().code, Code::NotFound);
}

#[test]
fn a_page_that_changed_since_is_told() {
    let home = Home::new();
    home.open().complete_step("first/read", true).unwrap();
    assert!(!home.open().page("first/read").unwrap().step.unwrap().changed);

    home.write(
        "book/paths/first/10-read.md",
        "---\ntitle: Read\n---\nQuite another text.\n",
    );

    let step = home.open().page("first/read").unwrap().step.unwrap();
    assert!(step.changed);
    assert_eq!(step.card.state, StepState::Done);
}

#[test]
fn a_task_waits_for_its_project_or_is_skipped_with_its_step() {
    let home = Home::new();
    home.write(
        "book/starters/api/starter.toml",
        "title = \"Api\"\nrepository = \"https://git.example/api.git\"\n",
    );
    home.write(
        "book/paths/second/20-make.md",
        "---\ntitle: Make\n---\n```starter\nstarter: api\n```\n",
    );
    home.write(
        "book/paths/second/30-see.md",
        "---\ntitle: See\n---\n```verify\n- file: README.md\n```\n",
    );
    let engine = home.open();
    let mut settings = engine.settings().unwrap();
    settings.role = Some("backend".into());
    engine.save_settings(&settings).unwrap();

    assert_eq!(task(&engine, "second/see").state, TaskState::Blocked);
    assert_eq!(task(&engine, "first/other").state, TaskState::Skipped);
    home.write("project/README.md", "");
    point_at(&engine, "second/see", &home.path("project"));
    assert_eq!(task(&engine, "second/see").state, TaskState::Todo);
}
