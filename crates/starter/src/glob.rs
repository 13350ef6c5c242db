//! File patterns as templates use them: `*`, `**`, `?`, `[a-z]`, `{a,b}`, and a folder for all that is in it.

use regex::Regex;

/// Some patterns; a name matches when one does, unless a later one that starts with `!` does too.
#[derive(Debug, Default)]
pub(crate) struct Globs(Vec<(bool, Regex)>);

impl Globs {
    pub(crate) fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let compile = |pattern: &str| {
            let (yes, pattern) = match pattern.strip_prefix('!') {
                Some(rest) => (false, rest),
                None => (true, pattern),
            };
            let regex = Regex::new(&to_regex(pattern)).map_err(|_| format!("`{pattern}` is not a file pattern"))?;
            Ok((yes, regex))
        };
        patterns.into_iter().map(compile).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a name with `/` matches.
    pub(crate) fn matches(&self, name: &str) -> bool {
        self.0
            .iter()
            .rev()
            .find(|(_, regex)| regex.is_match(name))
            .is_some_and(|(yes, _)| *yes)
    }
}

fn to_regex(pattern: &str) -> String {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let mut regex = String::from("^");
    let mut chars = pattern.chars().peekable();
    let mut groups = 0;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                if chars.peek() == Some(&'/') {
                    chars.next();
                    regex.push_str("(?:.*/)?");
                } else {
                    regex.push_str(".*");
                }
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '{' if !regex.ends_with(['$', '{']) && chars.peek() != Some(&'{') => {
                groups += 1;
                regex.push_str("(?:");
            }
            '}' if groups > 0 => {
                groups -= 1;
                regex.push(')');
            }
            ',' if groups > 0 => regex.push('|'),
            // Between brackets, only these mean something.
            '[' => {
                regex.push('[');
                for c in chars.by_ref() {
                    match c {
                        '!' if regex.ends_with('[') => regex.push('^'),
                        '\\' | '[' | '&' | '~' => regex.extend(['\\', c]),
                        c => regex.push(c),
                    }
                    if c == ']' {
                        break;
                    }
                }
            }
            '\\' => regex.push_str(&chars.next().map(|c| regex::escape(&c.to_string())).unwrap_or_default()),
            _ => regex.push_str(&regex::escape(&c.to_string())),
        }
    }
    // A folder stands for all that is in it.
    regex.push_str("(?:/.*)?$");
    regex
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn patterns_match_as_people_expect() {
        for (pattern, name, expected) in [
            ("*.yml", "a.yml", true),
            ("*.yml", "x/a.yml", false),
            ("**/*.yml", "a.yml", true),
            ("**/*.yml", "x/y/.a.yml", true),
            (".github/workflows", ".github/workflows/ci.yml", true),
            ("./.github/", ".github/ci.yml", true),
            ("docs/**", "docs/a/b", true),
            ("docs/**", "docsx/a", false),
            ("a.{js,ts}", "a.ts", true),
            ("a.{js,ts}", "a.rs", false),
            ("a[0-9]", "a7", true),
            ("${{ values.name }}/x", "${{ values.name }}/x", true),
        ] {
            assert_eq!(
                Globs::new([pattern]).unwrap().matches(name),
                expected,
                "{pattern} {name}"
            );
        }
        assert!(
            !Globs::new(["docs/**", "!docs/keep.md"])
                .unwrap()
                .matches("docs/keep.md")
        );
    }
}
