//! A cookiecutter template: `cookiecutter.json` beside a folder whose name is rendered.
//!
//! The files come out as Python's cookiecutter 2.7 makes them. Its hooks are programs of the template's author; they
//! are shown to the person and never run.

mod answers;
mod binary;
mod newlines;
mod render;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::contain;
use crate::fnmatch::Patterns;
use crate::jinja::{Jinja, Options};
use crate::read::{Finding, Kind, Place, Starter, shown};
use crate::template::Step;

pub(crate) use answers::ask;
pub(crate) use render::run;

/// Templates inside templates.
const DEPTH: usize = 5;
/// Hooks of cookiecutter, in the order in which it runs them.
const HOOKS: [&str; 3] = ["pre_prompt", "pre_gen_project", "post_gen_project"];
/// What cookiecutter and Jinja bring along, and the extension whose `now` cookiecutter took over.
const EXTENSIONS: [&str; 10] = [
    "cookiecutter.extensions.JsonifyExtension",
    "cookiecutter.extensions.RandomStringExtension",
    "cookiecutter.extensions.SlugifyExtension",
    "cookiecutter.extensions.TimeExtension",
    "cookiecutter.extensions.UUIDExtension",
    "jinja2.ext.do",
    "jinja2.ext.loopcontrols",
    "jinja2.ext.with_",
    "jinja2.ext.autoescape",
    "jinja2_time.TimeExtension",
];

/// A cookiecutter template.
#[derive(Debug, Clone)]
pub struct Cookiecutter {
    /// Its `cookiecutter.json` below the roadbook's folder.
    pub file: String,
    /// Templates inside; the form asks which. One that has some makes no files of its own.
    pub nested: Vec<Nested>,
    /// Programs that cookiecutter would run; they are left to the person.
    pub hooks: Vec<Step>,
    /// What `cookiecutter.json` says, without the prompts.
    variables: Map<String, Value>,
    /// What to ask, by variable.
    prompts: Map<String, Value>,
    /// The folder that holds `cookiecutter.json`.
    dir: PathBuf,
    /// The folder that is rendered; empty where there are templates inside.
    skeleton: PathBuf,
}

/// A template inside another.
#[derive(Debug, Clone)]
pub struct Nested {
    /// What the answer names it by.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The template.
    pub template: Cookiecutter,
}

impl Cookiecutter {
    /// The folder that holds its `cookiecutter.json`.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The programs that cookiecutter would run, those of the templates inside as well.
    pub fn deferred(&self) -> Vec<Step> {
        let inside = self.nested.iter().flat_map(|nested| nested.template.deferred());
        self.hooks.iter().cloned().chain(inside).collect()
    }

    fn jinja(&self) -> Result<Jinja, String> {
        let changes = self.variables.get("_jinja2_env_vars").cloned().unwrap_or_default();
        let folders = vec![self.skeleton.clone(), self.dir.join("templates")];
        Jinja::new(Options::new(&changes, true), folders)
    }

    /// What is copied and not rendered.
    fn untouched(&self) -> Patterns {
        Patterns::new(texts(self.variables.get("_copy_without_render")))
    }
}

pub(crate) fn read(place: &Place<'_>, file: &str, text: &str) -> Result<Starter, Finding> {
    let mut warnings = Vec::new();
    let template = parse(place, place.dir, file, text, DEPTH, &mut warnings)?;
    if let Some((name, bad)) = ask(&template, &Map::new()).problem {
        warnings.push(Finding {
            code: "starter-expression",
            file: file.to_owned(),
            line: line_of(text, &name),
            message: format!("The default of `{name}` cannot be rendered: {}.", bad.why),
            hint: "A default may use the variables above it, as `cookiecutter.NAME`; else it has to be given."
                .to_owned(),
        });
    }
    Ok(Starter {
        id: place.id(),
        title: title_of(place.dir),
        summary: String::new(),
        owner: None,
        tags: vec!["cookiecutter".to_owned()],
        kind: Kind::Cookiecutter(template),
        warnings,
        root: place.root.to_owned(),
        dir: place.dir.to_owned(),
    })
}

