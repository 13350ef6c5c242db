//! File patterns as Python's `fnmatch` reads them: `*` and `?` stand for any character, `/` as well.

use regex::Regex;

/// Some patterns; a name matches when one of them does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patterns(Vec<Regex>);

impl Patterns {
    /// Patterns that are no pattern match nothing, as in Python.
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            patterns
                .into_iter()
                .filter_map(|pattern| Regex::new(&to_regex(pattern)).ok())
                .collect(),
        )
    }

    pub(crate) fn matches(&self, name: &str) -> bool {
        self.0.iter().any(|regex| regex.is_match(name))
    }
}

fn to_regex(pattern: &str) -> String {
    let chars: Vec<char> = pattern.chars().collect();
    let mut regex = String::from("(?s)^");
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        at += 1;
        match c {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            '[' => match set_end(&chars, at) {
                // Without its end it is a plain character.
                None => regex.push_str("\\["),
                Some(end) => {
                    regex.push('[');
                    for (index, c) in chars[at..end].iter().enumerate() {
                        match c {
                            '!' if index == 0 => regex.push('^'),
                            '\\' | '[' | ']' | '^' | '&' | '~' => regex.extend(['\\', *c]),
                            c => regex.push(*c),
                        }
                    }
                    regex.push(']');
                    at = end + 1;
                }
            },
            c => regex.push_str(&regex::escape(&c.to_string())),
        }
    }
    regex + "$"
}

/// Where the set that starts at `from` ends; a `]` that comes first is part of it.
fn set_end(chars: &[char], from: usize) -> Option<usize> {
    let mut at = from;
    if chars.get(at) == Some(&'!') {
        at += 1;
    }
    if chars.get(at) == Some(&']') {
        at += 1;
    }
    chars.get(at..)?.iter().position(|c| *c == ']').map(|end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_python() {
        for (pattern, name, expected) in [
            ("*.html", "a/b/c.html", true),
            ("*.html", "c.htm", false),
            ("docs/*", "docs/a/b", true),
            ("docs", "docs/a", false),
            ("a?c", "a/c", true),
            ("[!a]b", "cb", true),
            ("[!a]b", "ab", false),
            ("[]x]", "]", true),
            ("[x", "[x", true),
            ("{{cookiecutter.x}}/*.j2", "{{cookiecutter.x}}/y.j2", true),
            ("A", "a", false),
        ] {
            assert_eq!(Patterns::new([pattern]).matches(name), expected, "{pattern} {name}");
        }
    }
}
