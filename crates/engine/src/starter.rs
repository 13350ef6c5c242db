//! Starters: what there is, their forms, and new projects from them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ::book::{Step, TaskKind};
use ::journey::{NewProject as Row, State};
use ::starter::{CreateErrorKind as ErrorKind, Created, Deferred, Finding, Kind, Starter};

use crate::form::page;
use crate::jobs::Events;
use crate::left_out;
use crate::mirror::notes;
use crate::start::invalid;
use crate::wire::{Code, DeferredKind, Failure, JobEvent, NewProject, ProjectCard, StarterCard, StarterView};
use crate::{Engine, clock};

/// Lines of a template's log that are kept with the project.
const MOST_TOLD: usize = 50;

/// The starters by id: read, or why not.
pub(crate) type Starters = BTreeMap<String, Result<Starter, Finding>>;

impl Engine {
    /// The starters that can be used, by title.
    pub fn starter_cards(&self) -> Vec<StarterCard> {
        let mut cards: Vec<_> = self
            .starters()
            .iter()
            .filter_map(|(id, read)| read.as_ref().ok().map(|starter| card(id, starter)))
            .collect();
        cards.sort_by(|a, b| a.title.cmp(&b.title));
        cards
    }

    /// A starter with its form.
    ///
    /// # Errors
    /// For an unknown starter, one that cannot be read, and when the store cannot be read.
    pub fn starter(&self, id: &str) -> Result<StarterView, Failure> {
        let starter = self.known_starter(id)?;
        Ok(StarterView {
            card: card(id, starter),
            pages: ::starter::form(starter).into_iter().map(page).collect(),
            projects_folder: self.inner.folders.shorten(&self.projects_folder()?),
            deferred: self.left_out(id, starter),
            projects: self.projects_from(id)?,
            saved: self.saved_answers(id)?,
        })
    }

    /// Makes a project; a job. Nothing is left behind when it fails or is stopped.
    ///
    /// # Errors
    /// For answers that the form does not accept, a folder that is not empty, and what Git and the disk say.
    pub async fn create_project(
        &self,
        job: &str,
        request: NewProject,
        events: Events<'_>,
    ) -> Result<ProjectCard, Failure> {
        self.create_project_accepting(job, request, None, events).await
    }

    /// As [`Engine::create_project`], where the person has compared the fingerprint of an ssh host key that was not
    /// known: the server that shows it is trusted and remembered.
    ///
    /// # Errors
    /// As [`Engine::create_project`].
    pub async fn create_project_accepting(
        &self,
        job: &str,
        request: NewProject,
        accept_host_key: Option<String>,
        events: Events<'_>,
    ) -> Result<ProjectCard, Failure> {
        self.job(job, events, async |cancel| {
            let starter = self.known_starter(&request.starter)?.clone();
            let target = self.target(&request)?;
            let asked = self.asking_task(&request)?;
            let values = answers(&starter, &request)?;
            let (sender, mut progress) = tokio::sync::mpsc::unbounded_channel();
            let wanted = ::starter::Request {
                target: target.clone(),
                values,
                message: format!("Start from {}", starter.title),
                book: Some(self.book_id().to_owned()),
                version: Some(self.book().manifest.version.clone()).filter(|version| !version.is_empty()),
                made: clock::stamp(clock::now()),
                accept_host_key,
                mirrors: Some(self.mirrors_folder()),
            };
            let work = tokio::task::spawn_blocking(move || {
                ::starter::create(&starter, &wanted, &mut |step| drop(sender.send(step)), &cancel)
            });
            while let Some(step) = progress.recv().await {
                events(JobEvent::Progress {
                    phase: step.phase,
                    fraction: fraction(step.done, step.total),
                    detail: step.detail,
                });
            }
            let created = work.await.map_err(|error| {
                Failure::new(
                    Code::Failed,
                    format!("Making the project ended early: {error}."),
                    "Try again.",
                )
            })?;
            let created = created.inspect_err(|error| {
                if let ::starter::CreateError::Git(error) = error {
                    tell_host_key(error, events);
                }
            })?;
            let project = self.keep(&request, asked, &created).map_err(|failure| Failure {
                message: format!(
                    "The project is in {}, and could not be remembered. {}",
                    created.folder.display(),
                    failure.message
                ),
                ..failure
            })?;
            if let Err(failure) = self.save_answers(&request.starter, &request.values) {
                // The project is there; only the next form has to be filled in anew.
                tracing::warn!(%failure, "the answers were not kept");
            }
            events(JobEvent::Project {
                project: project.clone(),
            });
            Ok(project)
        })
        .await
    }

