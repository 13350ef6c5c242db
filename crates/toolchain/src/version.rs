//! Versions as tools print them: any number of numeric parts, sometimes a pre-release, often a vendor's suffix.

use std::{cmp::Ordering, fmt};

use serde::Deserialize;

/// How a tool numbers its releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// `1.2.3`, `1.2.3-rc.1` (<https://semver.org>), with fewer or more parts too.
    #[default]
    Semver,
    /// `3.13.0rc2` (PEP 440).
    Pep440,
    /// `17.0.15`, and `1.8.0_392`, which is Java 8 (JEP 223).
    Java,
    /// `2026.9.15`.
    Calver,
    /// The numbers at the front count, the rest does not (`1.1.1w`).
    Numeric,
}

/// A version; `1.2` and `1.2.0` are equal, and a pre-release comes before its release.
#[derive(Debug, Clone)]
pub struct Version {
    text: String,
    pub(crate) numbers: Vec<u64>,
    pub(crate) pre: Vec<Identifier>,
    pub(crate) scheme: Scheme,
}

impl Version {
    /// Reads a version; a leading `v` is allowed, and a suffix that is no pre-release (`+build`, `.windows.1`) counts
    /// for nothing. `None` where there is no number at the front.
    pub fn parse(text: &str, scheme: Scheme) -> Option<Self> {
        let text = text.trim();
        let (mut numbers, mut rest) = split_numbers(text.trim_start_matches(['v', 'V']));
        if numbers.is_empty() {
            return None;
        }
        if scheme == Scheme::Java {
            if let Some(update) = rest.strip_prefix('_') {
                let (update, after) = split_numbers(update);
                numbers.extend(update);
                rest = after;
            }
            numbers = modern_java(&numbers).to_vec();
        }
        let pre = match scheme {
            Scheme::Calver | Scheme::Numeric => Vec::new(),
            Scheme::Semver | Scheme::Pep440 | Scheme::Java => pre_release(rest).unwrap_or_default(),
        };
        Some(Self {
            text: text.to_owned(),
            numbers,
            pre,
            scheme,
        })
    }

    /// A version that no tool wrote.
    pub(crate) fn of(numbers: Vec<u64>, pre: Vec<Identifier>, scheme: Scheme) -> Self {
        let numbers = match scheme {
            Scheme::Java => modern_java(&numbers).to_vec(),
            _ => numbers,
        };
        let parts: Vec<_> = numbers.iter().map(u64::to_string).collect();
        Self {
            text: parts.join("."),
            numbers,
            pre,
            scheme,
        }
    }

