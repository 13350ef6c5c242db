//! The use cases of Roadbook: all that a front end calls, and the types it gets back.
//!
//! The desktop app and the command share this crate and one store. It knows no window and prints
//! nothing; long work tells what happens through a closure and ends when its token is cancelled.

mod asset;
mod builtin;
mod clock;
mod clone_steps;
mod command_line;
mod diagnostics;
mod failure;
mod findings;
mod folders;
mod form;
mod home;
mod http;
mod jobs;
mod left_out;
mod library;
mod mirror;
mod news;
mod openers;
mod outdated;
mod page;
mod path;
mod place;
mod preview;
mod print;
mod progress;
mod project;
mod quiz;
mod report;
mod repository;
mod saved;
mod scope;
mod search;
mod settings;
mod standing;
mod start;
mod starter;
mod task;
mod toolchain;
mod typed;
mod upgrade;
mod verify;
pub mod wire;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use ::book::{Book, Diagnostic};
use ::journey::Journey;
use ::toolchain::{Cache, Catalogue, LatestEnvironment};

pub use ::git::start_without_certificates;

pub use crate::asset::Asset;
pub use crate::folders::Folders;
pub use crate::jobs::Events;
use crate::jobs::Jobs;
pub use crate::progress::StepFolder;
use crate::starter::Starters;
use crate::wire::{Failure, Notice};

/// How to open Roadbook.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A roadbook folder; `None` opens the one that ships inside the app.
    pub book: Option<PathBuf>,
    /// The folders to keep things in; `None` takes this system's.
    pub folders: Option<Folders>,
}

/// An open roadbook with its store. Cheap to clone, and safe to use from many threads.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    folders: Folders,
    book: Book,
    diagnostics: Vec<Diagnostic>,
    cache: Cache,
    journey: Journey,
    /// Notices of this run; those to be dismissed are in the store.
    notices: Vec<Notice>,
    /// The tools, and what is wrong with the organisation's own.
    catalogue: OnceLock<(Catalogue, Vec<Diagnostic>)>,
    starters: OnceLock<Starters>,
    index: OnceLock<Result<::search::Index, ::search::Error>>,
    environment: LatestEnvironment,
    jobs: Jobs,
}

impl Engine {
    /// Opens a roadbook and the store. Does as little as the first screen needs.
    ///
    /// # Errors
    /// When the folder is no roadbook or has a format that this version does not read. A store that cannot
    /// be used is no error: progress is then kept in memory and a notice says so.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let folders = match options.folders {
            Some(folders) => folders,
            None => Folders::of_this_system()?,
        };
        let root = match options.book {
            Some(root) => std::path::absolute(&root).unwrap_or(root),
            None => builtin::unpacked(&folders)?,
        };
        let loaded = ::book::load(&root)?;
        let (journey, notices) = start::open_journey(&folders)?;
        Ok(Self {
            inner: Arc::new(Inner {
                folders,
                book: loaded.book,
                diagnostics: loaded.diagnostics,
                cache: findings::cache(&journey),
                journey,
                notices,
                catalogue: OnceLock::new(),
                starters: OnceLock::new(),
                index: OnceLock::new(),
                environment: LatestEnvironment::new(),
                jobs: Jobs::default(),
            }),
        })
    }

    /// Stops every job; for the end of the window that asked.
    pub fn cancel_all(&self) {
        self.inner.jobs.cancel_all();
    }

    /// Waits until everything that stopped jobs had begun is removed; for the end of the process. Blocks.
    pub fn settle(&self) {
        ::git::finish_removals();
    }

    /// Does not wait until the store is whole in its file when this process ends: after a job that wrote many files, which
    /// are all on their way to the disk, that would be long. What was kept is safe, and the next process goes on with it.
    pub fn end_at_once(&self) {
        if let Err(error) = self.journey().leave_log() {
            tracing::debug!(%error, "the end waits for the disk");
        }
    }

    /// Whether a job is running.
    pub fn is_busy(&self) -> bool {
        !self.inner.jobs.is_empty()
    }

    /// Stops one job. One that has ended already is no error.
    pub fn cancel(&self, job: &str) {
        self.inner.jobs.cancel(job);
    }

    /// Reads the tools and the starters and builds the search index ahead of their first use.
    /// Blocks; for a thread of its own after the first paint.
    pub fn warm(&self) {
        let _ = (self.catalogue(), self.starters());
        if let Err(failure) = self.index() {
            tracing::warn!(%failure, "the search index is not there");
        }
    }

    fn book(&self) -> &Book {
        &self.inner.book
    }

    /// Read at its first use, for it takes longer than the rest of opening.
    fn catalogue(&self) -> &(Catalogue, Vec<Diagnostic>) {
        let read = || toolchain::catalogue(&self.inner.book.root);
        self.inner.catalogue.get_or_init(read)
    }

    fn journey(&self) -> &Journey {
        &self.inner.journey
    }

    fn book_id(&self) -> &str {
        &self.inner.book.manifest.id
    }
}
