//! Version ranges, written as in npm and cargo.
//!
//! Our own small reading, because tools print versions of one to five parts and the strict three-part ranges of npm
//! and cargo give false answers on them. A pre-release counts as what it is, just before its release: `1.97.0-nightly`
//! meets `>=1.85`, and `2.0.0-rc.1` does not meet `<2`.

mod comparator;

use std::fmt;

use thiserror::Error;

use crate::{Scheme, Version};
use comparator::{Comparator, Operator};

/// A number that no release reaches.
const FAR: u64 = 1_000_000_000;

/// A set of versions: `>=1.2`, `^1.2`, `~1.2`, `1.2` (every 1.2.x), `=1.2.3`, `!=1.3`, `>=1 <2`, `1 - 3`, `18 || >=20`,
/// `*`, or nothing for any. `~>` and `~=` are read as in Ruby and PEP 440, and a comma means "and".
#[derive(Debug, Clone)]
pub struct Range {
    text: String,
    /// One of these has to hold, each with all of its comparators.
    alternatives: Vec<Vec<Comparator>>,
}

impl Range {
    /// Reads a range.
    ///
    /// # Errors
    /// Where a part of the text is no version or no operator.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        let alternatives = text
            .split("||")
            .map(comparator::parse_all)
            .collect::<Result<_, _>>()
            .map_err(|part| RangeError {
                range: text.trim().to_owned(),
                part,
            })?;
        Ok(Self {
            text: text.trim().to_owned(),
            alternatives,
        })
    }

    /// Whether the version is in the range.
    pub fn accepts(&self, version: &Version) -> bool {
        self.alternatives
            .iter()
            .any(|all| all.iter().all(|comparator| comparator.accepts(version)))
    }

    /// Whether any version will do.
    pub fn is_any(&self) -> bool {
        self.alternatives.iter().any(Vec::is_empty)
    }

    /// The range in words, where it is a simple one (`2.40 or newer`); as written otherwise.
    pub fn words(&self) -> String {
        match self.alternatives.as_slice() {
            _ if self.is_any() => "any version".to_owned(),
            [all] => match all.as_slice() {
                [one] => match one.operator {
                    Operator::AtLeast => format!("{} or newer", one.text),
                    Operator::Above => format!("newer than {}", one.text),
                    Operator::Below => format!("older than {}", one.text),
                    Operator::AtMost => format!("{} or older", one.text),
                    Operator::Exact => one.text.clone(),
                    _ => self.text.clone(),
                },
                _ => self.text.clone(),
            },
            _ => self.text.clone(),
        }
    }

    /// Whether it is one version or newer, and nothing else.
    pub(crate) fn is_minimum(&self) -> bool {
        matches!(self.only(), Some(one) if one.operator == Operator::AtLeast)
    }

    /// Whether it is one version, with at least three parts.
    pub(crate) fn is_exact(&self) -> bool {
        matches!(self.only(), Some(one) if one.operator == Operator::Exact && one.parts() >= 3)
    }

    /// Whether it is a version as one is pinned, with nothing in front of it (`20`, `3.9.1`).
    pub(crate) fn is_pin(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit()) && self.only().is_some()
    }

    /// Whether some version is in both ranges, for a tool that numbers its releases so.
    pub(crate) fn overlaps(&self, other: &Self, scheme: Scheme) -> bool {
        // The lowest version that both accept is 0, or one at which a comparator begins or ends.
        let bounds = [self, other]
            .into_iter()
            .flat_map(|range| range.alternatives.iter().flatten());
        let mut candidates = bounds
            .flat_map(|comparator| comparator.edges(scheme))
            .chain(Version::parse("0", scheme));
        candidates.any(|version| self.accepts(&version) && other.accepts(&version))
    }

    /// Whether the version is before everything that the range accepts.
    pub(crate) fn is_after(&self, version: &Version) -> bool {
        self.alternatives
            .iter()
            .all(|all| all.iter().any(|comparator| comparator.is_after(version)))
    }

    /// Whether the version is past everything that the range accepts.
    pub(crate) fn is_before(&self, version: &Version) -> bool {
        self.alternatives
            .iter()
            .all(|all| all.iter().any(|comparator| comparator.is_before(version)))
    }

    fn only(&self) -> Option<&Comparator> {
        match self.alternatives.as_slice() {
            [all] => match all.as_slice() {
                [one] => Some(one),
                _ => None,
            },
            _ => None,
        }
    }

    /// What to install where not just the newest will do, as installers take it: a pinned version, or of a range the
    /// shortest line of versions (`18`, `3.10`) whose newest is accepted, beginning at the oldest one. `None` where the
    /// newest of all is accepted, or no oldest is named.
    pub(crate) fn line(&self, scheme: Scheme) -> Option<String> {
        let newest = |numbers: &[u64]| {
            let numbers = numbers.iter().copied().chain([FAR; 3]).collect();
            self.accepts(&Version::of(numbers, Vec::new(), scheme))
        };
        if newest(&[]) {
            return None;
        }
        let oldest = self.alternatives.iter().find_map(|all| {
            let exact = all.iter().find(|comparator| comparator.operator == Operator::Exact);
            exact.or_else(|| all.iter().find(|comparator| comparator.names_oldest()))
        })?;
        if oldest.operator == Operator::Exact {
            return Some(oldest.text.clone());
        }
        let numbers = oldest.numbers();
        let lines = (1..=numbers.len()).map(|parts| &numbers[..parts]);
        let line = lines.into_iter().find(|line| newest(line));
        let dotted = |line: &[u64]| line.iter().map(u64::to_string).collect::<Vec<_>>().join(".");
        Some(line.map_or_else(|| oldest.text.clone(), dotted))
    }

    /// The oldest version that is accepted, as written, where the range has just one.
    pub(crate) fn oldest(&self) -> Option<&str> {
        let [all] = self.alternatives.as_slice() else {
            return None;
        };
        let mut bounds = all.iter().filter(|comparator| comparator.names_oldest());
        match (bounds.next(), bounds.next()) {
            (Some(bound), None) => Some(&bound.text),
            _ => None,
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A text that is no version range.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{range}` is not a version range: `{part}` could not be read")]
pub struct RangeError {
    range: String,
    part: String,
}

impl RangeError {
    /// What to write instead.
    pub fn hint(&self) -> &'static str {
        "Write a range such as >=1.20, ^1.2, ~1.2, 1.2, =1.2.3, >=1 <2 or 18 || >=20; leave it out for any version."
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_to_install_is_the_pin_or_the_shortest_line_that_is_accepted() {
        let cases = [
            ("18.20.0", Some("18.20.0")),
            ("v20", Some("20")),
            ("=1.80.1", Some("1.80.1")),
            (">=18 <21", Some("18")),
            (">=18.12 <21", Some("18")),
            ("^20.11", Some("20")),
            (">=3.10, <3.13", Some("3.10")),
            ("~=3.10", Some("3")),
            ("~1.80.1", Some("1.80")),
            ("3.12 || 3.11", Some("3.12")),
            (">=1.2.3 <=1.2.3", Some("1.2.3")),
            (">=1.2.3 <1.2.9", Some("1.2.3")),
            (">=18", None),
            ("18 || >=20", None),
            ("!=1.3", None),
            ("<2", None),
            ("", None),
        ];
        for (range, line) in cases {
            let found = Range::parse(range).unwrap().line(Scheme::Semver);
            assert_eq!(found.as_deref(), line, "{range}");
        }
    }
}