    /// As the tool wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Compares with bare numbers and a pre-release.
    pub(crate) fn compare(&self, numbers: &[u64], pre: &[Identifier]) -> Ordering {
        compare_numbers(&self.numbers, numbers).then_with(|| match (self.pre.is_empty(), pre.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => self.pre.as_slice().cmp(pre),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(&other.numbers, &other.pre)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

/// One part of a pre-release; numbers come before words, as in Semantic Versioning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Identifier {
    Number(u64),
    /// The rank keeps development builds before `alpha`, as PEP 440 has it.
    Word(u8, String),
}

/// Compares part by part; missing parts are zero.
pub(crate) fn compare_numbers(left: &[u64], right: &[u64]) -> Ordering {
    (0..left.len().max(right.len()))
        .map(|at| left.get(at).unwrap_or(&0).cmp(right.get(at).unwrap_or(&0)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// `1.8` is Java 8.
pub(crate) fn modern_java(numbers: &[u64]) -> &[u64] {
    match numbers {
        [1, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    }
}

/// The dotted numbers at the front, and what follows them. Numbers too large to count with saturate.
pub(crate) fn split_numbers(text: &str) -> (Vec<u64>, &str) {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        let part = match (numbers.is_empty(), rest.strip_prefix('.')) {
            (true, _) => rest,
            (false, Some(part)) => part,
            (false, None) => return (numbers, rest),
        };
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        if end == 0 {
            return (numbers, rest);
        }
        let (digits, after) = part.split_at(end);
        numbers.push(digits.parse().unwrap_or(u64::MAX));
        rest = after;
    }
}

/// The pre-release that a suffix names (`-rc.1`, `rc2`, `-nightly`); a vendor's suffix (`-eks-1`) is none.
pub(crate) fn pre_release(rest: &str) -> Option<Vec<Identifier>> {
    let rest = rest.strip_prefix(['-', '.', '_']).unwrap_or(rest);
    let rest = rest.split(['+', ' ']).next().unwrap_or_default();
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    let numbered = rest[word.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match word.to_ascii_lowercase().as_str() {
        "alpha" | "beta" | "milestone" | "rc" | "pre" | "preview" | "dev" | "nightly" | "canary" | "snapshot"
        | "ea" | "next" | "insiders" => {}
        "a" | "b" | "c" | "m" if numbered => {}
        _ => return None,
    }
    let mut identifiers = Vec::new();
    for part in rest.split(['.', '-', '_']).filter(|part| !part.is_empty()) {
        let letters = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (letters, digits) = part.split_at(letters);
        if !letters.is_empty() {
            identifiers.push(ranked(letters));
        }
        if !digits.is_empty() {
            identifiers.push(digits.parse().map_or_else(|_| ranked(digits), Identifier::Number));
        }
    }
    Some(identifiers)
}

fn ranked(word: &str) -> Identifier {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "dev" | "nightly" | "canary" | "snapshot" | "ea" => Identifier::Word(0, word),
        "a" => Identifier::Word(1, "alpha".to_owned()),
        "b" => Identifier::Word(1, "beta".to_owned()),
        "c" => Identifier::Word(1, "rc".to_owned()),
        _ => Identifier::Word(1, word),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text, Scheme::Semver).unwrap()
    }

    #[test]
    fn missing_parts_are_zero() {
        assert_eq!(version("1.2"), version("v1.2.0"));
        assert!(version("1.2") < version("1.2.0.1"));
    }

    #[test]
    fn a_pre_release_comes_before_its_release() {
        let order = [
            "1.0.0-dev.3",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-milestone-1",
            "1.0.0-rc.1",
            "1.0.0",
        ];
        for pair in order.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn python_releases_follow_pep_440() {
        let python = |text| Version::parse(text, Scheme::Pep440).unwrap();
        assert!(python("3.13.0a1") < python("3.13.0b2"));
        assert!(python("3.13.0b2") < python("3.13.0rc2"));
        assert!(python("3.13.0rc2") < python("3.13.0"));
        assert_eq!(python("3.11.2+"), python("3.11.2"));
    }

    #[test]
    fn java_one_point_eight_is_java_eight() {
        let java = |text| Version::parse(text, Scheme::Java).unwrap();
        assert_eq!(java("1.8.0_392"), java("8.0.392"));
        assert!(java("1.8.0_392") < java("17.0.15"));
        assert!(java("21-ea") < java("21"));
        assert_eq!(java("1.8.0_392").as_str(), "1.8.0_392");
    }

    #[test]
    fn a_vendor_suffix_counts_for_nothing() {
        assert_eq!(version("2.45.1.windows.1"), version("2.45.1"));
        assert_eq!(version("1.29.0-eks-5e0fdde"), version("1.29.0"));
        assert_eq!(version("3.14.2+gc309b6f"), version("3.14.2"));
        assert_eq!(Version::parse("1.1.1w", Scheme::Numeric).unwrap(), version("1.1.1"));
    }

    #[test]
    fn text_without_a_number_is_no_version() {
        for text in ["", "v", "latest", ".5", "-1"] {
            assert!(Version::parse(text, Scheme::Semver).is_none(), "{text}");
        }
    }
}
