//! Values as JavaScript prints them, and as JSON.

use minijinja::value::{Value, ValueKind};

/// As JavaScript's `String(value)`, and nothing for `null` and `undefined`.
pub(super) fn print(value: &Value) -> String {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => String::new(),
        ValueKind::Bool => value.is_true().to_string(),
        ValueKind::Number => number(value),
        ValueKind::Seq | ValueKind::Iterable => match value.try_iter() {
            Ok(items) => items.map(|item| print(&item)).collect::<Vec<_>>().join(","),
            Err(_) => String::new(),
        },
        ValueKind::Map => "[object Object]".to_owned(),
        _ => value.to_string(),
    }
}

/// As JSON; whole numbers are whole, as in JavaScript.
pub(super) fn to_json(value: &Value) -> serde_json::Value {
    match value.kind() {
        ValueKind::Bool => serde_json::Value::Bool(value.is_true()),
        ValueKind::Number => serde_json::from_str(&number(value)).unwrap_or(serde_json::Value::Null),
        ValueKind::String => serde_json::Value::String(value.to_string()),
        ValueKind::Seq | ValueKind::Iterable => match value.try_iter() {
            Ok(items) => items.map(|item| to_json(&item)).collect(),
            Err(_) => serde_json::Value::Null,
        },
        ValueKind::Map => {
            let mut map = serde_json::Map::new();
            for key in value.try_iter().into_iter().flatten() {
                if let Ok(item) = value.get_item(&key)
                    && !item.is_undefined()
                {
                    map.insert(print(&key), to_json(&item));
                }
            }
            serde_json::Value::Object(map)
        }
        _ => serde_json::Value::Null,
    }
}

fn number(value: &Value) -> String {
    let text = value.to_string();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
