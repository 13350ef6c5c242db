//! What the person chose.

use crate::Engine;
use crate::start::invalid;
use crate::wire::{Failure, Settings, Start};

const KEY: &str = "settings";

impl Engine {
    /// The settings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Ok(self.journey().value(KEY)?.unwrap_or_default())
    }

    /// Keeps the settings and answers with the frame they lead to.
    ///
    /// # Errors
    /// For a role that the roadbook does not have, and when the store cannot be written.
    pub fn save_settings(&self, settings: &Settings) -> Result<Start, Failure> {
        if let Some(role) = &settings.role
            && !self.book().manifest.roles.iter().any(|known| known.id == *role)
        {
            let known: Vec<_> = self.book().manifest.roles.iter().map(|role| role.id.as_str()).collect();
            return Err(invalid(
                format!("This roadbook has no role \"{role}\"."),
                format!("Its roles are: {}.", known.join(", ")),
            ));
        }
        self.journey().set_value(KEY, settings)?;
        self.start()
    }
}
