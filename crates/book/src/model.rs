//! What a roadbook holds, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A loaded roadbook. What could not be read is missing here and named by a [`crate::Diagnostic`].
#[derive(Debug, Clone)]
pub struct Book {
    /// The folder it was read from, absolute.
    pub root: PathBuf,
    /// `roadbook.toml`.
    pub manifest: Manifest,
    /// The paved paths, by `order:` in their front matter, then by folder name.
    pub paths: Vec<PavedPath>,
    /// Every library page, sections' own pages included, in reading order (depth first, by title).
    pub library: Vec<Page>,
    /// The starters' folders, by id.
    pub starters: Vec<StarterFolder>,
}

/// `roadbook.toml`, format 1.
#[derive(Debug, Clone, Deserialize)]
pub struct Manifest {
    /// The format's number; [`crate::FORMAT`] is the only one this version reads.
    pub format: u32,
    /// Never changes: progress hangs on it.
    pub id: String,
    /// Shown as the roadbook's name.
    pub title: String,
    /// One sentence on what it is for.
    #[serde(default)]
    pub summary: String,
    /// The publisher's own version, compared by nothing.
    #[serde(default)]
    pub version: String,
    /// BCP 47 tag of the pages' language.
    #[serde(default = "english")]
    pub language: String,
    /// Which Markdown extensions the pages use.
    #[serde(default)]
    pub dialect: Dialect,
    /// Days after which a page without a review is stale.
    #[serde(default, deserialize_with = "crate::manifest::days")]
    pub review_every: Option<u32>,
    /// Who answers for the roadbook.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// Role id to its name, in the order of the file.
    #[serde(default, deserialize_with = "crate::manifest::ordered")]
    pub roles: Vec<Role>,
}

/// A kind of work, by which paths are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The key in `[roles]`.
    pub id: String,
    /// Its name for people.
    pub name: String,
}

/// Who answers for the roadbook, and how to reach them.
#[derive(Debug, Clone, Deserialize)]
pub struct Owner {
    /// The team's name.
    pub name: String,
    /// Ways to a human.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}

/// A way to a human.
#[derive(Debug, Clone, Deserialize)]
pub struct Contact {
    /// `chat`, `issue`, `mail`, or a word of the publisher's.
    pub kind: String,
    /// The text of the link.
    pub label: String,
    /// https or mailto; `{title}` and `{body}` are filled in when it is opened.
    pub url: String,
}

/// Which Markdown extensions the pages use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// GitHub flavoured Markdown with alerts.
    #[default]
    Github,
    /// `!!!` admonitions.
    Mkdocs,
    /// `:::` admonitions.
    Docusaurus,
    /// As GitHub's, links to `.html` are links to `.md`.
    Mdbook,
}

/// Where a page stands in its life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; marked as such.
    Draft,
    /// In force.
    #[default]
    Active,
    /// Still readable; `replaced_by` says where to go.
    Deprecated,
}

/// What sort of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The introduction of a path.
    Path,
    /// One step of a path.
    Step,
    /// A library folder's `index.md`.
    Section,
    /// A library page that explains an idea.
    Concept,
    /// A library page that gets something done.
    HowTo,
    /// A library page to look things up in.
    Reference,
    /// A library page that records a choice and its reasons.
    Decision,
}

impl Kind {
    /// As front matter spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Step => "step",
            Self::Section => "section",
            Self::Concept => "concept",
            Self::HowTo => "how-to",
            Self::Reference => "reference",
            Self::Decision => "decision",
        }
    }
}

/// One Markdown file.
#[derive(Debug, Clone)]
pub struct Page {
    /// `library/concepts/paved-path`, `first-service` (a path) or `first-service/create` (a step).
    pub id: String,
    /// The file below the book's root, with `/`.
    pub file: String,
    /// Front matter `title`, else the first heading, else the file's name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What sort of page it is.
    pub kind: Kind,
    /// A name, or an entity reference; the book's owner where the page names none.
    pub owner: Option<String>,
    /// The day of the last review, `2026-11-01`.
    pub reviewed: Option<String>,
    /// Where the page stands in its life.
    pub status: Status,
    /// The page that replaces a deprecated one.
    pub replaced_by: Option<String>,
    /// Ids of related library pages, resolved (`library/concepts/golden-path`).
    pub related: Vec<String>,
    /// Ids of recommended paths.
    pub paths: Vec<String>,
    /// The Markdown without its front matter.
    pub body: String,
    /// Lines of the file before `body` starts, so that diagnostics name the file's own lines.
    pub body_line: usize,
}

