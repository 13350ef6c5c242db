//! Whether the starter of a project has moved on.

use std::path::PathBuf;

use ::starter::{CreateErrorKind as Kind, Outdated, Provenance, Starter, UpgradeError, UpgradeRequest};
use tokio_util::sync::CancellationToken;

use crate::form::field;
use crate::jobs::Events;
use crate::start::invalid;
use crate::starter::tell_host_key;
use crate::wire::{AssumedAnswer, ChangedFile, Code, CompareProject, Failure, FileChange, JobEvent, OutdatedView};
use crate::{Engine, clock};

impl Engine {
    /// Compares what the starter made for a project with what it would make now from the same answers and the ones
    /// given; a job. Nothing is written. A repository starter is fetched to see.
    ///
    /// # Errors
    /// For a folder that was not made from a starter of this roadbook, and what Git, the disk and the starter say.
    pub async fn outdated(
        &self,
        job: &str,
        request: &CompareProject,
        events: Events<'_>,
    ) -> Result<OutdatedView, Failure> {
        self.job(job, events, async |cancel| {
            let (starter, request) = self.comparison(request)?;
            let shown = request.project.display().to_string();
            let title = starter.title.clone();
            let found = in_the_background(events, cancel, move |tell, cancel| {
                ::starter::outdated(&starter, &request, tell, cancel)
            })
            .await?;
            let view = view(shown, title, found);
            events(JobEvent::Outdated { view: view.clone() });
            Ok(view)
        })
        .await
    }

    /// The starter of a project, and what to ask about it.
    pub(crate) fn comparison(&self, asked: &CompareProject) -> Result<(Starter, UpgradeRequest), Failure> {
        let folder = self.inner.folders.expand(&asked.folder);
        let project: PathBuf = std::path::absolute(&folder).unwrap_or(folder);
        let from = ::starter::provenance(&project)?;
        let starter = self.starter_of(&from)?;
        let request = UpgradeRequest {
            project,
            values: asked.values.clone(),
            accept_host_key: asked.accept_host_key.clone(),
            version: Some(self.book().manifest.version.clone()).filter(|version| !version.is_empty()),
            now: clock::stamp(clock::now()),
            mirrors: Some(self.mirrors_folder()),
        };
        Ok((starter, request))
    }

    fn starter_of(&self, from: &Provenance) -> Result<Starter, Failure> {
        if let Some(book) = from.book.as_deref().filter(|book| *book != self.book_id()) {
            return Err(invalid(
                format!(
                    "This project was made from the roadbook \"{book}\", and the open one is \"{}\".",
                    self.book_id()
                ),
                "Open that roadbook; on the command line: --book FOLDER",
            ));
        }
        match self.starters().get(&from.starter) {
            Some(Ok(starter)) => Ok(starter.clone()),
            Some(Err(finding)) => Err(Failure::new(
                Code::Failed,
                finding.message.clone(),
                finding.hint.clone(),
            )),
            None => Err(Failure::new(
                Code::NotFound,
                format!("This roadbook has the starter \"{}\" no more.", from.starter),
                "Ask the roadbook's owner what took its place.",
            )),
        }
    }
}

/// Runs blocking work on a thread of its own, and tells how far it is.
pub(crate) async fn in_the_background<T: Send + 'static>(
    events: Events<'_>,
    cancel: CancellationToken,
    work: impl FnOnce(&mut dyn FnMut(::starter::Progress), &CancellationToken) -> Result<T, UpgradeError> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, mut progress) = tokio::sync::mpsc::unbounded_channel();
    let work = tokio::task::spawn_blocking(move || work(&mut |step| drop(sender.send(step)), &cancel));
    let mut last = String::new();
    while let Some(step) = progress.recv().await {
        // The files of a template are many, and each is done in a moment.
        if step.phase == last && step.done < step.total && !step.done.is_multiple_of(50) {
            continue;
        }
        last.clone_from(&step.phase);
        events(JobEvent::Progress {
            fraction: crate::starter::fraction(step.done, step.total),
            phase: step.phase,
            detail: step.detail,
        });
    }
    let ended = work.await.map_err(|error| {
        Failure::new(
            Code::Failed,
            format!("The comparison ended early: {error}."),
            "Try again.",
        )
    })?;
    Ok(ended.inspect_err(|error| tell_what_is_missing(error, events))?)
}

/// Tells what the person can give, where that is what the work stopped at.
fn tell_what_is_missing(error: &UpgradeError, events: Events<'_>) {
    if let UpgradeError::Create(::starter::CreateError::Git(error)) = error {
        tell_host_key(error, events);
    }
    let fields: Vec<_> = error.asks().iter().cloned().map(field).collect();
    if !fields.is_empty() {
        events(JobEvent::Asks { fields });
    }
}

fn view(folder: String, title: String, found: Outdated) -> OutdatedView {
    OutdatedView {
        folder,
        starter: found.provenance.starter,
        title,
        current: found.files.is_empty(),
        from: found.from,
        to: found.to,
        files: found.files.into_iter().map(file).collect(),
        assumed: assumed(found.assumed),
        dropped: found.dropped,
    }
}

pub(crate) fn assumed(assumed: Vec<::starter::Assumed>) -> Vec<AssumedAnswer> {
    let assumed = assumed.into_iter().map(|answer| AssumedAnswer {
        field: field(answer.field),
        value: answer.value,
    });
    assumed.collect()
}

fn file(file: ::git::FileDiff) -> ChangedFile {
    ChangedFile {
        path: file.path,
        from: file.from,
        change: match file.change {
            ::git::Change::Added => FileChange::Added,
            ::git::Change::Removed => FileChange::Removed,
            ::git::Change::Changed => FileChange::Changed,
            ::git::Change::Moved => FileChange::Moved,
        },
        diff: file.diff,
    }
}

impl From<UpgradeError> for Failure {
    fn from(error: UpgradeError) -> Self {
        let code = match error.kind() {
            Kind::Cancelled => Code::Cancelled,
            Kind::Invalid => Code::Invalid,
            Kind::SignIn => Code::SignIn,
            Kind::Offline => Code::Offline,
            _ => Code::Failed,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}
