//! Methods of lists; some change the list, for this render only.

use std::rc::Rc;

use super::budget::Budget;
use super::value::{List, Value};
use super::{Made, convert, fault, lists, number};

pub(super) const NAMES: [&str; 17] = [
    "at",
    "concat",
    "copyWithin",
    "fill",
    "flat",
    "includes",
    "indexOf",
    "join",
    "lastIndexOf",
    "pop",
    "push",
    "reverse",
    "shift",
    "slice",
    "sort",
    "splice",
    "unshift",
];
/// Those that lists have for Jinja's sake.
pub(super) const JINJA: [&str; 6] = ["append", "count", "find", "index", "insert", "remove"];

pub(super) fn call(list: &Rc<List>, name: &str, values: &[Value], budget: &Budget) -> Made<Value> {
    let mut items = list.items();
    budget.list(items.len().saturating_add(values.len()))?;
    let undefined = Value::Undefined;
    let first = values.first().unwrap_or(&undefined);
    let length = items.len();
    // A place from the start, or from the end.
    let place = |at: usize, missing: usize| match values.get(at) {
        None | Some(Value::Undefined) => Ok(missing),
        Some(value) => index(value, length, budget),
    };
    Ok(match name {
        "at" => {
            let at = convert::to_integer(first, budget)?;
            let at = if at < 0.0 { at + number::from_count(length) } else { at };
            let found = (at >= 0.0).then(|| items.get(number::to_count(at)).cloned());
            found.flatten().unwrap_or(Value::Undefined)
        }
        "concat" => {
            for value in values {
                match value {
                    Value::List(more) => {
                        budget.list(more.len())?;
                        items.extend(more.items());
                    }
                    other => items.push(other.clone()),
                }
            }
            Value::list(items)
        }
        "flat" => {
            let depth = match values.first() {
                None => 1.0,
                Some(depth) => convert::to_integer(depth, budget)?,
            };
            let mut out = Vec::new();
            flatten(&items, number::to_count(depth).min(60), budget, &mut out)?;
            Value::list(out)
        }
        "includes" => Value::Bool(
            items[place(1, 0)?..]
                .iter()
                .any(|item| convert::strictly_equal(item, first) || both_nan(item, first)),
        ),
        "indexOf" => {
            let from = place(1, 0)?;
            found(
                items[from..]
                    .iter()
                    .position(|item| convert::strictly_equal(item, first))
                    .map(|at| at + from),
            )
        }
        "index" | "find" => found(items.iter().position(|item| convert::strictly_equal(item, first))),
        "lastIndexOf" => {
            let end = match values.get(1) {
                None => length,
                Some(value) => index(value, length, budget)?.saturating_add(1).min(length),
            };
            found(
                items[..end]
                    .iter()
                    .rposition(|item| convert::strictly_equal(item, first)),
            )
        }
        "join" => {
            let separator = match first {
                Value::Undefined => ",".into(),
                separator => convert::to_text(separator, budget)?,
            };
            Value::text(lists::join(&items, &separator, budget)?)
        }
        "slice" => {
            let (from, to) = (place(0, 0)?, place(1, length)?);
            Value::list(items[from..to.max(from)].to_vec())
        }
        "count" => {
            let count = items.iter().filter(|item| convert::strictly_equal(item, first)).count();
            Value::Number(number::from_count(count))
        }
        _ => return change(list, items, name, values, budget),
    })
}

