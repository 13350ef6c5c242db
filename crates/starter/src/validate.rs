//! Whether the answers fit the form.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::form::{Choice, Field, Input, checker, fields};
use crate::secrets::Secrets;
use crate::{Kind, Starter, copier};

/// An answer that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub field: String,
    /// One sentence.
    pub message: String,
}

/// The answers with the form's defaults for what is missing, and with texts read as what their field asks for (so
/// that `--set replicas=3` gives a number).
pub fn complete(starter: &Starter, values: &Map<String, Value>) -> Map<String, Value> {
    let fields = fields(starter, values);
    let mut completed = answered(&fields, values);
    for (name, value) in values {
        if fields.iter().all(|field| field.name != *name) {
            completed.insert(name.clone(), value.clone());
        }
    }
    completed
}

/// The fields' values: the answers, and the defaults for what is missing.
pub(crate) fn answered<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    values: &Map<String, Value>,
) -> Map<String, Value> {
    let mut answered = Map::new();
    for field in fields {
        let value = values
            .get(&field.name)
            .filter(|value| !value.is_null())
            .unwrap_or(&field.default);
        if !value.is_null() {
            answered.insert(field.name.clone(), as_asked(field, value));
        }
    }
    answered
}

/// What does not fit; empty when all does. Defaults are filled in first.
pub fn validate(starter: &Starter, values: &Map<String, Value>) -> Vec<FieldError> {
    let fields = fields(starter, values);
    let known: HashMap<&str, &Field> = fields.iter().map(|field| (field.name.as_str(), field)).collect();
    let mut errors = Vec::new();
    for name in values.keys().filter(|name| !known.contains_key(name.as_str())) {
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let message = if names.is_empty() {
            format!("This starter asks nothing, so there is no field `{name}`.")
        } else {
            format!("There is no field `{name}`. The fields are {}.", names.join(", "))
        };
        errors.push(FieldError {
            field: name.clone(),
            message,
        });
    }
    let values = complete(starter, values);
    for field in &fields {
        if let Some(message) = check(field, values.get(&field.name)) {
            errors.push(FieldError {
                field: field.name.clone(),
                message,
            });
        }
    }
    if let Kind::Copier(template) = &starter.kind {
        // The template's own checks, where the form's have nothing to say.
        let own = copier::ask(template, &values).errors;
        let secrets = Secrets::of(starter, &values);
        for mut error in own {
            error.message = secrets.mask(&error.message);
            if errors.iter().all(|known| known.field != error.field) {
                errors.push(error);
            }
        }
    }
    errors
}

/// Reads a text as what the field asks for; leaves what cannot be read to [`check`].
pub(crate) fn as_asked(field: &Field, value: &Value) -> Value {
    let Value::String(text) = value else {
        return value.clone();
    };
    let read = match &field.input {
        Input::Number { whole: true } => text.trim().parse::<i64>().ok().map(Value::from),
        Input::Number { whole: false } => text.trim().parse::<f64>().ok().map(Value::from),
        Input::Switch => match text.trim() {
            "true" | "yes" => Some(Value::Bool(true)),
            "false" | "no" => Some(Value::Bool(false)),
            _ => None,
        },
        Input::Choice { choices } => by_title(choices, text),
        Input::Choices { choices } => {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            names
                .map(|name| by_title(choices, name))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array)
        }
        Input::Lines if field.record => serde_json::from_str(text).ok().filter(Value::is_object),
        Input::Lines if field.list => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Some(Value::Array(lines.map(Value::from).collect()))
        }
        Input::Text | Input::Lines => None,
    };
    read.unwrap_or_else(|| value.clone())
}

/// The choice whose value reads like the text.
fn by_title(choices: &[Choice], text: &str) -> Option<Value> {
    let reads_like = |choice: &&Choice| match &choice.value {
        Value::String(value) => value == text,
        other => format!("{other}") == text,
    };
    choices.iter().find(reads_like).map(|choice| choice.value.clone())
}

fn check(field: &Field, value: Option<&Value>) -> Option<String> {
    let title = &field.title;
    let empty = match value {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    };
    if empty {
        return field.required.then(|| format!("{title} is needed."));
    }
    let value = value?;
    check_input(field, value).or_else(|| check_schema(field, value))
}

