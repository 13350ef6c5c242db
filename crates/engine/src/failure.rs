//! The errors of the rooms below, in the form that crosses every border.

use std::fmt;

use crate::wire::{Code, Failure};

impl Failure {
    pub(crate) fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::new(
            Code::NotFound,
            format!("This roadbook has no {what} \"{id}\"."),
            "Look for it in the search or in the library; it may have been renamed.",
        )
    }

    pub(crate) fn cancelled() -> Self {
        Self::new(Code::Cancelled, "Stopped.", "")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<::book::LoadError> for Failure {
    fn from(error: ::book::LoadError) -> Self {
        Self::new(Code::Failed, error.to_string(), error.hint())
    }
}

impl From<::journey::Error> for Failure {
    fn from(error: ::journey::Error) -> Self {
        let code = match error.kind {
            ::journey::Kind::Import => Code::Invalid,
            _ => Code::Failed,
        };
        Self::new(code, error.to_string(), error.hint())
    }
}

impl From<::search::Error> for Failure {
    fn from(error: ::search::Error) -> Self {
        Self::new(
            Code::Failed,
            error.to_string(),
            "Start Roadbook again; the index is made anew.",
        )
    }
}

impl From<::git::Error> for Failure {
    fn from(error: ::git::Error) -> Self {
        Self::new(code_of(error.kind()), error.to_string(), error.hint())
    }
}

/// How a front end branches on what Git says.
pub(crate) fn code_of(kind: ::git::Kind) -> Code {
    match kind {
        ::git::Kind::Cancelled => Code::Cancelled,
        ::git::Kind::SignIn => Code::SignIn,
        ::git::Kind::Offline => Code::Offline,
        ::git::Kind::FolderNotEmpty => Code::FolderNotEmpty,
        ::git::Kind::NotFound => Code::NotFound,
        ::git::Kind::UnknownHostKey | ::git::Kind::NoIdentity | ::git::Kind::Disk | ::git::Kind::Other => Code::Failed,
    }
}