    /// The step and task that ask for this starter, where the request names them.
    fn asking_task<'a>(&'a self, request: &'a NewProject) -> Result<Option<(&'a Step, &'a str)>, Failure> {
        let Some(asked) = &request.task else {
            return Ok(None);
        };
        let (step, task) = asked.split_once('#').unwrap_or((asked, ""));
        let (step, found) = self.known_task(step, task)?;
        match &found.kind {
            TaskKind::Starter(id) if *id == request.starter => Ok(Some((step, &found.id))),
            _ => Err(invalid(
                format!("The task {asked} does not ask for the starter \"{}\".", request.starter),
                "Create the project from the starter's own page.",
            )),
        }
    }

    fn keep(
        &self,
        request: &NewProject,
        asked: Option<(&Step, &str)>,
        created: &Created,
    ) -> Result<ProjectCard, Failure> {
        let path = asked
            .and_then(|(step, _)| step.page.id.split_once('/'))
            .map(|(path, _)| path);
        let id = self.journey().add_project(&Row {
            book: self.book_id(),
            starter: &request.starter,
            path,
            folder: &created.folder,
            after: &after(created),
            at: clock::now().unix_timestamp(),
        })?;
        if let Some((step, task)) = asked {
            let folder = serde_json::json!({ "folder": created.folder });
            self.record(step, task, State::Passed, folder)?;
        }
        let project = self.journey().project(id)?;
        project
            .map(|project| self.card(&project))
            .ok_or_else(|| Failure::not_found("project", &request.name))
    }

    /// The new project's folder, absolute.
    fn target(&self, request: &NewProject) -> Result<PathBuf, Failure> {
        let parent = self.inner.folders.expand(&request.parent);
        if request.parent.trim().is_empty() || !parent.is_absolute() {
            return Err(invalid(
                format!("\"{}\" is not the full path of a folder.", request.parent),
                "Choose a folder, or type its path from the top or from ~.",
            ));
        }
        let name = request.name.trim();
        // One plain component: what is typed as a name must not lead somewhere else.
        if name.is_empty() || name == "." || name.contains('/') || ::book::check_relative(name).is_err() {
            return Err(invalid(
                format!("\"{name}\" cannot be the name of a folder."),
                "Use letters, digits, hyphens and dots, such as hello-service.",
            ));
        }
        Ok(parent.join(name))
    }

    fn projects_folder(&self) -> Result<PathBuf, Failure> {
        let chosen = self
            .settings()?
            .projects_folder
            .filter(|folder| !folder.trim().is_empty());
        Ok(match chosen {
            Some(folder) => self.inner.folders.expand(&folder),
            None => self.inner.folders.home.join("projects"),
        })
    }

    pub(crate) fn starter_card(&self, id: &str) -> StarterCard {
        match self.starters().get(id) {
            Some(Ok(starter)) => card(id, starter),
            Some(Err(_)) | None => StarterCard {
                id: id.to_owned(),
                title: id.to_owned(),
                summary: "This starter cannot be read; the problems page says why.".to_owned(),
                kind: "broken".to_owned(),
                owner: None,
                tags: Vec::new(),
                repository: None,
            },
        }
    }

    /// The title of a starter; of anything else, the text itself.
    pub(crate) fn starter_title(&self, id: &str) -> String {
        match self.starters().get(id) {
            Some(Ok(starter)) => starter.title.clone(),
            Some(Err(_)) | None => id.to_owned(),
        }
    }

    pub(crate) fn known_starter(&self, id: &str) -> Result<&Starter, Failure> {
        match self.starters().get(id) {
            Some(Ok(starter)) => Ok(starter),
            Some(Err(finding)) => Err(Failure::new(
                Code::Failed,
                format!("{} {}", finding.message, place(finding)),
                finding.hint.clone(),
            )),
            None => Err(Failure::not_found("starter", id)),
        }
    }

    pub(crate) fn starters(&self) -> &Starters {
        self.inner.starters.get_or_init(|| {
            let book = self.book();
            let read = |folder: &::book::StarterFolder| (folder.id.clone(), ::starter::read(&book.root, &folder.dir));
            book.starters.iter().map(read).collect()
        })
    }
}

