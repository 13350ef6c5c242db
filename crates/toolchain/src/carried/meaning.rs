//! What a pinned version means as a range.

use crate::{Range, version::split_numbers};

/// A range in our grammar, and why it is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) range: String,
    pub(super) note: Option<String>,
}

impl Meaning {
    pub(super) fn any() -> Self {
        Self::range("")
    }

    pub(super) fn range(range: impl Into<String>) -> Self {
        Self {
            range: range.into(),
            note: None,
        }
    }

    pub(super) fn not_comparable(written: &str) -> Self {
        let note = format!(
            "`{}` names no version that can be compared here (only its version manager can resolve it), so any version counts.",
            written.trim()
        );
        Self {
            range: String::new(),
            note: Some(note),
        }
    }
}

/// A version as version managers write it: the newest that starts so.
pub(super) fn pinned(tool: &str, written: &str) -> Meaning {
    let text = written.trim();
    let version = match tool {
        "java" | "javac" => java(text),
        "python3" => python(text),
        "ruby" => ruby(text),
        "rustc" | "cargo" => plain(text).or_else(|| plain(text.split('-').next().unwrap_or_default())),
        "go" => plain(text.trim_start_matches("go")),
        // Erlang says which release it is, and not which patch of it.
        "erlang" => plain(text).and_then(|version| Some(split_numbers(&version).0.first()?.to_string())),
        "elixir" => plain(text.split("-otp-").next().unwrap_or_default()),
        _ => plain(text),
    };
    version.map_or_else(|| Meaning::not_comparable(written), Meaning::range)
}

/// Any one of several versions.
pub(super) fn one_of(tool: &str, written: &[&str]) -> Meaning {
    let meanings: Vec<_> = written.iter().map(|one| pinned(tool, one)).collect();
    if let Some(open) = meanings.iter().find(|meaning| meaning.note.is_some()) {
        return open.clone();
    }
    let ranges: Vec<_> = meanings.into_iter().map(|meaning| meaning.range).collect();
    Meaning::range(ranges.join(" || "))
}

/// A range of PEP 440, `RubyGems` or Terraform: there `==3.11`, `<=3.11` and `>3.11` mean 3.11.0, not every 3.11.x.
pub(super) fn zero_padded(range: &str) -> String {
    let part = |part: &str| {
        let part = part.trim();
        let operand = part.trim_start_matches(|c: char| "<>=!~^".contains(c));
        let operator = &part[..part.len() - operand.len()];
        let (numbers, rest) = split_numbers(operand.trim());
        let exact = matches!(operator, "" | "=" | "==" | "===" | "!=" | ">" | "<=");
        let missing = if exact && rest.is_empty() && !numbers.is_empty() {
            3_usize.saturating_sub(numbers.len())
        } else {
            0
        };
        format!("{operator}{}{}", operand.trim(), ".0".repeat(missing))
    };
    let all = |all: &str| all.split(',').map(part).collect::<Vec<_>>().join(", ");
    range.split("||").map(all).collect::<Vec<_>>().join(" || ")
}

fn plain(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['v', 'V', '=']);
    // `latest:1.2` and `prefix:1.2` are the newest 1.2.x.
    let text = ["latest:", "prefix:"]
        .into_iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let single = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains([' ', ',', '<', '>', '|', '=']);
    (single && Range::parse(text).is_ok()).then(|| text.to_owned())
}

/// `17`, `temurin-17.0.9+9`, `17.0.9-tem`, `graalvm-22.3.1+java17`, `22.3.r17-grl`. Vendors number builds differently
/// from the fourth part on, Azul from the second, and so do most of Java 8 (`corretto-8.392.08.1` is 8.0.392).
fn java(text: &str) -> Option<String> {
    for mark in ["+java", ".r"] {
        if let Some((_, release)) = text.split_once(mark)
            && let Some(major) = split_numbers(release).0.first()
        {
            return Some(major.to_string());
        }
    }
    let version = text
        .split('-')
        .find(|part| part.starts_with(|c: char| c.is_ascii_digit()))?;
    let (numbers, _) = split_numbers(version);
    let kept = match numbers.first() {
        Some(8) => 1,
        _ if text.contains("zulu") => 1,
        _ => 3,
    };
    let numbers: Vec<_> = numbers.iter().take(kept).map(u64::to_string).collect();
    Some(numbers.join("."))
}

