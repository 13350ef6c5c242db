//! What became of a task.

use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use crate::{Error, Journey};

/// The task id of a step that the reader marks as done by hand.
pub const BY_HAND: &str = "";

/// What became of a task: the last outcome, and only that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The roadbook's id.
    pub book: String,
    /// The step, `path/step`.
    pub page: String,
    /// The task within the step, or [`BY_HAND`].
    pub task: String,
    /// Where it stands.
    pub state: State,
    /// What belongs to it: picked choices, results of checks. JSON.
    pub json: serde_json::Value,
    /// Fingerprint of the page when it happened, to tell when the page changed since.
    pub print: String,
    /// Seconds since 1970, UTC.
    pub at: i64,
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The outcome is there.
    Passed,
    /// The outcome is not there.
    Failed,
    /// It could not be run.
    Error,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Error => "error",
        }
    }

    /// A word of a later version counts as not done, which asks for the task once more.
    fn of(word: &str) -> Self {
        match word {
            "passed" => Self::Passed,
            "failed" => Self::Failed,
            _ => Self::Error,
        }
    }
}

impl Journey {
    /// Every outcome of a roadbook.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outcomes(&self, book: &str) -> Result<Vec<Outcome>, Error> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached(
                "SELECT book, page, task, state, json, print, at FROM outcome
                 WHERE book = ?1 ORDER BY page, task",
            )
            .map_err(|error| Error::sqlite("Reading the progress", error))?;
        statement
            .query_map([book], read)
            .and_then(Iterator::collect)
            .map_err(|error| Error::sqlite("Reading the progress", error))
    }

    /// Keeps an outcome in the place of an earlier one of the same task.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record(&self, outcome: &Outcome) -> Result<(), Error> {
        write(&self.connection(), outcome)
    }

    /// Keeps several outcomes, all or none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_all(&self, outcomes: &[Outcome]) -> Result<(), Error> {
        let mut connection = self.connection();
        let failed = |error| Error::sqlite("Saving the progress", error);
        let transaction = connection.transaction().map_err(failed)?;
        for outcome in outcomes {
            write(&transaction, outcome)?;
        }
        transaction.commit().map_err(failed)
    }

    /// Forgets one task's outcome.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget(&self, book: &str, page: &str, task: &str) -> Result<(), Error> {
        self.connection()
            .execute(
                "DELETE FROM outcome WHERE book = ?1 AND page = ?2 AND task = ?3",
                [book, page, task],
            )
            .map(|_| ())
            .map_err(|error| Error::sqlite("Saving the progress", error))
    }

    /// Forgets the outcomes of `id`: a step (`path/step`) or a whole path. Answers how many there were.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn reset(&self, book: &str, id: &str) -> Result<usize, Error> {
        self.connection()
            .execute(
                "DELETE FROM outcome
                 WHERE book = ?1 AND (page = ?2 OR substr(page, 1, length(?2) + 1) = ?2 || '/')",
                [book, id],
            )
            .map_err(|error| Error::sqlite("Resetting the progress", error))
    }
}

fn write(connection: &Connection, outcome: &Outcome) -> Result<(), Error> {
    connection
        .execute(
            "INSERT INTO outcome (book, page, task, state, json, print, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (book, page, task) DO UPDATE SET
                state = excluded.state, json = excluded.json, print = excluded.print, at = excluded.at",
            (
                &outcome.book,
                &outcome.page,
                &outcome.task,
                outcome.state.word(),
                outcome.json.to_string(),
                &outcome.print,
                outcome.at,
            ),
        )
        .map(|_| ())
        .map_err(|error| Error::sqlite("Saving the progress", error))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    let json: String = row.get(4)?;
    let state: String = row.get(3)?;
    Ok(Outcome {
        book: row.get(0)?,
        page: row.get(1)?,
        task: row.get(2)?,
        state: State::of(&state),
        json: serde_json::from_str(&json).unwrap_or(serde_json::Value::Null),
        print: row.get(5)?,
        at: row.get(6)?,
    })
}
