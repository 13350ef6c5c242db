//! Why no project came of a starter.

use crate::FieldError;
use crate::expression::BadExpression;

/// Why no project came of a starter. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The person stopped it.
    #[error("Cancelled.")]
    Cancelled,
    /// Answers do not fit the form.
    #[error("{}", fields.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" "))]
    Invalid {
        /// Which, and why.
        fields: Vec<FieldError>,
    },
    /// An expression cannot be rendered.
    #[error("{file}:{line}: `{code}` cannot be rendered: {why}.")]
    Expression {
        /// The file below the roadbook's folder.
        file: String,
        /// From 1.
        line: usize,
        /// The line of the file.
        code: String,
        /// Half a sentence.
        why: String,
        /// What to do about it; may be empty.
        hint: String,
    },
    /// A step cannot be carried out.
    #[error("The step \"{step}\" of {file} failed: {why}.")]
    Step {
        /// The file below the roadbook's folder.
        file: String,
        /// The step's name.
        step: String,
        /// Half a sentence.
        why: String,
    },
    /// The repository or the disk says no.
    #[error(transparent)]
    Git(#[from] git::Error),
}

/// What to branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person stopped it.
    Cancelled,
    /// Answers do not fit the form.
    Invalid,
    /// The server wants a sign-in.
    SignIn,
    /// No network.
    Offline,
    /// The target holds something already.
    FolderNotEmpty,
    /// The server's ssh key is not known yet.
    UnknownHostKey,
    /// No such repository or branch.
    NotFound,
    /// The Git settings do not say who commits.
    NoIdentity,
    /// The disk is full, read-only, or says no.
    Disk,
    /// The starter itself is at fault.
    Starter,
    /// Everything else.
    Other,
}

impl CreateError {
    /// What to branch on.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Cancelled => Kind::Cancelled,
            Self::Invalid { .. } => Kind::Invalid,
            Self::Expression { .. } | Self::Step { .. } => Kind::Starter,
            Self::Git(error) => match error.kind() {
                git::Kind::Cancelled => Kind::Cancelled,
                git::Kind::SignIn => Kind::SignIn,
                git::Kind::Offline => Kind::Offline,
                git::Kind::FolderNotEmpty => Kind::FolderNotEmpty,
                git::Kind::UnknownHostKey => Kind::UnknownHostKey,
                git::Kind::NotFound => Kind::NotFound,
                git::Kind::NoIdentity => Kind::NoIdentity,
                git::Kind::Disk => Kind::Disk,
                git::Kind::Other => Kind::Other,
            },
        }
    }

    /// What to do next; may be empty.
    pub fn hint(&self) -> String {
        match self {
            Self::Cancelled => String::new(),
            Self::Invalid { .. } => "Change the answer and try again.".to_owned(),
            Self::Expression { hint, .. } if !hint.is_empty() => hint.clone(),
            Self::Expression { .. } | Self::Step { .. } => {
                "The starter needs a fix. Tell its owner; nothing was left behind.".to_owned()
            }
            Self::Git(error) => error.hint(),
        }
    }

    /// An expression of a file, whose text starts at `line`.
    pub(crate) fn expression(file: &str, line: usize, bad: BadExpression) -> Self {
        Self::Expression {
            file: file.to_owned(),
            line: line.saturating_sub(1) + bad.line,
            code: bad.code,
            why: bad.why,
            hint: bad.hint,
        }
    }
}
