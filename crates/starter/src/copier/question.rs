//! A question of `copier.yml`.

use serde_json::Value;

/// A question; what is a text may be a template.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) name: String,
    /// `str`, `int`, …
    pub(super) kind: String,
    /// `None` where an answer is needed.
    pub(super) default: Option<Value>,
    pub(super) choices: Value,
    pub(super) help: String,
    pub(super) when: Value,
    pub(super) validator: String,
    pub(super) placeholder: String,
    pub(super) multiselect: bool,
    pub(super) multiline: Value,
    pub(super) secret: bool,
}

impl Question {
    /// Reads a question; an entry that is no record is a default.
    ///
    /// # Errors
    /// Half a sentence about what is wrong with it.
    pub(super) fn read(name: &str, entry: &Value, secret: bool) -> Result<Self, String> {
        let (default, entry) = match entry {
            Value::Object(entry) => (entry.get("default").cloned(), Value::Object(entry.clone())),
            default => (Some(default.clone()), Value::Null),
        };
        let text = |key: &str| match &entry[key] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let kind = match text("type") {
            kind if kind.is_empty() => match &default {
                Some(Value::String(_)) => "str",
                Some(Value::Bool(_)) => "bool",
                Some(Value::Number(number)) if number.is_f64() => "float",
                Some(Value::Number(_)) => "int",
                _ => "yaml",
            }
            .to_owned(),
            kind => kind,
        };
        let known = ["str", "int", "float", "bool", "path", "yaml", "json"];
        if !known.contains(&kind.as_str()) && !kind.contains('{') {
            return Err(format!("nobody knows the type `{kind}`"));
        }
        let secret = secret || entry["secret"] == true;
        if secret && default.is_none() {
            return Err("a secret needs a default".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            kind,
            default,
            choices: entry["choices"].clone(),
            help: text("help"),
            when: entry.get("when").cloned().unwrap_or(Value::Bool(true)),
            validator: text("validator"),
            placeholder: text("placeholder"),
            multiselect: entry["multiselect"] == true,
            multiline: entry["multiline"].clone(),
            secret,
        })
    }
}
