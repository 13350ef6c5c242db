//! `roadbook start`

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use engine::Engine;
use engine::wire::{Code, Failure, FormInput, JobEvent, NewProject, StarterView};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::Start;
use crate::{Found, Outcome, output, runtime};

#[derive(Serialize)]
struct Made {
    folder: String,
    starter: String,
}

#[derive(Serialize)]
struct File {
    path: String,
    bytes: u64,
}

pub(crate) fn run(engine: &Engine, start: &Start, json: bool) -> Outcome {
    let view = engine.starter(&start.starter)?;
    let values = values(&view, start)?;
    let request = request(&view, start, values)?;
    if start.dry_run {
        let files = engine.preview_project(&request)?;
        if json {
            output::json(
                &files
                    .into_iter()
                    .map(|(path, bytes)| File { path, bytes })
                    .collect::<Vec<_>>(),
            );
        } else {
            files.iter().for_each(|(path, _)| output::line(path));
        }
        return Ok(Found::Fine);
    }
    let phase = Mutex::new(String::new());
    let tell = |event| {
        if let JobEvent::Progress { phase: now, .. } = event
            && let Ok(mut last) = phase.lock()
            && *last != now
        {
            eprintln!("{now}");
            *last = now;
        }
    };
    let project = runtime()?.block_on(engine.create_project("start", request, &tell))?;
    if json {
        output::json(&Made {
            folder: project.folder,
            starter: project.starter,
        });
    } else {
        output::line(&project.folder);
    }
    Ok(Found::Fine)
}

/// The answers: of the file, then of `--set`, each as its field wants it.
fn values(view: &StarterView, start: &Start) -> Result<Map<String, Value>, Failure> {
    let mut values = match &start.values {
        Some(file) => read(file)?,
        None => Map::new(),
    };
    for (name, text) in &start.set {
        let field = view
            .pages
            .iter()
            .flat_map(|page| &page.fields)
            .find(|field| field.name == *name);
        let value = match field.map(|field| &field.input) {
            Some(FormInput::Number { .. } | FormInput::Switch | FormInput::Choices { .. }) => {
                serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
            }
            Some(FormInput::Choice { choices }) => choices
                .iter()
                .map(|choice| &choice.value)
                .find(|value| value.as_str() == Some(text) || value.to_string() == *text)
                .cloned()
                .unwrap_or_else(|| Value::String(text.clone())),
            Some(FormInput::Text | FormInput::Lines) | None => Value::String(text.clone()),
        };
        values.insert(name.clone(), value);
    }
    Ok(values)
}

fn read(file: &Path) -> Result<Map<String, Value>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| invalid(format!("{} could not be read: {error}.", file.display())))?;
    serde_json::from_str(&text)
        .map_err(|error| invalid(format!("{} is not a JSON object of answers: {error}.", file.display())))
}

fn request(view: &StarterView, start: &Start, values: Map<String, Value>) -> Result<NewProject, Failure> {
    let here =
        std::env::current_dir().map_err(|error| invalid(format!("The current folder cannot be read: {error}.")))?;
    let folder = match &start.folder {
        Some(folder) => here.join(folder),
        None => here.join(name(view, &values)),
    };
    let folder: PathBuf = std::path::absolute(&folder).unwrap_or(folder);
    let (Some(parent), Some(last)) = (folder.parent(), folder.file_name()) else {
        return Err(invalid(format!("{} cannot become a project.", folder.display())));
    };
    Ok(NewProject {
        starter: start.starter.clone(),
        parent: parent.display().to_string(),
        name: last.to_string_lossy().into_owned(),
        values,
        task: None,
    })
}

/// The form's own name for the project, else the starter's id.
fn name(view: &StarterView, values: &Map<String, Value>) -> String {
    let default = || {
        let fields = view.pages.iter().flat_map(|page| &page.fields);
        fields
            .into_iter()
            .find(|field| field.name == "name")
            .map(|field| field.default.clone())
    };
    let named = values.get("name").cloned().or_else(default);
    let named = named.as_ref().and_then(Value::as_str).filter(|name| !name.is_empty());
    named.map_or_else(
        || view.card.id.rsplit('/').next().unwrap_or_default().to_owned(),
        str::to_owned,
    )
}

fn invalid(message: String) -> Failure {
    Failure {
        code: Code::Invalid,
        message,
        hint: "Name the new project's folder as the second argument.".to_owned(),
    }
}