fn parse(
    place: &Place<'_>,
    dir: &Path,
    file: &str,
    text: &str,
    depth: usize,
    warnings: &mut Vec<Finding>,
) -> Result<Cookiecutter, Finding> {
    let finding = |code, line, message: String, hint: &str| Finding {
        code,
        file: file.to_owned(),
        line,
        message,
        hint: hint.to_owned(),
    };
    let mut variables: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let why = error.to_string();
        let why = why.split(" at line").next().unwrap_or_default();
        let message = format!("The template's variables cannot be read: {why}.");
        finding(
            "starter-syntax",
            error.line(),
            message,
            "A cookiecutter.json is one JSON object.",
        )
    })?;
    let prompts = match variables.shift_remove("__prompts__") {
        Some(Value::Object(prompts)) => prompts,
        _ => Map::new(),
    };
    for extension in texts(variables.get("_extensions")).filter(|name| !EXTENSIONS.contains(name)) {
        warnings.push(finding(
            "starter-extension",
            line_of(text, "_extensions"),
            format!("The extension `{extension}` is a program, and Roadbook does not run it."),
            "What it adds to Jinja is missing here. Use what cookiecutter brings along, or cookiecutter itself.",
        ));
    }
    let mut template = Cookiecutter {
        file: file.to_owned(),
        nested: Vec::new(),
        hooks: hooks(dir),
        variables,
        prompts,
        dir: dir.to_owned(),
        skeleton: PathBuf::new(),
    };
    for (key, title, path) in nested(&template.variables) {
        if depth == 0 {
            return Err(finding(
                "starter-nested",
                0,
                "The templates inside this one are nested too deeply.".to_owned(),
                "Put them side by side.",
            ));
        }
        let wrong = |why: String| {
            finding(
                "starter-nested",
                line_of(text, &key),
                format!("The template `{key}` cannot be used: {why}."),
                "Give the path of a folder with a cookiecutter.json.",
            )
        };
        let folder = contain::source(place.root, dir, &path).map_err(wrong)?;
        let inner = folder.join("cookiecutter.json");
        let inner_text = contain::read(place.root, &inner)
            .and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other))
            .map_err(|error| wrong(error.to_string()))?;
        let inner_file = shown(place.root, &inner);
        template.nested.push(Nested {
            title,
            template: parse(place, &folder, &inner_file, &inner_text, depth - 1, warnings)?,
            key,
        });
    }
    if template.nested.is_empty() {
        template.skeleton = skeleton(dir, &template.variables).ok_or_else(|| {
            finding(
                "starter-skeleton",
                0,
                "The template has no folder to render.".to_owned(),
                "Put the files in a folder such as `{{cookiecutter.project_slug}}`.",
            )
        })?;
    }
    for hook in &template.hooks {
        warnings.push(finding(
            "starter-hook",
            0,
            format!(
                "Cookiecutter would run `{}`; Roadbook shows it and does not.",
                hook.name
            ),
            "Say in the readme what is left to do by hand, or do it with Jinja.",
        ));
    }
    Ok(template)
}

/// The templates inside: what the answer names them by, their titles and their paths.
fn nested(variables: &Map<String, Value>) -> Vec<(String, String, String)> {
    if let Some(Value::Object(templates)) = variables.get("templates") {
        return templates
            .iter()
            .map(|(key, entry)| {
                let title = entry["title"].as_str().unwrap_or(key);
                let description = entry["description"].as_str().unwrap_or(key);
                let title = if title == description || description == key {
                    title.to_owned()
                } else {
                    format!("{title} ({description})")
                };
                (
                    key.clone(),
                    title,
                    entry["path"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
    }
    // The older form: the path is in parentheses behind the title.
    texts(variables.get("template"))
        .filter_map(|entry| {
            let (title, rest) = entry.split_once('(')?;
            let (path, _) = rest.rsplit_once(')')?;
            Some((entry.to_owned(), title.trim().to_owned(), path.to_owned()))
        })
        .collect()
}

/// The folder whose name is rendered with the variables.
fn skeleton(dir: &Path, variables: &Map<String, Value>) -> Option<PathBuf> {
    let changes = variables.get("_jinja2_env_vars").cloned().unwrap_or_default();
    let options = Options::new(&changes, true);
    let mut names: Vec<String> = fs::read_dir(dir)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            entry
                .file_type()
                .ok()?
                .is_dir()
                .then(|| entry.file_name().into_string().ok())?
        })
        .collect();
    names.sort();
    names
        .into_iter()
        .find(|name| {
            name.contains("cookiecutter") && name.contains(&options.variable.0) && name.contains(&options.variable.1)
        })
        .map(|name| dir.join(name))
}

fn hooks(dir: &Path) -> Vec<Step> {
    let mut found: Vec<(usize, String)> = fs::read_dir(dir.join("hooks"))
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let order = HOOKS.iter().position(|hook| *hook == stem)?;
            (!name.ends_with('~')).then_some((order, name))
        })
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|(order, name)| Step {
            id: HOOKS[order].to_owned(),
            name: format!("hooks/{name}"),
            action: format!("cookiecutter:{}", HOOKS[order]),
            input: Value::Null,
            condition: None,
            each: None,
            line: 0,
        })
        .collect()
}

/// The texts of a list; none where it is missing.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// The folder's name for people: `python-package` is "Python package".
pub(crate) fn title_of(dir: &Path) -> String {
    let name = dir
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    words(&name)
}

/// A name for people: `project_name` is "Project name".
pub(crate) fn words(name: &str) -> String {
    let spaced = name.replace(['_', '-'], " ");
    let mut chars = spaced.trim().chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name.to_owned(),
    }
}

/// The line of a key, 0 where it is not found.
fn line_of(text: &str, key: &str) -> usize {
    let quoted = format!("\"{key}\"");
    text.lines()
        .position(|line| line.contains(&quoted))
        .map_or(0, |at| at + 1)
}