/// `3.12.1`, `cpython-3.12.1-linux-x86_64-gnu` (uv); `3.13-dev` is the newest of a branch (pyenv).
fn python(text: &str) -> Option<String> {
    let release = match text.strip_prefix("cpython-") {
        Some(rest) => rest.split('-').next().unwrap_or_default(),
        None => text.trim_start_matches("python-"),
    };
    plain(release).filter(|release| !release.ends_with("-dev"))
}

/// `3.3.0`, `ruby-3.3.0`, `2.7.8-p225`, `3.3.0@gemset`.
fn ruby(text: &str) -> Option<String> {
    let text = text.split('@').next().unwrap_or_default();
    let text = text.strip_prefix("ruby-").unwrap_or(text);
    plain(text.split("-p").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_a_version_or_a_line_of_versions() {
        let cases = [
            ("node", "v20.11.1", "20.11.1"),
            ("node", "20", "20"),
            ("node", "latest:20.1", "20.1"),
            ("go", "go1.22rc1", "1.22rc1"),
            ("python3", "cpython-3.12.1", "3.12.1"),
            ("python3", "3.13.0rc2", "3.13.0rc2"),
            ("python3", "cpython-3.12.1-linux-x86_64-gnu", "3.12.1"),
            ("ruby", "ruby-2.7.8-p225", "2.7.8"),
            ("ruby", "3.3.0@blog", "3.3.0"),
            ("rustc", "1.80.1-x86_64-unknown-linux-gnu", "1.80.1"),
            ("java", "17", "17"),
            ("java", "temurin-17.0.9+9", "17.0.9"),
            ("java", "openjdk64-17.0.2", "17.0.2"),
            ("java", "corretto-17.0.8.7.1", "17.0.8"),
            ("java", "17.0.9-tem", "17.0.9"),
            ("java", "corretto-8.392.08.1", "8"),
            ("java", "dragonwell-8.15.16", "8"),
            ("java", "8.0.392-kona", "8"),
            ("java", "17.0.9-zulu", "17"),
            ("java", "zulu-21.30.15", "21"),
            ("java", "graalvm-22.3.1+java17", "17"),
            ("java", "22.3.r17-grl", "17"),
            ("java", "1.8", "1.8"),
            ("erlang", "26.2.1", "26"),
            ("erlang", "27", "27"),
            ("elixir", "1.16.1-otp-26", "1.16.1"),
            ("elixir", "1.17.0-rc.0-otp-27", "1.17.0-rc.0"),
        ];
        for (tool, written, range) in cases {
            assert_eq!(pinned(tool, written), Meaning::range(range), "{tool} {written}");
        }
    }

    #[test]
    fn what_only_a_manager_can_resolve_is_any_version_with_a_note() {
        let cases = [
            ("node", "lts/*"),
            ("node", "latest"),
            ("node", "system"),
            ("node", "path:/opt/node"),
            ("node", "ref:0123abc"),
            ("node", "{{ env.NODE }}"),
            ("terraform", "latest:^1.6"),
            ("python3", "pypy3.10-7.3.15"),
            ("python3", "3.13-dev"),
            ("ruby", "jruby-9.4"),
            ("rustc", "nightly-2024-05-01"),
            ("java", "system"),
            ("node", ""),
        ];
        for (tool, written) in cases {
            let meaning = pinned(tool, written);
            assert_eq!(meaning.range, "", "{tool} {written}");
            assert!(
                meaning.note.is_some_and(|note| note.contains(&format!("`{written}`"))),
                "{written}"
            );
        }
    }

    #[test]
    fn a_short_version_is_itself_where_the_grammar_says_so() {
        let cases = [
            (">=3.10,<3.13", ">=3.10, <3.13"),
            ("==3.11", "==3.11.0"),
            ("==3.11.*", "==3.11.*"),
            ("~=3.10", "~=3.10"),
            ("~> 1.0", "~>1.0"),
            ("> 1.5, <= 2", ">1.5.0, <=2.0.0"),
            ("3.3", "3.3.0"),
            ("^3.10 || 3.9", "^3.10 || 3.9.0"),
        ];
        for (written, range) in cases {
            assert_eq!(zero_padded(written), range);
        }
    }
}
