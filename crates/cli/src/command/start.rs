//! `roadbook start`

use std::path::PathBuf;
use std::sync::Mutex;

use engine::Engine;
use engine::wire::{Block, Code, Failure, FormInput, JobEvent, NewProject, PreviewedFile, ProjectCard, ProjectPreview};
use engine::wire::{StarterView, TaskBody};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::Start;
use crate::{Found, Outcome, block_on, output};

#[derive(Serialize)]
struct Made {
    folder: String,
    starter: String,
    /// What to do next, Markdown.
    next: String,
}

#[derive(Serialize)]
struct File {
    path: String,
    bytes: u64,
}

pub(crate) fn run(engine: &Engine, start: &Start, json: bool) -> Outcome {
    if engine.is_address(&start.starter) {
        return clone(engine, start, json);
    }
    let view = engine.starter(&start.starter)?;
    let values = values(engine, &view, start)?;
    // Kept only once they were accepted.
    let answers = values.clone();
    let save = || match &start.save_values {
        Some(file) => engine.write_answers(&start.starter, &answers, file),
        None => Ok(()),
    };
    let request = request(engine, &view, start, values)?;
    if start.dry_run {
        let preview = block_on(engine, engine.preview("preview", request, &|_| {}))?;
        save()?;
        show(view.card.repository.as_deref(), preview, json);
        return Ok(Found::Fine);
    }
    let phases = Phases::default();
    let project = block_on(
        engine,
        engine.create_project_accepting("start", request, start.accept_host_key.clone(), &|event| {
            phases.tell(event);
        }),
    )?;
    engine.end_at_once();
    print(engine, project, json)?;
    // The project is there, whatever becomes of the answers.
    save()?;
    Ok(Found::Fine)
}

/// What would be made, and on standard error what would be left to the person.
fn show(repository: Option<&str>, preview: ProjectPreview, json: bool) {
    if let Some(address) = repository {
        eprintln!("note: {address} would be cloned; its files are not known before.");
    }
    for part in &preview.deferred {
        eprintln!("note: left to you: {} ({})", part.title, part.action);
    }
    let files = preview.files.into_iter();
    if json {
        let file = |file: PreviewedFile| File {
            path: file.path,
            bytes: file.size,
        };
        output::json(&files.map(file).collect::<Vec<_>>());
    } else {
        files.for_each(|file| output::line(&file.path));
    }
}

/// Clones an address that was typed in place of a starter's id.
fn clone(engine: &Engine, start: &Start, json: bool) -> Outcome {
    if !start.set.is_empty()
        || start.values.is_some()
        || start.save_values.is_some()
        || start.dry_run
        || start.step.is_some()
    {
        return Err(invalid(
            "--set, --values, --save-values, --dry-run and --step go with a starter, not with an address.".to_owned(),
        ));
    }
    let name = start
        .starter
        .trim_end_matches('/')
        .rsplit(['/', ':'])
        .next()
        .unwrap_or_default();
    let folder = start
        .folder
        .clone()
        .unwrap_or_else(|| name.trim_end_matches(".git").into());
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    let phases = Phases::default();
    let tell = |event| phases.tell(event);
    let accepted = start.accept_host_key.clone();
    let cloning = engine.clone_address("start", &start.starter, &folder, accepted, &tell);
    let project = block_on(engine, cloning)?;
    engine.end_at_once();
    print(engine, project, json)?;
    Ok(Found::Fine)
}

fn print(engine: &Engine, project: ProjectCard, json: bool) -> Result<(), Failure> {
    let next = engine.next_in_project(project.id)?;
    if json {
        output::json(&Made {
            folder: project.folder,
            starter: project.starter,
            next,
        });
    } else {
        output::line(&project.folder);
        if !next.is_empty() {
            eprintln!("\n{next}");
        }
    }
    Ok(())
}

/// The phase that was told last, so that each is told once.
#[derive(Default)]
pub(crate) struct Phases(Mutex<String>);

impl Phases {
    pub(crate) fn tell(&self, event: JobEvent) {
        if let JobEvent::Progress { phase, .. } = event
            && let Ok(mut last) = self.0.lock()
            && *last != phase
        {
            eprintln!("{phase}");
            *last = phase;
        }
    }
}

/// The answers: of the file, then of `--set`, each as its field wants it.
fn values(engine: &Engine, view: &StarterView, start: &Start) -> Result<Map<String, Value>, Failure> {
    let mut values = match &start.values {
        Some(file) => engine.read_answers(file)?,
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

fn request(
    engine: &Engine,
    view: &StarterView,
    start: &Start,
    values: Map<String, Value>,
) -> Result<NewProject, Failure> {
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
        task: start
            .step
            .as_deref()
            .map(|step| task(engine, step, &start.starter))
            .transpose()?,
    })
}

/// The task of the step that this starter completes.
fn task(engine: &Engine, step: &str, starter: &str) -> Result<String, Failure> {
    let asked = engine.page(step)?.blocks.into_iter().find_map(|block| match block {
        Block::Task { task } => match task.what {
            TaskBody::Starter { starter: asked, .. } if asked.id == starter => Some(task.id),
            _ => None,
        },
        Block::Html { .. } => None,
    });
    asked
        .map(|task| format!("{step}#{task}"))
        .ok_or_else(|| invalid(format!("The step {step} does not ask for the starter \"{starter}\".")))
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
        hint: "`roadbook start --help` says what goes where.".to_owned(),
    }
}
