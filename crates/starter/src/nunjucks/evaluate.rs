//! The tree of a template, carried out.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::time::Duration;

use super::budget::Budget;
use super::scope::Scope;
use super::syntax::{Macro, Node};
use super::value::{Function, Value};
use super::{Made, Options, Template, convert, fault, filters, json, number};

/// What stays the same while a template is rendered.
pub(super) struct Run<'a> {
    pub(super) options: Options,
    pub(super) budget: Budget,
    /// Names that some tag sets; they may be used before it does.
    pub(super) names: &'a BTreeSet<String>,
    /// Where macros look for names: what was given, and what is set outside of all blocks.
    shared: Rc<Scope>,
    /// The line of the tag that is carried out.
    line: Cell<usize>,
}

/// Renders to text.
pub(super) fn render(template: &Template, context: &serde_json::Value, time: Duration) -> Made<String> {
    let mut out = String::new();
    run(template, context, time, |run, scope| {
        run.body(&template.nodes, scope, true, &mut out)
    })?;
    Ok(out)
}

/// Renders to a value.
pub(super) fn value(template: &Template, context: &serde_json::Value, time: Duration) -> Made<Value> {
    let [Node::Output { line, value }] = template.nodes.as_slice() else {
        return render(template, context, time).map(Value::text);
    };
    run(template, context, time, |run, scope| {
        run.line.set(*line);
        run.value(value, scope)
    })
}

fn run<T>(
    template: &Template,
    context: &serde_json::Value,
    time: Duration,
    run: impl FnOnce(&Run<'_>, &Rc<Scope>) -> Made<T>,
) -> Made<T> {
    let given: HashMap<Rc<str>, Value> = context
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str().into(), json::from_json(value)))
        .collect();
    let shared = Scope::inside(&Scope::given(given), true);
    let scope = Scope::inside(&shared, true);
    let state = Run {
        options: template.options,
        budget: Budget::new(time),
        names: &template.names,
        shared,
        line: Cell::new(1),
    };
    run(&state, &scope).map_err(|fault| fault.at(state.line.get()))
}

