//! Why a project was not compared with its starter, or not upgraded.

use std::path::PathBuf;

use git::{MergeError, MergeErrorKind};

use crate::{CreateError, CreateErrorKind, Field, FieldError};

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
    #[error("The files hold secrets, which were not kept: {}.", titles(fields))]
    SecretNeeded {
        /// The fields that they are asked for by.
        fields: Vec<Field>,
    },
    /// The starter asks what nobody answered yet, or takes an answer no more.
    #[error("{}", errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join(" "))]
    Unfit {
        /// Which, and why.
        errors: Vec<FieldError>,
        /// The fields to answer anew; a name that nobody asks for has none.
        fields: Vec<Field>,
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
    /// What has to be answered first; often nothing.
    pub fn asks(&self) -> &[Field] {
        match self {
            Self::SecretNeeded { fields } | Self::Unfit { fields, .. } => fields,
            Self::NotFromStarter { .. }
            | Self::Unreadable { .. }
            | Self::NoBase { .. }
            | Self::Create(_)
            | Self::Merge(_) => &[],
        }
    }

    /// What to branch on.
    pub fn kind(&self) -> CreateErrorKind {
        match self {
            Self::NotFromStarter { .. } | Self::SecretNeeded { .. } | Self::Unfit { .. } => CreateErrorKind::Invalid,
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
            Self::SecretNeeded { fields } => {
                let names = fields.iter().map(|field| field.name.as_str());
                format!("Give them again: {}", options(names))
            }
            Self::Unfit { errors, .. } => {
                let names = errors.iter().map(|error| error.field.as_str());
                format!("Answer anew: {}", options(names))
            }
            Self::Create(error) => error.hint(),
            Self::Merge(error) => error.hint(),
        }
    }
}

fn titles(fields: &[Field]) -> String {
    fields
        .iter()
        .map(|field| field.title.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn options<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| format!("--set {name}=…"))
        .collect::<Vec<_>>()
        .join(" ")
}
