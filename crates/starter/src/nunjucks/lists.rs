//! Filters for lists, and how lists are joined and sorted.

use std::cmp::Ordering;
use std::rc::Rc;

use super::budget::Budget;
use super::filters::Filter;
use super::value::Value;
use super::{Made, convert, fault, is_reserved, number, tests, texts};

/// Applies a filter for lists; `None` where it is none.
pub(super) fn filter(call: &Filter<'_>) -> Made<Option<Value>> {
    Ok(Some(match call.name {
        "batch" => batch(call)?,
        "dictsort" => dictsort(call)?,
        "first" | "last" => edge(call)?,
        "groupby" => group(call)?,
        "join" => {
            let separator = if call.is_true(0) {
                convert::to_text(call.value(0), call.budget)?
            } else {
                "".into()
            };
            Value::text(join(&projected(call, 1)?, &separator, call.budget)?)
        }
        "length" => length(call.input),
        "list" => list(call)?,
        "random" => {
            let items = sequence(call)?.unwrap_or_default();
            match crate::jinja::random_below(items.len()) {
                Some(at) => items[at].clone(),
                None => Value::Undefined,
            }
        }
        "reject" | "select" => select(call)?,
        "rejectattr" | "selectattr" => {
            let key = key(call, 0)?;
            let wanted = call.name == "selectattr";
            let mut kept = Vec::new();
            for item in only_list(call)? {
                if attribute(&item, &key)?.is_true() == wanted {
                    kept.push(item);
                }
            }
            Value::list(kept)
        }
        "reverse" => match call.input {
            Value::Text(text) => Value::text(reversed(text)),
            Value::Safe(text) => Value::Safe(reversed(text).into()),
            _ => {
                let mut items = sequence(call)?.unwrap_or_default();
                items.reverse();
                Value::list(items)
            }
        },
        "slice" => slice(call)?,
        "sort" => sort(call)?,
        "sum" => {
            let mut sum = Value::Number(0.0);
            for item in projected(call, 0)? {
                sum = convert::add(&sum, &item, call.budget)?;
            }
            let start = match call.value(1) {
                Value::Undefined => &Value::Number(0.0),
                start => start,
            };
            convert::add(start, &sum, call.budget)?
        }
        _ => return Ok(None),
    }))
}

pub(super) fn join(items: &[Value], separator: &str, budget: &Budget) -> Made<String> {
    budget.text(items.len().saturating_sub(1).saturating_mul(separator.len()))?;
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        budget.work(1)?;
        if index > 0 {
            out.push_str(separator);
        }
        let text = convert::print(item, budget)?;
        budget.text(text.len())?;
        out.push_str(&text);
    }
    Ok(out)
}

/// Sorted by a comparison that says whether the first comes after the second. It may contradict itself, which the
/// sorting of the standard library does not allow.
pub(super) fn sorted(mut items: Vec<Value>, after: &mut dyn FnMut(&Value, &Value) -> Made<bool>) -> Made<Vec<Value>> {
    if items.len() < 2 {
        return Ok(items);
    }
    let right = sorted(items.split_off(items.len() / 2), after)?;
    let left = sorted(items, after)?;
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        out.extend(if after(first, second)? {
            right.next()
        } else {
            left.next()
        });
    }
    out.extend(left);
    out.extend(right);
    Ok(out)
}

/// The items of a list, or the characters of a text.
fn sequence(call: &Filter<'_>) -> Made<Option<Vec<Value>>> {
    Ok(match call.input {
        Value::Undefined | Value::Null if call.name != "reverse" && call.name != "sort" => {
            return fault(format!("the filter `{}` is given nothing", call.name));
        }
        Value::List(list) => {
            call.budget.list(list.len())?;
            Some(list.items())
        }
        Value::Text(text) | Value::Safe(text) => {
            call.budget.list(text.len().saturating_mul(2))?;
            Some(texts::units(text).into_iter().map(Value::text).collect())
        }
        _ => None,
    })
}

fn only_list(call: &Filter<'_>) -> Made<Vec<Value>> {
    match call.input {
        Value::List(list) => {
            call.budget.list(list.len())?;
            Ok(list.items())
        }
        other => fault(format!(
            "the filter `{}` is for lists, and this is {}",
            call.name,
            other.kind()
        )),
    }
}

