//! `template.yaml`: a Backstage scaffolder template, `scaffolder.backstage.io/v1beta3`.
//!
//! The grammar is that of Backstage's Template.v1beta3 schema, read permissively: keys that are not known here are
//! left alone, for templates in use hold many.

use serde_json::{Map, Value};

use crate::actions;
use crate::form;
use crate::read::{Finding, Kind, Place, Starter};

/// A template to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The form's pages: JSON Schema with `ui:` keys, references replaced by what they name.
    pub parameters: Vec<Value>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// `spec.output`: links and texts to show at the end.
    pub output: Value,
    /// The file below the roadbook's folder.
    pub file: String,
}

/// A step of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its id; `step-1` and so on where the file has none.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it does (`fetch:template`).
    pub action: String,
    /// With what.
    pub input: Value,
    /// Only if this holds.
    pub condition: Option<Value>,
    /// For each of these.
    pub each: Option<Value>,
    /// The line of its action, 0 where it is not found.
    pub line: usize,
}

impl Template {
    /// Steps that need a server and are left to the person.
    pub fn deferred(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| !actions::is_local(&step.action))
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
    let value: Value = serde_saphyr::from_str(text).map_err(|error| {
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
    let wrong =
        |key: &str, message: &str, hint: &str| finding("starter-syntax", line_of(text, key), message.to_owned(), hint);
    let version = value["apiVersion"].as_str().unwrap_or_default();
    if version != "scaffolder.backstage.io/v1beta3" || value["kind"] != "Template" {
        return Err(wrong(
            "apiVersion:",
            "This is no scaffolder template of version v1beta3.",
            "It starts with `apiVersion: scaffolder.backstage.io/v1beta3` and `kind: Template`.",
        ));
    }
    let metadata = &value["metadata"];
    let Some(name) = metadata["name"].as_str() else {
        return Err(wrong(
            "metadata:",
            "The template has no name.",
            "Add `name:` under `metadata:`.",
        ));
    };
    let spec = &value["spec"];
    let parameters = match &spec["parameters"] {
        Value::Null => Vec::new(),
        Value::Array(pages) => pages.iter().map(form::expanded).collect(),
        page @ Value::Object(_) => vec![form::expanded(page)],
        _ => {
            return Err(wrong(
                "parameters:",
                "The parameters are no form.",
                "Write a JSON Schema, or a list of them.",
            ));
        }
    };
    let Some(list) = spec["steps"].as_array() else {
        return Err(wrong(
            "spec:",
            "The template has no steps.",
            "Add a list `steps:` under `spec:`.",
        ));
    };
    let mut warnings = Vec::new();
    let mut steps = Vec::new();
    let mut lines = text.lines().enumerate();
    for (index, step) in list.iter().enumerate() {
        let Some(action) = step["action"].as_str() else {
            return Err(wrong(
                "steps:",
                &format!("Step {} has no action.", index + 1),
                "Add `action:` to it.",
            ));
        };
        // Steps come in the order of the file, so each search goes on where the last one ended.
        let line = lines
            .by_ref()
            .find(|(_, line)| line.contains("action:") && line.contains(action))
            .map_or(0, |(at, _)| at + 1);
        let text_of = |key: &str| step[key].as_str().map(str::to_owned);
        let id = text_of("id").unwrap_or_else(|| format!("step-{}", index + 1));
        let name = text_of("name").unwrap_or_else(|| id.clone());
        let present = |key: &str| step.get(key).filter(|value| !value.is_null()).cloned();
        if !actions::is_known(action) {
            warnings.push(finding(
                "starter-action",
                line,
                format!("Nobody here knows the action `{action}` of the step \"{name}\"."),
                "It is shown to the person and not carried out. Check its spelling.",
            ));
        }
        if let Some(url) = step["input"]["url"].as_str().filter(|url| url.contains("://"))
            && actions::fetches(action)
        {
            warnings.push(finding(
                "starter-url",
                line,
                format!("The step \"{name}\" takes files from `{url}`, and nothing is taken from a server."),
                "Put the files into the roadbook, and name them by a path such as ./skeleton.",
            ));
        }
        steps.push(Step {
            id,
            name,
            action: action.to_owned(),
            input: present("input").unwrap_or_else(|| Value::Object(Map::new())),
            condition: present("if"),
            each: present("each"),
            line,
        });
    }
    for (key, message) in form::not_shown(&parameters) {
        warnings.push(finding(
            "starter-form",
            line_of(text, &format!("{key}:")),
            message,
            form_hint(&key),
        ));
    }
    let strings = |value: &Value| match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    Ok(Starter {
        id: place.id(),
        title: metadata["title"].as_str().unwrap_or(name).to_owned(),
        summary: metadata["description"].as_str().unwrap_or_default().trim().to_owned(),
        owner: spec["owner"].as_str().map(str::to_owned),
        tags: strings(&metadata["tags"]),
        kind: Kind::Template(Template {
            parameters,
            steps,
            output: spec["output"].clone(),
            file: file.to_owned(),
        }),
        warnings,
        root: place.root.to_owned(),
        dir: place.dir.to_owned(),
    })
}

fn form_hint(key: &str) -> &'static str {
    if key == "$ref" {
        "Name a part of the same page, such as `#/definitions/port`, or write out what it stands for."
    } else {
        "Use fields of the types string, number, integer, boolean, or array with a fixed list."
    }
}

/// The first line that starts with a key, for messages; 0 where there is none.
fn line_of(text: &str, key: &str) -> usize {
    text.lines()
        .position(|line| line.trim_start().trim_start_matches("- ").starts_with(key))
        .map_or(0, |at| at + 1)
}
