//! What a page asks once the answers are known: the parts of its schema that depend on them, merged into it.
//!
//! The keywords are those that Backstage's form resolves (react-jsonschema-form, `retrieveSchema`): `dependencies`,
//! `if`/`then`/`else` and `allOf`; references were replaced when the page was read.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

/// Schemas inside each other; deeper ones are left out.
const DEPTH: usize = 16;

/// Keywords that are resolved here and are no part of what they are resolved to.
const RESOLVED: [&str; 5] = ["dependencies", "if", "then", "else", "allOf"];

/// The page with the parts that hold for these answers.
pub(super) fn resolved(page: &Value, answers: &Map<String, Value>) -> Value {
    let mut whole = Map::new();
    Resolving { answers }.add(page, &mut whole, DEPTH);
    Value::Object(whole)
}

/// The page, and every schema that an answer may add to it.
pub(super) fn every_part(page: &Value) -> Vec<&Value> {
    let mut parts = vec![page];
    let mut at = 0;
    while let Some(part) = parts.get(at).copied() {
        at += 1;
        let one = ["then", "else"].into_iter().filter_map(|key| part.get(key));
        let many = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|key| list(part, key));
        parts.extend(one.chain(many));
        let dependencies = part.get("dependencies").and_then(Value::as_object);
        parts.extend(
            dependencies
                .into_iter()
                .flat_map(Map::values)
                .filter(|on| on.is_object()),
        );
    }
    parts
}

/// A checker for a schema of draft 7, which Backstage's forms are written in; `None` where the schema is none.
pub(crate) fn checker(schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(schema)
        .ok()
}

struct Resolving<'a> {
    answers: &'a Map<String, Value>,
}

impl Resolving<'_> {
    /// Adds what `schema` asks to the whole.
    fn add(&self, schema: &Value, whole: &mut Map<String, Value>, depth: usize) {
        let (Some(keys), Some(depth)) = (schema.as_object(), depth.checked_sub(1)) else {
            return;
        };
        for (key, value) in keys {
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => add_properties(properties, whole),
                ("required", Value::Array(names)) => require(names, whole),
                (key, _) if RESOLVED.contains(&key) => {}
                _ => {
                    whole.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
        }
        let dependencies = keys.get("dependencies").and_then(Value::as_object);
        for (name, on) in dependencies.into_iter().flatten() {
            if let Some(answer) = self.answers.get(name) {
                self.add_dependency((name, answer), on, whole, depth);
            }
        }
        for part in list(schema, "allOf") {
            self.add(part, whole, depth);
        }
        if let Some(condition) = keys.get("if") {
            let branch = if self.holds(condition) { "then" } else { "else" };
            self.add(keys.get(branch).unwrap_or(&Value::Null), whole, depth);
        }
    }

    /// What a given answer adds: names that are then required, a schema, or the one of several whose own condition on
    /// the answer holds.
    fn add_dependency(&self, answer: (&str, &Value), on: &Value, whole: &mut Map<String, Value>, depth: usize) {
        if let Value::Array(names) = on {
            return require(names, whole);
        }
        let (name, value) = answer;
        let fits = |branch: &&Value| {
            let property = &branch["properties"][name];
            !property.is_null() && checker(property).is_some_and(|checker| checker.is_valid(value))
        };
        if let Some(branch) = list(on, "oneOf").find(fits) {
            self.add(&without_property(branch, name), whole, depth);
        }
        let rest = on.as_object().map(|on| {
            let rest = on.iter().filter(|(key, _)| *key != "oneOf");
            rest.map(|(key, value)| (key.clone(), value.clone())).collect()
        });
        self.add(&Value::Object(rest.unwrap_or_default()), whole, depth);
    }

    /// A property that is not answered fits everything, as JSON Schema has it.
    fn holds(&self, condition: &Value) -> bool {
        checker(condition).is_some_and(|checker| checker.is_valid(&Value::Object(self.answers.clone())))
    }
}

/// A property that is there already is made narrower by what else is said of it.
fn add_properties(properties: &Map<String, Value>, whole: &mut Map<String, Value>) {
    let known = whole
        .entry("properties")
        .or_insert_with(|| Value::Object(Map::new()))
        .as_object_mut();
    let Some(known) = known else { return };
    for (name, property) in properties {
        match (known.get_mut(name), property) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more.clone()),
            (Some(_), _) => {}
            (None, property) => {
                known.insert(name.clone(), property.clone());
            }
        }
    }
}

fn require(names: &[Value], whole: &mut Map<String, Value>) {
    let known = whole.entry("required").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(known) = known {
        known.extend(names.iter().cloned());
    }
}

/// The branch without its condition on the answer that chose it.
fn without_property(branch: &Value, name: &str) -> Value {
    let mut branch = branch.clone();
    if let Some(properties) = branch["properties"].as_object_mut() {
        properties.shift_remove(name);
    }
    branch
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}