/// The items of a list, or what each has under the key that is given.
fn projected(call: &Filter<'_>, at: usize) -> Made<Vec<Value>> {
    if !call.is_true(at) {
        return only_list(call);
    }
    let key = key(call, at)?;
    let items = match call.input {
        Value::List(list) => list.items(),
        Value::Text(_) => sequence(call)?.unwrap_or_default(),
        Value::Safe(text) if !text.is_empty() => return fault(format!("`{key}` of a character is asked for")),
        _ => Vec::new(),
    };
    items.iter().map(|item| attribute(item, &key)).collect()
}

fn key(call: &Filter<'_>, at: usize) -> Made<Rc<str>> {
    let key = convert::to_text(call.value(at), call.budget)?;
    if is_reserved(&key) {
        return fault(format!("the name `{key}` is reserved"));
    }
    Ok(key)
}

fn attribute(item: &Value, key: &str) -> Made<Value> {
    if item.is_nullish() {
        return fault(format!("`{key}` of nothing is asked for"));
    }
    Ok(convert::member(item, key))
}

/// What is found under `a.b.c`.
fn path(item: &Value, path: &[Rc<str>]) -> Made<Value> {
    let mut found = item.clone();
    for key in path {
        found = attribute(&found, key)?;
        if matches!(found, Value::Undefined) {
            break;
        }
    }
    Ok(found)
}

fn path_of(call: &Filter<'_>, at: usize) -> Made<Vec<Rc<str>>> {
    if !call.is_true(at) {
        return Ok(Vec::new());
    }
    let whole = key(call, at)?;
    let parts: Vec<Rc<str>> = whole.split('.').map(Rc::from).collect();
    match parts.iter().find(|part| is_reserved(part)) {
        Some(part) => fault(format!("the name `{part}` is reserved")),
        None => Ok(parts),
    }
}

fn positive(call: &Filter<'_>) -> Made<usize> {
    let count = convert::to_number(call.value(0), call.budget)?.trunc();
    if count >= 1.0 && count.is_finite() {
        return Ok(number::to_count(count));
    }
    fault(format!("the filter `{}` needs a number above 0", call.name))
}

fn batch(call: &Filter<'_>) -> Made<Value> {
    let width = positive(call)?;
    let items = sequence(call)?.unwrap_or_default();
    let mut rows: Vec<Vec<Value>> = items.chunks(width).map(<[Value]>::to_vec).collect();
    if call.is_true(1)
        && let Some(last) = rows.last_mut()
    {
        call.budget.list(width)?;
        last.resize(width, call.value(1).clone());
    }
    Ok(Value::list(rows.into_iter().map(Value::list).collect()))
}

fn dictsort(call: &Filter<'_>) -> Made<Value> {
    let Value::Record(record) = call.input else {
        return fault(format!(
            "the filter `dictsort` is for records, and this is {}",
            call.input.kind()
        ));
    };
    let by_value = match call.value(1) {
        Value::Undefined => false,
        Value::Text(by) if &**by == "key" => false,
        Value::Text(by) if &**by == "value" => true,
        _ => return fault("the filter `dictsort` sorts by \"key\" or \"value\""),
    };
    call.budget.list(record.len().saturating_mul(4))?;
    let pairs = record
        .entries()
        .map(|(key, value)| Value::list(vec![Value::Text(key.clone()), value.clone()]))
        .collect();
    let place = usize::from(by_value).to_string();
    let folded = |pair: &Value| match convert::member(pair, &place) {
        Value::Text(text) if !call.is_true(0) => Value::text(text.to_uppercase()),
        other => other,
    };
    let pairs = sorted(pairs, &mut |left, right| {
        call.budget.work(1)?;
        let order = convert::order(&folded(left), &folded(right), call.budget)?;
        Ok(order.is_some_and(Ordering::is_gt))
    })?;
    Ok(Value::list(pairs))
}

fn edge(call: &Filter<'_>) -> Made<Value> {
    if call.input.is_nullish() {
        return fault(format!("the filter `{}` is given nothing", call.name));
    }
    let Value::Number(length) = convert::member(call.input, "length") else {
        return Ok(Value::Undefined);
    };
    let at = if call.name == "last" { length - 1.0 } else { 0.0 };
    Ok(convert::member(call.input, &number::print(at)))
}

