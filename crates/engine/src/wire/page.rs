//! Pages to read, and the library.

use serde::Serialize;
use ts_rs::TS;

use super::frame::OwnerCard;
use super::path::{PathCard, StepCard};
use super::task::TaskView;

/// A page to read: of the library, of a step, or of a path.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    /// `library/concepts/paved-path`, `first-service/create`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// `concept`, `how-to`, `reference`, `decision`, `section`, `step`, `path`.
    pub kind: String,
    /// From the top of the roadbook down to the page's parent.
    pub breadcrumb: Vec<LinkCard>,
    /// The page, in order.
    pub blocks: Vec<Block>,
    /// Headings of level 2 and 3.
    pub contents: Vec<HeadingCard>,
    /// Facts about the page.
    pub about: About,
    /// Related pages.
    pub related: Vec<LinkCard>,
    /// Recommended paths.
    pub paths: Vec<PathCard>,
    /// Pages below it, for a section.
    pub children: Vec<LinkCard>,
    /// What a step has besides.
    pub step: Option<StepView>,
}

/// Facts about a page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Who answers for it.
    pub owner: Option<OwnerCard>,
    /// The day of the last review as people write it ("1 November 2026").
    pub reviewed: Option<String>,
    /// Whether the review is older than the roadbook allows.
    pub stale: bool,
    /// `active`, `draft` or `deprecated`.
    pub status: String,
    /// The page that replaces a deprecated one.
    pub replaced_by: Option<LinkCard>,
    /// The file in the roadbook.
    pub file: String,
}

/// A piece of a page.
#[expect(
    clippy::large_enum_variant,
    reason = "a page has a handful of them, on their way to JSON"
)]
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum Block {
    /// Safe HTML.
    Html {
        /// Sanitised; internal links are `#/page/<id>?at=<anchor>`, others carry `data-external`.
        html: String,
    },
    /// A task of the step.
    Task {
        /// The task.
        task: TaskView,
    },
}

/// A link inside the roadbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkCard {
    /// A page's id; `library` for the library itself.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence, may be empty.
    pub summary: String,
    /// As in [`PageView::kind`].
    pub kind: String,
}

/// A heading of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeadingCard {
    /// The anchor.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// 2 or 3.
    pub level: u8,
}

/// What a step has besides its page.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// The path.
    pub path: PathCard,
    /// The route.
    pub steps: Vec<StepCard>,
    /// This step's card.
    pub card: StepCard,
    /// The step before.
    pub previous: Option<LinkCard>,
    /// The next step that applies here; `None` at the end of the path.
    pub next: Option<LinkCard>,
    /// Where it has no tasks, the reader says when it is done.
    pub by_hand: bool,
    /// Why it does not apply here ("Only for macOS."), if it does not.
    pub skipped_why: Option<String>,
    /// Whether the page changed since the step was done.
    pub changed: bool,
}

/// The library's tree.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LibrarySection {
    /// The section's page id (`library/concepts`), also where it has no page of its own.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence, may be empty.
    pub summary: String,
    /// Whether `id` can be opened.
    pub has_page: bool,
    /// Its pages, by title.
    pub pages: Vec<LinkCard>,
    /// Sections below it.
    pub sections: Vec<LibrarySection>,
}
