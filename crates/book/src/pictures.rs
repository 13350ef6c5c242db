//! Where pictures come from.

mod size;

pub(crate) use size::size;

use crate::{
    escape::percent,
    links::{below_root, scheme},
};

/// The scheme that stands for the book's folder until the sanitiser puts the caller's prefix in its place.
pub(crate) const SCHEME: &str = "asset";

/// Where a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file below the book's root.
    Local(String),
    /// A server; never loaded, only linked to.
    Remote(String),
    /// Anything else.
    Refused,
}

/// Where a picture named in `file` comes from.
pub(crate) fn source(file: &str, destination: &str) -> Source {
    let destination: String = destination.chars().filter(|letter| !letter.is_control()).collect();
    let destination = destination.trim();
    if let Some(scheme) = scheme(destination) {
        let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        return if known {
            Source::Remote(destination.to_owned())
        } else {
            Source::Refused
        };
    }
    if destination.starts_with("//") {
        return Source::Refused;
    }
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    match below_root(file, path) {
        Some(path) if !path.is_empty() => Source::Local(path),
        _ => Source::Refused,
    }
}

/// The `src` of a file of the book, as the sanitiser expects it.
pub(crate) fn src(path: &str) -> String {
    format!("{SCHEME}:/{}", percent(path))
}
