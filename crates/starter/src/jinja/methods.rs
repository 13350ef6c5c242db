//! Methods of Python's texts that minijinja's own set of them lacks.

use minijinja::value::{Tuple, Value, ValueKind};
use minijinja::{Error, ErrorKind, State};
use minijinja_contrib::pycompat;

use super::limit::fits;

/// The widest text that padding makes, in characters.
const WIDEST: usize = 1_000_000;

pub(super) fn call(state: &mut State, value: &Value, method: &str, arguments: &[Value]) -> Result<Value, Error> {
    if let Some(text) = value.as_str() {
        limit(text, method, arguments)?;
        if let Some(result) = of_text(text, method, arguments) {
            return Ok(result);
        }
    }
    if value.kind() == ValueKind::Seq && method == "index" {
        let position = value.try_iter()?.position(|item| Some(&item) == arguments.first());
        return position
            .map(Value::from)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "the list does not hold that"));
    }
    match pycompat::unknown_method_callback(state, value, method, arguments) {
        Err(error) if error.kind() == ErrorKind::UnknownMethod => {
            let what = format!("`{method}` of {} is not known here", value.kind());
            Err(Error::new(ErrorKind::UnknownMethod, what))
        }
        result => result,
    }
}

/// Refuses what would make a text or list that is too long.
fn limit(text: &str, method: &str, arguments: &[Value]) -> Result<(), Error> {
    let argument = |at: usize| arguments.get(at).and_then(Value::as_str).unwrap_or_default();
    let item = size_of::<Value>();
    let most = match method {
        "replace" => {
            let count = text.matches(argument(0)).count();
            text.len().saturating_add(count.saturating_mul(argument(1).len()))
        }
        "ljust" | "rjust" | "center" => {
            let width = arguments.first().and_then(Value::as_usize).unwrap_or(0);
            if width > WIDEST {
                return fits(usize::MAX);
            }
            width.saturating_mul(argument(1).len().max(1))
        }
        "zfill" => arguments.first().and_then(Value::as_usize).unwrap_or(0),
        "split" | "rsplit" if !argument(0).is_empty() => text.matches(argument(0)).count().saturating_mul(item),
        "split" | "rsplit" => text.split_whitespace().count().saturating_mul(item),
        "splitlines" => text.matches('\n').count().saturating_mul(item),
        "join" => {
            let mut sum = 0_usize;
            if let Some(list) = arguments.first() {
                for value in list.try_iter()? {
                    let length = match value.as_str() {
                        Some(text) => text.len(),
                        None => super::limit::text(&value)?.len(),
                    };
                    sum = sum.saturating_add(text.len()).saturating_add(length);
                    fits(sum)?;
                }
            }
            sum
        }
        "format" => {
            // Widths are numbers in the text or, inside of other brackets, among the arguments.
            let mut widths = text
                .split(|c: char| !c.is_ascii_digit())
                .filter(|digits| !digits.is_empty())
                .map(|digits| digits.parse().unwrap_or(usize::MAX))
                .fold(0, usize::saturating_add);
            let mut longest = 0;
            for argument in arguments {
                widths = widths.saturating_add(argument.as_usize().unwrap_or(0));
                longest = longest.max(super::limit::text(argument)?.len());
            }
            let longest = longest.saturating_mul(text.matches('{').count());
            text.len().saturating_add(longest).saturating_add(widths)
        }
        _ => 0,
    };
    fits(most)
}

fn of_text(text: &str, method: &str, arguments: &[Value]) -> Option<Value> {
    let argument = |at: usize| arguments.get(at).and_then(Value::as_str);
    let number = |at: usize| arguments.get(at).and_then(Value::as_usize);
    Some(match method {
        "removeprefix" => text.strip_prefix(argument(0)?).unwrap_or(text).into(),
        "removesuffix" => text.strip_suffix(argument(0)?).unwrap_or(text).into(),
        "swapcase" => text.chars().map(swapped).collect::<String>().into(),
        "casefold" => text.to_lowercase().replace('ß', "ss").into(),
        "partition" | "rpartition" => {
            let separator = argument(0).filter(|separator| !separator.is_empty())?;
            let forward = method == "partition";
            let found = if forward {
                text.split_once(separator)
            } else {
                text.rsplit_once(separator)
            };
            let parts = match found {
                Some((before, after)) => [before, separator, after],
                None if forward => [text, "", ""],
                None => ["", "", text],
            };
            Value::from(Tuple::from(parts.map(Value::from)))
        }
        "rsplit" => {
            let limit = arguments
                .get(1)
                .and_then(Value::as_i64)
                .and_then(|n| usize::try_from(n).ok());
            rsplit(text, argument(0), limit)
        }
        "zfill" => {
            let (sign, digits) = match text.strip_prefix(['+', '-']) {
                Some(digits) => text.split_at(text.len() - digits.len()),
                None => ("", text),
            };
            let missing = number(0)?.saturating_sub(text.chars().count());
            format!("{sign}{}{digits}", "0".repeat(missing)).into()
        }
        "ljust" | "rjust" | "center" => {
            let fill = argument(1).unwrap_or(" ");
            let width = number(0)?;
            let missing = width.saturating_sub(text.chars().count());
            let before = match method {
                "ljust" => 0,
                "rjust" => missing,
                // Python puts the odd one to the left of an odd width.
                _ => missing / 2 + (missing & width & 1),
            };
            format!("{}{text}{}", fill.repeat(before), fill.repeat(missing - before)).into()
        }
        "isidentifier" => is_identifier(text).into(),
        "isdecimal" => (!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())).into(),
        "isprintable" => (!text.chars().any(char::is_control)).into(),
        "istitle" => is_title(text).into(),
        "index" => text
            .find(argument(0)?)
            .map(|at| Value::from(text[..at].chars().count()))?,
        _ => return None,
    })
}

fn swapped(c: char) -> String {
    if c.is_uppercase() {
        c.to_lowercase().collect()
    } else {
        c.to_uppercase().collect()
    }
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_')
}

/// Whether upper case letters follow what is no letter, and lower case letters only letters.
fn is_title(text: &str) -> bool {
    let mut after_letter = false;
    let mut letters = false;
    for c in text.chars() {
        if (c.is_uppercase() && after_letter) || (c.is_lowercase() && !after_letter) {
            return false;
        }
        after_letter = c.is_uppercase() || c.is_lowercase();
        letters |= after_letter;
    }
    letters
}

fn rsplit(text: &str, separator: Option<&str>, limit: Option<usize>) -> Value {
    let limit = limit.unwrap_or(usize::MAX);
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    if let Some(separator) = separator {
        while parts.len() < limit
            && let Some((before, after)) = rest.rsplit_once(separator)
        {
            parts.push(after);
            rest = before;
        }
        parts.push(rest);
    } else {
        rest = rest.trim();
        while parts.len() < limit
            && let Some(at) = rest.rfind(char::is_whitespace)
        {
            parts.push(rest[at..].trim_start());
            rest = rest[..at].trim_end();
        }
        if !rest.is_empty() {
            parts.push(rest);
        }
    }
    parts.reverse();
    parts.into_iter().map(Value::from).collect()
}
