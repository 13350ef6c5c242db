//! The tree of a template.

use std::rc::Rc;

use super::value::Value;

/// A piece of a template. Lines count from 1.
#[derive(Debug)]
pub(super) enum Node {
    Text(Rc<str>),
    Output {
        line: usize,
        value: Expr,
    },
    If {
        line: usize,
        branches: Vec<(Expr, Vec<Node>)>,
        otherwise: Vec<Node>,
    },
    For {
        line: usize,
        targets: Vec<Rc<str>>,
        list: Expr,
        body: Vec<Node>,
        otherwise: Vec<Node>,
    },
    Set {
        line: usize,
        targets: Vec<Rc<str>>,
        value: Expr,
    },
    SetBlock {
        line: usize,
        targets: Vec<Rc<str>>,
        body: Vec<Node>,
    },
    Macro(Rc<Macro>),
    Call {
        line: usize,
        target: Expr,
        arguments: Arguments,
        caller: Rc<Macro>,
    },
    Filter {
        line: usize,
        name: Rc<str>,
        arguments: Arguments,
        body: Vec<Node>,
    },
    Block(Vec<Node>),
    Switch {
        line: usize,
        value: Expr,
        cases: Vec<(Expr, Vec<Node>)>,
        otherwise: Vec<Node>,
    },
}

/// A macro, or the body of a call block.
#[derive(Debug)]
pub(super) struct Macro {
    pub(super) name: Rc<str>,
    pub(super) parameters: Vec<Rc<str>>,
    pub(super) defaults: Vec<(Rc<str>, Expr)>,
    pub(super) body: Vec<Node>,
}

/// An expression.
#[derive(Debug)]
pub(super) enum Expr {
    Literal(Value),
    Name(Rc<str>),
    List(Vec<Expr>),
    /// Several in brackets; the last one counts.
    Group(Vec<Expr>),
    Record(Vec<(Rc<str>, Expr)>),
    Member(Box<Expr>, Box<Expr>),
    Slice(Box<Expr>, Box<[Option<Expr>; 3]>),
    Call(Box<Expr>, Arguments),
    Filter {
        input: Box<Expr>,
        name: Rc<str>,
        arguments: Arguments,
    },
    Test {
        input: Box<Expr>,
        name: Rc<str>,
        arguments: Vec<Expr>,
    },
    If {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Option<Box<Expr>>,
    },
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Negative(Box<Expr>),
    Positive(Box<Expr>),
    Floor(Box<Expr>),
    In(Box<Expr>, Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// Each comparison takes what the one before gave.
    Compare(Box<Expr>, Vec<(Comparison, Expr)>),
}

/// What is given to a function or filter.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) positional: Vec<Expr>,
    pub(super) named: Vec<(Rc<str>, Expr)>,
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Concat,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

/// A comparison of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    StrictlyEqual,
    Different,
    StrictlyDifferent,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
