//! What stands after `|`: Nunjucks' filters, and those that Backstage adds.

use std::rc::Rc;

use super::evaluate::{Given, Run};
use super::value::Value;
use super::{Made, backstage, budget::Budget, convert, fault, is_space, json, lists, number, text_methods, texts, web};

/// The widest text that padding makes, in characters.
const WIDEST: f64 = 1_048_576.0;

pub(super) fn apply(run: &Run<'_>, name: &str, input: &Value, given: Given) -> Made<Value> {
    let budget = &run.budget;
    let mut values = given.positional;
    let is_function = |value: &Value| matches!(value, Value::Function(_));
    if is_function(input) || values.iter().any(is_function) {
        return fault(format!(
            "the filter `{name}` is given a macro or function; are its brackets missing?"
        ));
    }
    if backstage::NAMES.contains(&name) {
        if !given.named.is_empty() {
            return fault(format!("the filter `{name}` takes nothing by name"));
        }
        return backstage::apply(name, input, &values, budget);
    }
    // Two filters know names; for the others the names become a record, which is how Nunjucks hands them over.
    let known_names: &[&str] = match name {
        "int" => &["default", "base"],
        "sort" => &["reverse", "case_sensitive", "attribute"],
        _ => &[],
    };
    if !known_names.is_empty() {
        for name in known_names.iter().skip(values.len()) {
            let named = given.named.iter().rfind(|(known, _)| &**known == *name);
            values.push(named.map_or(Value::Undefined, |(_, value)| value.clone()));
        }
    } else if !given.named.is_empty() {
        let mark = [("__keywords".into(), Value::Bool(true))];
        values.push(Value::record(given.named.into_iter().chain(mark)));
    }
    let call = Filter {
        name,
        input,
        values: &values,
        budget,
    };
    if let Some(text) = input.as_text() {
        budget.text(text.len())?;
    }
    match lists::filter(&call)? {
        Some(value) => Ok(value),
        None => call.apply(),
    }
}

/// A filter, what it works on, and what it is given.
pub(super) struct Filter<'a> {
    pub(super) name: &'a str,
    pub(super) input: &'a Value,
    pub(super) values: &'a [Value],
    pub(super) budget: &'a Budget,
}

