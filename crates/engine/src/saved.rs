//! Answers that are used again: the last ones of each starter in the store, and files of them.

use std::path::Path;

use serde_json::{Map, Value};

use crate::Engine;
use crate::wire::{Code, Failure};

impl Engine {
    /// The answers that were last given to a starter, without those that it does not ask for any more; empty where
    /// there are none.
    ///
    /// # Errors
    /// For an unknown starter, and when the store cannot be read.
    pub fn saved_answers(&self, starter: &str) -> Result<Map<String, Value>, Failure> {
        let found = self.known_starter(starter)?;
        let saved: Map<String, Value> = self.journey().value(&self.key(starter))?.unwrap_or_default();
        let asked: Vec<String> = ::starter::form_with(found, &saved)
            .into_iter()
            .flat_map(|page| page.fields)
            .map(|field| field.name)
            .collect();
        let saved = ::starter::keepable(found, &saved);
        Ok(saved.into_iter().filter(|(name, _)| asked.contains(name)).collect())
    }

    /// Remembers the answers given to a starter; secrets are left out.
    ///
    /// # Errors
    /// For an unknown starter, and when the store cannot be written.
    pub fn save_answers(&self, starter: &str, values: &Map<String, Value>) -> Result<(), Failure> {
        let found = self.known_starter(starter)?;
        let kept = ::starter::keepable(found, values);
        Ok(self.journey().set_value(&self.key(starter), &kept)?)
    }

    /// Reads a file of answers: JSON, YAML or TOML by its ending.
    ///
    /// # Errors
    /// When it cannot be read, or holds something else.
    pub fn read_answers(&self, file: &Path) -> Result<Map<String, Value>, Failure> {
        Ok(::starter::read_answers(file)?)
    }

    /// Writes all answers to a starter's form into a file, defaults included and secrets left out; JSON, YAML or
    /// TOML by its ending.
    ///
    /// # Errors
    /// For an unknown starter, and when the file cannot be written.
    pub fn write_answers(&self, starter: &str, values: &Map<String, Value>, file: &Path) -> Result<(), Failure> {
        let found = self.known_starter(starter)?;
        let completed = ::starter::complete(found, values);
        Ok(::starter::write_answers(file, &::starter::keepable(found, &completed))?)
    }

    fn key(&self, starter: &str) -> String {
        format!("answers:{}:{starter}", self.book_id())
    }
}

impl From<::starter::AnswersError> for Failure {
    fn from(error: ::starter::AnswersError) -> Self {
        Self::new(Code::Invalid, error.to_string(), error.hint())
    }
}