fn check_input(field: &Field, value: &Value) -> Option<String> {
    let title = &field.title;
    match (&field.input, value) {
        (Input::Text, Value::String(text)) => check_text(field, text),
        (Input::Lines, Value::Object(_)) if field.record => None,
        (Input::Lines, _) if field.record => Some(format!("{title} is a JSON object, such as {{\"key\": \"value\"}}.")),
        (Input::Lines, Value::String(text)) if !field.list => check_text(field, text),
        (Input::Lines, Value::Array(items)) if field.list => items
            .iter()
            .any(|item| !item.is_string())
            .then(|| format!("{title} is a list of texts.")),
        (Input::Number { whole }, Value::Number(number)) => check_number(field, number, *whole),
        (Input::Switch, Value::Bool(_)) => None,
        (Input::Choice { choices }, value) => choices
            .iter()
            .all(|c| c.value != *value)
            .then(|| format!("{title} is one of {}.", titles(choices))),
        (Input::Choices { choices }, Value::Array(items)) => items
            .iter()
            .any(|item| choices.iter().all(|c| c.value != *item))
            .then(|| format!("{title} is some of {}.", titles(choices))),
        (Input::Text, _) => Some(format!("{title} is a text.")),
        (Input::Lines, _) => Some(format!("{title} is lines of text.")),
        (Input::Number { whole: true }, _) => Some(format!("{title} is a whole number.")),
        (Input::Number { whole: false }, _) => Some(format!("{title} is a number.")),
        (Input::Switch, _) => Some(format!("{title} is yes or no.")),
        (Input::Choices { .. }, _) => Some(format!("{title} is a list.")),
    }
}

fn check_text(field: &Field, text: &str) -> Option<String> {
    let title = &field.title;
    let length = text.chars().count();
    if let Some(min) = field.min_length.filter(|min| length < *min as usize) {
        return Some(format!("{title} has at least {min} characters."));
    }
    if let Some(max) = field.max_length.filter(|max| length > *max as usize) {
        return Some(format!("{title} has at most {max} characters."));
    }
    let pattern = field.pattern.as_deref()?;
    // One that looks around is left to the schema; one that cannot be read was told when the starter was.
    let matches = regex::Regex::new(pattern).map_or(true, |regex| regex.is_match(text));
    (!matches).then(|| no_match(field, pattern))
}

fn no_match(field: &Field, pattern: &str) -> String {
    let title = &field.title;
    match &field.pattern_hint {
        Some(hint) => format!("{title}: {hint}"),
        None => format!("{title} does not match the pattern {pattern}"),
    }
}

/// What the form itself does not ask, such as `format` and `minItems`.
fn check_schema(field: &Field, value: &Value) -> Option<String> {
    use jsonschema::error::ValidationErrorKind as Kind;
    let title = &field.title;
    if field.schema.is_null() {
        return None;
    }
    let checker = checker(&field.schema)?;
    let error = checker.iter_errors(value).next()?;
    Some(match error.kind() {
        Kind::Pattern { pattern } => no_match(field, pattern),
        Kind::Format { format } => format!("{title} is not written as {}.", format_words(format)),
        Kind::MinItems { limit } => format!("{title} has at least {limit} entries."),
        Kind::MaxItems { limit } => format!("{title} has at most {limit} entries."),
        Kind::UniqueItems => format!("{title} has no entry twice."),
        Kind::MultipleOf { multiple_of } => format!("{title} is a multiple of {multiple_of}."),
        Kind::ExclusiveMinimum { limit } => format!("{title} is more than {limit}."),
        Kind::ExclusiveMaximum { limit } => format!("{title} is less than {limit}."),
        Kind::Constant { expected_value } => format!("{title} is {expected_value}."),
        Kind::Required { property } => format!("{title} lacks {property}."),
        _ => match &field.pattern_hint {
            Some(hint) => format!("{title}: {hint}"),
            // The answer itself may be a secret.
            None => format!("{title} does not fit: {}.", error.masked()),
        },
    })
}

/// The formats of JSON Schema that forms ask for, in people's words.
fn format_words(format: &str) -> &str {
    match format {
        "email" | "idn-email" => "an e-mail address",
        "uri" | "iri" => "a web address, such as https://example.com",
        "hostname" => "a host's name, such as api.example.com",
        "ipv4" | "ipv6" => "an IP address",
        "date" => "a date, such as 2026-11-27",
        "time" => "a time, such as 09:30:00Z",
        "date-time" => "a date and time, such as 2026-11-27T09:30:00Z",
        "uuid" => "a UUID",
        other => other,
    }
}

fn check_number(field: &Field, number: &serde_json::Number, whole: bool) -> Option<String> {
    let title = &field.title;
    let value = number.as_f64()?;
    if whole && value.fract() != 0.0 {
        return Some(format!("{title} is a whole number."));
    }
    if let Some(minimum) = field.minimum.filter(|minimum| value < *minimum) {
        return Some(format!("{title} is at least {minimum}."));
    }
    if let Some(maximum) = field.maximum.filter(|maximum| value > *maximum) {
        return Some(format!("{title} is at most {maximum}."));
    }
    None
}

fn titles(choices: &[Choice]) -> String {
    choices
        .iter()
        .map(|choice| choice.title.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
