//! The files of a copier template.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::answers::{Asked, names};
use super::ignore::Patterns;
use super::{Copier, ask, texts};
use crate::contain;
use crate::create::Deferred;
use crate::expression::bad;
use crate::jinja::{Jinja, context};
use crate::job::{self, Job};
use crate::read::shown;
use crate::steps::{Outcome, explain};
use crate::workspace::{Entry, Trouble, Workspace, entries, is_executable};
use crate::{CreateError, Starter};

/// What copier leaves out where the template is not in a folder of its own.
const LEFT_OUT: [&str; 8] = [
    "copier.yaml",
    "copier.yml",
    "~*",
    "*.py[co]",
    "__pycache__",
    ".git",
    ".DS_Store",
    ".svn",
];
/// Where copier keeps the answers.
const ANSWERS: &str = ".copier-answers.yml";

/// What stays the same from file to file.
struct Run<'a> {
    starter: &'a Starter,
    template: &'a Copier,
    jinja: Jinja,
    context: minijinja::Value,
    /// The folder whose files become the project's.
    source: PathBuf,
    /// The template's folder with links resolved; links lead nowhere else.
    real: PathBuf,
    answers_file: String,
    excluded: Patterns,
    kept: Patterns,
}

/// Renders the template into the workspace.
pub(crate) fn run(job: &mut Job<'_>, template: &Copier) -> Result<Outcome, CreateError> {
    let (starter, folder) = (job.starter, job.folder);
    let asked = ask(template, job.values);
    if let Some((_, bad)) = asked.problem {
        return Err(CreateError::expression(&template.file, 0, bad));
    }
    let fail = |trouble: Trouble| explain(trouble, &template.file, "Render the files");
    let run = Run::new(starter, template, &asked, folder)?;
    // What is shown is rendered without secrets.
    let shown = ask(template, &job.hidden.masked(job.values));
    let shown = match shown.problem {
        None => Run::new(starter, template, &shown, folder)?.context,
        Some(_) => context(&Value::Object(Map::new())),
    };
    let list = entries(&run.source).map_err(fail)?;
    job.files("Rendering files", &list, |entry, workspace| run.file(entry, workspace))
        .map_err(fail)?;
    let made = job
        .workspace
        .entries()
        .map_err(fail)?
        .into_iter()
        .map(|entry| entry.name);
    Ok(Outcome {
        written_once: made.filter(|name| run.kept.matches(name)).collect(),
        deferred: run.deferred(&shown),
        after: run.after(&shown),
        ..Outcome::default()
    })
}

impl<'a> Run<'a> {
    fn new(starter: &'a Starter, template: &'a Copier, asked: &Asked, folder: &str) -> Result<Self, CreateError> {
        let wrong = |why: String| CreateError::expression(&template.file, 0, bad("", 1, why));
        let jinja = template.jinja().map_err(wrong)?;
        let render = |text: &str, context: &minijinja::Value| {
            let rendered = jinja.render(text, context);
            rendered.map_err(|bad| CreateError::expression(&template.file, 0, bad))
        };
        let named = template.text("_answers_file");
        let named = if named.is_empty() { ANSWERS } else { named };
        let answers_file = render(named, &context(&names(template, asked, folder, "")))?;
        let context = context(&names(template, asked, folder, &answers_file));

        let below = render(template.subdirectory(), &context)?;
        let source = contain::source(&starter.root, &template.dir, &below)
            .map_err(|why| explain(Trouble::Why(why), &template.file, "_subdirectory"))?;
        let read = |path: &Path| {
            let failed = |e| CreateError::Git(git::Error::from_io("Cannot read", path, e));
            path.canonicalize().map_err(failed)
        };
        let patterns = |list: Vec<&str>| {
            let lines: Vec<String> = list
                .into_iter()
                .map(|text| render(text, &context))
                .collect::<Result<_, _>>()?;
            Ok::<_, CreateError>(Patterns::new(lines.iter().flat_map(|text| text.lines())))
        };
        let excluded = match template.settings.get("_exclude") {
            Some(list) => texts(Some(list)).collect(),
            None if template.subdirectory().trim_matches(['.', '/']).is_empty() => LEFT_OUT.to_vec(),
            None => Vec::new(),
        };
        Ok(Self {
            starter,
            template,
            real: read(&template.dir)?,
            excluded: patterns(excluded)?,
            kept: patterns(texts(template.settings.get("_skip_if_exists")).collect())?,
            jinja,
            context,
            source,
            answers_file,
        })
    }

