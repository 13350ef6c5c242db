//! YAML as a tree whose every node knows its place, so that findings can name line and column.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Spanned, UserMessageFormatter};

use crate::findings::Place;

/// Levels of lists and mappings.
const DEEPEST: usize = 12;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Yaml {
    pub(crate) node: Node,
    pub(crate) place: Place,
}

/// A value. Numbers are kept as written: `1.10` is a version, not 1.1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Yaml>),
    Map(Vec<Entry>),
}

/// One key of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) value: Yaml,
}

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct YamlError {
    pub(crate) place: Place,
    pub(crate) message: String,
}

impl Yaml {
    /// A scalar as text.
    pub(crate) fn text(&self) -> Option<String> {
        match &self.node {
            Node::Text(text) | Node::Number(text) => Some(text.clone()),
            Node::Bool(value) => Some(value.to_string()),
            Node::Null | Node::List(_) | Node::Map(_) => None,
        }
    }

    /// The entries of a mapping.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        if let Node::Map(entries) = &self.node {
            Some(entries)
        } else {
            None
        }
    }

    /// The value of a mapping's key; `None` also where it is null.
    pub(crate) fn get(&self, key: &str) -> Option<&Yaml> {
        let entry = self.entries()?.iter().find(|entry| entry.key == key)?;
        Some(&entry.value).filter(|value| value.node != Node::Null)
    }

    /// What it is, for a message.
    pub(crate) fn sort(&self) -> &'static str {
        match self.node {
            Node::Null => "nothing",
            Node::Bool(_) => "true or false",
            Node::Number(_) => "a number",
            Node::Text(_) => "a text",
            Node::List(_) => "a list",
            Node::Map(_) => "a mapping",
        }
    }
}

/// Reads one YAML document; an empty one is null.
pub(crate) fn parse(source: &str) -> Result<Yaml, YamlError> {
    if source
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return Ok(Yaml {
            node: Node::Null,
            place: Place::line(1),
        });
    }
    // Only true and false are booleans: a choice of a quiz may be called "no".
    let options = serde_saphyr::options! {
        // Nothing on a page nests deeper, and every level costs a good deal of stack.
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
        strict_booleans: true,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(source, options) {
        Ok(raw) => Ok(settle(raw, source)),
        Err(error) => {
            let error = error.without_snippet();
            let place = error.location().map_or(Place::line(1), |location| Place {
                line: usize::try_from(location.line()).unwrap_or(1),
                column: usize::try_from(location.column()).unwrap_or(1),
            });
            Err(YamlError {
                place,
                message: sentence(&error.render_with_formatter(&UserMessageFormatter)),
            })
        }
    }
}

/// The message without its place, as a sentence.
fn sentence(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    let message = message.split(" at line ").next().unwrap_or(message);
    let message = message
        .rsplit_once("line ")
        .filter(|(before, _)| before.is_empty())
        .map_or(message, |(_, rest)| rest);
    let mut letters = message.trim().trim_end_matches('.').chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn settle(raw: Spanned<Raw>, source: &str) -> Yaml {
    let place = place(raw.referenced);
    let node = match raw.value {
        Raw::Null => Node::Null,
        Raw::Bool(value) => Node::Bool(value),
        Raw::Number(parsed) => Node::Number(written(raw.referenced, source).unwrap_or(parsed)),
        Raw::Text(text) => Node::Text(text),
        Raw::List(items) => Node::List(items.into_iter().map(|item| settle(item, source)).collect()),
        Raw::Map(entries) => Node::Map(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    key: key.value,
                    place: self::place(key.referenced),
                    value: settle(value, source),
                })
                .collect(),
        ),
    };
    Yaml { node, place }
}

fn place(location: serde_saphyr::Location) -> Place {
    Place {
        line: usize::try_from(location.line()).unwrap_or(0),
        column: usize::try_from(location.column()).unwrap_or(0),
    }
}

/// A scalar as it stands in the source.
fn written(location: serde_saphyr::Location, source: &str) -> Option<String> {
    let start = usize::try_from(location.span().byte_offset()?).ok()?;
    let length = usize::try_from(location.span().byte_len()?).ok()?;
    let text = source.get(start..start.checked_add(length)?)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

enum Raw {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, a list or a mapping")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn values_know_line_and_column() {
        let yaml = parse("a: 1\nb:\n  - { c: text }\n").unwrap();

        let list = yaml.get("b").unwrap();
        let Node::List(items) = &list.node else {
            panic!("a list: {list:?}")
        };
        let entry = &items[0].entries().unwrap()[0];
        assert_eq!(
            (entry.place, entry.value.place),
            (Place { line: 3, column: 7 }, Place { line: 3, column: 10 })
        );
    }

    #[test]
    fn numbers_stay_as_written() {
        let yaml = parse("version: 1.10\ncount: 0x1F\ndate: 2026-11-01\nword: no\n").unwrap();

        let words: Vec<Option<String>> = ["version", "count", "date", "word"]
            .iter()
            .map(|key| yaml.get(key).unwrap().text())
            .collect();
        assert_eq!(
            words,
            ["1.10", "0x1F", "2026-11-01", "no"].map(|word| Some(word.to_owned()))
        );
    }

    #[test]
    fn an_error_names_its_place_and_no_more() {
        let error = parse("a: 1\nb: [1, 2\nc: 3\n").unwrap_err();

        assert!(error.place.line >= 2, "{error:?}");
        assert!(
            error.message.ends_with('.') && !error.message.contains("line"),
            "{error:?}"
        );
    }

    #[test]
    fn comments_alone_are_nothing() {
        assert_eq!(parse("# only\n\n").unwrap().node, Node::Null);
    }

    #[test]
    fn a_repeated_key_is_an_error() {
        assert_eq!(parse("a: 1\na: 2\n").unwrap_err().place.line, 2);
    }
}
