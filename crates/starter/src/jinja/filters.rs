//! Filters and functions of Python's Jinja and of cookiecutter's extensions that minijinja lacks.

#![expect(
    clippy::needless_pass_by_value,
    reason = "minijinja hands named arguments over by value"
)]

use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use minijinja_contrib::{filters, globals};

use super::limit::{self, fits};
use super::{Style, dumps, now, random, slug};

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("jsonify", jsonify);
    environment.add_filter("tojson", tojson);
    environment.add_filter("e", escape);
    environment.add_filter("escape", escape);
    environment.add_filter("forceescape", force_escape);
    environment.add_filter("indent", indent);
    environment.add_filter("slugify", slug::slugify);
    environment.add_filter("roadbook_now", now::now);
    environment.add_filter("random", one_of);
    environment.add_filter("center", center);
    environment.add_filter("truncate", truncate);
    environment.add_filter("wordcount", wordcount);
    environment.add_filter("filesizeformat", filters::filesizeformat);
    environment.add_filter("striptags", filters::striptags);
    environment.add_function("random_ascii_string", random_ascii);
    environment.add_function("uuid4", random::uuid4);
    environment.add_function("cycler", |Rest(items): Rest<Value>| globals::cycler(items));
    environment.add_function("joiner", globals::joiner);
    environment.add_test("callable", |_: &Value| false);
    environment.add_test("sequence", |value: &Value| {
        matches!(value.kind(), ValueKind::Seq | ValueKind::String | ValueKind::Map)
    });
}

/// As JSON with sorted keys.
fn jsonify(value: &Value, Rest(places): Rest<Value>, options: Kwargs) -> Result<String, Error> {
    let indent = json_indent(&places, &options)?;
    let style = Style {
        indent: match indent {
            None => Some(4),
            Some(indent) => indent.as_usize(),
        },
        sort_keys: true,
        ascii: true,
    };
    dumps(&to_json(value)?, style)
}

/// As JSON that may stand in HTML, with sorted keys.
fn tojson(value: &Value, Rest(places): Rest<Value>, options: Kwargs) -> Result<Value, Error> {
    let style = Style {
        indent: json_indent(&places, &options)?.and_then(|indent| indent.as_usize()),
        sort_keys: true,
        ascii: true,
    };
    let json = dumps(&to_json(value)?, style)?
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\'', "\\u0027");
    Ok(Value::from_safe_string(json))
}

/// The argument `indent`, by place or by name.
fn json_indent(places: &[Value], options: &Kwargs) -> Result<Option<Value>, Error> {
    let named = options.get::<Option<Value>>("indent")?;
    options.assert_all_used()?;
    Ok(places.first().cloned().or(named))
}

/// As HTML, if it is not already.
fn escape(value: &Value) -> Result<Value, Error> {
    if value.is_safe() {
        Ok(value.clone())
    } else {
        force_escape(value)
    }
}

fn force_escape(value: &Value) -> Result<Value, Error> {
    let text = limit::text(value)?;
    fits(
        text.len()
            .saturating_add(text.matches(['&', '<', '>', '\'', '"']).count().saturating_mul(4)),
    )?;
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&#39;")
        .replace('"', "&#34;");
    Ok(Value::from_safe_string(text))
}

/// The lines after the first moved to the right, by spaces or by a text.
fn indent(
    text: &str,
    width: Option<&Value>,
    first: Option<bool>,
    blank: Option<bool>,
    options: Kwargs,
) -> Result<String, Error> {
    let named: Option<Value> = options.get("width")?;
    let first = first.or(options.get("first")?).unwrap_or(false);
    let blank = blank.or(options.get("blank")?).unwrap_or(false);
    options.assert_all_used()?;
    let prefix = match width.or(named.as_ref()) {
        None => "    ".to_owned(),
        Some(width) => match width.as_str() {
            Some(prefix) => prefix.to_owned(),
            None => " ".repeat(width.as_usize().unwrap_or(4).min(1_000_000)),
        },
    };
    fits(
        text.len()
            .saturating_add(prefix.len().saturating_mul(1 + text.matches('\n').count())),
    )?;
    let mut out = String::with_capacity(text.len());
    // Python adds a line end before it splits, so that an empty last line counts.
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        if if index == 0 { first } else { blank || !line.is_empty() } {
            out.push_str(&prefix);
        }
        out.push_str(line);
    }
    Ok(out)
}

/// A value as JSON.
pub(crate) fn to_json(value: &Value) -> Result<serde_json::Value, Error> {
    if value.is_undefined() {
        return Err(Error::new(
            ErrorKind::UndefinedError,
            "there is no value to write as JSON",
        ));
    }
    limit::serialized(value)?;
    serde_json::to_value(value).map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))
}

fn random_ascii(length: usize, punctuation: Option<&Value>, options: Kwargs) -> Result<String, Error> {
    let named: Option<bool> = options.get("punctuation")?;
    options.assert_all_used()?;
    random::ascii(length, punctuation.map(Value::is_true).or(named).unwrap_or(false))
}

fn one_of(value: &Value) -> Result<Value, Error> {
    let items: Vec<Value> = match value.as_str() {
        Some(text) => text.chars().map(Value::from).collect(),
        None => value.try_iter()?.collect(),
    };
    let at = random::below(items.len())?;
    Ok(items.into_iter().nth(at).unwrap_or_default())
}

fn center(value: &Value, width: Option<usize>) -> Result<String, Error> {
    let text = limit::text(value)?;
    let width = width.unwrap_or(80);
    fits(width)?;
    let missing = width.saturating_sub(text.chars().count());
    let before = missing / 2 + (missing & width & 1);
    Ok(format!("{}{text}{}", " ".repeat(before), " ".repeat(missing - before)))
}

fn truncate(text: &str, Rest(places): Rest<Value>, options: Kwargs) -> Result<String, Error> {
    let named = |at: usize, name| match places.get(at) {
        Some(value) => Ok(Some(value.clone())),
        None => options.get::<Option<Value>>(name),
    };
    let length = named(0, "length")?.and_then(|value| value.as_usize()).unwrap_or(255);
    let cut_words = named(1, "killwords")?.is_some_and(|value| value.is_true());
    let end = named(2, "end")?.map_or_else(|| "...".to_owned(), |value| value.to_string());
    let leeway = named(3, "leeway")?.and_then(|value| value.as_usize()).unwrap_or(5);
    options.assert_all_used()?;
    if text.chars().count() <= length.saturating_add(leeway) {
        return Ok(text.to_owned());
    }
    let room = length.saturating_sub(end.chars().count());
    let start: String = text.chars().take(room).collect();
    let start = match start.rsplit_once(' ') {
        Some((words, _)) if !cut_words => words,
        _ => &start,
    };
    Ok(format!("{start}{end}"))
}

/// Runs of letters, digits and `_`.
fn wordcount(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .count()
}