impl Run<'_> {
    /// Where macros look for names.
    pub(super) fn shared(&self) -> &Rc<Scope> {
        &self.shared
    }

    /// `top`: outside of all blocks but `if`, where what is set is seen by macros, too.
    fn body(&self, nodes: &[Node], scope: &Rc<Scope>, top: bool, out: &mut String) -> Made<()> {
        nodes.iter().try_for_each(|node| self.node(node, scope, top, out))
    }

    fn node(&self, node: &Node, scope: &Rc<Scope>, top: bool, out: &mut String) -> Made<()> {
        self.budget.work(1)?;
        self.budget.nested(|| match node {
            Node::Text(text) => self.write(text, out),
            Node::Output { line, value } => {
                self.line.set(*line);
                let value = self.value(value, scope)?;
                self.write(&convert::print(&value, &self.budget)?, out)
            }
            Node::If {
                line,
                branches,
                otherwise,
            } => {
                self.line.set(*line);
                for (condition, body) in branches {
                    if self.value(condition, scope)?.is_true() {
                        return self.body(body, scope, top, out);
                    }
                }
                self.body(otherwise, scope, top, out)
            }
            Node::For { .. } => self.each(node, scope, out),
            Node::Set { line, targets, value } => {
                self.line.set(*line);
                let value = self.value(value, scope)?;
                self.set(targets, &value, scope, top);
                Ok(())
            }
            Node::SetBlock { line, targets, body } => {
                let text = self.capture(body, scope)?;
                self.line.set(*line);
                self.set(targets, &Value::text(text), scope, top);
                Ok(())
            }
            Node::Macro(definition) => {
                let function = Value::Function(Rc::new(Function::Macro(definition.clone())));
                self.set(std::slice::from_ref(&definition.name), &function, scope, top);
                Ok(())
            }
            Node::Block(body) => self.body(body, &Scope::inside(scope, true), false, out),
            Node::Call { .. } => self.call_block(node, scope, out),
            Node::Filter {
                line,
                name,
                arguments,
                body,
            } => {
                let text = self.capture(body, &Scope::inside(scope, false))?;
                self.line.set(*line);
                let arguments = self.arguments(arguments, scope)?;
                let value = filters::apply(self, name, &Value::text(text), arguments)?;
                self.write(&convert::print(&value, &self.budget)?, out)
            }
            Node::Switch { .. } => self.switch(node, scope, top, out),
        })
    }

    fn write(&self, text: &str, out: &mut String) -> Made<()> {
        self.budget.text(text.len())?;
        out.push_str(text);
        Ok(())
    }

    fn capture(&self, body: &[Node], scope: &Rc<Scope>) -> Made<String> {
        let mut text = String::new();
        self.body(body, scope, false, &mut text)?;
        Ok(text)
    }

    fn set(&self, targets: &[Rc<str>], value: &Value, scope: &Rc<Scope>, top: bool) {
        for target in targets {
            scope.assign(target, value.clone());
            if top {
                self.shared.set(target, value.clone());
            }
        }
    }

    fn each(&self, node: &Node, scope: &Rc<Scope>, out: &mut String) -> Made<()> {
        let Node::For {
            line,
            targets,
            list,
            body,
            otherwise,
        } = node
        else {
            return Ok(());
        };
        self.line.set(*line);
        let list = self.value(list, scope)?;
        let items = self.items(&list, targets.len() > 1)?;
        // One scope for all rounds: what one sets, the next one sees.
        let inner = Scope::inside(scope, false);
        for (index, item) in items.iter().enumerate() {
            self.budget.work(1)?;
            match (targets.as_slice(), item) {
                ([target], item) => inner.set(target, item.clone()),
                (_, Value::Undefined | Value::Null) => {
                    return fault("a list of lists is looped over, but one of them is not there");
                }
                (targets, item) => {
                    for (at, target) in targets.iter().enumerate() {
                        inner.set(target, convert::member(item, &at.to_string()));
                    }
                }
            }
            inner.set(&"loop".into(), loop_record(index, items.len()));
            self.body(body, &inner, false, out)?;
        }
        if items.is_empty() {
            self.body(otherwise, &inner, false, out)?;
        }
        Ok(())
    }

    /// What a loop goes through; with several names, a record gives its keys and values.
    fn items(&self, list: &Value, pairs: bool) -> Made<Vec<Value>> {
        let items: Vec<Value> = match list {
            Value::List(list) => list.items(),
            Value::Text(text) | Value::Safe(text) if !pairs => {
                self.budget.list(text.len())?;
                super::texts::units(text).into_iter().map(Value::text).collect()
            }
            Value::Record(record) if pairs => record
                .entries()
                .map(|(key, value)| Value::list(vec![Value::Text(key.clone()), value.clone()]))
                .collect(),
            Value::Text(text) => {
                self.budget.list(text.len().saturating_mul(3))?;
                let units = super::texts::units(text).into_iter().enumerate();
                units
                    .map(|(at, unit)| Value::list(vec![Value::text(at.to_string()), Value::text(unit)]))
                    .collect()
            }
            _ => Vec::new(),
        };
        self.budget.list(items.len())?;
        Ok(items)
    }

    fn switch(&self, node: &Node, scope: &Rc<Scope>, top: bool, out: &mut String) -> Made<()> {
        let Node::Switch {
            line,
            value,
            cases,
            otherwise,
        } = node
        else {
            return Ok(());
        };
        self.line.set(*line);
        let value = self.value(value, scope)?;
        let mut matched = false;
        for (condition, body) in cases {
            matched = matched || convert::strictly_equal(&value, &self.value(condition, scope)?);
            // A case without a body shares that of the next one.
            if matched && !body.is_empty() {
                return self.body(body, scope, top, out);
            }
        }
        self.body(otherwise, scope, top, out)
    }

    fn call_block(&self, node: &Node, scope: &Rc<Scope>, out: &mut String) -> Made<()> {
        let Node::Call {
            line,
            target,
            arguments,
            caller,
        } = node
        else {
            return Ok(());
        };
        self.line.set(*line);
        let target = self.value(target, scope)?;
        let Value::Function(function) = target else {
            return fault(format!("`call` is followed by {}, and not by a macro", target.kind()));
        };
        let Function::Macro(definition) = &*function else {
            return fault("`call` is followed by a function that is no macro");
        };
        let mut given = self.arguments(arguments, scope)?;
        let body = Function::Caller(caller.clone(), scope.clone());
        given.named.push(("caller".into(), Value::Function(Rc::new(body))));
        let text = self.invoke(definition, &self.shared, given)?;
        self.write(&text, out)
    }

    /// Carries out a macro; `around` is where it looks for names.
    pub(super) fn invoke(&self, definition: &Rc<Macro>, around: &Rc<Scope>, given: Given) -> Made<String> {
        let scope = Scope::inside(around, true);
        let line = self.line.get();
        let Given { positional, mut named } = given;
        let mut take = |name: &str| {
            let at = named.iter().rposition(|(known, _)| &**known == name);
            at.map(|at| named.swap_remove(at).1)
        };
        let mut rest = positional.into_iter();
        for name in &definition.parameters {
            let value = rest.next().or_else(|| take(name)).unwrap_or(Value::Undefined);
            scope.set(name, value);
        }
        for (name, default) in &definition.defaults {
            let value = match rest.next().or_else(|| take(name)) {
                Some(value) => value,
                None => self.value(default, &scope)?,
            };
            scope.set(name, value);
        }
        if let Some(caller) = take("caller") {
            scope.set(&"caller".into(), caller);
        }
        let text = self.capture(&definition.body, &scope)?;
        self.line.set(line);
        Ok(text)
    }
}

/// What a function or filter is given.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) positional: Vec<Value>,
    pub(super) named: Vec<(Rc<str>, Value)>,
}

fn loop_record(index: usize, length: usize) -> Value {
    let count = |count: usize| Value::Number(number::from_count(count));
    let entries: [(&str, Value); 7] = [
        ("index", count(index + 1)),
        ("index0", count(index)),
        ("revindex", count(length - index)),
        ("revindex0", count(length - index - 1)),
        ("first", Value::Bool(index == 0)),
        ("last", Value::Bool(index + 1 == length)),
        ("length", count(length)),
    ];
    Value::record(entries.map(|(key, value)| (key.into(), value)))
}
