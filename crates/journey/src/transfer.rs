//! Taking progress to another machine.

use serde::{Deserialize, Serialize};

use crate::{Error, Journey, Outcome, State};

/// The number of the exchange format.
pub const FORMAT: u32 = 1;

/// A roadbook's progress as one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// [`FORMAT`].
    pub roadbook_progress: u32,
    /// The roadbook's id.
    pub book: String,
    /// The outcomes.
    pub outcomes: Vec<TransferredOutcome>,
}

/// An [`Outcome`] without its roadbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferredOutcome {
    /// The step.
    pub page: String,
    /// The task; empty for a step that was marked by hand.
    pub task: String,
    /// Where it stands.
    pub state: State,
    /// What belongs to it.
    #[serde(default)]
    pub detail: serde_json::Value,
    /// Fingerprint of the page when it happened.
    #[serde(default)]
    pub print: String,
    /// Seconds since 1970, UTC.
    pub at: i64,
}

impl Journey {
    /// The progress in a roadbook, to take along.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn export(&self, book: &str) -> Result<Transfer, Error> {
        let outcomes = self.outcomes(book)?.into_iter().map(|outcome| TransferredOutcome {
            page: outcome.page,
            task: outcome.task,
            state: outcome.state,
            detail: outcome.json,
            print: outcome.print,
            at: outcome.at,
        });
        Ok(Transfer {
            roadbook_progress: FORMAT,
            book: book.to_owned(),
            outcomes: outcomes.collect(),
        })
    }

    /// Takes in progress from another machine; of two outcomes of one task the later one stays.
    /// Answers how many were taken.
    ///
    /// # Errors
    /// [`crate::Kind::Import`] for text that is no journey or belongs to another roadbook; nothing is changed then.
    pub fn import(&self, book: &str, text: &str) -> Result<usize, Error> {
        let transfer: Transfer = serde_json::from_str(text)
            .map_err(|error| Error::import(format!("This is not an exported journey: {error}.")))?;
        if transfer.roadbook_progress != FORMAT {
            return Err(Error::import(format!(
                "The journey has format {}; this version of Roadbook reads format {FORMAT}.",
                transfer.roadbook_progress
            )));
        }
        if transfer.book != book {
            return Err(Error::import(format!(
                "The journey belongs to the roadbook \"{}\", and \"{book}\" is open.",
                transfer.book
            )));
        }
        let known = self.outcomes(book)?;
        let later = |outcome: &TransferredOutcome| {
            let mine = known
                .iter()
                .find(|mine| mine.page == outcome.page && mine.task == outcome.task);
            mine.is_none_or(|mine| mine.at < outcome.at)
        };
        let taken: Vec<Outcome> = transfer
            .outcomes
            .into_iter()
            .filter(later)
            .map(|outcome| Outcome {
                book: book.to_owned(),
                page: outcome.page,
                task: outcome.task,
                state: outcome.state,
                json: outcome.detail,
                print: outcome.print,
                at: outcome.at,
            })
            .collect();
        self.record_all(&taken)?;
        Ok(taken.len())
    }
}