    fn file(&self, entry: &Entry, workspace: &mut Workspace) -> Result<(), Trouble> {
        let suffix = self.template.suffix();
        let is_template = entry.name.ends_with(suffix);
        // Of a file and its template, the template counts.
        if !suffix.is_empty() && self.source.join(format!("{}{suffix}", entry.name)).exists() {
            return Ok(());
        }
        let name = match (is_template, entry.name.rfind('.')) {
            (true, Some(at)) if !suffix.is_empty() => &entry.name[..at],
            _ => &entry.name,
        };
        let Some(name) = self.path(entry, name)? else {
            return Ok(());
        };
        if !is_template && self.template.dir.join(format!("{name}{suffix}")).exists() {
            return Ok(());
        }
        let path = contain::relative(&name)?;
        if self.excluded.matches(&name) || (self.kept.matches(&name) && workspace.root().join(&path).exists()) {
            return Ok(());
        }
        if entry.link
            && self
                .template
                .settings
                .get("_preserve_symlinks")
                .is_some_and(|yes| *yes == true)
        {
            let target = fs::read_link(&entry.path).map_err(|e| disk(&entry.path, e))?;
            let target = target.to_string_lossy().into_owned();
            let target = if is_template {
                self.render(entry, &target)?
            } else {
                target
            };
            return workspace.link(&path, Path::new(&target), true);
        }
        let place = self.place(entry)?;
        let bytes = fs::read(&place).map_err(|e| disk(&place, e))?;
        let executable = is_executable(&place);
        match String::from_utf8(bytes) {
            Ok(text) if is_template => {
                let rendered = self.render(entry, &text)?;
                workspace.write(&path, rendered.as_bytes(), executable, true)
            }
            Err(_) if is_template && !suffix.is_empty() => {
                Err(Trouble::Why(format!("the template `{}` is no UTF-8 text", entry.name)))
            }
            Ok(text) => workspace.write(&path, text.as_bytes(), executable, true),
            Err(error) => workspace.write(&path, error.as_bytes(), executable, true),
        }
    }

    /// The path in the project; `None` where a part of it is rendered away.
    fn path(&self, entry: &Entry, name: &str) -> Result<Option<String>, Trouble> {
        let mut parts = Vec::new();
        for part in name.split('/') {
            let rendered = self.render(entry, part)?;
            if rendered.is_empty() {
                return Ok(None);
            }
            if rendered == self.answers_file {
                return Ok(Some(rendered));
            }
            parts.push(rendered);
        }
        Ok(Some(parts.join("/")))
    }

    fn render(&self, entry: &Entry, text: &str) -> Result<String, Trouble> {
        self.jinja
            .render(text, &self.context)
            .map_err(|bad| Trouble::Expression {
                file: shown(&self.starter.root, &entry.path),
                bad,
            })
    }

    /// Where a file is read from: copier reads through links, here to files inside the template only.
    fn place(&self, entry: &Entry) -> Result<PathBuf, Trouble> {
        let place = job::inside(&self.real, entry).filter(|place| place.is_file());
        place.ok_or_else(|| {
            Trouble::Why(format!(
                "the symbolic link `{}` leads to no file of the template",
                entry.name
            ))
        })
    }

    fn after(&self, shown: &minijinja::Value) -> String {
        let message = self.jinja.render(self.template.text("_message_after_copy"), shown);
        message.unwrap_or_default().trim().to_owned()
    }

    /// Tasks whose condition holds, rendered. Migrations concern projects that are there already.
    fn deferred(&self, shown: &minijinja::Value) -> Vec<Deferred> {
        let holds = |condition: &Value| match condition {
            Value::String(text) => match self.jinja.render(text, &self.context) {
                Ok(text) => super::cast::to_bool(&text.into()),
                Err(_) => true,
            },
            other => super::cast::to_bool(other),
        };
        let tasks = self.template.tasks.iter().filter(|task| task.action == "copier:task");
        tasks
            .filter(|task| task.condition.as_ref().is_none_or(holds))
            .map(|task| Deferred {
                title: task.name.clone(),
                action: task.action.clone(),
                input: self
                    .jinja
                    .render(&task.name, shown)
                    .unwrap_or_else(|_| task.name.clone()),
                command: None,
                advice: None,
            })
            .collect()
    }
}

fn disk(path: &Path, error: std::io::Error) -> Trouble {
    Trouble::Disk(git::Error::from_io("Cannot read", path, error))
}
