//! What the person chose: the look for all roadbooks, the role for each.

use serde::{Deserialize, Serialize};

use crate::Engine;
use crate::start::invalid;
use crate::wire::{Failure, Settings, Start, Theme};

/// What holds in every roadbook.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Everywhere {
    theme: Theme,
    projects_folder: Option<String>,
}

/// What holds in one roadbook: another one has other roles.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Here {
    welcomed: bool,
    role: Option<String>,
}

const EVERYWHERE: &str = "settings";

impl Engine {
    /// The settings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let everywhere: Everywhere = self.journey().value(EVERYWHERE)?.unwrap_or_default();
        let here: Here = self.journey().value(&self.here_key())?.unwrap_or_default();
        Ok(Settings {
            welcomed: here.welcomed,
            // A role that the roadbook has given up is as good as none.
            role: here.role.filter(|role| self.has_role(role)),
            theme: everywhere.theme,
            projects_folder: everywhere.projects_folder,
        })
    }

    /// Keeps the settings and answers with the frame they lead to.
    ///
    /// # Errors
    /// For a role that the roadbook does not have, and when the store cannot be written.
    pub fn save_settings(&self, settings: &Settings) -> Result<Start, Failure> {
        if let Some(role) = settings.role.as_deref().filter(|role| !self.has_role(role)) {
            let roles = &self.book().manifest.roles;
            let known: Vec<_> = roles.iter().map(|role| role.id.as_str()).collect();
            return Err(invalid(
                format!("This roadbook has no role \"{role}\"."),
                format!("Its roles are: {}.", known.join(", ")),
            ));
        }
        let everywhere = Everywhere {
            theme: settings.theme,
            projects_folder: settings.projects_folder.clone(),
        };
        let here = Here {
            welcomed: settings.welcomed,
            role: settings.role.clone(),
        };
        self.journey().set_value(EVERYWHERE, &everywhere)?;
        self.journey().set_value(&self.here_key(), &here)?;
        self.start()
    }

    fn has_role(&self, id: &str) -> bool {
        self.book().manifest.roles.iter().any(|role| role.id == id)
    }

    fn here_key(&self) -> String {
        format!("settings:{}", self.book_id())
    }
}
