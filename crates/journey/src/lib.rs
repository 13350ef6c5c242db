//! One person's progress, answers, projects and settings, kept in one SQLite file on this machine, and the log beside it.
//!
//! Every outcome is one row and is written before anybody is told of it, so that a crash or a kill
//! loses nothing that was shown. A file that cannot be read is set aside under its date and never
//! overwritten.

mod error;
mod open;
mod outcome;
mod project;
mod schema;
mod transfer;
mod value;

use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use crate::error::{Error, Kind};
pub use crate::open::Opened;
pub use crate::outcome::{BY_HAND, Outcome, State};
pub use crate::project::{NewProject, Project};
pub use crate::transfer::{FORMAT, Transfer, TransferredOutcome};

/// The store.
#[derive(Debug)]
pub struct Journey {
    connection: Mutex<Connection>,
}

impl Journey {
    /// A panic elsewhere cannot leave a half-written row (SQLite sees to that), so a poisoned lock is
    /// as good as a whole one.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
