//! JavaScript's values, as far as templates have them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::pattern::Pattern;
use super::scope::Scope;
use super::syntax::Macro;

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Rc<str>),
    /// A text that a filter or macro made; it is an object in JavaScript, which tests can tell.
    Safe(Rc<str>),
    List(Rc<List>),
    Record(Rc<Record>),
    Pattern(Rc<Pattern>),
    Function(Rc<Function>),
}

impl Value {
    pub(super) fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List(RefCell::new(items))))
    }

    pub(super) fn record(entries: impl IntoIterator<Item = (Rc<str>, Self)>) -> Self {
        Self::Record(Rc::new(Record::new(entries)))
    }

    /// The text of a text or safe text.
    pub(super) fn as_text(&self) -> Option<&Rc<str>> {
        match self {
            Self::Text(text) | Self::Safe(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(yes) => *yes,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Undefined => "nothing",
            Self::Null => "null",
            Self::Bool(_) => "yes or no",
            Self::Number(_) => "a number",
            Self::Text(_) | Self::Safe(_) => "a text",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
            Self::Pattern(_) => "a regular expression",
            Self::Function(_) => "a function",
        }
    }
}

/// A list, which methods such as `push` change.
#[derive(Debug)]
pub(super) struct List(pub(super) RefCell<Vec<Value>>);

impl List {
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Value> {
        self.0.borrow().get(at).cloned()
    }

    /// A copy of the items, so that the list may change meanwhile.
    pub(super) fn items(&self) -> Vec<Value> {
        self.0.borrow().clone()
    }
}

impl Drop for List {
    /// One after the other: a list in a list in a list would need a stack as deep.
    fn drop(&mut self) {
        let mut waiting = std::mem::take(self.0.get_mut());
        while let Some(value) = waiting.pop() {
            match value {
                Value::List(list) => {
                    if let Some(list) = Rc::into_inner(list) {
                        waiting.append(&mut list.0.borrow_mut());
                    }
                }
                Value::Record(record) => {
                    if let Some(mut record) = Rc::into_inner(record) {
                        waiting.extend(record.values.drain().map(|(_, value)| value));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A record; it never changes.
#[derive(Debug, Default)]
pub(super) struct Record {
    keys: Vec<Rc<str>>,
    values: HashMap<Rc<str>, Value>,
}

impl Record {
    pub(super) fn new(entries: impl IntoIterator<Item = (Rc<str>, Value)>) -> Self {
        let mut record = Self::default();
        for (key, value) in entries {
            if record.values.insert(key.clone(), value).is_none() {
                record.keys.push(key);
            }
        }
        // As in JavaScript, keys that are whole numbers come first.
        let index = |key: &str| key.parse::<u32>().ok().filter(|number| number.to_string() == key);
        if record.keys.iter().any(|key| index(key).is_some()) {
            record.keys.sort_by_key(|key| index(key).map_or(u64::MAX, u64::from));
        }
        record
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&Rc<str>, &Value)> {
        self.keys
            .iter()
            .filter_map(|key| self.values.get(key).map(|value| (key, value)))
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let values: Vec<Value> = self.values.drain().map(|(_, value)| value).collect();
        drop(List(RefCell::new(values)));
    }
}

/// What can be called.
#[derive(Debug)]
pub(super) enum Function {
    Macro(Rc<Macro>),
    /// The body of a call block, with the place that it was written at.
    Caller(Rc<Macro>, Rc<Scope>),
    Range,
    MakeCycler,
    MakeJoiner,
    Cycler(Rc<Cycler>),
    CyclerNext(Rc<Cycler>),
    CyclerReset(Rc<Cycler>),
    Joiner {
        separator: Value,
        used: Cell<bool>,
    },
    /// A method of a value.
    Method(Value, Rc<str>),
    /// Backstage's `always()`.
    Always,
    /// Backstage's `failure()`.
    Failure,
}

/// Values one after the other, and again from the start.
#[derive(Debug)]
pub(super) struct Cycler {
    pub(super) values: Vec<Value>,
    pub(super) at: Cell<Option<usize>>,
}
