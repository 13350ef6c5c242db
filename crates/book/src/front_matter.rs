//! The YAML at the head of a page.

use crate::{
    findings::{Findings, Place},
    model::{Kind, Status, When},
    yaml::{self, Node, Yaml},
};

/// A page's file in two pieces.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// Without its fences; starts in line 2.
    pub(crate) yaml: Option<&'a str>,
    pub(crate) body: &'a str,
    /// Lines before the body.
    pub(crate) body_line: usize,
    /// The front matter was opened and never closed.
    pub(crate) unclosed: bool,
}

/// Which keys a page may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Path,
    Step,
    Library,
}

/// A word of the front matter, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<Word>,
    pub(crate) title: Option<String>,
    pub(crate) summary: String,
    pub(crate) owner: Option<String>,
    pub(crate) reviewed: Option<String>,
    pub(crate) status: Status,
    pub(crate) replaced_by: Option<Word>,
    pub(crate) kind: Option<Kind>,
    pub(crate) related: Vec<Word>,
    pub(crate) paths: Vec<Word>,
    pub(crate) roles: Vec<Word>,
    pub(crate) requires: Vec<Word>,
    pub(crate) next: Vec<Word>,
    pub(crate) order: Option<i64>,
    pub(crate) minutes: Option<u32>,
    pub(crate) when: When,
    pub(crate) when_roles: Vec<Word>,
    pub(crate) optional: bool,
}

const COMMON: [&str; 8] = [
    "id",
    "title",
    "summary",
    "owner",
    "reviewed",
    "status",
    "replaced_by",
    "related",
];

impl Sort {
    fn keys(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Path => &["paths", "roles", "requires", "next", "order"],
            Self::Step => &["paths", "minutes", "when", "optional"],
            Self::Library => &["paths", "kind"],
        };
        COMMON.iter().chain(own).copied().collect()
    }
}

/// Takes the front matter off a file whose line ends are `\n`.
pub(crate) fn split(text: &str) -> Split<'_> {
    let whole = |unclosed| Split {
        yaml: None,
        body: text,
        body_line: 0,
        unclosed,
    };
    let Some((_, rest)) = text.split_once('\n').filter(|(first, _)| first.trim_end() == "---") else {
        return whole(false);
    };
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            let body = &rest[at + line.len()..];
            return Split {
                yaml: Some(&rest[..at]),
                body,
                body_line: number + 2,
                unclosed: false,
            };
        }
        at += line.len();
    }
    // A page may start with a rule; only what goes on like YAML was meant as front matter.
    whole(rest.lines().next().is_some_and(|line| top_level_key(line).is_some()))
}

/// Reads the YAML. `findings` counts lines from its first one.
pub(crate) fn read(source: &str, sort: Sort, findings: &mut Findings<'_>) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(yaml) = parse(source, findings) else {
        return front;
    };
    let Some(entries) = yaml.entries() else {
        if yaml.node != Node::Null {
            findings.warning(
                "front-matter",
                yaml.place,
                format!("The front matter is {}, not keys with values.", yaml.sort()),
                "Write one `key: value` a line, such as `title: My page`.",
            );
        }
        return front;
    };
    let keys = sort.keys();
    for entry in entries {
        let (key, value) = (entry.key.as_str(), &entry.value);
        if !keys.contains(&key) {
            findings.warning(
                "unknown-key",
                entry.place,
                format!("`{key}` is not a key that this page can have."),
                format!("The keys are {}.", keys.join(", ")),
            );
            continue;
        }
        if value.node == Node::Null {
            continue;
        }
        read_key(&mut front, key, value, findings);
    }
    front
}

fn read_key(front: &mut FrontMatter, key: &str, value: &Yaml, findings: &mut Findings<'_>) {
    match key {
        "id" => front.id = word(key, value, findings),
        "title" => front.title = text(key, value, findings),
        "summary" => front.summary = text(key, value, findings).unwrap_or_default(),
        "owner" => front.owner = text(key, value, findings),
        "reviewed" => front.reviewed = text(key, value, findings).and_then(|day| date(day, value, findings)),
        "status" => front.status = one_of(key, value, &STATUSES, findings).unwrap_or_default(),
        "replaced_by" => front.replaced_by = word(key, value, findings),
        "kind" => front.kind = one_of(key, value, &KINDS, findings),
        "related" => front.related = words(key, value, findings),
        "paths" => front.paths = words(key, value, findings),
        "roles" => front.roles = words(key, value, findings),
        "requires" => front.requires = words(key, value, findings),
        "next" => front.next = words(key, value, findings),
        "order" => front.order = number(key, value, findings),
        "minutes" => front.minutes = number(key, value, findings).filter(|minutes| *minutes > 0),
        "when" => when(front, value, findings),
        "optional" => match value.node {
            Node::Bool(optional) => front.optional = optional,
            _ => bad_value(key, value, "true or false", findings),
        },
        _ => {}
    }
}

const STATUSES: [(&str, Status); 3] = [
    ("draft", Status::Draft),
    ("active", Status::Active),
    ("deprecated", Status::Deprecated),
];
const KINDS: [(&str, Kind); 4] = [
    ("concept", Kind::Concept),
    ("how-to", Kind::HowTo),
    ("reference", Kind::Reference),
    ("decision", Kind::Decision),
];
/// Front matter with more mistakes is given up.
const MOST_MISTAKES: usize = 20;
const SYSTEMS: [&str; 3] = ["linux", "macos", "windows"];

