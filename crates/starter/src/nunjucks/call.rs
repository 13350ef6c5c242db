//! Functions and methods.

use std::cell::Cell;
use std::rc::Rc;

use super::evaluate::{Given, Run};
use super::value::{Cycler, Function, Value};
use super::{Made, convert, fault, list_methods, number, text_methods};

pub(super) fn call(run: &Run<'_>, function: &Rc<Function>, given: Given) -> Made<Value> {
    match &**function {
        Function::Macro(definition) => return Ok(Value::Safe(run.invoke(definition, run.shared(), given)?.into())),
        Function::Caller(body, scope) => return Ok(Value::Safe(run.invoke(body, scope, given)?.into())),
        _ => {}
    }
    if !given.named.is_empty() {
        return fault("this function takes nothing by name");
    }
    let values = given.positional;
    if values.iter().any(|value| matches!(value, Value::Function(_))) {
        return fault("a macro or function cannot be handed to this function");
    }
    match &**function {
        Function::Range => range(run, &values),
        Function::MakeCycler => Ok(made(Function::Cycler(Rc::new(Cycler {
            values,
            at: Cell::new(None),
        })))),
        Function::MakeJoiner => {
            let separator = values.into_iter().next().filter(Value::is_true);
            Ok(made(Function::Joiner {
                separator: separator.unwrap_or_else(|| Value::text(",")),
                used: Cell::new(false),
            }))
        }
        Function::Joiner { separator, used } => Ok(if used.replace(true) {
            separator.clone()
        } else {
            Value::text("")
        }),
        Function::CyclerNext(cycler) => {
            if cycler.values.is_empty() {
                return Ok(Value::Undefined);
            }
            let at = cycler.at.get().map_or(0, |at| (at + 1) % cycler.values.len());
            cycler.at.set(Some(at));
            Ok(cycler.values[at].clone())
        }
        Function::CyclerReset(cycler) => {
            cycler.at.set(None);
            Ok(Value::Undefined)
        }
        Function::Always => Ok(Value::Bool(true)),
        // A step that fails ends all, so no later one asks.
        Function::Failure => Ok(Value::Bool(false)),
        Function::Method(target, name) => method(run, target, name, &values),
        Function::Cycler(_) => fault("a cycler is asked with `.next()`"),
        Function::Macro(_) | Function::Caller(..) => Ok(Value::Undefined),
    }
}

/// A member of a function: cyclers have some.
pub(super) fn member(function: &Function, key: &str) -> Value {
    let Function::Cycler(cycler) = function else {
        return Value::Undefined;
    };
    match key {
        "current" => match cycler.at.get() {
            None => Value::Null,
            Some(at) => cycler.values.get(at).cloned().unwrap_or(Value::Undefined),
        },
        "next" => made(Function::CyclerNext(cycler.clone())),
        "reset" => made(Function::CyclerReset(cycler.clone())),
        _ => Value::Undefined,
    }
}

pub(super) fn is_method(target: &Value, name: &str, jinja: bool) -> bool {
    match target {
        Value::Text(_) | Value::Safe(_) => text_methods::NAMES.contains(&name),
        Value::Number(_) => ["toExponential", "toFixed", "toPrecision", "toString"].contains(&name),
        Value::List(_) => list_methods::NAMES.contains(&name) || (jinja && list_methods::JINJA.contains(&name)),
        Value::Record(_) => jinja && ["get", "has_key", "items", "keys", "values"].contains(&name),
        Value::Pattern(_) => name == "test",
        _ => false,
    }
}

fn made(function: Function) -> Value {
    Value::Function(Rc::new(function))
}

fn method(run: &Run<'_>, target: &Value, name: &str, values: &[Value]) -> Made<Value> {
    match target {
        Value::Text(text) | Value::Safe(text) => text_methods::call(text, name, values, &run.budget),
        Value::List(list) => list_methods::call(list, name, values, &run.budget),
        Value::Number(number) => {
            let argument = match values.first() {
                None | Some(Value::Undefined) => None,
                Some(value) => Some(convert::to_number(value, &run.budget)?.trunc()),
            };
            let text = match name {
                "toFixed" => number::to_fixed(*number, argument.unwrap_or(0.0)),
                "toExponential" => number::to_exponential(*number, argument),
                "toPrecision" => number::to_precision(*number, argument),
                _ => number::to_radix(*number, argument.unwrap_or(10.0)),
            };
            match text {
                Some(text) => Ok(Value::text(text)),
                None => fault(format!("`{name}` cannot be done with this number")),
            }
        }
        Value::Record(record) => {
            let key = match values.first() {
                Some(key) => convert::to_text(key, &run.budget)?,
                None => "".into(),
            };
            run.budget.list(record.len().saturating_mul(3))?;
            Ok(match name {
                "get" => record.get(&key).or(values.get(1)).cloned().unwrap_or(Value::Undefined),
                "has_key" => Value::Bool(record.get(&key).is_some()),
                "keys" => Value::list(record.entries().map(|(key, _)| Value::Text(key.clone())).collect()),
                "values" => Value::list(record.entries().map(|(_, value)| value.clone()).collect()),
                _ => Value::list(
                    record
                        .entries()
                        .map(|(key, value)| Value::list(vec![Value::Text(key.clone()), value.clone()]))
                        .collect(),
                ),
            })
        }
        Value::Pattern(pattern) => {
            let text = match values.first() {
                Some(text) => convert::to_text(text, &run.budget)?,
                None => "undefined".into(),
            };
            run.budget.work(1 + text.len() / 16)?;
            Ok(Value::Bool(pattern.is_match(&text)))
        }
        other => fault(format!("there is no `{name}` of {}", other.kind())),
    }
}

/// `range(stop)`, `range(start, stop)` or `range(start, stop, step)`
fn range(run: &Run<'_>, values: &[Value]) -> Made<Value> {
    let number = |at: usize| match values.get(at) {
        None | Some(Value::Undefined) => Ok(None),
        Some(value) => convert::to_number(value, &run.budget).map(Some),
    };
    let (first, second, third) = (number(0)?, number(1)?, number(2)?);
    let (mut at, end, by) = match second {
        None => (0.0, first.unwrap_or(f64::NAN), 1.0),
        Some(end) => (
            first.unwrap_or(f64::NAN),
            end,
            third
                .filter(|step| !number::same(*step, 0.0) && !step.is_nan())
                .unwrap_or(1.0),
        ),
    };
    let mut items = Vec::new();
    while if by > 0.0 { at < end } else { at > end } {
        run.budget.list(1)?;
        items.push(Value::Number(at));
        at += by;
    }
    Ok(Value::list(items))
}
