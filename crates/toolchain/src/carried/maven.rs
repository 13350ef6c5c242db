//! `pom.xml`: the oldest JDK that can compile the project, and what the enforcer requires.

use std::sync::LazyLock;

use regex::Regex;

use super::{meaning::zero_padded, reading::Reading};

/// In the order in which the compiler takes them.
const PROPERTIES: [&str; 4] = [
    "maven.compiler.release",
    "maven.compiler.target",
    "maven.compiler.source",
    "java.version",
];
const RULES: [(&str, &str); 2] = [("requireJavaVersion", "java"), ("requireMavenVersion", "maven")];

static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)<!--.*?(?:-->|\z)").ok());

pub(super) fn pom(reading: &mut Reading<'_>) {
    let text = without_comments(reading.text);
    if let Some((at, version)) = PROPERTIES.iter().find_map(|name| resolved(&text, name)) {
        reading.minimum("java", reading.line_at(at), version);
    }
    for (rule, tool) in RULES {
        let Some(inside) = element(&text, rule, 0) else {
            continue;
        };
        if let Some((at, version)) = value(&text[..inside.1], "version", inside.0) {
            reading.range(tool, reading.line_at(at), version, &interval(version));
        }
    }
}

/// As long as before, so that places stay.
fn without_comments(text: &str) -> String {
    let blank = |found: &regex::Captures<'_>| -> String {
        let keep = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        found[0].bytes().map(keep).collect()
    };
    COMMENT.as_ref().map_or_else(
        || text.to_owned(),
        |comment| comment.replace_all(text, blank).into_owned(),
    )
}

/// A property's version and its place; one that stands for another property is followed once.
fn resolved<'t>(text: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let (at, found) = value(text, name, 0)?;
    let (at, found) = match found.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        // What a parent elsewhere sets is not known here.
        Some(other) => value(text, other, 0)?,
        None => (at, found),
    };
    found.starts_with(|c: char| c.is_ascii_digit()).then_some((at, found))
}

fn value<'t>(text: &'t str, name: &str, from: usize) -> Option<(usize, &'t str)> {
    let (start, end) = element(text, name, from)?;
    let inside = text[start..end].trim();
    (!inside.is_empty() && !inside.contains('<')).then_some((start, inside))
}

/// Where the contents of the first such element begin and end.
fn element(text: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let opening = format!("<{name}>");
    let start = from + text.get(from..)?.find(&opening)? + opening.len();
    let end = start + text[start..].find(&format!("</{name}>"))?;
    Some((start, end))
}

/// Maven's intervals (`[17,)`, `[1.8,9)`, `[3.9]`); a bare version is a minimum.
fn interval(written: &str) -> String {
    let mut alternatives = Vec::new();
    let mut rest = written.trim();
    if !rest.starts_with(['[', '(']) {
        return format!(">={rest}");
    }
    while let Some(start) = rest.find(['[', '(']) {
        let Some(length) = rest[start..].find([']', ')']) else {
            break;
        };
        let (open, close) = (&rest[start..=start], &rest[start + length..=start + length]);
        let inside = &rest[start + 1..start + length];
        rest = &rest[start + length + 1..];
        alternatives.push(match inside.split_once(',') {
            None => format!("={}", inside.trim()),
            Some((low, high)) => {
                let bound = |version: &str, open: &str, operator: &str| {
                    let or_equal = if matches!(open, "[" | "]") { "=" } else { "" };
                    let version = version.trim();
                    (!version.is_empty()).then(|| format!("{operator}{or_equal}{version}"))
                };
                let bounds = [bound(low, open, ">"), bound(high, close, "<")];
                bounds.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        });
    }
    zero_padded(&alternatives.join(" || "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_a_range() {
        let cases = [
            ("17", ">=17"),
            ("[17,)", ">=17"),
            ("[1.8,9)", ">=1.8, <9"),
            ("(3.6,3.9]", ">3.6.0, <=3.9.0"),
            ("[11,12),[17,)", ">=11, <12 || >=17"),
            ("[3.9.6]", "=3.9.6"),
        ];
        for (written, range) in cases {
            assert_eq!(interval(written), range);
        }
    }
}
