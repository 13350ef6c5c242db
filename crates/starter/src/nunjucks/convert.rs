//! One kind of value as another, and values compared, as JavaScript does it.

use std::cmp::Ordering;
use std::rc::Rc;

use super::budget::Budget;
use super::number;
use super::value::Value;
use super::{Made, fault};

/// Lists inside of lists while they are printed.
const DEPTH: usize = 60;

/// A value as it is printed: nothing for `null` and `undefined`.
pub(super) fn print(value: &Value, budget: &Budget) -> Made<Rc<str>> {
    match value {
        Value::Undefined | Value::Null => Ok("".into()),
        value => to_text(value, budget),
    }
}

/// `String(value)`
pub(super) fn to_text(value: &Value, budget: &Budget) -> Made<Rc<str>> {
    if let Value::Text(text) | Value::Safe(text) = value {
        return Ok(text.clone());
    }
    let mut out = String::new();
    write(value, budget, 0, &mut out)?;
    Ok(out.into())
}

fn write(value: &Value, budget: &Budget, depth: usize, out: &mut String) -> Made<()> {
    if depth > DEPTH {
        return fault("its lists are nested too deeply to be printed");
    }
    let number;
    let text: &str = match value {
        Value::Undefined => "undefined",
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(value) => {
            number = number::print(*value);
            &number
        }
        Value::Text(text) | Value::Safe(text) => text,
        Value::Record(_) => "[object Object]",
        Value::Pattern(pattern) => {
            number = pattern.shown();
            &number
        }
        Value::Function(_) => {
            return fault("a macro or function is not called, but printed; are its brackets missing?");
        }
        Value::List(list) => {
            for (index, item) in list.items().iter().enumerate() {
                budget.work(1)?;
                if index > 0 {
                    out.push(',');
                }
                if !item.is_nullish() {
                    write(item, budget, depth + 1, out)?;
                }
            }
            return Ok(());
        }
    };
    budget.text(text.len())?;
    out.push_str(text);
    Ok(())
}

/// Lists and records become texts.
fn primitive(value: &Value, budget: &Budget) -> Made<Value> {
    Ok(match value {
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => value.clone(),
        other => Value::Text(to_text(other, budget)?),
    })
}

fn is_primitive(value: &Value) -> bool {
    matches!(
        value,
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_)
    )
}

/// `Number(value)`
pub(super) fn to_number(value: &Value, budget: &Budget) -> Made<f64> {
    Ok(match primitive(value, budget)? {
        Value::Null | Value::Bool(false) => 0.0,
        Value::Bool(true) => 1.0,
        Value::Number(number) => number,
        Value::Text(text) => number::parse(&text),
        _ => f64::NAN,
    })
}

/// A number without its fraction, 0 for none.
pub(super) fn to_integer(value: &Value, budget: &Budget) -> Made<f64> {
    let number = to_number(value, budget)?;
    Ok(if number.is_nan() { 0.0 } else { number.trunc() })
}

/// `===`
pub(super) fn strictly_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => number::same(*left, *right),
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Safe(left), Value::Safe(right)) => Rc::ptr_eq(left, right),
        (Value::List(left), Value::List(right)) => Rc::ptr_eq(left, right),
        (Value::Record(left), Value::Record(right)) => Rc::ptr_eq(left, right),
        (Value::Pattern(left), Value::Pattern(right)) => Rc::ptr_eq(left, right),
        (Value::Function(left), Value::Function(right)) => Rc::ptr_eq(left, right),
        _ => false,
    }
}

/// `==`
pub(super) fn loosely_equal(left: &Value, right: &Value, budget: &Budget) -> Made<bool> {
    if strictly_equal(left, right) {
        return Ok(true);
    }
    if !is_primitive(left) && !is_primitive(right) {
        return Ok(false);
    }
    if left.is_nullish() || right.is_nullish() {
        return Ok(left.is_nullish() && right.is_nullish());
    }
    let (left, right) = (primitive(left, budget)?, primitive(right, budget)?);
    if let (Value::Text(left), Value::Text(right)) = (&left, &right) {
        return Ok(left == right);
    }
    Ok(number::same(to_number(&left, budget)?, to_number(&right, budget)?))
}

/// How two values are ordered; `None` where one is no number.
pub(super) fn order(left: &Value, right: &Value, budget: &Budget) -> Made<Option<Ordering>> {
    let (left, right) = (primitive(left, budget)?, primitive(right, budget)?);
    if let (Value::Text(left), Value::Text(right)) = (&left, &right) {
        return Ok(Some(compare_texts(left, right)));
    }
    Ok(to_number(&left, budget)?.partial_cmp(&to_number(&right, budget)?))
}

/// By UTF-16, as JavaScript compares.
pub(super) fn compare_texts(left: &str, right: &str) -> Ordering {
    if left.is_ascii() || right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

/// `+`
pub(super) fn add(left: &Value, right: &Value, budget: &Budget) -> Made<Value> {
    let (left, right) = (primitive(left, budget)?, primitive(right, budget)?);
    if matches!(left, Value::Text(_)) || matches!(right, Value::Text(_)) {
        return concat(&left, &right, budget);
    }
    Ok(Value::Number(to_number(&left, budget)? + to_number(&right, budget)?))
}

/// `~`
pub(super) fn concat(left: &Value, right: &Value, budget: &Budget) -> Made<Value> {
    let (left, right) = (to_text(left, budget)?, to_text(right, budget)?);
    budget.text(left.len().saturating_add(right.len()))?;
    Ok(Value::text([&*left, &*right].concat()))
}

/// What is found under a key; `undefined` for what is not there.
pub(super) fn member(target: &Value, key: &str) -> Value {
    let at = || key.parse::<usize>().ok().filter(|at| at.to_string() == key);
    match target {
        Value::Record(record) => record.get(key).cloned().unwrap_or(Value::Undefined),
        Value::List(list) if key == "length" => Value::Number(number::from_count(list.len())),
        Value::List(list) => at().and_then(|at| list.get(at)).unwrap_or(Value::Undefined),
        Value::Text(text) | Value::Safe(text) if key == "length" => {
            Value::Number(number::from_count(super::texts::length(text)))
        }
        Value::Safe(text) if key == "val" => Value::Text(text.clone()),
        Value::Text(text) | Value::Safe(text) => at()
            .and_then(|at| super::texts::unit(text, at))
            .map_or(Value::Undefined, Value::text),
        _ => Value::Undefined,
    }
}

/// `needle in container`
pub(super) fn contains(container: &Value, needle: &Value, budget: &Budget) -> Made<bool> {
    match container {
        Value::Text(text) => {
            let needle = to_text(needle, budget)?;
            budget.work(1 + text.len() / 64)?;
            Ok(text.contains(&*needle))
        }
        Value::Safe(_) => Ok(matches!(&*to_text(needle, budget)?, "length" | "val")),
        Value::List(list) => {
            budget.work(list.len())?;
            Ok(list.0.borrow().iter().any(|item| strictly_equal(item, needle)))
        }
        Value::Record(record) => Ok(record.get(&to_text(needle, budget)?).is_some()),
        other => fault(format!(
            "`in` looks into {}, and not into a list, record or text",
            other.kind()
        )),
    }
}
