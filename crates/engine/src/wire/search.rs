//! Answers to a search.

use serde::Serialize;
use ts_rs::TS;

/// The answer to a search.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchAnswer {
    /// As asked; an answer to an older question is thrown away.
    pub query: String,
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// All that matched.
    pub total: usize,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchHit {
    /// Where it leads: `page/library/concepts/x?at=anchor`, `path/first-day`, `starter/rust-service`.
    pub route: String,
    /// The page's id.
    pub page: String,
    /// The section's anchor, empty for the page itself.
    pub anchor: String,
    /// The section's or page's title.
    pub title: String,
    /// Ranges of `title` that matched, in UTF-16 code units, for marking.
    pub marks: Vec<(usize, usize)>,
    /// "Library › Concepts › Paved path".
    pub breadcrumb: String,
    /// `step`, `path`, `starter`, `question`, or the page's kind.
    pub kind: String,
    /// Higher is better; comparable within one answer.
    pub score: f32,
    /// A piece of text around the first match.
    pub snippet: String,
    /// Ranges of `snippet` that matched, in UTF-16 code units.
    pub snippet_marks: Vec<(usize, usize)>,
}