/// The methods that change the list.
fn change(list: &Rc<List>, mut items: Vec<Value>, name: &str, values: &[Value], budget: &Budget) -> Made<Value> {
    for value in values {
        if holds(value, list, 0, budget)? {
            return fault("a list cannot be put into itself");
        }
    }
    let undefined = Value::Undefined;
    let first = values.first().unwrap_or(&undefined);
    let length = items.len();
    let place = |at: usize, missing: usize| match values.get(at) {
        None | Some(Value::Undefined) => Ok(missing),
        Some(value) => index(value, length, budget),
    };
    let count = |items: &[Value]| Value::Number(number::from_count(items.len()));
    let result = match name {
        "push" | "append" => {
            items.extend_from_slice(values);
            count(&items)
        }
        "unshift" => {
            items.splice(0..0, values.iter().cloned());
            count(&items)
        }
        "pop" => match values.first() {
            None => items.pop().unwrap_or(Value::Undefined),
            Some(at) => {
                let at = index(at, length, budget)?;
                if at < length {
                    items.remove(at)
                } else {
                    Value::Undefined
                }
            }
        },
        "shift" if items.is_empty() => Value::Undefined,
        "shift" => items.remove(0),
        "splice" => {
            let from = place(0, 0)?;
            let most = length - from;
            let removed = match (values.first(), values.get(1)) {
                (None, _) => 0,
                (_, None) => most,
                (_, Some(value)) => number::to_count(convert::to_integer(value, budget)?).min(most),
            };
            let more = values.iter().skip(2).cloned();
            Value::list(items.splice(from..from + removed, more).collect())
        }
        "insert" => {
            let from = place(0, 0)?;
            items.insert(from, values.get(1).cloned().unwrap_or(Value::Undefined));
            Value::list(Vec::new())
        }
        "remove" => {
            let at = items.iter().position(|item| convert::strictly_equal(item, first));
            Value::list(at.map(|at| items.remove(at)).into_iter().collect())
        }
        "sort" => {
            items = lists::sorted(items, &mut |left, right| {
                let (left, right) = (convert::to_text(left, budget)?, convert::to_text(right, budget)?);
                Ok(convert::compare_texts(&left, &right).is_gt())
            })?;
            Value::List(list.clone())
        }
        "reverse" => {
            items.reverse();
            Value::List(list.clone())
        }
        "fill" => {
            let (from, to) = (place(1, 0)?, place(2, length)?);
            items[from..to.max(from)].fill(first.clone());
            Value::List(list.clone())
        }
        _ => {
            let (to, from, end) = (place(0, 0)?, place(1, 0)?, place(2, length)?);
            let copied: Vec<Value> = items[from..end.max(from)].to_vec();
            for (slot, value) in items[to..].iter_mut().zip(copied) {
                *slot = value;
            }
            Value::List(list.clone())
        }
    };
    *list.0.borrow_mut() = items;
    Ok(result)
}

/// A place within a list; negative ones count from its end.
fn index(value: &Value, length: usize, budget: &Budget) -> Made<usize> {
    let at = convert::to_integer(value, budget)?;
    let at = if at < 0.0 { at + number::from_count(length) } else { at };
    Ok(number::to_count(at).min(length))
}

fn found(at: Option<usize>) -> Value {
    Value::Number(at.map_or(-1.0, number::from_count))
}

fn both_nan(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::Number(left), Value::Number(right)) if left.is_nan() && right.is_nan())
}

fn flatten(items: &[Value], depth: usize, budget: &Budget, out: &mut Vec<Value>) -> Made<()> {
    for item in items {
        budget.list(1)?;
        match item {
            Value::List(inner) if depth > 0 => flatten(&inner.items(), depth - 1, budget, out)?,
            other => out.push(other.clone()),
        }
    }
    Ok(())
}

/// Whether a value is the list, or has it inside.
fn holds(value: &Value, list: &Rc<List>, depth: usize, budget: &Budget) -> Made<bool> {
    if depth > 60 {
        return fault("its lists are nested too deeply");
    }
    budget.work(1)?;
    match value {
        Value::List(inner) if Rc::ptr_eq(inner, list) => Ok(true),
        Value::List(inner) => {
            for item in inner.items() {
                if holds(&item, list, depth + 1, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Record(record) => {
            for (_, item) in record.entries() {
                if holds(item, list, depth + 1, budget)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Ok(false),
    }
}
