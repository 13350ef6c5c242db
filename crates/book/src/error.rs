//! Why a folder cannot be opened as a roadbook at all.

use std::{io, path::PathBuf};

use crate::FORMAT;

/// Why a folder cannot be opened as a roadbook at all. Everything smaller is a [`crate::Diagnostic`].
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder is not there.
    #[error("There is no folder {}.", .0.display())]
    Missing(PathBuf),
    /// The folder holds no `roadbook.toml`.
    #[error("{} is not a roadbook: it holds no roadbook.toml.", .0.display())]
    NotARoadbook(PathBuf),
    /// The folder or its `roadbook.toml` cannot be read.
    #[error("{} cannot be read: {source}.", .file.display())]
    Unreadable {
        /// What was to be read.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `roadbook.toml` is not TOML, or something essential is missing in it.
    #[error("{}, line {line}, column {column}: {message}", .file.display())]
    Manifest {
        /// The `roadbook.toml`.
        file: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What is wrong, in one sentence with a period.
        message: String,
    },
    /// A format that this version does not know.
    #[error(
        "This roadbook was made for a newer version of Roadbook (it uses format {found}, and this version reads format \
         {FORMAT})."
    )]
    Format {
        /// `format` in `roadbook.toml`.
        found: i64,
    },
}

impl LoadError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing(_) => "Check the spelling, or whether the drive is connected.".to_owned(),
            Self::NotARoadbook(_) => "Choose the folder that holds roadbook.toml, or make one there: the path \
                 \"Publish a roadbook\" shows how."
                .to_owned(),
            Self::Unreadable { .. } => "Check that you may read the folder and its files, then try again.".to_owned(),
            Self::Manifest { .. } => {
                "Correct roadbook.toml at that line; it needs at least format, id and title.".to_owned()
            }
            Self::Format { .. } => {
                "Update the app. If you wrote this roadbook yourself, put format = 1 into roadbook.toml.".to_owned()
            }
        }
    }
}
