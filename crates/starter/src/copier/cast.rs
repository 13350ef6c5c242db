//! Answers as the type of their question.

use serde_json::{Number, Value};

use crate::jinja;

/// An answer as its type.
///
/// # Errors
/// Half a sentence about an answer that cannot be.
pub(super) fn cast(value: &Value, kind: &str) -> Result<Value, String> {
    Ok(match kind {
        "bool" => Value::Bool(to_bool(value)),
        "int" => whole(value).ok_or_else(|| format!("`{}` is no whole number", plain(value)))?,
        "float" => {
            let number = match value {
                Value::String(text) => text.trim().replace('_', "").parse().ok(),
                other => other.as_f64(),
            };
            let number = number.and_then(Number::from_f64);
            Value::Number(number.ok_or_else(|| format!("`{}` is no number", plain(value)))?)
        }
        "yaml" => match value {
            Value::String(text) => parse_yaml(text)?,
            other => other.clone(),
        },
        "json" => match value {
            Value::String(text) => serde_json::from_str(text).map_err(|_| "it is no JSON".to_owned())?,
            other => other.clone(),
        },
        _ => match value {
            Value::String(_) => value.clone(),
            Value::Bool(_) | Value::Number(_) => Value::String(jinja::python(value)),
            Value::Null | Value::Array(_) | Value::Object(_) => return Err("it is no text".to_owned()),
        },
    })
}

/// YAML as a value.
pub(super) fn parse_yaml(text: &str) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_saphyr::from_str(text).map_err(|_| "it is no YAML".to_owned())
}

/// What copier takes for yes.
pub(super) fn to_bool(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::String(text) => {
            if let Ok(number) = text.trim().parse::<f64>() {
                return number != 0.0;
            }
            let text = text.trim().to_lowercase();
            !matches!(
                text.as_str(),
                "" | "n" | "no" | "f" | "false" | "off" | "~" | "null" | "none"
            )
        }
    }
}

fn whole(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(yes) => Some(i64::from(*yes).into()),
        Value::String(text) => text.trim().replace('_', "").parse::<i64>().ok().map(Value::from),
        #[expect(clippy::cast_possible_truncation, reason = "Python's int() cuts off as well")]
        Value::Number(number) => Some(number.as_i64().or_else(|| number.as_f64().map(|n| n as i64))?.into()),
        _ => None,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
