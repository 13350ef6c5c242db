//! Methods of JavaScript's texts and lists that templates call.

use minijinja::value::{Value, ValueKind};
use minijinja::{Error, ErrorKind, State};

use super::format;

pub(super) fn call(_: &mut State, value: &Value, method: &str, arguments: &[Value]) -> Result<Value, Error> {
    let unknown = || Error::new(ErrorKind::UnknownMethod, format!("there is no method `{method}` here"));
    match value.kind() {
        ValueKind::String => of_text(&format::print(value), method, arguments).ok_or_else(unknown),
        ValueKind::Seq | ValueKind::Iterable => {
            let items: Vec<Value> = value.try_iter()?.collect();
            of_list(&items, method, arguments).ok_or_else(unknown)
        }
        // A missing value prints nothing, and so do its methods.
        ValueKind::Undefined | ValueKind::None => Ok(Value::UNDEFINED),
        _ if method == "toString" => Ok(Value::from(format::print(value))),
        _ => Err(unknown()),
    }
}

fn of_text(text: &str, method: &str, arguments: &[Value]) -> Option<Value> {
    let argument = |at: usize| arguments.get(at).map(format::print).unwrap_or_default();
    Some(match method {
        "toUpperCase" | "upper" => text.to_uppercase().into(),
        "toLowerCase" | "lower" => text.to_lowercase().into(),
        "trim" | "strip" => text.trim().into(),
        "trimStart" => text.trim_start().into(),
        "trimEnd" => text.trim_end().into(),
        "toString" => text.into(),
        // JavaScript replaces the first one only.
        "replace" => text.replacen(&argument(0), &argument(1), 1).into(),
        "replaceAll" => text.replace(&argument(0), &argument(1)).into(),
        "split" => match arguments.first() {
            None => Value::from(vec![text.to_owned()]),
            Some(_) if argument(0).is_empty() => text.chars().map(String::from).collect(),
            Some(_) => text.split(&argument(0)).map(str::to_owned).collect(),
        },
        "includes" => text.contains(&argument(0)).into(),
        "startsWith" | "startswith" => text.starts_with(&argument(0)).into(),
        "endsWith" | "endswith" => text.ends_with(&argument(0)).into(),
        "concat" => (text.to_owned() + &arguments.iter().map(format::print).collect::<String>()).into(),
        "slice" | "substring" => {
            let chars: Vec<char> = text.chars().collect();
            let (from, to) = range(chars.len(), arguments);
            chars[from..to].iter().collect::<String>().into()
        }
        _ => return None,
    })
}

fn of_list(items: &[Value], method: &str, arguments: &[Value]) -> Option<Value> {
    Some(match method {
        "includes" => arguments.first().is_some_and(|wanted| items.contains(wanted)).into(),
        "indexOf" => {
            let wanted = arguments.first()?;
            let at = items.iter().position(|item| item == wanted);
            at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1).into()
        }
        "join" => {
            let separator = arguments.first().map_or_else(|| ",".to_owned(), format::print);
            items
                .iter()
                .map(format::print)
                .collect::<Vec<_>>()
                .join(&separator)
                .into()
        }
        "slice" => {
            let (from, to) = range(items.len(), arguments);
            items[from..to].to_vec().into()
        }
        "concat" => {
            let mut all = items.to_vec();
            for argument in arguments {
                match argument.kind() {
                    ValueKind::Seq => all.extend(argument.try_iter().ok()?),
                    _ => all.push(argument.clone()),
                }
            }
            all.into()
        }
        "toString" => items.iter().map(format::print).collect::<Vec<_>>().join(",").into(),
        _ => return None,
    })
}

/// The range of `slice(from, to)`: negative numbers count from the end.
fn range(length: usize, arguments: &[Value]) -> (usize, usize) {
    let place = |at: usize, missing: usize| match arguments.get(at).and_then(Value::as_i64) {
        None => missing,
        Some(n) if n < 0 => length.saturating_sub(usize::try_from(-n).unwrap_or(length)),
        Some(n) => usize::try_from(n).unwrap_or(length).min(length),
    };
    let from = place(0, 0);
    (from, place(1, length).max(from))
}
