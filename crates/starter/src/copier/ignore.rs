//! File patterns as in a `.gitignore`, for `_exclude` and `_skip_if_exists`.

use regex::Regex;

/// Some patterns; of those that match a path the last one counts, and one that starts with `!` takes it back.
#[derive(Debug, Default)]
pub(super) struct Patterns(Vec<(bool, Regex)>);

impl Patterns {
    pub(super) fn new<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        Self(lines.into_iter().filter_map(compile).collect())
    }

    /// Whether a file with this path matches.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.0
            .iter()
            .rev()
            .find(|(_, regex)| regex.is_match(path))
            .is_some_and(|(yes, _)| *yes)
    }
}

fn compile(line: &str) -> Option<(bool, Regex)> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (yes, pattern) = match line.strip_prefix('!') {
        Some(rest) => (false, rest),
        None => (true, line),
    };
    let (folder, pattern) = match pattern.strip_suffix('/') {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let start = match pattern.strip_prefix('/') {
        Some(_) => "^",
        None if pattern.contains('/') => "^",
        None => "^(?:.*/)?",
    };
    let mut regex = start.to_owned();
    let chars: Vec<char> = pattern.trim_start_matches('/').chars().collect();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let rest = &chars[at..];
        at += 1;
        match c {
            '*' if rest.starts_with(&['*', '*', '/']) => {
                regex.push_str("(?:.*/)?");
                at += 2;
            }
            '*' if rest.starts_with(&['*', '*']) => {
                regex.push_str(".*");
                at += 1;
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '[' => match rest.iter().skip(2).position(|c| *c == ']') {
                Some(length) => {
                    regex.push('[');
                    for (index, c) in rest[1..length + 2].iter().enumerate() {
                        match c {
                            '!' | '^' if index == 0 => regex.push('^'),
                            '\\' | '[' | ']' | '&' | '~' => regex.extend(['\\', *c]),
                            c => regex.push(*c),
                        }
                    }
                    regex.push(']');
                    at += length + 2;
                }
                None => regex.push_str("\\["),
            },
            '\\' => {
                if let Some(c) = chars.get(at) {
                    regex.push_str(&regex::escape(&c.to_string()));
                    at += 1;
                }
            }
            c => regex.push_str(&regex::escape(&c.to_string())),
        }
    }
    regex.push_str(if folder { "/.+$" } else { "(?:/.*)?$" });
    Regex::new(&regex).ok().map(|regex| (yes, regex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_git_does() {
        for (lines, path, expected) in [
            (&["*.pyc"][..], "a/b.pyc", true),
            (&["docs"], "docs/a/b", true),
            (&["docs"], "x/docs", true),
            (&["/docs"], "x/docs", false),
            (&["docs/"], "docs", false),
            (&["docs/"], "docs/a", true),
            (&["a/*.txt"], "a/b.txt", true),
            (&["a/*.txt"], "x/a/b.txt", false),
            (&["a/**/z"], "a/b/c/z", true),
            (&["**/z"], "a/z", true),
            (&["*.txt", "!keep.txt"], "a/keep.txt", false),
            (&["*.py[co]"], "a.pyo", true),
            (&["~*"], "~x", true),
            (&["#x"], "#x", false),
        ] {
            assert_eq!(
                Patterns::new(lines.iter().copied()).matches(path),
                expected,
                "{lines:?} {path}"
            );
        }
    }
}
