//! Starters, their forms, and the projects made from them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A starter in a list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StarterCard {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// `repository` or `template`.
    pub kind: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Words such as `rust`, `service`.
    pub tags: Vec<String>,
    /// The address it is cloned from, for a repository.
    pub repository: Option<String>,
}

/// A starter with its form.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StarterView {
    /// The card.
    pub card: StarterCard,
    /// The form's pages; a repository has none.
    pub pages: Vec<FormPage>,
    /// The folder that new projects are offered in, as people write it.
    pub projects_folder: String,
    /// Parts of the template that are shown and not carried out here.
    pub deferred: Vec<DeferredAction>,
    /// Projects made from it, newest first.
    pub projects: Vec<ProjectCard>,
    /// The answers that were given last time, by field and without secrets; empty where there are none.
    #[ts(type = "Record<string, unknown>")]
    pub saved: serde_json::Map<String, serde_json::Value>,
}

/// A page of a form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormPage {
    /// Its title.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its fields.
    pub fields: Vec<FormField>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// The parameter's name.
    pub name: String,
    /// Its label.
    pub title: String,
    /// Help below it, may be empty.
    pub description: String,
    /// How it is drawn.
    pub input: FormInput,
    /// Whether it must be filled in.
    pub required: bool,
    /// What it starts with, JSON.
    #[ts(type = "unknown")]
    pub default: serde_json::Value,
    /// A regular expression that the text has to match somewhere (as in JSON Schema).
    pub pattern: Option<String>,
    /// What to say when it does not.
    pub pattern_hint: Option<String>,
    /// The fewest characters.
    pub min_length: Option<u32>,
    /// The most characters.
    pub max_length: Option<u32>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The greatest number.
    pub maximum: Option<f64>,
    /// Whether the value is hidden and never kept.
    pub secret: bool,
    /// Text in the empty field.
    pub placeholder: Option<String>,
    /// Whether the value is a list of texts, one a line of [`FormInput::Lines`].
    pub list: bool,
    /// Whether the value is a record, written as JSON in [`FormInput::Lines`].
    pub record: bool,
}

/// How a field is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum FormInput {
    /// A line of text.
    Text,
    /// Lines of text.
    Lines,
    /// A number; whole where `whole`.
    Number {
        /// Whether only whole numbers are accepted.
        whole: bool,
    },
    /// Yes or no.
    Switch,
    /// One of several.
    Choice {
        /// The choices.
        choices: Vec<FormChoice>,
    },
    /// Some of several.
    Choices {
        /// The choices.
        choices: Vec<FormChoice>,
    },
}

/// A choice of a field.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormChoice {
    /// The value, JSON.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// Its label.
    pub title: String,
}

/// A part of a template that is shown and not carried out here: a step that needs a server, or a program of the
/// template's author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeferredAction {
    /// The step's name, the hook's file, the task's command, or the extension.
    pub title: String,
    /// `publish:github`, `cookiecutter:post_gen_project`, `copier:task`.
    pub action: String,
    /// Which it is.
    pub kind: DeferredKind,
    /// Its input as the template has it, or the program's text; may be empty.
    pub text: String,
}

/// Why a part of a template is not carried out here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum DeferredKind {
    /// It needs a server.
    Server,
    /// It is a program of the template's author.
    Program,
    /// It is a program that adds to the template's language.
    Extension,
}

/// A form with the answers given so far.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FormView {
    /// The pages: defaults follow the answers, and an answer may decide what else is asked.
    pub pages: Vec<FormPage>,
    /// What does not fit yet, also of fields that nobody has been at.
    pub problems: Vec<FieldProblem>,
}

/// An answer that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// One sentence.
    pub message: String,
}

/// What a template would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectPreview {
    /// The files, by path.
    pub files: Vec<PreviewedFile>,
    /// What is left to the person or never run, with these answers; secrets are masked.
    pub deferred: Vec<DeferredAction>,
}

/// A file that a template would make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewedFile {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// What is in it with secrets masked, and of a symbolic link where it points; `None` where it is no text or there
    /// is too much to show with the others.
    pub text: Option<String>,
    /// Whether only the beginning is shown.
    pub cut: bool,
    /// Whether it may be run.
    pub executable: bool,
    /// Whether it is a symbolic link.
    pub link: bool,
}

/// Asks for a new project.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewProject {
    /// The starter's id.
    pub starter: String,
    /// The folder that the project's folder is made in, absolute (`~` stands for the home folder).
    pub parent: String,
    /// The name of the project's folder.
    pub name: String,
    /// The form's answers, by field.
    #[ts(type = "Record<string, unknown>")]
    pub values: serde_json::Map<String, serde_json::Value>,
    /// The step and task that asked, as `path/step#task`; it passes when the project is there.
    pub task: Option<String>,
}

/// A project made from a starter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectCard {
    /// The project's number in the store.
    pub id: i64,
    /// The folder's name.
    pub name: String,
    /// Absolute.
    pub folder: String,
    /// The folder as people write it, with `~` for their home folder.
    pub shown: String,
    /// The id of the starter it came from, or the address it was cloned from.
    pub starter: String,
    /// The starter's title, or the address.
    pub from: String,
    /// When it was made, in the person's words.
    pub made: String,
    /// Whether the folder is still there.
    pub exists: bool,
    /// Ways to open it on this machine.
    pub openers: Vec<Opener>,
    /// What to do next, safe HTML; may be empty.
    pub after: String,
}

/// A way to open a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Opener {
    /// `editor:code`, `terminal:gnome-terminal`, `files`.
    pub id: String,
    /// "Visual Studio Code", "Terminal", "Files".
    pub title: String,
    /// `editor`, `terminal` or `files`.
    pub kind: String,
}
