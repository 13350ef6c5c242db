//! Filters of Backstage's own.

use std::rc::Rc;

use super::budget::Budget;
use super::value::Value;
use super::{Made, convert, fault, is_reserved};

pub(super) const NAMES: [&str; 4] = ["parseEntityRef", "parseRepoUrl", "pick", "projectSlug"];

pub(super) fn apply(name: &str, input: &Value, values: &[Value], budget: &Budget) -> Made<Value> {
    match name {
        "parseEntityRef" => entity_ref(input, values.first(), budget),
        "parseRepoUrl" => repo_url(input),
        "pick" => match values.first() {
            Some(path) => pick(input, &convert::to_text(path, budget)?),
            None => fault("the filter `pick` needs the name of what to pick"),
        },
        _ => {
            let parts = repo_url(input)?;
            let part = |key: &str| convert::to_text(&convert::member(&parts, key), budget);
            Ok(Value::text(format!("{}/{}", part("owner")?, part("repo")?)))
        }
    }
}

/// `host?owner=O&repo=R` as its parts.
fn repo_url(input: &Value) -> Made<Value> {
    let Some(text) = input.as_text() else {
        return fault(format!("a repository address is a text, and this is {}", input.kind()));
    };
    let wrong = || format!("`{text}` is no repository address of the form host?owner=OWNER&repo=NAME");
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let address = address.trim_start_matches("https://");
    let host = address.split('/').next().unwrap_or_default().to_lowercase();
    let mut parts: Vec<(Rc<str>, Value)> = vec![("host".into(), Value::text(host.as_str()))];
    for key in ["owner", "repo", "organization", "workspace", "project"] {
        let pair = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == key);
        if let Some((_, value)) = pair {
            let value = decoded(value);
            parts.push((key.into(), Value::text(value.trim_matches('/'))));
        }
    }
    if host.is_empty() || !parts.iter().any(|(key, _)| &**key == "repo") {
        return fault(wrong());
    }
    Ok(Value::record(parts))
}

/// What `%20` and `+` stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = if code.is_some() { &after[2..] } else { after };
        bytes.push(code.unwrap_or(if *first == b'+' { b' ' } else { *first }));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `[kind:][namespace/]name` as its parts.
fn entity_ref(input: &Value, defaults: Option<&Value>, budget: &Budget) -> Made<Value> {
    let text = match input {
        Value::Record(_) => None,
        Value::Text(text) | Value::Safe(text) => Some(text),
        other => {
            return fault(format!(
                "an entity reference is a text or a record, and this is {}",
                other.kind()
            ));
        }
    };
    let default = |key: &str| defaults.map_or(Value::Undefined, |defaults| convert::member(defaults, key));
    let (mut kind, mut namespace, name) = match text {
        Some(text) => {
            let slash = text.find('/');
            let colon = text.find(':').filter(|colon| slash.is_none_or(|slash| slash > *colon));
            let after_colon = colon.map_or(0, |colon| colon + 1);
            let part = |part: &str| Value::text(part);
            (
                colon.map_or(Value::Undefined, |colon| part(&text[..colon])),
                slash.map_or(Value::Undefined, |slash| part(&text[after_colon..slash])),
                part(&text[slash.map_or(after_colon, |slash| slash + 1)..]),
            )
        }
        None => (
            convert::member(input, "kind"),
            convert::member(input, "namespace"),
            convert::member(input, "name"),
        ),
    };
    if kind.is_nullish() {
        kind = default("defaultKind");
    }
    if namespace.is_nullish() {
        namespace = match default("defaultNamespace") {
            value if value.is_true() => value,
            _ => Value::text("default"),
        };
    }
    let shown = convert::to_text(input, budget)?;
    for (part, value) in [("kind", &kind), ("namespace", &namespace), ("name", &name)] {
        if !value.is_true() {
            return fault(format!(
                "`{shown}` is no entity reference of the form [kind:][namespace/]name: its {part} is missing"
            ));
        }
    }
    Ok(Value::record([
        ("kind".into(), kind),
        ("namespace".into(), namespace),
        ("name".into(), name),
    ]))
}

/// What is found under `a.b[0]`.
fn pick(input: &Value, path: &str) -> Made<Value> {
    let mut found = convert::member(input, path);
    if !matches!(found, Value::Undefined) {
        return Ok(found);
    }
    found = input.clone();
    for key in path.split(['.', '[', ']']).filter(|key| !key.is_empty()) {
        if is_reserved(key) {
            return fault(format!("the name `{key}` is reserved"));
        }
        found = convert::member(&found, key.trim_matches(['"', '\'']));
    }
    Ok(found)
}
