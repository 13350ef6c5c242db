//! Methods of texts.

use std::rc::Rc;

use super::budget::Budget;
use super::pattern::expand;
use super::value::Value;
use super::{Made, convert, is_space, number, texts};

pub(super) const NAMES: [&str; 17] = [
    "charAt",
    "charCodeAt",
    "concat",
    "endsWith",
    "includes",
    "indexOf",
    "lastIndexOf",
    "replace",
    "slice",
    "split",
    "startsWith",
    "substring",
    "toLowerCase",
    "toUpperCase",
    "trim",
    "trimEnd",
    "trimStart",
];

pub(super) fn call(text: &Rc<str>, name: &str, values: &[Value], budget: &Budget) -> Made<Value> {
    budget.text(text.len())?;
    let first = || match values.first() {
        Some(value) => convert::to_text(value, budget),
        None => Ok("undefined".into()),
    };
    Ok(match name {
        "toUpperCase" => Value::text(text.to_uppercase()),
        "toLowerCase" => Value::text(text.to_lowercase()),
        "trim" => Value::text(text.trim_matches(is_space)),
        "trimStart" => Value::text(text.trim_start_matches(is_space)),
        "trimEnd" => Value::text(text.trim_end_matches(is_space)),
        "replace" => replace(text, values, budget)?,
        "split" => split(text, values, budget)?,
        "concat" => {
            let mut all = text.to_string();
            for value in values {
                let more = convert::to_text(value, budget)?;
                budget.text(more.len())?;
                all.push_str(&more);
            }
            Value::text(all)
        }
        "includes" => Value::Bool(from(text, values.get(1), budget)?.contains(&*first()?)),
        "startsWith" => Value::Bool(from(text, values.get(1), budget)?.starts_with(&*first()?)),
        "endsWith" => {
            let end = match values.get(1) {
                None | Some(Value::Undefined) => text.len(),
                Some(end) => texts::byte(text, number::to_count(convert::to_integer(end, budget)?)),
            };
            Value::Bool(text[..end].ends_with(&*first()?))
        }
        "indexOf" => {
            let rest = from(text, values.get(1), budget)?;
            let found = rest.find(&*first()?);
            place(text, found.map(|at| text.len() - rest.len() + at))
        }
        "lastIndexOf" => {
            let needle = first()?;
            let last = match values.get(1) {
                None | Some(Value::Undefined) => f64::INFINITY,
                Some(value) => convert::to_number(value, budget)?,
            };
            let end = if last.is_nan() || last.is_infinite() {
                text.len()
            } else {
                (texts::byte(text, number::to_count(last)).saturating_add(needle.len())).min(text.len())
            };
            let end = (end..=text.len())
                .find(|end| text.is_char_boundary(*end))
                .unwrap_or(end);
            place(text, text[..end].rfind(&*needle))
        }
        "slice" | "substring" => {
            let length = number::from_count(texts::length(text));
            let mut ends = [0.0, length];
            for (end, value) in ends.iter_mut().zip(values) {
                if !matches!(value, Value::Undefined) {
                    let at = convert::to_integer(value, budget)?;
                    *end = if at < 0.0 && name == "slice" { at + length } else { at };
                }
            }
            let [from, to] = ends.map(|at| at.clamp(0.0, length));
            let (from, to) = if name == "substring" {
                (from.min(to), from.max(to))
            } else {
                (from, to)
            };
            Value::text(texts::cut(text, number::to_count(from), number::to_count(to)))
        }
        _ => {
            let at = match values.first() {
                Some(value) => convert::to_integer(value, budget)?,
                None => 0.0,
            };
            let at = (at >= 0.0).then(|| number::to_count(at));
            if name == "charAt" {
                Value::text(at.and_then(|at| texts::unit(text, at)).unwrap_or_default())
            } else {
                let code = at.and_then(|at| text.encode_utf16().nth(at));
                Value::Number(code.map_or(f64::NAN, f64::from))
            }
        }
    })
}

/// The text from a place on.
fn from<'a>(text: &'a str, at: Option<&Value>, budget: &Budget) -> Made<&'a str> {
    Ok(match at {
        None => text,
        Some(at) => &text[texts::byte(text, number::to_count(convert::to_integer(at, budget)?))..],
    })
}

fn place(text: &str, byte: Option<usize>) -> Value {
    Value::Number(byte.map_or(-1.0, |byte| number::from_count(texts::place(text, byte))))
}

/// The first one only, unless a regular expression says otherwise.
fn replace(text: &str, values: &[Value], budget: &Budget) -> Made<Value> {
    let undefined = Value::Undefined;
    let wanted = values.first().unwrap_or(&undefined);
    let replacement = convert::to_text(values.get(1).unwrap_or(&undefined), budget)?;
    if let Value::Pattern(pattern) = wanted {
        return Ok(Value::text(replace_pattern(text, pattern, &replacement, budget)?));
    }
    let wanted = convert::to_text(wanted, budget)?;
    let Some(at) = text.find(&*wanted) else {
        return Ok(Value::text(text));
    };
    let around = (&text[..at], &*wanted, &text[at + wanted.len()..]);
    let dollars = replacement.matches('$').count();
    budget.text(dollars.saturating_mul(text.len()).saturating_add(replacement.len()))?;
    let middle = expand(&replacement, around, &|_| None);
    Ok(Value::text([around.0, &middle, around.2].concat()))
}

/// What a regular expression finds, replaced.
pub(super) fn replace_pattern(
    text: &str,
    pattern: &super::pattern::Pattern,
    replacement: &str,
    budget: &Budget,
) -> Made<String> {
    budget.work(1 + text.len() / 16)?;
    let count = pattern.count(text);
    // `$&` and `$1` can each be as long as what was found, which is no longer than the text.
    let dollars = replacement.matches('$').count();
    let each = replacement.len().saturating_mul(count);
    let around = if replacement.contains("$`") || replacement.contains("$'") {
        count.saturating_mul(text.len())
    } else {
        text.len()
    };
    budget.text(
        each.saturating_add(dollars.saturating_mul(around))
            .saturating_add(text.len()),
    )?;
    Ok(pattern.replace(text, replacement))
}

fn split(text: &str, values: &[Value], budget: &Budget) -> Made<Value> {
    let limit = match values.get(1) {
        None | Some(Value::Undefined) => usize::MAX,
        Some(value) => number::to_count(convert::to_integer(value, budget)?),
    };
    let parts: Vec<Value> = match values.first() {
        None | Some(Value::Undefined) => vec![Value::text(text)],
        Some(Value::Pattern(pattern)) => {
            budget.list(text.len() / 8)?;
            pattern.split(text).into_iter().map(Value::text).collect()
        }
        Some(separator) => {
            let separator = convert::to_text(separator, budget)?;
            if separator.is_empty() {
                budget.list(text.len().saturating_mul(2))?;
                texts::units(text).into_iter().map(Value::text).collect()
            } else {
                budget.list(text.matches(&*separator).count().saturating_mul(2))?;
                text.split(&*separator).map(Value::text).collect()
            }
        }
    };
    Ok(Value::list(parts.into_iter().take(limit).collect()))
}