/// The tree; where a key cannot be parsed, the tree without it.
fn parse(source: &str, findings: &mut Findings<'_>) -> Option<Yaml> {
    let mut lines: Vec<&str> = source.lines().collect();
    for _ in 0..MOST_MISTAKES {
        let error = match yaml::parse(&lines.join("\n")) {
            Ok(yaml) => return Some(yaml),
            Err(error) => error,
        };
        findings.warning(
            "front-matter",
            error.place,
            format!("The front matter is not valid YAML here: {}", error.message),
            "Put quotes around values that hold `: ` or start with a special character; indent with spaces.",
        );
        // The parser often notices a mistake at the start of the line after it.
        let seen = error.place.line.clamp(1, lines.len().max(1)) - 1;
        let start = (0..=seen).rev().find(|&line| {
            lines.get(line).is_some_and(|text| top_level_key(text).is_some()) && (line < seen || error.place.column > 1)
        });
        let start = start.or_else(|| lines.iter().position(|line| !line.trim().is_empty()))?;
        let end = (start + 1..lines.len())
            .find(|&line| top_level_key(lines[line]).is_some())
            .unwrap_or(lines.len());
        lines[start..end].fill("");
    }
    None
}

/// The key that starts at the head of a line.
pub(crate) fn top_level_key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let fits = key.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_') && key.chars().all(plain);
    (fits && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))).then_some(key)
}

fn text(key: &str, value: &Yaml, findings: &mut Findings<'_>) -> Option<String> {
    let text = value.text();
    if text.is_none() {
        bad_value(key, value, "a text", findings);
    }
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn word(key: &str, value: &Yaml, findings: &mut Findings<'_>) -> Option<Word> {
    text(key, value, findings).map(|text| Word {
        text,
        place: findings.in_file(value.place),
    })
}

fn words(key: &str, value: &Yaml, findings: &mut Findings<'_>) -> Vec<Word> {
    match &value.node {
        Node::List(items) => items.iter().filter_map(|item| word(key, item, findings)).collect(),
        _ => word(key, value, findings).into_iter().collect(),
    }
}

fn number<T: std::str::FromStr>(key: &str, value: &Yaml, findings: &mut Findings<'_>) -> Option<T> {
    let number = value.text().and_then(|text| text.trim().parse().ok());
    if number.is_none() {
        bad_value(key, value, "a whole number", findings);
    }
    number
}

fn one_of<T: Copy>(key: &str, value: &Yaml, known: &[(&str, T)], findings: &mut Findings<'_>) -> Option<T> {
    let text = value.text().unwrap_or_default();
    let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        bad_value(key, value, &format!("one of {}", names.join(", ")), findings);
    }
    found
}

fn date(day: String, value: &Yaml, findings: &mut Findings<'_>) -> Option<String> {
    let number = |range: std::ops::Range<usize>| {
        day.get(range)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?
            .parse::<u32>()
            .ok()
    };
    let separated = day.len() == 10 && day.get(4..5) == Some("-") && day.get(7..8) == Some("-");
    let (year, month, date) = (number(0..4), number(5..7), number(8..10));
    let exists = separated
        && year
            .zip(month)
            .zip(date)
            .is_some_and(|((year, month), date)| date >= 1 && date <= days_in(year, month));
    if exists {
        return Some(day);
    }
    bad_value("reviewed", value, "a day such as 2026-11-01", findings);
    None
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

fn when(front: &mut FrontMatter, value: &Yaml, findings: &mut Findings<'_>) {
    let Some(entries) = value.entries() else {
        return bad_value(
            "when",
            value,
            "a mapping such as { os: [linux], role: [backend] }",
            findings,
        );
    };
    for entry in entries {
        match entry.key.as_str() {
            "os" => {
                for (index, system) in words("os", &entry.value, findings).into_iter().enumerate() {
                    if SYSTEMS.contains(&system.text.as_str()) {
                        front.when.os.push(system.text);
                        continue;
                    }
                    let at = match &entry.value.node {
                        Node::List(items) => items.get(index).map_or(entry.place, |item| item.place),
                        _ => entry.value.place,
                    };
                    findings.warning(
                        "unknown-os",
                        at,
                        format!("`{}` is not a system that a step can be for.", system.text),
                        format!("The systems are {}.", SYSTEMS.join(", ")),
                    );
                }
            }
            "role" => front.when_roles = words("role", &entry.value, findings),
            key => findings.warning(
                "unknown-key",
                entry.place,
                format!("`{key}` is not a key of `when`."),
                "The keys are os and role.",
            ),
        }
    }
}

fn bad_value(key: &str, value: &Yaml, expected: &str, findings: &mut Findings<'_>) {
    let found = value
        .text()
        .map_or_else(|| value.sort().to_owned(), |text| format!("`{text}`"));
    findings.warning(
        "bad-value",
        value.place,
        format!("`{key}` is {found}, and is left out."),
        format!("It has to be {expected}."),
    );
}
