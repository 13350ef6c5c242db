//! How far everything is: outcomes from the store, seen against the book.

use std::collections::HashMap;

use ::book::{Book, PavedPath, Status, Step, When};
use ::journey::{BY_HAND, Outcome, State};

use crate::Engine;
use crate::clock;
use crate::findings::on_the_side;
use crate::print::Print;
use crate::wire::{Failure, PathCard, Progress, StepCard, StepState, TaskState};

/// The outcomes of a book by page and task, and what they are seen against.
pub(crate) struct Standing {
    outcomes: HashMap<String, HashMap<String, Outcome>>,
    role: Option<String>,
    now: time::OffsetDateTime,
}

impl Engine {
    pub(crate) fn standing(&self) -> Result<Standing, Failure> {
        let mut outcomes: HashMap<String, HashMap<String, Outcome>> = HashMap::new();
        for outcome in self.journey().outcomes(self.book_id())? {
            outcomes
                .entry(outcome.page.clone())
                .or_default()
                .insert(outcome.task.clone(), outcome);
        }
        Ok(Standing {
            outcomes,
            role: self.settings()?.role,
            now: clock::now(),
        })
    }
}

impl Standing {
    pub(crate) fn outcome(&self, page: &str, task: &str) -> Option<&Outcome> {
        self.outcomes.get(page)?.get(task)
    }

    pub(crate) fn task(&self, page: &str, task: &str) -> TaskState {
        self.outcome(page, task)
            .map_or(TaskState::Todo, |outcome| state(outcome.state))
    }

    pub(crate) fn ago(&self, at: i64) -> String {
        clock::ago(at, self.now)
    }

    /// Why the step is not asked here, if it is not.
    pub(crate) fn skipped_why(&self, book: &Book, when: &When) -> Option<String> {
        let os = std::env::consts::OS;
        if !when.os.is_empty() && !when.os.iter().any(|name| name == os) {
            let names: Vec<_> = when.os.iter().map(|name| os_name(name)).collect();
            return Some(format!("Only for {}.", names.join(" and ")));
        }
        // Without a role nothing is hidden: the person may be any of them.
        let role = self.role.as_ref()?;
        if when.role.is_empty() || when.role.contains(role) {
            return None;
        }
        let names: Vec<_> = when.role.iter().map(|id| role_name(book, id)).collect();
        Some(format!("Only for this role: {}.", names.join(", ")))
    }

    pub(crate) fn step_state(&self, book: &Book, step: &Step) -> StepState {
        if self.skipped_why(book, &step.when).is_some() {
            return StepState::Skipped;
        }
        let Some(outcomes) = self.outcomes.get(&step.page.id) else {
            return StepState::Todo;
        };
        let passed = |task: &str| outcomes.get(task).is_some_and(|outcome| outcome.state == State::Passed);
        let done = if step.tasks.is_empty() {
            passed(BY_HAND)
        } else {
            step.tasks.iter().all(|task| passed(&task.id))
        };
        if done {
            StepState::Done
        } else if step.tasks.iter().any(|task| outcomes.contains_key(&task.id)) {
            StepState::Started
        } else {
            StepState::Todo
        }
    }

    /// When the step's last task was done, if the step is done.
    pub(crate) fn done_at(&self, step: &Step) -> Option<i64> {
        self.outcomes
            .get(&step.page.id)?
            .values()
            .map(|outcome| outcome.at)
            .max()
    }

    /// When the person last did something in the step.
    fn walked_at(&self, step: &Step) -> Option<i64> {
        let outcomes = self.outcomes.get(&step.page.id)?.values();
        outcomes
            .filter(|outcome| !on_the_side(outcome))
            .map(|outcome| outcome.at)
            .max()
    }

