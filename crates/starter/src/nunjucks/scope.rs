//! Where names are set.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::value::Value;

/// Names and their values, inside of others.
#[derive(Debug)]
pub(super) struct Scope {
    parent: Option<Rc<Scope>>,
    /// Whether what is set here stays here.
    isolated: bool,
    /// Whether the names are those that the template was given.
    given: bool,
    names: RefCell<HashMap<Rc<str>, Value>>,
}

impl Scope {
    pub(super) fn given(names: HashMap<Rc<str>, Value>) -> Rc<Self> {
        Rc::new(Self {
            parent: None,
            isolated: true,
            given: true,
            names: RefCell::new(names),
        })
    }

    pub(super) fn inside(parent: &Rc<Self>, isolated: bool) -> Rc<Self> {
        Rc::new(Self {
            parent: Some(parent.clone()),
            isolated,
            given: false,
            names: RefCell::default(),
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.names.borrow().get(name) {
            return Some(value.clone());
        }
        self.parent.as_ref()?.get(name)
    }

    /// Sets a name in this very scope.
    pub(super) fn set(&self, name: &Rc<str>, value: Value) {
        self.names.borrow_mut().insert(name.clone(), value);
    }

    /// Changes the name where it is set, up to the next isolated scope, or sets it here.
    pub(super) fn assign(&self, name: &Rc<str>, value: Value) {
        let here = self.isolated || self.names.borrow().contains_key(name);
        match &self.parent {
            Some(parent) if !here && parent.can_assign(name) => parent.assign(name, value),
            _ => self.set(name, value),
        }
    }

    fn can_assign(&self, name: &str) -> bool {
        if self.names.borrow().contains_key(name) {
            return !self.given;
        }
        !self.isolated && self.parent.as_ref().is_some_and(|parent| parent.can_assign(name))
    }
}
