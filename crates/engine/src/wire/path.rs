//! Paths and their steps.

use serde::Serialize;
use ts_rs::TS;

use super::page::{About, Block};
use super::starter::ProjectCard;

/// A path in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PathCard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// How far it is.
    pub state: Progress,
    /// Steps that apply here and are not optional.
    pub total: usize,
    /// How many of them are done.
    pub done: usize,
    /// Optional steps that apply here, done or not; they are not in `total`.
    pub optional: usize,
    /// Minutes of all of them.
    pub minutes: u32,
    /// Minutes of those not done.
    pub minutes_left: u32,
    /// Whether it is offered to the person's role.
    pub for_role: bool,
    /// `active`, `draft` or `deprecated`.
    pub status: String,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Progress {
    /// Not begun.
    Todo,
    /// Begun.
    Started,
    /// Finished.
    Done,
}

/// A path with its route.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PathView {
    /// The card.
    pub card: PathCard,
    /// The introduction, safe HTML.
    pub blocks: Vec<Block>,
    /// The steps in walking order; those that do not apply here are among them.
    pub steps: Vec<StepCard>,
    /// Paths to finish first.
    pub requires: Vec<PathCard>,
    /// Paths to go on with.
    pub next: Vec<PathCard>,
    /// Facts about the page.
    pub about: About,
    /// Project made on this path, if any.
    pub project: Option<ProjectCard>,
}

/// A step on a route.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepCard {
    /// `path/step`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence, may be empty.
    pub summary: String,
    /// From 1.
    pub number: usize,
    /// How far it is, or why it is not asked.
    pub state: StepState,
    /// The author's estimate.
    pub minutes: Option<u32>,
    /// Whether the path is finished without it.
    pub optional: bool,
    /// When it was done, in the person's words ("today", "3 days ago", "1 November 2026").
    pub done: Option<String>,
}

/// The state of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// Nothing done yet.
    Todo,
    /// Some task is done, or one did not pass.
    Started,
    /// All tasks passed, or the reader said done.
    Done,
    /// Does not apply to this system or role.
    Skipped,
}
