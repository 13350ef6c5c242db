//! The files of a cookiecutter template.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{Cookiecutter, ask, binary, newlines};
use crate::contain;
use crate::create::Deferred;
use crate::expression::bad;
use crate::fnmatch::Patterns;
use crate::jinja::{Jinja, context};
use crate::job::{self, Job};
use crate::read::shown;
use crate::steps::{Outcome, explain};
use crate::workspace::{Entry, Trouble, Workspace, entries, is_executable};
use crate::{CreateError, Starter};

/// What stays the same from file to file.
struct Run<'a> {
    starter: &'a Starter,
    skeleton: &'a Path,
    /// The template's folder with links resolved; files that are links lead nowhere else.
    real: PathBuf,
    jinja: Jinja,
    context: minijinja::Value,
    untouched: Patterns,
    line_end: Option<String>,
}

/// Renders the template into the workspace.
pub(crate) fn run(job: &mut Job<'_>, template: &Cookiecutter) -> Result<Outcome, CreateError> {
    let starter = job.starter;
    let asked = ask(template, job.values);
    if let Some((_, bad)) = asked.problem {
        return Err(CreateError::expression(&template.file, 0, bad));
    }
    let template = asked.template;
    let fail = |trouble: Trouble| explain(trouble, &template.file, "Render the files");
    let run = Run {
        starter,
        skeleton: &template.skeleton,
        real: template
            .dir
            .canonicalize()
            .map_err(|e| CreateError::Git(git::Error::from_io("Cannot read", &template.dir, e)))?,
        jinja: template
            .jinja()
            .map_err(|why| CreateError::expression(&template.file, 0, bad("", 1, why)))?,
        context: context(&names(starter, template, asked.variables)),
        untouched: template.untouched(),
        line_end: template
            .variables
            .get("_new_lines")
            .and_then(Value::as_str)
            .map(str::to_owned),
    };
    let list = entries(&template.skeleton).map_err(fail)?;
    job.files("Rendering files", &list, |entry, workspace| run.file(entry, workspace))
        .map_err(fail)?;
    Ok(Outcome {
        deferred: template
            .hooks
            .iter()
            .map(|hook| run.hook(template, &hook.name, &hook.action))
            .collect(),
        ..Outcome::default()
    })
}

/// What files may name: `cookiecutter`, and `_cookiecutter` with the variables as the file has them.
fn names(starter: &Starter, template: &Cookiecutter, mut variables: Map<String, Value>) -> Value {
    // Cookiecutter has paths of the machine here, which do not belong in a project.
    variables.insert("_template".to_owned(), starter.id.as_str().into());
    variables.insert("_output_dir".to_owned(), ".".into());
    variables.insert("_repo_dir".to_owned(), starter.id.as_str().into());
    variables.insert("_checkout".to_owned(), Value::Null);
    let raw: Map<String, Value> = template
        .variables
        .iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    json!({ "cookiecutter": variables, "_cookiecutter": raw })
}

impl Run<'_> {
    fn file(&self, entry: &Entry, workspace: &mut Workspace) -> Result<(), Trouble> {
        let place = self.place(entry)?;
        if place.is_dir() {
            // As in cookiecutter, a link to a folder makes no files.
            return Ok(());
        }
        let name = match self.untouched_folder(&entry.name) {
            // The folder's own path is rendered, what is in it is not.
            Some(folder) => self.render(&entry.path, folder)? + &entry.name[folder.len()..],
            None => self.render(&entry.path, &entry.name)?,
        };
        // A name that is rendered away leaves its file out.
        if name.is_empty() || name.ends_with('/') {
            return Ok(());
        }
        if name.contains("//") {
            return Err(Trouble::Why(format!(
                "the name of a folder of `{}` is rendered away",
                entry.name
            )));
        }
        let path = contain::relative(&name)?;
        if workspace.root().join(&path).is_dir() {
            return Ok(());
        }
        let bytes = fs::read(&place).map_err(|e| Trouble::Disk(git::Error::from_io("Cannot read", &place, e)))?;
        let executable = is_executable(&place);
        let untouched = self.untouched_folder(&entry.name).is_some() || self.untouched.matches(&entry.name);
        if untouched || binary::is_binary(&entry.name, &bytes) {
            return workspace.write(&path, &bytes, executable, true);
        }
        let text = String::from_utf8_lossy(&bytes);
        let rendered = self.render(&entry.path, &text)?;
        let rendered = newlines::with(rendered, self.line_end.as_deref().or_else(|| newlines::of(&bytes)));
        workspace.write(&path, rendered.as_bytes(), executable, true)
    }

    /// The outermost folder of a file that is copied as a whole.
    fn untouched_folder<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.match_indices('/')
            .map(|(at, _)| &name[..at])
            .find(|folder| self.untouched.matches(folder))
    }

    fn render(&self, file: &Path, text: &str) -> Result<String, Trouble> {
        self.jinja
            .render(text, &self.context)
            .map_err(|bad| Trouble::Expression {
                file: shown(&self.starter.root, file),
                bad,
            })
    }

    /// Where a file is read from: cookiecutter reads through links, here inside the template only.
    fn place(&self, entry: &Entry) -> Result<PathBuf, Trouble> {
        job::inside(&self.real, entry).ok_or_else(|| {
            Trouble::Why(format!(
                "the symbolic link `{}` leads out of the template, or nowhere",
                shown(self.skeleton, &entry.path)
            ))
        })
    }

    /// A hook with its source, rendered as cookiecutter would before it runs it.
    fn hook(&self, template: &Cookiecutter, name: &str, action: &str) -> Deferred {
        // One that is no plain file of the roadbook has nothing to show.
        let source = contain::read(&self.starter.root, &template.dir.join(name)).unwrap_or_default();
        let source = String::from_utf8_lossy(&source);
        let source = self
            .jinja
            .render(&source, &self.context)
            .unwrap_or_else(|_| source.into_owned());
        Deferred {
            title: name.to_owned(),
            action: action.to_owned(),
            input: source,
            command: None,
            advice: None,
        }
    }
}
