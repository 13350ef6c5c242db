//! Files of answers: JSON, YAML or TOML, by their ending.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Map, Value};

use crate::provenance::{from_toml, to_toml};

/// Why a file of answers was not read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswersError {
    /// The disk says no.
    #[error("{} cannot be {done}: {source}.", file.display())]
    Disk {
        /// The file.
        file: PathBuf,
        /// "read" or "written".
        done: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The text is not what its ending says, or no answers.
    #[error("{} holds no answers: {why}.", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Half a sentence.
        why: String,
    },
}

impl AnswersError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Disk { .. } => "Check that the folder exists and that you may read and write it.",
            Self::Syntax { .. } => {
                "A file of answers has a line for each: name: value in .yaml, name = value in .toml, or a JSON object."
            }
        }
    }
}

enum Format {
    Json,
    Yaml,
    Toml,
}

impl Format {
    fn of(file: &Path) -> Self {
        let ending = file
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("yaml" | "yml") => Self::Yaml,
            Some("toml") => Self::Toml,
            _ => Self::Json,
        }
    }
}

/// Reads a file of answers: YAML (`.yaml`, `.yml`), TOML (`.toml`) or JSON.
///
/// # Errors
/// When the file cannot be read, or holds something else.
pub fn read_answers(file: &Path) -> Result<Map<String, Value>, AnswersError> {
    let text = fs::read_to_string(file).map_err(|source| AnswersError::Disk {
        file: file.to_owned(),
        done: "read",
        source,
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let value = match Format::of(file) {
        Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
        Format::Yaml => serde_saphyr::from_str(text).map_err(|error| first_line(&error.without_snippet().to_string())),
        Format::Toml => toml::from_str::<toml::Table>(text)
            .map(|table| from_toml(&toml::Value::Table(table)))
            .map_err(|error| error.message().to_owned()),
    };
    let syntax = |why: String| AnswersError::Syntax {
        file: file.to_owned(),
        why: why.trim_end_matches('.').to_owned(),
    };
    match value.map_err(syntax)? {
        Value::Object(answers) => Ok(answers),
        Value::Null => Ok(Map::new()),
        _ => Err(syntax("it is no list of names with values".to_owned())),
    }
}

/// Writes a file of answers in the format of its ending. Leave secrets out with [`crate::keepable`].
///
/// # Errors
/// When the file cannot be written.
pub fn write_answers(file: &Path, answers: &Map<String, Value>) -> Result<(), AnswersError> {
    let syntax = |why: String| AnswersError::Syntax {
        file: file.to_owned(),
        why,
    };
    let text = match Format::of(file) {
        Format::Json => {
            let json = serde_json::to_string_pretty(answers).map_err(|error| syntax(error.to_string()))?;
            format!("{json}\n")
        }
        Format::Yaml if answers.is_empty() => "{}\n".to_owned(),
        Format::Yaml => serde_saphyr::to_string(answers).map_err(|error| syntax(error.to_string()))?,
        Format::Toml => answers
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), to_toml(value)?)))
            .collect::<toml::Table>()
            .to_string(),
    };
    fs::write(file, text).map_err(|source| AnswersError::Disk {
        file: file.to_owned(),
        done: "written",
        source,
    })
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_come_back_as_they_were_in_every_format() {
        let folder = tempfile::tempdir().unwrap();
        let answers = json!({
            "name": "shop", "yes": "yes", "number": "3", "replicas": 3, "share": 0.5, "public": true,
            "tags": ["a", "b: c"], "labels": { "team": "orders", "tier": "1" }, "text": "two\nlines\n", "empty": ""
        });
        let answers = answers.as_object().unwrap();
        for name in ["a.json", "a.yaml", "a.yml", "a.toml", "answers"] {
            let file = folder.path().join(name);
            write_answers(&file, answers).unwrap();
            let read = read_answers(&file).unwrap();
            assert_eq!(&read, answers, "{name}: {}", fs::read_to_string(&file).unwrap());
        }
    }

    #[test]
    fn what_is_no_answers_is_told_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.json", "[1]"),
            ("a.yaml", "- 1\n"),
            ("a.toml", "name = \n"),
            ("b.json", "{"),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            let error = read_answers(&file).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
        assert!(read_answers(&folder.path().join("none")).is_err());
    }
}
