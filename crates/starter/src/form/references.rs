//! `$ref` inside a page of a form: each is replaced by what it names, as Backstage's form does it.

use serde_json::{Map, Value};

/// References inside each other; a schema that names itself ends here.
const DEPTH: usize = 16;
/// Values that a page may grow to; with references that double, few lines would be millions.
const VALUES: usize = 20_000;
/// Keywords whose keys are names that the author chose.
const NAMED: [&str; 5] = [
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "dependencies",
];
/// Keywords whose value is data and no schema.
const DATA: [&str; 4] = ["default", "const", "enum", "examples"];

/// The page without its references. One that leads nowhere, to another file, or in circles stays as it is.
pub(crate) fn expanded(page: &Value) -> Value {
    let mut asked = page.clone();
    if let Some(keys) = asked.as_object_mut() {
        // What is only there to be named.
        keys.retain(|key, _| key != "definitions" && key != "$defs");
    }
    Expanding { page, left: VALUES }.schema(&asked, DEPTH)
}

/// The first reference that [`expanded`] left in the page.
pub(super) fn left_in(schema: &Value) -> Option<&str> {
    match schema {
        Value::Object(keys) => reference(schema).or_else(|| {
            keys.iter().find_map(|(key, value)| match value {
                _ if DATA.contains(&key.as_str()) => None,
                Value::Object(named) if NAMED.contains(&key.as_str()) => named.values().find_map(left_in),
                value => left_in(value),
            })
        }),
        Value::Array(list) => list.iter().find_map(left_in),
        _ => None,
    }
}

struct Expanding<'a> {
    page: &'a Value,
    left: usize,
}

impl Expanding<'_> {
    fn schema(&mut self, schema: &Value, depth: usize) -> Value {
        match schema {
            Value::Object(keys) => {
                if let Some(whole) = self.target(schema, depth) {
                    return whole;
                }
                self.left = self.left.saturating_sub(keys.len());
                let keys = keys.iter().map(|(key, value)| {
                    let value = match value {
                        _ if DATA.contains(&key.as_str()) => value.clone(),
                        Value::Object(named) if NAMED.contains(&key.as_str()) => {
                            let named = named
                                .iter()
                                .map(|(name, schema)| (name.clone(), self.schema(schema, depth)));
                            Value::Object(named.collect())
                        }
                        value => self.schema(value, depth),
                    };
                    (key.clone(), value)
                });
                Value::Object(keys.collect())
            }
            Value::Array(list) => list.iter().map(|schema| self.schema(schema, depth)).collect(),
            other => other.clone(),
        }
    }

    /// What the schema's reference names, with the schema's own keywords over it.
    fn target(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1).filter(|_| self.left > 0)?;
        let target = self.page.pointer(reference(schema)?.strip_prefix('#')?)?;
        let mut own: Map<String, Value> = schema.as_object()?.clone();
        own.shift_remove("$ref");
        let Value::Object(mut whole) = self.schema(target, depth) else {
            return None;
        };
        if let Value::Object(own) = self.schema(&Value::Object(own), depth) {
            whole.extend(own);
        }
        Some(Value::Object(whole))
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}
