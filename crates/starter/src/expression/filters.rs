//! Filters that Nunjucks and Backstage add to Jinja's.

use std::collections::BTreeMap;

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

use super::format;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("dump", dump);
    environment.add_filter("jsonify", dump);
    environment.add_filter("join", join);
    environment.add_filter("trim", |value: &Value| format::print(value).trim().to_owned());
    environment.add_filter("lower", |value: &Value| format::print(value).to_lowercase());
    environment.add_filter("upper", |value: &Value| format::print(value).to_uppercase());
    environment.add_filter("replace", replace);
    environment.add_filter("parseRepoUrl", parse_repo_url);
    environment.add_filter("parseEntityRef", parse_entity_ref);
    environment.add_filter("pick", |value: &Value, key: &str| value.get_attr(key));
    environment.add_filter("projectSlug", project_slug);
}

/// JSON, indented by a number of spaces if one is given.
fn dump(value: &Value, indent: Option<usize>) -> Result<String, Error> {
    if value.is_undefined() {
        return Ok(String::new());
    }
    let json = format::to_json(value);
    let text = match indent.filter(|indent| *indent > 0) {
        None => serde_json::to_string(&json),
        Some(indent) => {
            let spaces = " ".repeat(indent.min(10));
            let mut bytes = Vec::new();
            let style = serde_json::ser::PrettyFormatter::with_indent(spaces.as_bytes());
            let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, style);
            serde::Serialize::serialize(&json, &mut serializer).map(|()| String::from_utf8_lossy(&bytes).into_owned())
        }
    };
    text.map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))
}

fn join(value: &Value, separator: Option<&str>, attribute: Option<&str>) -> Result<String, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(String::new());
    }
    let mut texts = Vec::new();
    for item in value.try_iter()? {
        let item = match attribute {
            Some(attribute) => item.get_attr(attribute)?,
            None => item,
        };
        texts.push(format::print(&item));
    }
    Ok(texts.join(separator.unwrap_or_default()))
}

fn replace(value: &Value, from: &Value, to: &Value, count: Option<usize>) -> String {
    let (text, from, to) = (format::print(value), format::print(from), format::print(to));
    match count {
        Some(count) => text.replacen(&from, &to, count),
        None => text.replace(&from, &to),
    }
}

/// `host?owner=O&repo=R` as its parts.
pub(super) fn parse_repo_url(value: &Value) -> Result<Value, Error> {
    let text = format::print(value);
    let (host, query) = text.split_once('?').unwrap_or((&text, ""));
    let host = host.trim_start_matches("https://");
    let mut parts = BTreeMap::from([("host", host.to_owned())]);
    for pair in query.split('&') {
        let Some((key, value)) = pair.split_once('=') else {
            continue;
        };
        let known = ["owner", "repo", "organization", "workspace", "project"];
        if let Some(key) = known.into_iter().find(|known| *known == key) {
            parts.insert(key, value.to_owned());
        }
    }
    if host.is_empty() || !parts.contains_key("repo") {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("`{text}` is no repository address of the form host?owner=OWNER&repo=NAME"),
        ));
    }
    Ok(Value::from_pairs(parts))
}

fn project_slug(value: &Value) -> Result<String, Error> {
    let parts = parse_repo_url(value)?;
    let part = |key: &str| parts.get_attr(key).map(|value| format::print(&value));
    Ok(format!("{}/{}", part("owner")?, part("repo")?))
}

/// `[kind:][namespace/]name` as its parts.
fn parse_entity_ref(value: &Value, defaults: Option<&Value>) -> Result<Value, Error> {
    if value.kind() == ValueKind::Map {
        return Ok(value.clone());
    }
    let text = format::print(value);
    let default = |key: &str| {
        defaults
            .and_then(|defaults| defaults.get_attr(key).ok())
            .filter(|v| !v.is_undefined())
            .map(|v| format::print(&v))
    };
    let (kind, rest) = match text.split_once(':') {
        Some((kind, rest)) => (Some(kind.to_owned()), rest),
        None => (default("defaultKind"), text.as_str()),
    };
    let (namespace, name) = match rest.split_once('/') {
        Some((namespace, name)) => (namespace.to_owned(), name),
        None => (
            default("defaultNamespace").unwrap_or_else(|| "default".to_owned()),
            rest,
        ),
    };
    if name.is_empty() {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("`{text}` is no entity reference"),
        ));
    }
    let mut parts = BTreeMap::from([("namespace", namespace), ("name", name.to_owned())]);
    if let Some(kind) = kind {
        parts.insert("kind", kind.to_lowercase());
    }
    Ok(Value::from_pairs(parts))
}
