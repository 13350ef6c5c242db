//! Expressions, carried out.

use std::cmp::Ordering;
use std::rc::Rc;

use super::evaluate::{Given, Run};
use super::scope::Scope;
use super::syntax::{Arguments, Comparison, Expr, Operator};
use super::value::{Function, Record, Value};
use super::{Fault, Made, convert, fault, filters, number, tests};

impl Run<'_> {
    pub(super) fn value(&self, expr: &Expr, scope: &Rc<Scope>) -> Made<Value> {
        self.budget.work(1)?;
        self.budget.nested(|| self.value_of(expr, scope))
    }

    fn value_of(&self, expr: &Expr, scope: &Rc<Scope>) -> Made<Value> {
        match expr {
            Expr::Literal(value) => Ok(value.clone()),
            Expr::Name(name) => self.lookup(name, scope).map_or_else(|| unknown(name), Ok),
            Expr::List(items) => self.list(items, scope),
            Expr::Record(pairs) => self.record(pairs, scope),
            Expr::Group(items) => {
                let mut last = Value::Undefined;
                for item in items {
                    last = self.value(item, scope)?;
                }
                Ok(last)
            }
            Expr::Member(target, key) => self.member(target, key, scope),
            Expr::Slice(target, parts) => self.slice(target, parts, scope),
            Expr::Call(target, arguments) => {
                let function = self.value(target, scope)?;
                let Value::Function(function) = function else {
                    return fault(format!(
                        "{} is {}, and cannot be called",
                        shown(target),
                        function.kind()
                    ));
                };
                let given = self.arguments(arguments, scope)?;
                super::call::call(self, &function, given)
            }
            Expr::Filter { input, name, arguments } => {
                let input = match (&**input, &**name) {
                    // Asking for a default is to know that the name may be missing.
                    (Expr::Name(name), "default" | "d") => self.lookup(name, scope).unwrap_or(Value::Undefined),
                    (input, _) => self.value(input, scope)?,
                };
                let given = self.arguments(arguments, scope)?;
                filters::apply(self, name, &input, given)
            }
            Expr::Test { input, name, arguments } => self.test(input, name, arguments, scope).map(Value::Bool),
            Expr::If {
                condition,
                then,
                otherwise,
            } => match (self.value(condition, scope)?.is_true(), otherwise) {
                (true, _) => self.value(then, scope),
                (false, Some(otherwise)) => self.value(otherwise, scope),
                (false, None) => Ok(Value::text("")),
            },
            Expr::Not(target) => Ok(Value::Bool(!self.value(target, scope)?.is_true())),
            Expr::And(left, right) => {
                let left = self.value(left, scope)?;
                if left.is_true() {
                    self.value(right, scope)
                } else {
                    Ok(left)
                }
            }
            Expr::Or(left, right) => {
                let left = self.value(left, scope)?;
                if left.is_true() {
                    Ok(left)
                } else {
                    self.value(right, scope)
                }
            }
            Expr::Negative(target) => Ok(Value::Number(-self.number(target, scope)?)),
            Expr::Positive(target) => Ok(Value::Number(self.number(target, scope)?)),
            Expr::Floor(target) => Ok(Value::Number(self.number(target, scope)?.floor())),
            Expr::In(needle, container) => {
                let needle = self.value(needle, scope)?;
                let container = self.value(container, scope)?;
                convert::contains(&container, &needle, &self.budget).map(Value::Bool)
            }
            Expr::Binary(operator, left, right) => self.binary(*operator, left, right, scope),
            Expr::Compare(left, list) => self.compare(left, list, scope),
        }
    }

    fn lookup(&self, name: &Rc<str>, scope: &Rc<Scope>) -> Option<Value> {
        if let Some(value) = scope.get(name) {
            return Some(value);
        }
        let function = match &**name {
            "range" => Function::Range,
            "cycler" => Function::MakeCycler,
            "joiner" => Function::MakeJoiner,
            "always" => Function::Always,
            "failure" => Function::Failure,
            "True" if self.options.jinja => return Some(Value::Bool(true)),
            "False" if self.options.jinja => return Some(Value::Bool(false)),
            "None" if self.options.jinja => return Some(Value::Null),
            "undefined" => return Some(Value::Undefined),
            name => return self.names.contains(name).then_some(Value::Undefined),
        };
        Some(Value::Function(Rc::new(function)))
    }

    fn list(&self, items: &[Expr], scope: &Rc<Scope>) -> Made<Value> {
        self.budget.list(items.len())?;
        let items = items.iter().map(|item| self.plain(item, scope));
        Ok(Value::list(items.collect::<Made<_>>()?))
    }

    fn record(&self, pairs: &[(Rc<str>, Expr)], scope: &Rc<Scope>) -> Made<Value> {
        self.budget.list(pairs.len().saturating_mul(4))?;
        let pairs = pairs
            .iter()
            .map(|(key, value)| Ok((key.clone(), self.plain(value, scope)?)));
        Ok(Value::Record(Rc::new(Record::new(pairs.collect::<Made<Vec<_>>>()?))))
    }

    /// A value that is no function.
    fn plain(&self, expr: &Expr, scope: &Rc<Scope>) -> Made<Value> {
        match self.value(expr, scope)? {
            Value::Function(_) => fault("a macro or function cannot be put in a list or record"),
            value => Ok(value),
        }
    }

    fn member(&self, target: &Expr, key: &Expr, scope: &Rc<Scope>) -> Made<Value> {
        let target = self.value(target, scope)?;
        let key = match key {
            Expr::Literal(Value::Text(key)) => key.clone(),
            key => convert::to_text(&self.value(key, scope)?, &self.budget)?,
        };
        if let Value::Function(function) = &target {
            return Ok(super::call::member(function, &key));
        }
        let value = convert::member(&target, &key);
        if matches!(value, Value::Undefined) && super::call::is_method(&target, &key, self.options.jinja) {
            return Ok(Value::Function(Rc::new(Function::Method(target, key))));
        }
        Ok(value)
    }

    fn slice(&self, target: &Expr, parts: &[Option<Expr>; 3], scope: &Rc<Scope>) -> Made<Value> {
        let target = self.value(target, scope)?;
        let target = if target.is_true() {
            target
        } else {
            Value::list(Vec::new())
        };
        let length = convert::to_number(&convert::member(&target, "length"), &self.budget)?;
        let mut numbers = [None; 3];
        for (number, part) in numbers.iter_mut().zip(parts) {
            if let Some(part) = part {
                let value = self.value(part, scope)?;
                if !matches!(value, Value::Null) {
                    *number = Some(convert::to_number(&value, &self.budget)?);
                }
            }
        }
        let by = numbers[2].unwrap_or(1.0);
        if !by.is_finite() || number::same(by, 0.0) {
            return fault("the step of a slice is 0");
        }
        let from_end = |number: f64| if number < 0.0 { number + length } else { number };
        let stop = match numbers[1] {
            Some(stop) => from_end(stop),
            None if by < 0.0 => -1.0,
            None => length,
        };
        let first = if by < 0.0 { length - 1.0 } else { 0.0 };
        let mut at = from_end(numbers[0].unwrap_or(first));
        let mut items = Vec::new();
        // A length that is no number ends nothing, in JavaScript.
        let is_past = |at: f64, end: f64| at.partial_cmp(&end).is_some_and(Ordering::is_gt);
        let is_stopped = |at: f64| match at.partial_cmp(&stop) {
            Some(order) if by > 0.0 => order.is_ge(),
            Some(order) => order.is_le(),
            None => false,
        };
        while at >= 0.0 && !is_past(at, length) && !is_stopped(at) {
            self.budget.list(1)?;
            items.push(convert::member(&target, &number::print(at)));
            at += by;
        }
        Ok(Value::list(items))
    }

    fn test(&self, input: &Expr, name: &str, arguments: &[Expr], scope: &Rc<Scope>) -> Made<bool> {
        let input = match input {
            Expr::Name(input) if matches!(name, "defined" | "undefined") => {
                self.lookup(input, scope).unwrap_or(Value::Undefined)
            }
            input => self.value(input, scope)?,
        };
        let arguments = arguments
            .iter()
            .map(|argument| self.value(argument, scope))
            .collect::<Made<Vec<_>>>()?;
        tests::apply(name, &input, &arguments, &self.budget)
    }

    fn number(&self, expr: &Expr, scope: &Rc<Scope>) -> Made<f64> {
        convert::to_number(&self.value(expr, scope)?, &self.budget)
    }

    fn binary(&self, operator: Operator, left: &Expr, right: &Expr, scope: &Rc<Scope>) -> Made<Value> {
        let (left, right) = (self.value(left, scope)?, self.value(right, scope)?);
        match operator {
            Operator::Add => return convert::add(&left, &right, &self.budget),
            Operator::Concat => return convert::concat(&left, &right, &self.budget),
            _ => {}
        }
        let (left, right) = (
            convert::to_number(&left, &self.budget)?,
            convert::to_number(&right, &self.budget)?,
        );
        Ok(Value::Number(match operator {
            Operator::Subtract => left - right,
            Operator::Multiply => left * right,
            Operator::Divide => left / right,
            Operator::Remainder => left % right,
            Operator::Power | Operator::Add | Operator::Concat => left.powf(right),
        }))
    }

    fn compare(&self, left: &Expr, list: &[(Comparison, Expr)], scope: &Rc<Scope>) -> Made<Value> {
        let mut left = self.value(left, scope)?;
        for (comparison, right) in list {
            let right = self.value(right, scope)?;
            let holds = match comparison {
                Comparison::Equal => convert::loosely_equal(&left, &right, &self.budget)?,
                Comparison::Different => !convert::loosely_equal(&left, &right, &self.budget)?,
                Comparison::StrictlyEqual => convert::strictly_equal(&left, &right),
                Comparison::StrictlyDifferent => !convert::strictly_equal(&left, &right),
                Comparison::Less => convert::order(&left, &right, &self.budget)?.is_some_and(Ordering::is_lt),
                Comparison::LessOrEqual => convert::order(&left, &right, &self.budget)?.is_some_and(Ordering::is_le),
                Comparison::Greater => convert::order(&left, &right, &self.budget)?.is_some_and(Ordering::is_gt),
                Comparison::GreaterOrEqual => convert::order(&left, &right, &self.budget)?.is_some_and(Ordering::is_ge),
            };
            left = Value::Bool(holds);
        }
        Ok(left)
    }

    pub(super) fn arguments(&self, arguments: &Arguments, scope: &Rc<Scope>) -> Made<Given> {
        let positional = arguments.positional.iter().map(|value| self.value(value, scope));
        let named = arguments
            .named
            .iter()
            .map(|(name, value)| Ok((name.clone(), self.value(value, scope)?)));
        Ok(Given {
            positional: positional.collect::<Made<_>>()?,
            named: named.collect::<Made<_>>()?,
        })
    }
}

fn unknown(name: &str) -> Made<Value> {
    Err(Fault {
        line: 0,
        why: format!("nothing here is called `{name}`"),
        unknown: Some(name.to_owned()),
    })
}

/// What is called, for messages.
fn shown(target: &Expr) -> String {
    match target {
        Expr::Name(name) => format!("`{name}`"),
        Expr::Member(target, key) => match &**key {
            Expr::Literal(Value::Text(key)) => match shown(target).as_str() {
                "this" => format!("`{key}`"),
                target => format!("`{}.{key}`", target.trim_matches('`')),
            },
            _ => "this".to_owned(),
        },
        _ => "this".to_owned(),
    }
}
