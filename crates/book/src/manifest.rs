//! `roadbook.toml`.

use std::{fmt, fs, path::Path};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use crate::{
    FORMAT, LoadError,
    diagnostic::Diagnostic,
    findings::{Findings, Place},
    model::{Manifest, Role},
};

/// The file's name.
pub(crate) const FILE: &str = "roadbook.toml";

/// Keys a book can do without, each dropped alone where its value cannot be read.
const OPTIONAL: [&str; 7] = [
    "summary",
    "version",
    "language",
    "dialect",
    "review_every",
    "owner",
    "roles",
];
const REQUIRED: [&str; 3] = ["format", "id", "title"];

/// Reads `root/roadbook.toml`.
pub(crate) fn read(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Manifest, LoadError> {
    let file = root.join(FILE);
    let text = match fs::read(&file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes)
            .trim_start_matches('\u{feff}')
            .to_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(LoadError::NotARoadbook(root.to_path_buf()));
        }
        Err(source) => return Err(LoadError::Unreadable { file, source }),
    };
    let mut findings = Findings::new(FILE, diagnostics);
    parse(&text, &mut findings).map_err(|refusal| match refusal {
        Refusal::Format(found) => LoadError::Format { found },
        Refusal::Text(place, message) => LoadError::Manifest {
            file,
            line: place.line,
            column: place.column,
            message,
        },
    })
}

enum Refusal {
    Format(i64),
    Text(Place, String),
}

fn parse(text: &str, findings: &mut Findings<'_>) -> Result<Manifest, Refusal> {
    let mut table: toml::Table = toml::from_str(text).map_err(|error| refusal(&error, text))?;
    // The format comes first: everything else may mean something else in another format.
    if let Some(format) = table.get("format").and_then(toml::Value::as_integer)
        && format != i64::from(FORMAT)
    {
        return Err(if format > i64::from(FORMAT) {
            Refusal::Format(format)
        } else {
            Refusal::Text(
                place_of("format", text),
                format!("`format` is {format}; it has to be {FORMAT}."),
            )
        });
    }
    for key in table.keys() {
        if !REQUIRED.contains(&key.as_str()) && !OPTIONAL.contains(&key.as_str()) {
            findings.warning(
                "unknown-key",
                place_of(key, text),
                format!("`{key}` is not a key of roadbook.toml."),
                format!("The keys are {} and {}.", REQUIRED.join(", "), OPTIONAL.join(", ")),
            );
        }
    }
    let essentials: toml::Table = table
        .iter()
        .filter(|(key, _)| REQUIRED.contains(&key.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    // Read from the text, so that the error knows its place.
    if let Err(error) = Manifest::deserialize(essentials.clone()) {
        let place = REQUIRED
            .iter()
            .find(|key| error.message().contains(*key))
            .map_or(Place::line(1), |key| place_of(key, text));
        let from_text = toml::from_str::<Manifest>(text)
            .err()
            .filter(|error| error.span().is_some());
        return Err(match from_text {
            Some(error) => refusal(&error, text),
            None => Refusal::Text(place, sentence(error.message())),
        });
    }
    for key in OPTIONAL {
        let Some(value) = table.get(key) else { continue };
        let mut alone = essentials.clone();
        alone.insert(key.to_owned(), value.clone());
        if let Err(error) = Manifest::deserialize(alone) {
            findings.warning(
                "bad-value",
                place_of(key, text),
                format!(
                    "`{key}` in roadbook.toml cannot be read and is left out: {}",
                    sentence(error.message())
                ),
                "Compare it with the example in the documentation of roadbook.toml.",
            );
            table.remove(key);
        }
    }
    let manifest =
        Manifest::deserialize(table).map_err(|error| Refusal::Text(Place::line(1), sentence(error.message())))?;
    for (key, value) in [("id", &manifest.id), ("title", &manifest.title)] {
        if value.trim().is_empty() {
            return Err(Refusal::Text(place_of(key, text), format!("`{key}` is empty.")));
        }
    }
    Ok(manifest)
}

fn refusal(error: &toml::de::Error, text: &str) -> Refusal {
    let place = error.span().map_or(Place::line(1), |span| place_at(span.start, text));
    Refusal::Text(place, sentence(error.message()))
}

fn place_at(offset: usize, text: &str) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// Where a top-level key, or the table of that name, starts.
fn place_of(key: &str, text: &str) -> Place {
    let line = text.lines().position(|line| {
        let line = line.trim_start().trim_start_matches('[').trim_start();
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    });
    line.map_or(Place::FILE, |line| Place::line(line + 1))
}

fn sentence(message: &str) -> String {
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let mut letters = message.trim_end_matches('.').chars();
    let first: String = letters
        .next()
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// A number of days: `180d`, `26w`, or 180.
pub(crate) fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    struct Days;

    impl Visitor<'_> for Days {
        type Value = u32;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a number of days such as \"180d\"")
        }

        fn visit_i64<E: de::Error>(self, days: i64) -> Result<u32, E> {
            u32::try_from(days).map_err(|_| E::invalid_value(de::Unexpected::Signed(days), &self))
        }

        fn visit_u64<E: de::Error>(self, days: u64) -> Result<u32, E> {
            u32::try_from(days).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(days), &self))
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<u32, E> {
            let text = text.trim();
            let (digits, factor) = if let Some(weeks) = text.strip_suffix('w') {
                (weeks, 7)
            } else {
                (text.strip_suffix('d').unwrap_or(text), 1)
            };
            digits
                .trim()
                .parse::<u32>()
                .ok()
                .and_then(|number| number.checked_mul(factor))
                .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    deserializer.deserialize_any(Days).map(Some)
}

/// `[roles]` in the order of the file.
pub(crate) fn ordered<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Role>, D::Error> {
    struct Roles;

    impl<'de> Visitor<'de> for Roles {
        type Value = Vec<Role>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a table such as backend = \"Backend engineer\"")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Vec<Role>, A::Error> {
            let mut roles = Vec::new();
            while let Some((id, name)) = entries.next_entry()? {
                roles.push(Role { id, name });
            }
            Ok(roles)
        }
    }

    deserializer.deserialize_map(Roles)
}