impl Filter<'_> {
    pub(super) fn value(&self, at: usize) -> &Value {
        self.values.get(at).unwrap_or(&Value::Undefined)
    }

    pub(super) fn is_true(&self, at: usize) -> bool {
        self.value(at).is_true()
    }

    pub(super) fn number(&self, at: usize, missing: f64) -> Made<f64> {
        if self.is_true(at) {
            convert::to_number(self.value(at), self.budget)
        } else {
            Ok(missing)
        }
    }

    /// The input as a text; nothing is an empty one.
    fn text(&self) -> Made<Rc<str>> {
        match self.input {
            Value::Undefined | Value::Null | Value::Bool(false) => Ok("".into()),
            _ => self.strict_text(),
        }
    }

    /// The input, which must be a text.
    pub(super) fn strict_text(&self) -> Made<Rc<str>> {
        match self.input.as_text() {
            Some(text) => Ok(text.clone()),
            None => fault(format!(
                "the filter `{}` is for texts, and this is {}",
                self.name,
                self.input.kind()
            )),
        }
    }

    /// A text that is as safe as the input.
    fn made(&self, text: impl Into<Rc<str>>) -> Value {
        match self.input {
            Value::Safe(_) => Value::Safe(text.into()),
            _ => Value::Text(text.into()),
        }
    }

    fn spaces(&self, count: f64) -> Made<usize> {
        if count.is_nan() || count <= 0.0 {
            return Ok(0);
        }
        if count > WIDEST {
            return fault(format!(
                "the filter `{}` is to make more than a million spaces",
                self.name
            ));
        }
        let count = number::to_count(count.ceil());
        self.budget.text(count)?;
        Ok(count)
    }

    fn apply(&self) -> Made<Value> {
        let budget = self.budget;
        Ok(match self.name {
            "abs" => Value::Number(convert::to_number(self.input, budget)?.abs()),
            "capitalize" => self.made(capitalized(&self.text()?)),
            "center" => self.center()?,
            "default" | "d" => match self.input {
                input if self.is_true(1) => {
                    if input.is_true() {
                        input.clone()
                    } else {
                        self.value(0).clone()
                    }
                }
                Value::Undefined => self.value(0).clone(),
                input => input.clone(),
            },
            "dump" | "jsonify" => {
                let indent = self.indentation();
                match json::stringify(self.input, &indent, budget)? {
                    Some(text) => Value::text(text),
                    None => Value::Undefined,
                }
            }
            "e" | "escape" if matches!(self.input, Value::Safe(_)) => self.input.clone(),
            "e" | "escape" | "forceescape" => {
                Value::Safe(web::escape(&convert::print(self.input, budget)?, budget)?.into())
            }
            "safe" => Value::Safe(convert::print(self.input, budget)?),
            "float" => {
                let number = number::parse_float(&convert::to_text(self.input, budget)?);
                self.or_default(number)
            }
            "int" => {
                let base = match self.value(1) {
                    Value::Undefined => 10.0,
                    base => convert::to_number(base, budget)?.trunc(),
                };
                let number = number::parse_int(&convert::to_text(self.input, budget)?, base);
                self.or_default(number)
            }
            "indent" => self.indent()?,
            "lower" => Value::text(self.text()?.to_lowercase()),
            "upper" => Value::text(self.text()?.to_uppercase()),
            "nl2br" => {
                let text = if self.input.is_nullish() {
                    "".into()
                } else {
                    self.strict_text()?
                };
                budget.text(text.matches('\n').count().saturating_mul(6))?;
                self.made(text.replace("\r\n", "\n").replace('\n', "<br />\n"))
            }
            "replace" => self.replace()?,
            "round" => {
                let factor = 10_f64.powf(self.number(0, 0.0)?);
                let number = convert::to_number(self.input, budget)? * factor;
                let rounded = match self.value(1) {
                    Value::Text(how) if &**how == "ceil" => number.ceil(),
                    Value::Text(how) if &**how == "floor" => number.floor(),
                    _ => number::round(number),
                };
                Value::Number(rounded / factor)
            }
            "string" if self.input.is_nullish() => return fault("the filter `string` is given nothing"),
            "string" if matches!(self.input, Value::Safe(_)) => self.input.clone(),
            "string" => Value::Text(convert::print(self.input, budget)?),
            "striptags" => self.made(web::without_tags(&self.text()?, self.is_true(0))?),
            "title" => {
                let text = self.text()?;
                let words: Vec<String> = text.split(' ').map(capitalized).collect();
                self.made(words.join(" "))
            }
            "trim" => self.made(self.strict_text()?.trim_matches(is_space)),
            "truncate" => self.truncate()?,
            "urlencode" => match self.input.as_text() {
                Some(text) => Value::text(self.encoded(text)?),
                None => self.url_pairs()?,
            },
            "urlize" => self.urlize()?,
            "wordcount" if !self.input.is_true() => Value::Null,
            "wordcount" => {
                let text = self.text()?;
                let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let count = text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).count();
                if count == 0 {
                    Value::Null
                } else {
                    Value::Number(number::from_count(count))
                }
            }
            name => return fault(format!("there is no filter `{name}`")),
        })
    }

    fn or_default(&self, number: f64) -> Value {
        if number.is_nan() {
            self.value(0).clone()
        } else {
            Value::Number(number)
        }
    }

    fn indentation(&self) -> String {
        match self.value(0) {
            Value::Text(text) => texts::cut(text, 0, 10),
            Value::Number(number) => " ".repeat(number::to_count(*number).min(10)),
            _ => String::new(),
        }
    }

    /// The input, with an empty text for nothing, and its length in characters or items.
    fn measured(&self) -> (Value, Value) {
        let input = match self.input {
            Value::Undefined | Value::Null | Value::Bool(false) => Value::text(""),
            input => input.clone(),
        };
        let length = convert::member(&input, "length");
        (input, length)
    }

    fn center(&self) -> Made<Value> {
        let (input, length) = self.measured();
        let missing = self.number(0, 80.0)? - convert::to_number(&length, self.budget)?;
        if missing <= 0.0 {
            return Ok(input);
        }
        let text = convert::to_text(&input, self.budget)?;
        let before = self.spaces(missing / 2.0 - missing % 2.0)?;
        let after = self.spaces(missing / 2.0)?;
        Ok(self.made(format!("{}{text}{}", " ".repeat(before), " ".repeat(after))))
    }

    fn indent(&self) -> Made<Value> {
        let text = self.text()?;
        if text.is_empty() {
            return Ok(Value::text(""));
        }
        let width = self.spaces(self.number(0, 4.0)?)?;
        self.budget.text(width.saturating_mul(1 + text.matches('\n').count()))?;
        let prefix = " ".repeat(width);
        let mut out = String::with_capacity(text.len());
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                out.push('\n');
            }
            if index > 0 || self.is_true(1) {
                out.push_str(&prefix);
            }
            out.push_str(line);
        }
        Ok(self.made(out))
    }

    fn replace(&self) -> Made<Value> {
        let budget = self.budget;
        let text = match self.input {
            Value::Number(_) => convert::to_text(self.input, budget)?,
            other => match other.as_text() {
                Some(text) => text.clone(),
                None => return Ok(other.clone()),
            },
        };
        let wanted = match self.value(0) {
            Value::Pattern(pattern) => {
                let replacement = convert::to_text(self.value(1), budget)?;
                let replaced = text_methods::replace_pattern(&text, pattern, &replacement, budget)?;
                return Ok(Value::text(replaced));
            }
            wanted @ (Value::Text(_) | Value::Number(_)) => convert::to_text(wanted, budget)?,
            _ => return Ok(self.input.clone()),
        };
        let replacement = convert::to_text(self.value(1), budget)?;
        let most = match self.value(2) {
            Value::Undefined => usize::MAX,
            most => match convert::to_number(most, budget)? {
                most if number::same(most, -1.0) => usize::MAX,
                most => number::to_count(most.ceil()),
            },
        };
        if wanted.is_empty() {
            let between = if matches!(self.value(1), Value::Undefined) {
                ","
            } else {
                &replacement
            };
            let count = texts::length(&text) + 2;
            budget.text(
                count
                    .saturating_mul(replacement.len().max(1))
                    .saturating_add(text.len()),
            )?;
            let inside = texts::units(&text).join(between);
            return Ok(self.made([&*replacement, &inside, &*replacement].concat()));
        }
        if most == 0 || !text.contains(&*wanted) {
            return Ok(self.made(text));
        }
        let count = text.matches(&*wanted).count().min(most);
        budget.text(count.saturating_mul(replacement.len()).saturating_add(text.len()))?;
        Ok(self.made(text.replacen(&*wanted, &replacement, most)))
    }

    fn truncate(&self) -> Made<Value> {
        let (input, actual) = self.measured();
        let length = self.number(0, 255.0)?;
        if convert::to_number(&actual, self.budget)? <= length {
            return Ok(input);
        }
        let text = self.text()?;
        let length = number::to_count(length);
        let start = texts::cut(&text, 0, length);
        let start = if self.is_true(1) {
            &start
        } else {
            // A space right after the cut counts, too.
            let end = texts::byte(&text, length);
            let words = start.rsplit_once(' ').filter(|_| !text[end..].starts_with(' '));
            words.map_or(start.as_str(), |(words, _)| words)
        };
        let end = match self.value(2) {
            Value::Undefined | Value::Null => "...".into(),
            end => convert::to_text(end, self.budget)?,
        };
        self.budget.text(start.len().saturating_add(end.len()))?;
        Ok(self.made([start, &*end].concat()))
    }
}

fn capitalized(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut chars = lower.chars();
    match chars.next() {
        // JavaScript takes half a character, and leaves those outside of the basic plane as they are.
        Some(first) if first.len_utf16() == 1 => first.to_uppercase().chain(chars).collect(),
        _ => lower,
    }
}