/// A paved path.
#[derive(Debug, Clone)]
pub struct PavedPath {
    /// Its introduction; the page's id is the path's.
    pub page: Page,
    /// Role ids it is for; empty means everybody.
    pub roles: Vec<String>,
    /// Paths to finish first.
    pub requires: Vec<String>,
    /// Paths to go on with.
    pub next: Vec<String>,
    /// The steps in walking order.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its page; the id is `path/step`.
    pub page: Page,
    /// Minutes it takes, by the author's estimate.
    pub minutes: Option<u32>,
    /// Where it applies.
    pub when: When,
    /// Whether the path is finished without it.
    pub optional: bool,
    /// Its tasks, in the order of the page.
    pub tasks: Vec<Task>,
}

/// Where a step applies; an empty list means everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// `linux`, `macos`, `windows`.
    pub os: Vec<String>,
    /// Role ids.
    pub role: Vec<String>,
}

/// Something to do in a step, whose outcome completes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Stable within the step: `id:` of the block, else kind and number (`verify-1`).
    pub id: String,
    /// Line of the block's fence in the file, from 1.
    pub line: usize,
    /// What is to be done.
    pub kind: TaskKind,
}

/// The kinds of task.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskKind {
    /// Have these tools.
    Tools(Vec<ToolRequirement>),
    /// Start a project from this starter.
    Starter(String),
    /// Prove that the outcome is there.
    Verify(Verify),
    /// Answer a question.
    Quiz(Quiz),
    /// Say that something outside this machine was done; the text is Markdown.
    Confirm(String),
}

/// What a `tools` block asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolRequirement {
    /// The tool's name in the catalogue.
    pub tool: String,
    /// A version range as written (`>=2.40`), empty for any.
    pub range: String,
    /// Why it is needed.
    pub why: Option<String>,
    /// `false` makes it a recommendation.
    pub required: bool,
}

/// A `verify` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verify {
    /// All of them have to hold.
    pub checks: Vec<Check>,
    /// What to do when they do not, Markdown.
    pub failed: Option<String>,
    /// Shown one by one, Markdown.
    pub hints: Vec<String>,
}

/// One check of a `verify` block. File paths are relative to the project's folder and stay inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The file or folder exists.
    File(String),
    /// The file holds the text.
    Contains {
        /// Which file.
        file: String,
        /// What it has to hold, literally.
        text: String,
    },
    /// The state of the project's Git repository; what is `None` is not asked.
    Git {
        /// The branch that is checked out.
        branch: Option<String>,
        /// Whether nothing is uncommitted.
        clean: Option<bool>,
    },
    /// A server on this machine answers. Only loopback addresses are asked.
    Http {
        /// `http://127.0.0.1:8080/health`.
        url: String,
        /// The expected status.
        status: u16,
    },
    /// A command line, run after consent in the project's folder, that ends with 0.
    Command {
        /// As shown and run.
        line: String,
        /// Seconds until it is stopped.
        timeout: u64,
    },
}

/// A `quiz` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// Markdown.
    pub question: String,
    /// At least two, at least one of them correct.
    pub choices: Vec<Choice>,
}

impl Quiz {
    /// Whether more than one choice has to be picked.
    pub fn multiple(&self) -> bool {
        self.choices.iter().filter(|choice| choice.correct).count() > 1
    }
}

/// One choice of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Markdown.
    pub text: String,
    /// Whether it belongs to the answer.
    pub correct: bool,
    /// Why it does or does not, Markdown.
    pub why: String,
}

/// A starter's folder; what is in it is read by the `starter` crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFolder {
    /// The path below `starters/` (`go/api`).
    pub id: String,
    /// Absolute.
    pub dir: PathBuf,
}

fn english() -> String {
    "en".to_owned()
}
