//! `{% now … %}`, which minijinja cannot be taught, as a filter block that prints what a filter gives.

use std::fmt::Write as _;

use super::Options;

/// Rewrites the tags of a template; everything else stays as it is.
pub(super) fn rewrite(source: &str, options: &Options) -> String {
    if !source.contains("now") {
        return source.to_owned();
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((at, kind)) = next(rest, options) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match kind {
            Kind::Comment => rest
                .find(options.comment.1.as_str())
                .map(|end| end + options.comment.1.len()),
            Kind::Variable => end(rest, options.variable.0.len(), &options.variable.1),
            Kind::Block => end(rest, options.block.0.len(), &options.block.1),
        };
        let Some(length) = length else { break };
        let tag = &rest[..length];
        rest = &rest[length..];
        if !matches!(kind, Kind::Block) {
            out.push_str(tag);
            continue;
        }
        let inner = &tag[options.block.0.len()..tag.len() - options.block.1.len()];
        match name(inner) {
            "raw" => {
                out.push_str(tag);
                let length = raw_length(rest, options);
                out.push_str(&rest[..length]);
                rest = &rest[length..];
            }
            "now" => out.push_str(&now(inner, options)),
            _ => out.push_str(tag),
        }
    }
    out.push_str(rest);
    out
}

#[derive(Clone, Copy)]
enum Kind {
    Block,
    Variable,
    Comment,
}

/// The tag that comes first; of several at one place the longest start counts.
fn next(text: &str, options: &Options) -> Option<(usize, Kind)> {
    [
        (&options.block.0, Kind::Block),
        (&options.variable.0, Kind::Variable),
        (&options.comment.0, Kind::Comment),
    ]
    .into_iter()
    .filter_map(|(start, kind)| Some((text.find(start.as_str())?, start.len(), kind)))
    .min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length)))
    .map(|(at, _, kind)| (at, kind))
}

/// Where a tag ends, past its closing delimiter, which does not count in a quoted text.
fn end(text: &str, from: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if text[from + at..].starts_with(close) => return Some(from + at + close.len()),
            None if c == '"' || c == '\'' => quote = Some(c),
            Some(_) | None => {}
        }
    }
    None
}

fn name(inner: &str) -> &str {
    let inner = inner.trim_start_matches(['-', '+']).trim_start();
    let end = inner
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(inner.len());
    &inner[..end]
}

/// How long the text is up to its `endraw` tag; all of it where there is none.
fn raw_length(text: &str, options: &Options) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find(options.block.0.as_str()) {
        let start = from + at;
        if name(&text[start + options.block.0.len()..]) == "endraw" {
            return start;
        }
        from = start + options.block.0.len();
    }
    text.len()
}

/// `now ZONE [+ OFFSET | - OFFSET] [, FORMAT]`
fn now(inner: &str, options: &Options) -> String {
    let trimmed = inner.trim_end_matches(['-', '+']);
    let (before, after) = (
        inner.chars().next().filter(|c| matches!(c, '-' | '+')),
        inner[trimmed.len()..].chars().next(),
    );
    let arguments = trimmed.trim_start_matches(['-', '+']).trim_start();
    let arguments = arguments.strip_prefix("now").unwrap_or(arguments);
    let comma = places(arguments, &[',']).first().copied();
    let (when, format) = match comma {
        Some(at) => (&arguments[..at], arguments[at + 1..].trim()),
        None => (arguments, "none"),
    };
    let when = when.trim();
    let operator = places(when, &['+', '-']).into_iter().rfind(|at| *at > 0);
    let (zone, sign, offset) = match operator {
        Some(at) => (&when[..at], &when[at..=at], &when[at + 1..]),
        None => (when, "", "none"),
    };
    let (open, close) = &options.block;
    let mut tag = open.clone();
    tag.extend(before);
    let _ = write!(
        tag,
        " filter roadbook_now({}, '{sign}', {}, {format}) {close}{open} endfilter ",
        zone.trim(),
        offset.trim()
    );
    tag.extend(after);
    tag + close
}

/// Where one of the characters is, outside of quotes and brackets.
fn places(text: &str, wanted: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                c if depth == 0 && wanted.contains(&c) => found.push(at),
                _ => {}
            },
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_now_tag_is_rewritten() {
        let options = Options::new(&json!({}), true);
        for (text, expected) in [
            (
                "know {{ now }} {# {% now 'utc' %} #}",
                "know {{ now }} {# {% now 'utc' %} #}",
            ),
            (
                "{% raw %}{% now 'utc' %}{% endraw %}",
                "{% raw %}{% now 'utc' %}{% endraw %}",
            ),
            (
                "{%- now 'utc', '%Y' -%}",
                "{%- filter roadbook_now('utc', '', none, '%Y') %}{% endfilter -%}",
            ),
            (
                "{% now 'utc' + 'days=1, hours=2' %}x",
                "{% filter roadbook_now('utc', '+', 'days=1, hours=2', none) %}{% endfilter %}x",
            ),
            (
                "{{ '{% now %}' }}{% if 'now %}' %}",
                "{{ '{% now %}' }}{% if 'now %}' %}",
            ),
        ] {
            assert_eq!(rewrite(text, &options), expected);
        }
    }
}