impl From<::starter::CreateError> for Failure {
    fn from(error: ::starter::CreateError) -> Self {
        let code = match error.kind() {
            ErrorKind::Cancelled => Code::Cancelled,
            ErrorKind::Invalid => Code::Invalid,
            ErrorKind::FolderNotEmpty => Code::FolderNotEmpty,
            ErrorKind::SignIn => Code::SignIn,
            ErrorKind::Offline => Code::Offline,
            ErrorKind::NotFound
            | ErrorKind::UnknownHostKey
            | ErrorKind::NoIdentity
            | ErrorKind::Disk
            | ErrorKind::Starter
            | ErrorKind::Other => Code::Failed,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}

/// Tells the server's key, where that is what the work stopped at.
pub(crate) fn tell_host_key(error: &::git::Error, events: Events<'_>) {
    if let ::git::Error::UnknownHostKey {
        host,
        key_type,
        fingerprint,
    } = error
    {
        events(JobEvent::HostKey {
            host: host.clone(),
            key_type: key_type.clone(),
            fingerprint: fingerprint.clone(),
        });
    }
}

/// The answers with the defaults of the fields that were left out.
pub(crate) fn answers(
    starter: &Starter,
    request: &NewProject,
) -> Result<serde_json::Map<String, serde_json::Value>, Failure> {
    let values = ::starter::complete(starter, &request.values);
    let errors = ::starter::validate(starter, &values);
    if errors.is_empty() {
        return Ok(values);
    }
    let messages: Vec<_> = errors.into_iter().map(|error| error.message).collect();
    Err(invalid(messages.join(" "), "Change the answers and try again."))
}

/// How far `done` of `total` is, from 0 to 1; `None` where the total is not known.
pub(crate) fn fraction(done: usize, total: usize) -> Option<f64> {
    let share = |count: usize| u32::try_from(count).ok().map(f64::from);
    (total > 0)
        .then_some(share(done)? / share(total)?)
        .map(|fraction| fraction.min(1.0))
}

/// What to do next, as Markdown: the starter's own words, and what was left to the person.
fn after(created: &Created) -> String {
    let mut parts = vec![created.after.trim().to_owned()];
    parts.extend(notes(created.by.as_ref(), created.mirrored, created.lfs));
    let is_program = |step: &&Deferred| left_out::kind(&step.action) != DeferredKind::Server;
    let (programs, steps): (Vec<_>, Vec<_>) = created.deferred.iter().partition(is_program);
    if !steps.is_empty() {
        let steps: String = steps.into_iter().map(by_hand).collect();
        parts.push(format!("These steps need a server and are left to you:\n\n{steps}"));
    }
    if !programs.is_empty() {
        let programs: String = programs.into_iter().map(by_hand).collect();
        parts.push(format!(
            "These programs of the template were not run. Read them, and do by hand what you need:\n\n{programs}"
        ));
    }
    if !created.log.is_empty() {
        let told: Vec<&str> = created.log.iter().map(String::as_str).take(MOST_TOLD).collect();
        parts.push(format!(
            "The template says:\n\n{}",
            fenced("text", &told.join("\n"), "")
        ));
    }
    if !created.links.is_empty() {
        let links = created
            .links
            .iter()
            .map(|link| format!("- [{}]({})", link.title, link.url));
        parts.push(links.collect::<Vec<_>>().join("\n"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// A step as an item of a list: what it is, how to do it, and its input.
fn by_hand(step: &Deferred) -> String {
    let language = match left_out::kind(&step.action) {
        DeferredKind::Server => "yaml",
        DeferredKind::Program | DeferredKind::Extension => "text",
    };
    let parts = [
        format!("- **{}** (`{}`)", step.title, step.action),
        step.advice
            .as_deref()
            .map(|advice| format!("  {advice}"))
            .unwrap_or_default(),
        fenced("sh", step.command.as_deref().unwrap_or_default(), "  "),
        fenced(language, step.input.trim(), "  "),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// A block of code, indented; nothing in the text ends it.
fn fenced(language: &str, text: &str, indent: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace("```", "");
    let lines: Vec<String> = text.lines().map(|line| format!("{indent}{line}")).collect();
    format!("{indent}```{language}\n{}\n{indent}```", lines.join("\n"))
}

fn place(finding: &Finding) -> String {
    match finding.line {
        0 => format!("({})", finding.file),
        line => format!("({}, line {line})", finding.file),
    }
}

fn card(id: &str, starter: &Starter) -> StarterCard {
    let (kind, repository) = match &starter.kind {
        Kind::Repository(repository) => ("repository", Some(repository.repository.clone())),
        _ => ("template", None),
    };
    StarterCard {
        id: id.to_owned(),
        title: starter.title.clone(),
        summary: starter.summary.clone(),
        kind: kind.to_owned(),
        owner: starter.owner.clone(),
        tags: starter.tags.clone(),
        repository,
    }
}
