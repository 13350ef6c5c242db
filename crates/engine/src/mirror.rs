//! Mirrors of the starters' repositories, for work without a network.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use ::git::{By, Mirror, MirrorRequest};
use ::starter::{Kind, Repository};
use tokio_util::sync::CancellationToken;

use crate::clone_steps::progress_of;
use crate::jobs::Events;
use crate::start::invalid;
use crate::starter::tell_host_key;
use crate::wire::{Code, Failure, JobEvent, StarterMirror};
use crate::{Engine, clock};

impl Engine {
    /// The starters that are repositories, each with its mirror, by id.
    pub fn mirrors(&self) -> Vec<StarterMirror> {
        self.repositories()
            .map(|(id, repository)| self.mirror(id, repository))
            .collect()
    }

    /// Fetches the mirrors of these starters, of all that are repositories where none is named; a job. One that
    /// fails leaves the mirror that was there, and ends the job after the others.
    ///
    /// # Errors
    /// For a starter that is unknown or no repository, and what Git and the disk say.
    pub async fn fetch_starters(
        &self,
        job: &str,
        starters: &[String],
        accept_host_key: Option<&str>,
        events: Events<'_>,
    ) -> Result<Vec<StarterMirror>, Failure> {
        self.job(job, events, async |cancel| {
            let wanted = self.wanted(starters)?;
            let mut failed: Option<Failure> = None;
            let mut fetched = Vec::new();
            let several = wanted.len() > 1;
            for (id, repository) in wanted {
                // Of several, each says which one it is about.
                let tell = |event| match event {
                    JobEvent::Progress {
                        phase,
                        fraction,
                        detail,
                    } if several => events(JobEvent::Progress {
                        phase: format!("{id}: {}", phase.to_lowercase()),
                        fraction,
                        detail,
                    }),
                    event => events(event),
                };
                match self.fetch_one(&id, &repository, accept_host_key, &cancel, &tell).await {
                    Ok(()) => fetched.push(self.mirror(&id, &repository)),
                    Err(failure) if failure.code == Code::Cancelled => return Err(failure),
                    Err(failure) => {
                        failed.get_or_insert(failure);
                    }
                }
            }
            failed.map_or(Ok(fetched), Err)
        })
        .await
    }

    /// Forgets the mirror of a starter.
    ///
    /// # Errors
    /// For a starter that is unknown or no repository, and when the disk says no.
    pub fn remove_mirror(&self, starter: &str) -> Result<(), Failure> {
        for (_, repository) in self.wanted(&[starter.to_owned()])? {
            ::git::remove_mirror(&self.mirrors_folder(), &repository.repository)?;
        }
        Ok(())
    }

    pub(crate) fn mirrors_folder(&self) -> PathBuf {
        self.inner.folders.cache.join("mirrors")
    }

    async fn fetch_one(
        &self,
        id: &str,
        repository: &Repository,
        accept_host_key: Option<&str>,
        cancel: &CancellationToken,
        events: Events<'_>,
    ) -> Result<(), Failure> {
        let request = MirrorRequest {
            reference: repository.reference.clone(),
            accept_host_key: accept_host_key.map(str::to_owned),
            ..MirrorRequest::new(&repository.repository, self.mirrors_folder())
        };
        let (sender, mut progress) = tokio::sync::mpsc::unbounded_channel();
        let cancel = cancel.clone();
        let work = tokio::task::spawn_blocking(move || {
            ::git::fetch_mirror(&request, &mut |step| _ = sender.send(step), &cancel)
        });
        while let Some(step) = progress.recv().await {
            let (phase, detail) = progress_of(step);
            events(JobEvent::Progress {
                phase,
                fraction: step.phase.fraction(),
                detail,
            });
        }
        let fetched = work.await.map_err(|error| {
            Failure::new(
                Code::Failed,
                format!("Fetching {id} ended early: {error}."),
                "Try again.",
            )
        })?;
        fetched.inspect_err(|error| tell_host_key(error, events))?;
        Ok(())
    }

    fn wanted(&self, starters: &[String]) -> Result<Vec<(String, Repository)>, Failure> {
        if starters.is_empty() {
            return Ok(self
                .repositories()
                .map(|(id, repository)| (id.to_owned(), repository.clone()))
                .collect());
        }
        let one = |id: &String| match &self.known_starter(id)?.kind {
            Kind::Repository(repository) => Ok((id.clone(), repository.clone())),
            _ => Err(invalid(
                format!("The starter \"{id}\" is a template, which is always here."),
                "Only starters that are repositories are fetched.",
            )),
        };
        starters.iter().map(one).collect()
    }

    fn repositories(&self) -> impl Iterator<Item = (&str, &Repository)> {
        self.starters()
            .iter()
            .filter_map(|(id, read)| match &read.as_ref().ok()?.kind {
                Kind::Repository(repository) => Some((id.as_str(), repository)),
                _ => None,
            })
    }

    fn mirror(&self, id: &str, repository: &Repository) -> StarterMirror {
        let mirror = ::git::mirror_of(&self.mirrors_folder(), &repository.repository);
        let address = ::git::Address::parse(&repository.repository, false);
        StarterMirror {
            starter: id.to_owned(),
            repository: address.map(|address| address.shown()).unwrap_or_default(),
            fetched: mirror.as_ref().map(|mirror| seconds(mirror.fetched)),
            age: mirror.as_ref().map(|mirror| ago(mirror.fetched)),
            bytes: mirror.map_or(0, |Mirror { bytes, .. }| bytes),
        }
    }
}

/// What the person should know about how a project was cloned: whole sentences, may be empty. `stand_ins`: of large
/// files only those are here.
pub(crate) fn notes(by: Option<&By>, mirrored: Option<SystemTime>, stand_ins: bool) -> Vec<String> {
    let git = match by {
        Some(By::Git(because)) => Some(format!("Cloned by the git of this machine: {because}.")),
        Some(By::Libgit2) | None => None,
    };
    let mirror = mirrored.map(|at| format!("Taken from the mirror on this machine, which was fetched {}.", ago(at)));
    let large = stand_ins.then(|| {
        "Large files are still missing: this repository keeps them with Git LFS. Install it, then run `git lfs pull` \
         in the project's folder."
            .to_owned()
    });
    git.into_iter().chain(mirror).chain(large).collect()
}

fn ago(at: SystemTime) -> String {
    clock::ago(seconds(at), clock::now())
}

fn seconds(at: SystemTime) -> i64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
