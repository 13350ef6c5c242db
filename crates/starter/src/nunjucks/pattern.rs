//! JavaScript's regular expressions, on Rust's: they cannot look around or back, and never run away.

use regex::{Captures, Regex, RegexBuilder};

/// A regular expression `r/…/flags`.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    flags: String,
    regex: Regex,
}

impl Pattern {
    /// # Errors
    /// Half a sentence.
    pub(super) fn new(source: &str, flags: &str) -> Result<Self, String> {
        if source.len() > 16_384 {
            return Err("the regular expression is too long".to_owned());
        }
        if let Some(flag) = flags.chars().find(|flag| !matches!(flag, 'g' | 'i' | 'm')) {
            return Err(format!("the flag `{flag}` of a regular expression is not known here"));
        }
        let regex = RegexBuilder::new(&translate(source))
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .size_limit(1 << 20)
            .build()
            .map_err(|_| {
                format!("the regular expression `{source}` is not understood here, where none looks around or back")
            })?;
        Ok(Self {
            source: source.to_owned(),
            flags: flags.to_owned(),
            regex,
        })
    }

    /// As it is written in JavaScript.
    pub(super) fn shown(&self) -> String {
        format!("/{}/{}", self.source, self.flags)
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    pub(super) fn split<'a>(&'a self, text: &'a str) -> Vec<&'a str> {
        self.regex.split(text).collect()
    }

    /// How often it is found where it would be replaced.
    pub(super) fn count(&self, text: &str) -> usize {
        let limit = if self.flags.contains('g') { usize::MAX } else { 1 };
        self.regex.find_iter(text).take(limit).count()
    }

    pub(super) fn replace(&self, text: &str, replacement: &str) -> String {
        let limit = usize::from(!self.flags.contains('g'));
        let expand = |found: &Captures<'_>| {
            let range = found.get(0).map_or(0..0, |all| all.range());
            let around = (&text[..range.start], &text[range.clone()], &text[range.end..]);
            let group = |number: usize| {
                (number < found.len()).then(|| found.get(number).map_or("", |part| part.as_str()).to_owned())
            };
            expand(replacement, around, &group)
        };
        self.regex.replacen(text, limit, expand).into_owned()
    }
}

/// A replacement with its `$&`, `$1` and so on filled in; `around` is the text before, of and after what was found.
pub(super) fn expand(replacement: &str, around: (&str, &str, &str), group: &dyn Fn(usize) -> Option<String>) -> String {
    let mut out = String::with_capacity(replacement.len());
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let numbered = (1..=digits.min(2)).rev().find_map(|length| {
            let number = rest[..length].parse().ok().filter(|number| *number > 0)?;
            Some((length, group(number)?))
        });
        if let Some((length, text)) = numbered {
            out.push_str(&text);
            rest = &rest[length..];
            continue;
        }
        let special = match rest.chars().next() {
            Some('$') => "$",
            Some('&') => around.1,
            Some('`') => around.0,
            Some('\'') => around.2,
            _ => {
                out.push('$');
                continue;
            }
        };
        out.push_str(special);
        rest = &rest[1..];
    }
    out + rest
}

/// What JavaScript writes for ASCII only, Rust for all of Unicode.
fn translate(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_class = false;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let next = chars.next().unwrap_or('\\');
                match (next, in_class) {
                    ('d', true) => out.push_str("0-9"),
                    ('w', true) => out.push_str("0-9A-Za-z_"),
                    ('d', false) => out.push_str("[0-9]"),
                    ('w', false) => out.push_str("[0-9A-Za-z_]"),
                    ('D', false) => out.push_str("[^0-9]"),
                    ('W', false) => out.push_str("[^0-9A-Za-z_]"),
                    ('b', false) => out.push_str("(?-u:\\b)"),
                    ('B', false) => out.push_str("(?-u:\\B)"),
                    ('/', _) => out.push('/'),
                    (next, _) => out.extend(['\\', next]),
                }
                continue;
            }
            '[' if in_class => out.push('\\'),
            '[' => in_class = true,
            ']' => in_class = false,
            // Rust's classes can be cut with each other; JavaScript's cannot.
            '&' | '~' if in_class && chars.peek() == Some(&c) => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}
