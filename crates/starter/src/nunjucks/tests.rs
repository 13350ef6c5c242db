//! What stands after `is`.

use std::cmp::Ordering;

use super::budget::Budget;
use super::value::Value;
use super::{Made, convert, fault, number};

const NAMES: [(&str, usize); 26] = [
    ("callable", 0),
    ("defined", 0),
    ("divisibleby", 1),
    ("escaped", 0),
    ("eq", 1),
    ("equalto", 1),
    ("even", 0),
    ("falsy", 0),
    ("ge", 1),
    ("greaterthan", 1),
    ("gt", 1),
    ("iterable", 0),
    ("le", 1),
    ("lessthan", 1),
    ("lower", 0),
    ("lt", 1),
    ("mapping", 0),
    ("ne", 1),
    ("null", 0),
    ("number", 0),
    ("odd", 0),
    ("sameas", 1),
    ("string", 0),
    ("truthy", 0),
    ("undefined", 0),
    ("upper", 0),
];

pub(super) fn apply(name: &str, input: &Value, values: &[Value], budget: &Budget) -> Made<bool> {
    let Some((_, wanted)) = NAMES.iter().find(|(known, _)| *known == name) else {
        return fault(format!("there is no test `{name}`"));
    };
    if values.len() != *wanted {
        return fault(format!(
            "the test `{name}` takes {wanted} and is given {}",
            values.len()
        ));
    }
    let undefined = Value::Undefined;
    let other = values.first().unwrap_or(&undefined);
    let order = || convert::order(input, other, budget);
    let remainder = |by: f64| Ok(convert::to_number(input, budget)? % by);
    let text = || match input.as_text() {
        Some(text) => Ok(text.clone()),
        None => fault(format!("the test `{name}` is for texts, and this is {}", input.kind())),
    };
    Ok(match name {
        "callable" => matches!(input, Value::Function(_)),
        "defined" => !matches!(input, Value::Undefined),
        "undefined" => matches!(input, Value::Undefined),
        "divisibleby" => number::same(remainder(convert::to_number(other, budget)?)?, 0.0),
        "even" => number::same(remainder(2.0)?, 0.0),
        "odd" => number::same(remainder(2.0)?, 1.0),
        "escaped" => matches!(input, Value::Safe(_)),
        "eq" | "equalto" | "sameas" => convert::strictly_equal(input, other),
        "ne" => !convert::strictly_equal(input, other),
        "falsy" => !input.is_true(),
        "truthy" => input.is_true(),
        "ge" => order()?.is_some_and(Ordering::is_ge),
        "gt" | "greaterthan" => order()?.is_some_and(Ordering::is_gt),
        "le" => order()?.is_some_and(Ordering::is_le),
        "lt" | "lessthan" => order()?.is_some_and(Ordering::is_lt),
        "iterable" if input.is_nullish() => {
            return fault("the test `iterable` is given nothing");
        }
        "iterable" => matches!(input, Value::Text(_) | Value::Safe(_) | Value::List(_)),
        "lower" => !matches!(input, Value::Safe(_)) && text()?.to_lowercase() == *text()?,
        "upper" => !matches!(input, Value::Safe(_)) && text()?.to_uppercase() == *text()?,
        "mapping" => matches!(input, Value::Record(_) | Value::Safe(_) | Value::Pattern(_)),
        "null" => matches!(input, Value::Null),
        "number" => matches!(input, Value::Number(_)),
        _ => matches!(input, Value::Text(_)),
    })
}