    /// Whether the page reads differently than when its tasks were done.
    pub(crate) fn changed(&self, step: &Step) -> bool {
        let print = Print::of(&step.page.body).to_string();
        let tasks = step.tasks.iter().map(|task| task.id.as_str());
        let ids = tasks.chain(step.tasks.is_empty().then_some(BY_HAND));
        ids.filter_map(|id| self.outcome(&step.page.id, id))
            .any(|outcome| outcome.print != print)
    }

    /// When something was last done on the path.
    pub(crate) fn touched(&self, path: &PavedPath) -> Option<i64> {
        path.steps.iter().filter_map(|step| self.walked_at(step)).max()
    }

    pub(crate) fn step_card(&self, book: &Book, step: &Step, number: usize) -> StepCard {
        let state = self.step_state(book, step);
        let done = match state {
            StepState::Done => self.done_at(step).map(|at| self.ago(at)),
            StepState::Todo | StepState::Started | StepState::Skipped => None,
        };
        StepCard {
            id: step.page.id.clone(),
            title: step.page.title.clone(),
            summary: step.page.summary.clone(),
            number,
            state,
            minutes: step.minutes,
            optional: step.optional,
            done,
        }
    }

    pub(crate) fn step_cards(&self, book: &Book, path: &PavedPath) -> Vec<StepCard> {
        let numbered = path.steps.iter().zip(1..);
        numbered
            .map(|(step, number)| self.step_card(book, step, number))
            .collect()
    }

    pub(crate) fn path_card(&self, book: &Book, path: &PavedPath) -> PathCard {
        let here: Vec<(&Step, StepState)> = path
            .steps
            .iter()
            .map(|step| (step, self.step_state(book, step)))
            .filter(|(_, state)| *state != StepState::Skipped)
            .collect();
        let optional = here.iter().filter(|(step, _)| step.optional).count();
        let asked: Vec<_> = here.into_iter().filter(|(step, _)| !step.optional).collect();
        let done = asked.iter().filter(|(_, state)| *state == StepState::Done).count();
        let minutes =
            |steps: &mut dyn Iterator<Item = &(&Step, StepState)>| steps.filter_map(|(step, _)| step.minutes).sum();
        let state = if !asked.is_empty() && done == asked.len() {
            Progress::Done
        } else if self.touched(path).is_some() {
            Progress::Started
        } else {
            Progress::Todo
        };
        PathCard {
            id: path.page.id.clone(),
            title: path.page.title.clone(),
            summary: path.page.summary.clone(),
            state,
            total: asked.len(),
            done,
            optional,
            minutes: minutes(&mut asked.iter()),
            minutes_left: minutes(&mut asked.iter().filter(|(_, state)| *state != StepState::Done)),
            for_role: self.offered(path),
            status: status_word(path.page.status).to_owned(),
        }
    }

    /// Whether the path is for the person's role.
    pub(crate) fn offered(&self, path: &PavedPath) -> bool {
        match &self.role {
            Some(role) => path.roles.is_empty() || path.roles.contains(role),
            None => true,
        }
    }

    /// The first step that is left to do: one that has to be done, else an optional one.
    pub(crate) fn next_step<'a>(&self, book: &Book, path: &'a PavedPath) -> Option<(usize, &'a Step)> {
        let left = |optional: bool| {
            path.steps.iter().enumerate().find(|(_, step)| {
                let state = self.step_state(book, step);
                step.optional == optional && matches!(state, StepState::Todo | StepState::Started)
            })
        };
        left(false).or_else(|| left(true))
    }
}

pub(crate) fn state(state: State) -> TaskState {
    match state {
        State::Passed => TaskState::Passed,
        State::Failed => TaskState::Failed,
        State::Error => TaskState::Error,
    }
}

pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Active => "active",
        Status::Deprecated => "deprecated",
    }
}

fn os_name(os: &str) -> &str {
    match os {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    }
}

fn role_name(book: &Book, id: &str) -> String {
    let role = book.manifest.roles.iter().find(|role| role.id == id);
    role.map_or_else(|| id.to_owned(), |role| role.name.clone())
}
