//! Small values by key: settings, the last place, the last findings.

use rusqlite::OptionalExtension;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Journey};

impl Journey {
    /// Reads the value of `key`; one that no longer fits its type counts as missing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn value<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        let json: Option<String> = self
            .connection()
            .query_row("SELECT json FROM value WHERE key = ?1", [key], |row| row.get(0))
            .optional()
            .map_err(|error| Error::sqlite("Reading the settings", error))?;
        Ok(json.and_then(|json| match serde_json::from_str(&json) {
            Ok(value) => Some(value),
            Err(error) => {
                tracing::warn!(key, %error, "a stored value no longer fits and is left out");
                None
            }
        }))
    }

    /// Keeps `value` under `key`.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_value<T: Serialize>(&self, key: &str, value: &T) -> Result<(), Error> {
        let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
        self.connection()
            .execute(
                "INSERT INTO value (key, json) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET json = excluded.json",
                [key, &json],
            )
            .map(|_| ())
            .map_err(|error| Error::sqlite("Saving the settings", error))
    }
}
