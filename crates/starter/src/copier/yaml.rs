//! YAML as Python's `PyYAML` writes it in its block style: the form of copier's answers file.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::jinja::python;

/// Lines are broken at the first space past this column.
const WIDTH: usize = 80;

/// What would be read back as something else than a text, by YAML 1.1.
static NO_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:
        yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
        |~|null|Null|NULL|<<|=|
        |[-+]?0b[0-1_]+ |[-+]?0[0-7_]+ |[-+]?(?:0|[1-9][0-9_]*) |[-+]?0x[0-9a-fA-F_]+ |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
        |[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)? |\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
        |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]* |[-+]?\.(?:inf|Inf|INF) |\.(?:nan|NaN|NAN)
        |[0-9]{4}-[0-9]{2}-[0-9]{2}
        |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[\ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[\ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
        )$",
    )
    .ok()
});

/// A value as a document; `indent` are the spaces of a level.
pub(super) fn dump(value: &Value, indent: usize, sort_keys: bool) -> String {
    let mut writer = Writer {
        out: String::new(),
        column: 0,
        step: indent.max(2),
        sort_keys,
    };
    match value {
        Value::Object(map) if !map.is_empty() => writer.mapping(value, 0),
        Value::Array(items) if !items.is_empty() => writer.sequence(items, 0),
        scalar => {
            writer.scalar(scalar, indent, true);
            writer.line();
            // A bare scalar that is not quoted ends its document.
            if matches!(scalar, Value::String(text) if style(text) == Style::Plain)
                || matches!(scalar, Value::Null | Value::Bool(_) | Value::Number(_))
            {
                writer.text("...");
                writer.line();
            }
        }
    }
    writer.out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

struct Writer {
    out: String,
    column: usize,
    step: usize,
    sort_keys: bool,
}

impl Writer {
    fn mapping(&mut self, value: &Value, indent: usize) {
        let mut entries: Vec<(&String, &Value)> = value.as_object().into_iter().flatten().collect();
        if self.sort_keys {
            entries.sort_by_key(|(key, _)| *key);
        }
        for (key, value) in entries {
            self.pad(indent);
            // What stands before a colon is on one line and not too long; the tag that is counted is `!!str`.
            if key.is_empty() || key.contains(is_break) || key.chars().count() + 5 >= 128 {
                self.text("? ");
                self.string(key, indent + self.step, true);
                self.line();
                self.pad(indent);
                self.text(":");
                self.inside(value, indent + self.step);
                continue;
            }
            self.string(key, indent + self.step, false);
            self.text(":");
            match value {
                Value::Object(map) if !map.is_empty() => {
                    self.line();
                    self.mapping(value, indent + self.step);
                }
                // A list stands as far left as its key.
                Value::Array(items) if !items.is_empty() => {
                    self.line();
                    self.sequence(items, indent);
                }
                scalar => {
                    self.text(" ");
                    self.scalar(scalar, indent + self.step, true);
                    self.line();
                }
            }
        }
    }

    fn sequence(&mut self, items: &[Value], indent: usize) {
        for item in items {
            self.pad(indent);
            self.text("-");
            self.inside(item, indent + self.step);
        }
    }

    /// What comes behind a mark, on the same line.
    fn inside(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Object(map) if !map.is_empty() => self.mapping(value, indent),
            Value::Array(items) if !items.is_empty() => self.sequence(items, indent),
            scalar => {
                self.text(" ");
                self.scalar(scalar, indent, true);
                self.line();
            }
        }
    }

    fn scalar(&mut self, value: &Value, indent: usize, split: bool) {
        match value {
            Value::Null => self.text("null"),
            Value::Bool(yes) => self.text(if *yes { "true" } else { "false" }),
            Value::Number(_) => {
                let number = python(value);
                // Without a point it would read back as a text.
                let number = if number.contains('.') {
                    number
                } else {
                    number.replacen('e', ".0e", 1)
                };
                self.text(&number);
            }
            Value::String(text) => self.string(text, indent, split),
            Value::Array(_) => self.text("[]"),
            Value::Object(_) => self.text("{}"),
        }
    }

    fn string(&mut self, text: &str, indent: usize, split: bool) {
        match style(text) {
            Style::Plain => self.words(text, indent, split),
            Style::Single if split || !text.contains('\n') => {
                self.text("'");
                self.single(text, indent, split);
                self.text("'");
            }
            _ => self.double(text, indent, split),
        }
    }

    /// Words with single spaces between them, on lines that are not too long.
    fn words(&mut self, text: &str, indent: usize, split: bool) {
        let chars: Vec<char> = text.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let alone = at > 0 && at + 1 < chars.len() && chars[at - 1] != ' ' && chars[at + 1] != ' ';
            if *c == ' ' && alone && split && self.column > WIDTH {
                self.line();
                self.pad(indent);
            } else {
                self.push(*c);
            }
        }
    }

    fn single(&mut self, text: &str, indent: usize, split: bool) {
        let mut rest = text;
        while !rest.is_empty() {
            let (line, after) = rest.split_at(rest.find(is_break).unwrap_or(rest.len()));
            self.words(&line.replace('\'', "''"), indent, split);
            if after.is_empty() {
                break;
            }
            let breaks = &after[..after.find(|c| !is_break(c)).unwrap_or(after.len())];
            // The first one only would be read as a space.
            if breaks.starts_with('\n') {
                self.line();
            }
            for c in breaks.chars() {
                self.out.push(c);
                self.column = 0;
            }
            self.pad(indent);
            rest = &after[breaks.len()..];
        }
    }

    fn double(&mut self, text: &str, indent: usize, split: bool) {
        let chars: Vec<char> = text.chars().collect();
        self.text("\"");
        // Characters that are written as they are come in runs, and a run is not broken.
        let mut run = String::new();
        for (at, c) in chars.iter().enumerate() {
            let escaped = escape(*c);
            if escaped.is_none() && *c != ' ' {
                run.push(*c);
                continue;
            }
            self.text(&std::mem::take(&mut run));
            if let Some(escaped) = &escaped {
                self.text(escaped);
            }
            let inside = at > 0 && at + 1 < chars.len();
            if inside && split && self.column > WIDTH && (*c == ' ' || escaped.is_some()) {
                self.text("\\");
                self.line();
                self.pad(indent);
                if escaped.is_none() || chars[at + 1] == ' ' {
                    self.text("\\");
                }
            }
            if escaped.is_none() {
                run.push(*c);
            }
        }
        self.text(&run);
        self.text("\"");
    }

    fn pad(&mut self, indent: usize) {
        while self.column < indent {
            self.push(' ');
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }
}

