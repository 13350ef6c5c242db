//! Answers to a quiz.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::wire::{Code, StepState, TaskBody, TaskState};
use home::{Home, states, task};

#[test]
fn a_wrong_answer_shows_why_and_leaves_the_step_open() {
    let home = Home::new();
    let engine = home.open();
    let TaskBody::Quiz { choices, answered, .. } = task(&engine, "first/quiz").what else {
        panic!()
    };
    assert!(
        !answered
            && choices
                .iter()
                .all(|choice| choice.correct.is_none() && choice.why.is_none())
    );

    engine.answer_quiz("first/quiz", "quiz-1", &[1]).unwrap();

    let quiz = task(&engine, "first/quiz");
    assert_eq!(quiz.state, TaskState::Failed);
    let TaskBody::Quiz { choices, .. } = quiz.what else {
        panic!()
    };
    assert_eq!(choices[1].correct, Some(false));
    assert!(choices[1].picked && choices[1].why.as_deref().unwrap().contains("No."));
    assert_eq!(states(&engine, "first")[2], StepState::Started);
    assert_eq!(
        engine.answer_quiz("first/quiz", "quiz-1", &[7]).unwrap_err().code,
        Code::Invalid
    );
}

#[test]
fn answers_of_a_quiz_that_changed_are_not_shown() {
    let home = Home::new();
    home.open().answer_quiz("first/quiz", "quiz-1", &[0]).unwrap();
    home.write(
        "book/paths/first/30-quiz.md",
        "---\ntitle: Quiz\n---\n```quiz\nquestion: Who now?\nchoices:\n- { text: They, why: No. }\n\
         - { text: You, correct: true, why: Yes. }\n```\n",
    );

    let TaskBody::Quiz { answered, choices, .. } = task(&home.open(), "first/quiz").what else {
        panic!()
    };

    assert!(!answered && !choices[0].picked);
}
