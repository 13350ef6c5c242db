//! The copies of starters' repositories that are kept for work without a network.

use serde::Serialize;
use ts_rs::TS;

/// A starter that is a repository, and its mirror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StarterMirror {
    /// The starter's id.
    pub starter: String,
    /// The address of its repository, without a sign-in.
    pub repository: String,
    /// When the mirror was fetched, in seconds since 1970; `None` where there is no mirror.
    pub fetched: Option<i64>,
    /// The same as people say it: `3 days ago`.
    pub age: Option<String>,
    /// What the mirror takes on disk; 0 where there is none.
    pub bytes: u64,
}