/// How a text is written so that it reads back the same.
fn style(text: &str) -> Style {
    let chars: Vec<char> = text.chars().collect();
    let is_space = |at: usize| {
        chars
            .get(at)
            .is_none_or(|c| matches!(c, '\0' | ' ' | '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}'))
    };
    let mut plain =
        !text.starts_with("---") && !text.starts_with("...") && !text.starts_with(' ') && !text.ends_with(' ');
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let is_special = *c != '\n'
            && (!(' '..='~').contains(c)
                && (*c < '\u{a0}' && *c != '\u{85}' || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')));
        let space_and_break = (is_break(*c) && before == Some(' ')) || (*c == ' ' && before.is_some_and(is_break));
        if is_special || space_and_break {
            return Style::Double;
        }
        let means_something = match c {
            '#' => at == 0 || is_space(at - 1),
            ':' => is_space(at + 1),
            '?' | '-' => at == 0 && is_space(1),
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => at == 0,
            c => is_break(*c),
        };
        plain &= !means_something;
    }
    let reads_as_text = NO_TEXT.as_ref().is_none_or(|regex| !regex.is_match(text));
    if plain && reads_as_text {
        Style::Plain
    } else {
        Style::Single
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn escape(c: char) -> Option<String> {
    Some(match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\0' => "\\0".to_owned(),
        '\u{7}' => "\\a".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\u{b}' => "\\v".to_owned(),
        '\u{c}' => "\\f".to_owned(),
        '\r' => "\\r".to_owned(),
        '\u{1b}' => "\\e".to_owned(),
        '\u{85}' => "\\N".to_owned(),
        '\u{2028}' => "\\L".to_owned(),
        '\u{2029}' => "\\P".to_owned(),
        '\u{feff}' => "\\uFEFF".to_owned(),
        ' '..='~' | '\u{a0}'.. => return None,
        c => format!("\\x{:02X}", u32::from(c)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_and_lists_stand_as_in_pyyaml() {
        let value = json!({
            "b": [1, {"x": "y", "a": [["n"]]}, []], "a": {"c": null, "d": {}}, "t": true, "f": 1.5
        });
        assert_eq!(
            dump(&value, 4, true),
            "a:\n    c: null\n    d: {}\nb:\n- 1\n-   a:\n    -   - n\n    x: y\n- []\nf: 1.5\nt: true\n"
        );
    }

    #[test]
    fn texts_are_quoted_where_they_would_read_as_something_else() {
        for (text, written) in [
            ("plain words", "plain words"),
            ("yes", "'yes'"),
            ("", "''"),
            ("1.0", "'1.0'"),
            ("2026-01-31", "'2026-01-31'"),
            ("it's", "it's"),
            ("- x", "'- x'"),
            ("a: b", "'a: b'"),
            ("a:b", "a:b"),
            ("a #b", "'a #b'"),
            ("[x", "'[x'"),
            ("a\nb", "'a\n\n    b'"),
            ("tab\t", "\"tab\\t\""),
            ("Ü 世界", "Ü 世界"),
            ("{{ x }}", "'{{ x }}'"),
        ] {
            assert_eq!(
                dump(&json!({ "k": text }), 4, true),
                format!("k: {written}\n"),
                "{text:?}"
            );
        }
    }
}
