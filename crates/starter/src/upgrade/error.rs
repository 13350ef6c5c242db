//! Why a project was not compared with its starter, or not upgraded.

use std::path::PathBuf;

use git::{MergeError, MergeErrorKind};

use crate::{CreateError, CreateErrorKind};

/// Why a project was not compared with its starter, or not upgraded. The project is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpgradeError {
    /// The folder does not say where it came from.
    #[error("{} was not made from a starter: it has no .roadbook/starter.toml.", folder.display())]
    NotFromStarter {
        /// The folder.
        folder: PathBuf,
    },
    /// The file that says so cannot be read.
    #[error("{} cannot be read: {why}.", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Half a sentence.
        why: String,
    },
    /// What was made then cannot be had any more.
    #[error("What the starter made for {} is no longer in its history, so there is nothing to compare with.", folder.display())]
    NoBase {
        /// The project.
        folder: PathBuf,
    },
    /// A secret is part of a file, and secrets are never recorded.
    #[error("The files hold secrets, which were not kept: {}.", names.join(", "))]
    SecretNeeded {
        /// The fields' names.
        names: Vec<String>,
    },
    /// Nothing was made now.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// Nothing was merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
}

impl From<git::Error> for UpgradeError {
    fn from(error: git::Error) -> Self {
        Self::Create(CreateError::Git(error))
    }
}

impl UpgradeError {
    /// What to branch on.
    pub fn kind(&self) -> CreateErrorKind {
        match self {
            Self::NotFromStarter { .. } | Self::SecretNeeded { .. } => CreateErrorKind::Invalid,
            Self::Unreadable { .. } | Self::NoBase { .. } => CreateErrorKind::Other,
            Self::Create(error) => error.kind(),
            Self::Merge(MergeError::Git(_)) => CreateErrorKind::Disk,
            Self::Merge(error) => match error.kind() {
                MergeErrorKind::NotReady => CreateErrorKind::Invalid,
                MergeErrorKind::Starter => CreateErrorKind::Starter,
                MergeErrorKind::Other => CreateErrorKind::Other,
            },
        }
    }

    /// What to do next; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::NotFromStarter { .. } => {
                "Name the top folder of a project that was made with `roadbook start` or in the app.".to_owned()
            }
            Self::Unreadable { .. } => "Restore the file from the project's history.".to_owned(),
            Self::NoBase { .. } => {
                "Work in a clone that still has the project's first commit as Roadbook made it.".to_owned()
            }
            Self::SecretNeeded { names } => {
                let options: Vec<String> = names.iter().map(|name| format!("--set {name}=…")).collect();
                format!("Give them again: {}", options.join(" "))
            }
            Self::Create(CreateError::Invalid { fields }) => {
                let options: Vec<String> = fields.iter().map(|error| format!("--set {}=…", error.field)).collect();
                format!("Answer anew: {}", options.join(" "))
            }
            Self::Create(error) => error.hint(),
            Self::Merge(error) => error.hint(),
        }
    }
}
