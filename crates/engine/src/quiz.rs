//! Quizzes, confirmations and steps done by hand: outcomes that the person gives.

use ::book::{Quiz, Step, TaskKind};
use ::journey::{BY_HAND, Outcome, State};

use crate::start::invalid;
use crate::task::print;
use crate::wire::{ChoiceRow, Failure, PageView, TaskBody};
use crate::{Engine, clock};

impl Engine {
    /// Answers a quiz with the picked choices, counted from 0.
    ///
    /// # Errors
    /// For a task that is no quiz, no or unknown choices, and when the store cannot be written.
    pub fn answer_quiz(&self, step: &str, task: &str, picks: &[usize]) -> Result<PageView, Failure> {
        let (known, found) = self.known_task(step, task)?;
        let TaskKind::Quiz(quiz) = &found.kind else {
            return Err(invalid(format!("{step}#{task} is not a quiz."), ""));
        };
        if picks.is_empty() || picks.iter().any(|pick| *pick >= quiz.choices.len()) {
            return Err(invalid("No answer was picked.", "Pick one of the choices."));
        }
        let right = quiz
            .choices
            .iter()
            .enumerate()
            .all(|(place, choice)| choice.correct == picks.contains(&place));
        let state = if right { State::Passed } else { State::Failed };
        self.record(known, task, state, serde_json::json!({ "picked": picks }))?;
        self.page(step)
    }

    /// Says that something outside this machine was done, or takes it back.
    ///
    /// # Errors
    /// For a task that is no confirmation, and when the store cannot be written.
    pub fn confirm(&self, step: &str, task: &str, done: bool) -> Result<PageView, Failure> {
        let (known, found) = self.known_task(step, task)?;
        if !matches!(found.kind, TaskKind::Confirm(_)) {
            return Err(invalid(format!("{step}#{task} is not a confirmation."), ""));
        }
        self.set_done(known, task, done)?;
        self.page(step)
    }

    /// Marks a step without tasks as done, or takes it back.
    ///
    /// # Errors
    /// For a step whose tasks say when it is done, and when the store cannot be written.
    pub fn complete_step(&self, step: &str, done: bool) -> Result<PageView, Failure> {
        let (_, known) = self.book().step(step).ok_or_else(|| Failure::not_found("step", step))?;
        if !known.tasks.is_empty() {
            return Err(invalid(
                format!("\"{}\" is done when its tasks are.", known.page.title),
                "Open the step and finish its tasks.",
            ));
        }
        self.set_done(known, BY_HAND, done)?;
        self.page(step)
    }

    fn set_done(&self, step: &Step, task: &str, done: bool) -> Result<(), Failure> {
        if done {
            self.record(step, task, State::Passed, serde_json::Value::Null)
        } else {
            Ok(self.journey().forget(self.book_id(), &step.page.id, task)?)
        }
    }

    pub(crate) fn record(&self, step: &Step, task: &str, state: State, json: serde_json::Value) -> Result<(), Failure> {
        Ok(self.journey().record(&Outcome {
            book: self.book_id().to_owned(),
            page: step.page.id.clone(),
            task: task.to_owned(),
            state,
            json,
            print: print(step),
            at: clock::now().unix_timestamp(),
        })?)
    }

    pub(crate) fn quiz_body(&self, step: &Step, quiz: &Quiz, picks: Option<&[usize]>) -> TaskBody {
        let choices = quiz.choices.iter().enumerate().map(|(place, choice)| ChoiceRow {
            text: self.text(step, &choice.text),
            picked: picks.is_some_and(|picks| picks.contains(&place)),
            correct: picks.map(|_| choice.correct),
            why: picks.map(|_| self.text(step, &choice.why)),
        });
        TaskBody::Quiz {
            question: self.text(step, &quiz.question),
            choices: choices.collect(),
            multiple: quiz.multiple(),
            answered: picks.is_some(),
        }
    }
}

/// The choices that were picked, from an outcome's detail.
pub(crate) fn picked(json: &serde_json::Value) -> Vec<usize> {
    serde_json::from_value(json["picked"].clone()).unwrap_or_default()
}
