//! Filters that copier takes from Ansible, as far as templates use them, and its own functions.

#![expect(
    clippy::needless_pass_by_value,
    reason = "minijinja hands named arguments over by value"
)]

use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use regex::{Regex, RegexBuilder};

use super::{cast, yaml};
use crate::jinja::{Style, context, dumps, fits, random_hex, text as to_text, to_json};

/// The most spaces that a level of YAML is moved by.
const MOST_INDENT: usize = 100;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("to_nice_yaml", |value: &Value, names: Kwargs| {
        let indent = names.get::<Option<usize>>("indent")?.unwrap_or(4);
        if indent > MOST_INDENT {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                "it is indented by more than 100 spaces",
            ));
        }
        let sort_keys = names.get::<Option<bool>>("sort_keys")?.unwrap_or(true);
        names.assert_all_used()?;
        Ok::<_, Error>(yaml::dump(&to_json(value)?, indent, sort_keys))
    });
    environment.add_filter("to_json", |value: &Value, names: Kwargs| {
        json(value, &names, None, false)
    });
    environment.add_filter("to_nice_json", |value: &Value, names: Kwargs| {
        json(value, &names, Some(4), true)
    });
    environment.add_filter("from_json", |text: &str| {
        parse(serde_json::from_str(text).map_err(|e| e.to_string()))
    });
    environment.add_filter("from_yaml", |text: &str| parse(cast::parse_yaml(text)));
    environment.add_filter("bool", |value: &Value| {
        to_json(value).map(|value| cast::to_bool(&value))
    });
    environment.add_filter(
        "ternary",
        |value: &Value, yes: Value, no: Value, none: Option<Value>| match none {
            Some(none) if value.is_none() => none,
            _ if value.is_true() => yes,
            _ => no,
        },
    );
    environment.add_filter("regex_replace", regex_replace);
    environment.add_filter("regex_search", |text: &str, pattern: &str, names: Kwargs| {
        let regex = compile(pattern, &names)?;
        Ok::<_, Error>(regex.find(text).map_or(Value::from(()), |found| found.as_str().into()))
    });
    environment.add_filter("regex_findall", |text: &str, pattern: &str, names: Kwargs| {
        let regex = compile(pattern, &names)?;
        let group = usize::from(regex.captures_len() == 2);
        let found = regex
            .captures_iter(text)
            .filter_map(|found| Some(found.get(group)?.as_str().to_owned()));
        Ok::<_, Error>(found.collect::<Vec<_>>())
    });
    environment.add_filter("basename", |path: &str| {
        path.rsplit('/').next().unwrap_or(path).to_owned()
    });
    environment.add_filter("dirname", |path: &str| {
        path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
    });
    environment.add_filter("splitext", |path: &str| match path.rfind('.') {
        Some(at) if at > 0 && !path[..at].ends_with('/') && !path[at..].contains('/') => {
            vec![path[..at].to_owned(), path[at..].to_owned()]
        }
        _ => vec![path.to_owned(), String::new()],
    });
    environment.add_filter("quote", quote);
    environment.add_filter("flatten", flatten);
    environment.add_filter("mandatory", |value: &Value| {
        if value.is_undefined() {
            return Err(Error::new(
                ErrorKind::UndefinedError,
                "it is mandatory and nobody set it",
            ));
        }
        Ok(value.clone())
    });
    environment.add_function("pathjoin", |Rest(parts): Rest<String>| {
        parts.into_iter().fold(String::new(), |path, part| match path.as_str() {
            "" => part,
            _ if part.starts_with('/') => part,
            _ => format!("{}/{part}", path.trim_end_matches('/')),
        })
    });
    environment.add_function("make_secret", random_hex);
}

fn json(value: &Value, names: &Kwargs, indent: Option<usize>, sort_keys: bool) -> Result<String, Error> {
    let style = Style {
        indent: names.get::<Option<usize>>("indent")?.or(indent),
        sort_keys: names.get::<Option<bool>>("sort_keys")?.unwrap_or(sort_keys),
        ascii: names.get::<Option<bool>>("ensure_ascii")?.unwrap_or(true),
    };
    names.assert_all_used()?;
    dumps(&to_json(value)?, style)
}

fn parse(read: Result<serde_json::Value, String>) -> Result<Value, Error> {
    read.map(|value| context(&value))
        .map_err(|why| Error::new(ErrorKind::InvalidOperation, why))
}

fn compile(pattern: &str, names: &Kwargs) -> Result<Regex, Error> {
    let regex = RegexBuilder::new(pattern)
        .case_insensitive(names.get::<Option<bool>>("ignorecase")?.unwrap_or(false))
        .multi_line(names.get::<Option<bool>>("multiline")?.unwrap_or(false))
        .size_limit(1 << 20)
        .build();
    names.assert_all_used()?;
    regex.map_err(|_| {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("`{pattern}` is not understood here"),
        )
    })
}

fn regex_replace(text: &Value, pattern: &str, with: &str, names: Kwargs) -> Result<String, Error> {
    let regex = compile(pattern, &names)?;
    // Python writes a group as `\1` or `\g<1>`.
    let mut replacement = String::new();
    let mut chars = with.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '$' => replacement.push_str("$$"),
            '\\' => match chars.next() {
                Some('g') if chars.peek() == Some(&'<') => {
                    let name: String = chars.by_ref().skip(1).take_while(|c| *c != '>').collect();
                    replacement.extend(["${", &name, "}"]);
                }
                Some(digit) if digit.is_ascii_digit() => {
                    replacement.extend(["${", digit.encode_utf8(&mut [0; 4]), "}"]);
                }
                Some('n') => replacement.push('\n'),
                Some('t') => replacement.push('\t'),
                Some(other) => replacement.push(other),
                None => replacement.push('\\'),
            },
            c => replacement.push(c),
        }
    }
    let text = to_text(text)?;
    // A group is no longer than what was found, and all that was found no longer than the text.
    let groups = replacement.matches("${").count().saturating_mul(text.len());
    let plain = regex.find_iter(&text).count().saturating_mul(replacement.len());
    fits(plain.saturating_add(groups).saturating_add(text.len()))?;
    Ok(regex.replace_all(&text, replacement.as_str()).into_owned())
}

/// For a shell.
fn quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\"'\"'"))
    }
}

fn flatten(value: &Value) -> Result<Vec<Value>, Error> {
    let mut flat = Vec::new();
    // Lists that are left, the innermost last.
    let mut open = vec![value.try_iter()?];
    let mut visited = 0_usize;
    while let Some(list) = open.last_mut() {
        let Some(item) = list.next() else {
            open.pop();
            continue;
        };
        visited += 1;
        fits(visited.saturating_mul(size_of::<Value>()))?;
        match item.kind() {
            ValueKind::Seq => open.push(item.try_iter()?),
            ValueKind::None => {}
            _ => flat.push(item),
        }
    }
    Ok(flat)
}
