//! What the window's frame and its first screen show.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::page::LinkCard;
use super::path::{PathCard, StepCard};
use super::starter::ProjectCard;
use super::tool::ToolchainCard;

/// What the window needs to draw its frame.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// The app's version.
    pub version: String,
    /// The roadbook that is open.
    pub book: BookCard,
    /// Its roles; empty where the roadbook has none, and then nobody is asked.
    pub roles: Vec<RoleCard>,
    /// What the person chose.
    pub settings: Settings,
    /// The route of the window when it was last used (`page/first-service/create`), to go on with.
    pub place: Option<String>,
    /// Things that the person has to know before they go on, such as a store that was set aside.
    pub notices: Vec<Notice>,
    /// `linux`, `macos`, `windows`.
    pub os: String,
    /// How many findings the roadbook has (`diagnostics` lists them).
    pub diagnostics: usize,
}

/// Something the person has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// `store-set-aside` and the like; also the key by which it is dismissed.
    pub id: String,
    /// One sentence.
    pub message: String,
    /// What to do, or what was done.
    pub hint: String,
}

/// A roadbook, for headers and lists.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BookCard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// The publisher's own version.
    pub version: String,
    /// The language of its pages, as a BCP 47 tag (`en`).
    pub language: String,
    /// Who answers for it.
    pub owner: Option<OwnerCard>,
}

/// Who answers for something, with the ways to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnerCard {
    /// The team's or person's name.
    pub name: String,
    /// Ways to a human.
    pub contacts: Vec<ContactCard>,
}

/// A way to a human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContactCard {
    /// `chat`, `issue`, `mail`, or a word of the publisher's.
    pub kind: String,
    /// The link's text.
    pub label: String,
    /// Opened in the system's browser; `{title}` and `{body}` are already filled in.
    pub url: String,
}

/// A role to choose.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleCard {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many paths are offered to it.
    pub paths: usize,
}

/// What the person chose; kept in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Whether the question for the role was answered (also with "skip").
    pub welcomed: bool,
    /// The role, if one was chosen.
    pub role: Option<String>,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// The folder that new projects are offered in.
    pub projects_folder: Option<String>,
}

/// Light, dark, or as the system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The first screen.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Home {
    /// The path to go on with, and its next step.
    pub resume: Option<Resume>,
    /// Paths for the person's role that are not finished, in the roadbook's order.
    pub paths: Vec<PathCard>,
    /// Finished ones.
    pub finished: Vec<PathCard>,
    /// Projects made from starters, newest first.
    pub projects: Vec<ProjectCard>,
    /// The last check of the toolchain, if there was one.
    pub toolchain: Option<ToolchainCard>,
    /// What came or was reviewed lately, newest first; at most five.
    pub news: Vec<NewsCard>,
}

/// Where to go on.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    /// The path.
    pub path: PathCard,
    /// The step to open.
    pub step: StepCard,
}

/// Something new.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewsCard {
    /// The page, the step or the path.
    pub page: LinkCard,
    /// The title of the path that got a new step.
    pub path: Option<String>,
    /// Whether it came since this person first opened the roadbook; else it was reviewed.
    pub new: bool,
    /// The day on which this machine first had it, or on which it was reviewed, as people write it.
    pub day: String,
}
