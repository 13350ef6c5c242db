//! `.roadbook/starter.toml`: where a project came from, so that it can be compared with its starter later.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::create::Request;
use crate::form::fields;
use crate::{CreateError, Kind, Starter};

/// Writes the file; secrets are left out.
pub(crate) fn write(
    folder: &Path,
    starter: &Starter,
    request: &Request,
    values: &Map<String, Value>,
    commit: Option<&str>,
) -> Result<(), CreateError> {
    let mut table = toml::Table::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            table.insert(key.to_owned(), value.into());
        }
    };
    put("starter", Some(&starter.id));
    put("title", Some(&starter.title));
    put("roadbook", request.book.as_deref());
    put("version", request.version.as_deref());
    if let Kind::Repository(repository) = &starter.kind {
        let address = git::Address::parse(&repository.repository, false)?;
        put("repository", Some(&address.shown()));
        put("ref", repository.reference.as_deref());
    }
    put("commit", commit);
    put("made", Some(&request.made));
    let secrets: Vec<String> = fields(starter, values)
        .into_iter()
        .filter(|field| field.secret)
        .map(|f| f.name)
        .collect();
    let answers: toml::Table = values
        .iter()
        .filter(|(name, _)| !secrets.contains(name))
        .filter_map(|(name, value)| Some((name.clone(), to_toml(value)?)))
        .collect();
    if !answers.is_empty() {
        table.insert("answers".to_owned(), answers.into());
    }
    let text =
        format!("# Where this project came from. Roadbook reads it to tell when the starter has moved on.\n{table}");
    let dir = folder.join(".roadbook");
    let failed = |e| CreateError::Git(git::Error::from_io("Cannot write", &dir, e));
    fs::create_dir_all(&dir).map_err(failed)?;
    fs::write(dir.join("starter.toml"), text).map_err(failed)
}

/// TOML has no null.
fn to_toml(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(yes) => toml::Value::Boolean(*yes),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(number.as_f64()?),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(items) => toml::Value::Array(items.iter().filter_map(to_toml).collect()),
        Value::Object(map) => toml::Value::Table(
            map.iter()
                .filter_map(|(key, value)| Some((key.clone(), to_toml(value)?)))
                .collect(),
        ),
    })
}
