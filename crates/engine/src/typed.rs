//! Cloning an address that the person typed, which may be more than content may name.

use std::path::Path;

use ::git::{Address, CloneRequest, History};
use ::journey::NewProject as Row;

use crate::clone_steps::progress_of;
use crate::jobs::Events;
use crate::mirror::notes;
use crate::starter::tell_host_key;
use crate::wire::{Code, Failure, JobEvent, ProjectCard};
use crate::{Engine, clock};

impl Engine {
    /// Whether `text` is the address of a repository rather than the id of a starter.
    pub fn is_address(&self, text: &str) -> bool {
        let known = self.book().starter(text).is_some();
        !known && (text.contains("://") || text.contains('@')) && Address::parse(text, true).is_ok()
    }

    /// Clones an address into a new folder (`~` stands for the home folder), with its whole history; a job. Nothing is left
    /// behind when it fails or is stopped.
    ///
    /// # Errors
    /// For a folder that is not empty, and what Git and the disk say.
    pub async fn clone_address(
        &self,
        job: &str,
        address: &str,
        folder: &Path,
        accept_host_key: Option<String>,
        events: Events<'_>,
    ) -> Result<ProjectCard, Failure> {
        self.job(job, events, async |cancel| {
            let shown = Address::parse(address, true)?.shown();
            let folder = &self.inner.folders.expand(&folder.to_string_lossy());
            let request = CloneRequest {
                history: History::Keep,
                typed: true,
                accept_host_key,
                mirrors: Some(self.mirrors_folder()),
                ..CloneRequest::new(address, folder)
            };
            let (sender, mut progress) = tokio::sync::mpsc::unbounded_channel();
            let work =
                tokio::task::spawn_blocking(move || ::git::clone(&request, &mut |step| _ = sender.send(step), &cancel));
            while let Some(step) = progress.recv().await {
                let (phase, detail) = progress_of(step);
                events(JobEvent::Progress {
                    phase,
                    fraction: step.phase.fraction(),
                    detail,
                });
            }
            let cloned = work.await.map_err(|error| {
                Failure::new(
                    Code::Failed,
                    format!("Cloning {shown} ended early: {error}."),
                    "Try again.",
                )
            })?;
            let cloned = cloned.inspect_err(|error| tell_host_key(error, events))?;
            let notes = notes(Some(&cloned.by), cloned.mirrored, cloned.lfs);
            let id = self.journey().add_project(&Row {
                book: self.book_id(),
                starter: &shown,
                path: None,
                folder,
                after: &notes.join("\n\n"),
                at: clock::now().unix_timestamp(),
            })?;
            let project = self.journey().project(id)?;
            let project = project.map(|project| self.card(&project));
            let project = project.ok_or_else(|| Failure::not_found("project", &shown))?;
            events(JobEvent::Project {
                project: project.clone(),
            });
            Ok(project)
        })
        .await
    }
}