fn group(call: &Filter<'_>) -> Made<Value> {
    let items = sequence(call)?.unwrap_or_default();
    let path_of = path_of(call, 0)?;
    let mut groups: Vec<(Rc<str>, Vec<Value>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for item in items {
        let name = convert::to_text(&path(&item, &path_of)?, call.budget)?;
        if is_reserved(&name) {
            return fault(format!("the name `{name}` is reserved"));
        }
        let at = *places.entry(name.clone()).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(item);
    }
    Ok(Value::record(
        groups.into_iter().map(|(name, items)| (name, Value::list(items))),
    ))
}

fn length(input: &Value) -> Value {
    Value::Number(number::from_count(match input {
        Value::List(list) => list.len(),
        Value::Record(record) => record.len(),
        Value::Text(text) | Value::Safe(text) => texts::length(text),
        Value::Undefined | Value::Null | Value::Bool(false) => 0,
        _ => return Value::Undefined,
    }))
}

fn list(call: &Filter<'_>) -> Made<Value> {
    Ok(match call.input {
        Value::List(_) => call.input.clone(),
        Value::Record(record) => {
            call.budget.list(record.len().saturating_mul(5))?;
            let pair = |(key, value): (&Rc<str>, &Value)| {
                Value::record([
                    ("key".into(), Value::Text(key.clone())),
                    ("value".into(), value.clone()),
                ])
            };
            Value::list(record.entries().map(pair).collect())
        }
        other => match sequence(call)? {
            Some(items) => Value::list(items),
            None => return fault(format!("the filter `list` is given {}", other.kind())),
        },
    })
}

fn select(call: &Filter<'_>) -> Made<Value> {
    let name = match call.value(0) {
        Value::Undefined => "truthy".into(),
        name => convert::to_text(name, call.budget)?,
    };
    let arguments = call.values.get(1..).unwrap_or_default();
    let mut kept = Vec::new();
    for item in sequence(call)?.unwrap_or_default() {
        if tests::apply(&name, &item, arguments, call.budget)? == (call.name == "select") {
            kept.push(item);
        }
    }
    Ok(Value::list(kept))
}

fn reversed(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().rev().collect();
    }
    let mut units: Vec<u16> = text.encode_utf16().collect();
    units.reverse();
    String::from_utf16_lossy(&units)
}

fn slice(call: &Filter<'_>) -> Made<Value> {
    let Some(items) = sequence(call)? else {
        return fault(format!("the filter `slice` is given {}", call.input.kind()));
    };
    let count = positive(call)?;
    call.budget.list(count.saturating_mul(2))?;
    let (base, extra) = (items.len() / count, items.len() % count);
    let mut rest = items.as_slice();
    let mut parts = Vec::new();
    for index in 0..count {
        let (part, after) = rest.split_at(base + usize::from(index < extra));
        rest = after;
        let mut part = part.to_vec();
        let fills = call.is_true(1) && index >= extra;
        if call.input.as_text().is_some() {
            if fills {
                return fault("the filter `slice` cannot fill up the parts of a text");
            }
            parts.push(Value::text(join(&part, "", call.budget)?));
            continue;
        }
        if fills {
            part.push(call.value(1).clone());
        }
        parts.push(Value::list(part));
    }
    Ok(Value::list(parts))
}

fn sort(call: &Filter<'_>) -> Made<Value> {
    let items = sequence(call)?.unwrap_or_default();
    let (reverse, with_case) = (call.is_true(0), call.is_true(1));
    let keys = path_of(call, 2)?;
    let folded = |item: &Value| {
        let found = path(item, &keys)?;
        Ok(match found.as_text() {
            Some(text) if !with_case => Value::text(text.to_lowercase()),
            _ => found,
        })
    };
    // What is undefined comes last, whatever the comparison says.
    let (missing, items): (Vec<Value>, Vec<Value>) =
        items.into_iter().partition(|item| matches!(item, Value::Undefined));
    let mut items = sorted(items, &mut |left, right| {
        call.budget.work(1)?;
        let order = convert::order(&folded(left)?, &folded(right)?, call.budget)?;
        Ok(order.is_some_and(|order| if reverse { order.is_lt() } else { order.is_gt() }))
    })?;
    items.extend(missing);
    Ok(Value::list(items))
}
