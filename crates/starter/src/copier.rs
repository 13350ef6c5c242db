//! A copier template: `copier.yml` with its questions, and files of which those that end in `.jinja` are rendered.
//!
//! The files come out as copier 9 makes them. Its tasks, migrations and extensions are programs of the template's
//! author; they are named and never run.

mod ansible;
mod answers;
mod cast;
mod ignore;
mod question;
mod render;
mod yaml;

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::cookiecutter::title_of;
use crate::jinja::{Jinja, Options};
use crate::read::{Finding, Kind, Place, Starter};
use crate::template::Step;

pub(crate) use answers::ask;
use question::Question;
pub(crate) use render::run;

/// Extensions of Jinja that are built in, or whose tags and filters are.
const EXTENSIONS: [&str; 5] = [
    "jinja2.ext.do",
    "jinja2.ext.loopcontrols",
    "jinja2.ext.with_",
    "jinja2.ext.autoescape",
    "jinja2_time.TimeExtension",
];
/// Settings that are lists, and grow from document to document of the file.
const LISTS: [&str; 4] = ["_exclude", "_jinja_extensions", "_secret_questions", "_skip_if_exists"];

/// A copier template.
#[derive(Debug, Clone)]
pub struct Copier {
    /// Its `copier.yml` below the roadbook's folder.
    pub file: String,
    /// Tasks and migrations; they are left to the person.
    pub tasks: Vec<Step>,
    questions: Vec<Question>,
    /// What starts with `_`.
    settings: Map<String, Value>,
    /// The folder that holds `copier.yml`.
    dir: PathBuf,
    /// The folder below the roadbook's, with `/`, for the answers file.
    source: String,
}

impl Copier {
    fn jinja(&self) -> Result<Jinja, String> {
        let changes = self.settings.get("_envops").cloned().unwrap_or_default();
        let mut jinja = Jinja::new(Options::new(&changes, false), vec![self.dir.clone()])?;
        ansible::add(jinja.environment());
        Ok(jinja)
    }

    fn text(&self, key: &str) -> &str {
        self.settings.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The folder whose files are made, as the template names it; empty for its own.
    pub(crate) fn subdirectory(&self) -> &str {
        self.text("_subdirectory")
    }

    /// The ending of files that are rendered; empty where all are.
    fn suffix(&self) -> &str {
        self.settings
            .get("_templates_suffix")
            .and_then(Value::as_str)
            .unwrap_or(".jinja")
    }
}

pub(crate) fn read(place: &Place<'_>, file: &str, text: &str) -> Result<Starter, Finding> {
    let finding = |code, line, message: String, hint: &str| Finding {
        code,
        file: file.to_owned(),
        line,
        message,
        hint: hint.to_owned(),
    };
    if let Some(at) = text.lines().position(|line| line.contains("!include ")) {
        return Err(finding(
            "starter-include",
            at + 1,
            "Roadbook does not put other files into a copier.yml.".to_owned(),
            "Write the questions into the file itself.",
        ));
    }
    let documents: Vec<Value> = serde_saphyr::from_multiple(text).map_err(|error| {
        let line = error
            .location()
            .and_then(|at| usize::try_from(at.line()).ok())
            .unwrap_or(0);
        let message = error.without_snippet().to_string();
        let message = message
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned();
        finding(
            "starter-syntax",
            line,
            format!("The template is not valid YAML: {message}."),
            "Check the indentation.",
        )
    })?;
    let (settings, entries) = merge(documents);
    let mut warnings = Vec::new();
    for extension in texts(settings.get("_jinja_extensions")).filter(|name| !EXTENSIONS.contains(name)) {
        warnings.push(finding(
            "starter-extension",
            line_of(text, "_jinja_extensions"),
            format!("The extension `{extension}` is a program, and Roadbook does not run it."),
            "What it adds to Jinja is missing here. Use what Jinja brings along, or copier itself.",
        ));
    }
    let secrets: Vec<&str> = texts(settings.get("_secret_questions")).collect();
    let mut questions = Vec::new();
    for (name, entry) in &entries {
        let question = Question::read(name, entry, secrets.contains(&name.as_str())).map_err(|why| {
            finding(
                "starter-question",
                line_of(text, name),
                format!("The question `{name}` cannot be asked: {why}."),
                "The types are str, int, float, bool, path, yaml and json.",
            )
        })?;
        questions.push(question);
    }
    let tasks = tasks(&settings);
    for task in &tasks {
        warnings.push(finding(
            "starter-hook",
            line_of(text, "_tasks"),
            format!("Copier would run `{}`; Roadbook shows it and does not.", task.name),
            "Say in `_message_after_copy` what is left to do by hand, or do it with Jinja.",
        ));
    }
    let template = Copier {
        file: file.to_owned(),
        tasks,
        questions,
        settings,
        dir: place.dir.to_owned(),
        source: place.shown("").trim_end_matches('/').to_owned(),
    };
    if let Some((name, bad)) = ask(&template, &Map::new()).problem {
        warnings.push(finding(
            "starter-expression",
            line_of(text, &name),
            format!("The question `{name}` cannot be rendered: {}.", bad.why),
            "It may use the answers above it by their names.",
        ));
    }
    Ok(Starter {
        id: place.id(),
        title: title_of(place.dir),
        summary: String::new(),
        owner: None,
        tags: vec!["copier".to_owned()],
        kind: Kind::Copier(template),
        warnings,
        root: place.root.to_owned(),
        dir: place.dir.to_owned(),
    })
}

/// Settings and questions of all documents; the later ones count.
fn merge(documents: Vec<Value>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut settings, mut questions) = (Map::new(), Map::new());
    for document in documents {
        let Value::Object(document) = document else { continue };
        for (key, value) in document {
            match settings.get_mut(&key) {
                Some(Value::Array(items)) if LISTS.contains(&key.as_str()) => {
                    items.extend(value.as_array().cloned().unwrap_or_default());
                }
                _ if key.starts_with('_') => {
                    settings.insert(key, value);
                }
                _ => {
                    questions.insert(key, value);
                }
            }
        }
    }
    (settings, questions)
}

fn tasks(settings: &Map<String, Value>) -> Vec<Step> {
    let of = |key: &str, action: &str| -> Vec<Step> {
        let list = settings.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        list.into_iter()
            .map(|task| Step {
                id: action.to_owned(),
                name: command(&task),
                action: action.to_owned(),
                condition: task.get("when").cloned(),
                input: task,
                each: None,
                line: 0,
            })
            .collect()
    };
    let mut tasks = of("_tasks", "copier:task");
    tasks.extend(of("_migrations", "copier:migration"));
    tasks
}

fn command(task: &Value) -> String {
    match task {
        Value::String(command) => command.clone(),
        Value::Array(words) => {
            let words = words
                .iter()
                .map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned));
            words.collect::<Vec<_>>().join(" ")
        }
        Value::Object(map) => map.get("command").map_or_else(|| task.to_string(), command),
        other => other.to_string(),
    }
}

/// The texts of a list; none where it is missing.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// The line of a key, 0 where it is not found.
fn line_of(text: &str, key: &str) -> usize {
    let key = format!("{key}:");
    text.lines()
        .position(|line| line.starts_with(&key))
        .map_or(0, |at| at + 1)
}
