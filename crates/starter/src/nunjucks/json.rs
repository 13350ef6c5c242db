//! JSON in and out.

use std::fmt::Write as _;

use super::budget::Budget;
use super::number;
use super::value::Value;
use super::{Made, fault};

const DEPTH: usize = 60;

/// A value of JSON as a value of templates.
pub(super) fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(yes) => Value::Bool(*yes),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::text(text.as_str()),
        serde_json::Value::Array(items) => Value::list(items.iter().map(from_json).collect()),
        serde_json::Value::Object(map) => {
            Value::record(map.iter().map(|(key, value)| (key.as_str().into(), from_json(value))))
        }
    }
}

/// A value of templates as a value of JSON.
pub(super) fn to_json(value: &Value) -> Made<serde_json::Value> {
    convert(value, 0)
}

fn convert(value: &Value, depth: usize) -> Made<serde_json::Value> {
    if depth > DEPTH {
        return fault("its lists and records are nested too deeply");
    }
    Ok(match value {
        Value::Undefined | Value::Null => serde_json::Value::Null,
        Value::Bool(yes) => (*yes).into(),
        Value::Number(number) => match number::to_whole(*number) {
            Some(whole) => whole.into(),
            None => (*number).into(),
        },
        Value::Text(text) | Value::Safe(text) => (&**text).into(),
        Value::List(list) => list
            .items()
            .iter()
            .map(|item| convert(item, depth + 1))
            .collect::<Made<Vec<_>>>()?
            .into(),
        Value::Record(record) => {
            let mut map = serde_json::Map::new();
            for (key, value) in record.entries() {
                if !matches!(value, Value::Undefined) {
                    map.insert(key.to_string(), convert(value, depth + 1)?);
                }
            }
            map.into()
        }
        Value::Pattern(_) => serde_json::Map::new().into(),
        Value::Function(_) => return fault("a macro or function is no value; are its brackets missing?"),
    })
}

/// `JSON.stringify(value, null, indent)`; `None` for `undefined`.
pub(super) fn stringify(value: &Value, indent: &str, budget: &Budget) -> Made<Option<String>> {
    if matches!(value, Value::Undefined) {
        return Ok(None);
    }
    let mut writer = Writer {
        out: String::new(),
        indent,
        budget,
        charged: 0,
    };
    writer.value(value, 0)?;
    Ok(Some(writer.out))
}

struct Writer<'a> {
    out: String,
    indent: &'a str,
    budget: &'a Budget,
    charged: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> Made<()> {
        if depth > DEPTH {
            return fault("its lists and records are nested too deeply to be written as JSON");
        }
        self.budget.work(1)?;
        match value {
            Value::Bool(yes) => self.out.push_str(if *yes { "true" } else { "false" }),
            Value::Number(number) if number.is_finite() => self.out.push_str(&number::print(*number)),
            Value::Undefined | Value::Null | Value::Number(_) => self.out.push_str("null"),
            Value::Text(text) | Value::Safe(text) => self.text(text)?,
            Value::List(list) => {
                let items = list.items();
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index, depth + 1)?;
                    self.value(item, depth + 1)?;
                }
                self.close(items.is_empty(), depth, ']')?;
            }
            Value::Record(record) => {
                let entries: Vec<_> = record
                    .entries()
                    .filter(|(_, value)| !matches!(value, Value::Undefined))
                    .collect();
                self.out.push('{');
                for (index, (key, item)) in entries.iter().enumerate() {
                    self.separate(index, depth + 1)?;
                    self.text(key)?;
                    self.out.push_str(if self.indent.is_empty() { ":" } else { ": " });
                    self.value(item, depth + 1)?;
                }
                self.close(entries.is_empty(), depth, '}')?;
            }
            Value::Pattern(_) => self.out.push_str("{}"),
            Value::Function(_) => return fault("a macro or function is no value; are its brackets missing?"),
        }
        self.charge()
    }

    fn charge(&mut self) -> Made<()> {
        self.budget.text(self.out.len() - self.charged)?;
        self.charged = self.out.len();
        Ok(())
    }

    fn separate(&mut self, index: usize, depth: usize) -> Made<()> {
        if index > 0 {
            self.out.push(',');
        }
        self.line(depth)
    }

    fn close(&mut self, empty: bool, depth: usize, bracket: char) -> Made<()> {
        if !empty {
            self.line(depth)?;
        }
        self.out.push(bracket);
        Ok(())
    }

    fn line(&mut self, depth: usize) -> Made<()> {
        if !self.indent.is_empty() {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(self.indent);
            }
        }
        self.charge()
    }

    fn text(&mut self, text: &str) -> Made<()> {
        let escaped = text.bytes().filter(|byte| *byte < b' ').count();
        self.budget.text(escaped.saturating_mul(5))?;
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if c < ' ' => {
                    let _ = write!(self.out, "\\u{:04x}", u32::from(c));
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
        Ok(())
    }
}
