//! Nunjucks as Backstage runs it, which is the package `nunjitsu`: Jinja's grammar with JavaScript's values.
//!
//! Written for this purpose, because on a Jinja engine the values, the scopes and the operators would all be Python's:
//! [`scan`] cuts a text into tags, [`lexer`] and [`parser`] read what is in them, [`statements`] puts them together,
//! and [`evaluate`] and [`expressions`] walk the tree. Whatever makes a text or a list asks [`budget`] first.

mod backstage;
mod budget;
mod call;
mod convert;
mod evaluate;
mod expressions;
mod filters;
mod json;
mod lexer;
mod list_methods;
mod lists;
mod number;
mod operands;
mod parser;
mod pattern;
mod scan;
mod scope;
mod statements;
mod syntax;
mod tests;
mod text_methods;
mod texts;
mod value;
mod web;

use std::collections::BTreeSet;
use std::time::Duration;

use value::Value;

/// The longest source, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// How templates are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// `{{ … }}` instead of `${{ … }}`, with Jinja's names and methods, as in `cookiecutterCompat`.
    pub(crate) jinja: bool,
    /// Whether the line end after a block is left out.
    pub(crate) trim_blocks: bool,
    /// Whether the spaces before a block are left out.
    pub(crate) lstrip_blocks: bool,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// From 1; 0 where nobody knows.
    pub(crate) line: usize,
    /// Half a sentence.
    pub(crate) why: String,
    /// The name that nobody set, if that is what is wrong.
    pub(crate) unknown: Option<String>,
}

type Made<T> = Result<T, Fault>;

fn fault<T>(why: impl Into<String>) -> Made<T> {
    Err(Fault {
        line: 0,
        why: why.into(),
        unknown: None,
    })
}

impl Fault {
    /// The innermost line counts.
    fn at(mut self, line: usize) -> Self {
        if self.line == 0 {
            self.line = line;
        }
        self
    }
}

/// A template that was read.
#[derive(Debug)]
pub(crate) struct Template {
    nodes: Vec<syntax::Node>,
    options: Options,
    /// Names that some tag of the template sets.
    names: BTreeSet<String>,
}

impl Template {
    pub(crate) fn parse(text: &str, options: Options) -> Made<Self> {
        if text.len() > LONGEST {
            return fault("it is longer than 4 MiB");
        }
        let (nodes, names) = statements::parse(scan::scan(text, options)?)?;
        Ok(Self { nodes, options, names })
    }

    /// Renders to text.
    pub(crate) fn render(&self, context: &serde_json::Value, time: Duration) -> Made<String> {
        evaluate::render(self, context, time)
    }

    /// Renders to a value: one single expression keeps its type, everything else is a text. `None` is JavaScript's
    /// `undefined`.
    pub(crate) fn value(&self, context: &serde_json::Value, time: Duration) -> Made<Option<serde_json::Value>> {
        Ok(match evaluate::value(self, context, time)? {
            Value::Undefined => None,
            value => Some(json::to_json(&value)?),
        })
    }
}

/// Names that are set on objects of JavaScript itself; templates may not use them.
fn is_reserved(name: &str) -> bool {
    matches!(name, "constructor" | "prototype" | "__proto__")
}

/// JavaScript's white space.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// White space inside of tags.
fn is_code_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}')
}
