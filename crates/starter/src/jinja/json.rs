//! JSON as Python's `json.dumps` writes it.

use std::fmt::Write as _;

use minijinja::Error;
use serde_json::Value;

use super::limit::fits;

/// The arguments of `json.dumps`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// Spaces a level; `None` for one line.
    pub(crate) indent: Option<usize>,
    pub(crate) sort_keys: bool,
    /// Whether characters outside of ASCII are written as `\u00fc`.
    pub(crate) ascii: bool,
}

/// # Errors
/// When the text would be too long.
pub(crate) fn dumps(value: &Value, style: Style) -> Result<String, Error> {
    let mut out = String::new();
    write(value, style, 0, &mut out)?;
    Ok(out)
}

fn write(value: &Value, style: Style, level: usize, out: &mut String) -> Result<(), Error> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(_) => out.push_str(&super::python(value)),
        Value::String(text) => write_text(text, style.ascii, out),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Object(map) if map.is_empty() => out.push_str("{}"),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, style, level + 1, out)?;
                write(item, style, level + 1, out)?;
            }
            line(style, level, out)?;
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            if style.sort_keys {
                entries.sort_by_key(|(key, _)| *key);
            }
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                separate(index, style, level + 1, out)?;
                write_text(key, style.ascii, out);
                out.push_str(": ");
                write(value, style, level + 1, out)?;
            }
            line(style, level, out)?;
            out.push('}');
        }
    }
    fits(out.len())
}

fn separate(index: usize, style: Style, level: usize, out: &mut String) -> Result<(), Error> {
    if index > 0 {
        out.push_str(if style.indent.is_some() { "," } else { ", " });
    }
    line(style, level, out)
}

fn line(style: Style, level: usize, out: &mut String) -> Result<(), Error> {
    if let Some(indent) = style.indent {
        let spaces = indent.saturating_mul(level);
        fits(out.len().saturating_add(spaces))?;
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', spaces));
    }
    Ok(())
}

fn write_text(text: &str, ascii: bool, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' || (ascii && !(' '..='~').contains(&c)) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_written_as_in_python() {
        let value = json!({"b": [1, 2.0, "é\n😀"], "a": {}, "c": null});
        let style = Style {
            indent: None,
            sort_keys: true,
            ascii: true,
        };
        assert_eq!(
            dumps(&value, style).unwrap(),
            r#"{"a": {}, "b": [1, 2.0, "\u00e9\n\ud83d\ude00"], "c": null}"#
        );
        let style = Style {
            indent: Some(2),
            ..Style::default()
        };
        assert_eq!(
            dumps(&json!([{"x": "é"}]), style).unwrap(),
            "[\n  {\n    \"x\": \"é\"\n  }\n]"
        );
    }
}
