//! Jinja templates as Python renders them, on minijinja: cookiecutter and copier share them.
//!
//! [`tags`] rewrites the one tag that minijinja cannot be taught, [`filters`] and [`methods`] add what Python's Jinja,
//! its texts and cookiecutter's extensions have and minijinja does not.

mod filters;
mod json;
mod limit;
mod methods;
mod now;
mod random;
mod slug;
mod tags;

use std::fs;
use std::path::PathBuf;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use crate::contain;
use crate::expression::{BadExpression, bad, explain};

pub(crate) use filters::to_json;
pub(crate) use json::{Style, dumps};
pub(crate) use limit::{fits, text};
pub(crate) use random::hex as random_hex;

/// Steps of work that one file or text may take; an endless template ends here. A step also pays for 64 bytes of all
/// texts and lists that are made, so that they come to 64 MB at most.
const FUEL: u64 = 1_000_000;
/// Nesting of blocks and macros.
const DEPTH: usize = 100;
/// The longest file that another may include, in bytes.
const MAX_INCLUDED: u64 = 4 * 1024 * 1024;

/// How a template is read, with the names that Python's `jinja2.Environment` has for it.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) block: (String, String),
    pub(crate) variable: (String, String),
    pub(crate) comment: (String, String),
    pub(crate) line_statement: Option<String>,
    pub(crate) line_comment: Option<String>,
    pub(crate) trim_blocks: bool,
    pub(crate) lstrip_blocks: bool,
    pub(crate) keep_trailing_newline: bool,
    /// Whether a name that nobody set is an error wherever it is used.
    pub(crate) strict: bool,
}

impl Options {
    /// Jinja's defaults, changed by the entries of a record such as `_jinja2_env_vars` or `_envops`.
    pub(crate) fn new(changes: &serde_json::Value, strict: bool) -> Self {
        let text = |key: &str, default: &str| changes[key].as_str().unwrap_or(default).to_owned();
        let some = |key: &str| changes[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        Self {
            block: (text("block_start_string", "{%"), text("block_end_string", "%}")),
            variable: (text("variable_start_string", "{{"), text("variable_end_string", "}}")),
            comment: (text("comment_start_string", "{#"), text("comment_end_string", "#}")),
            line_statement: some("line_statement_prefix"),
            line_comment: some("line_comment_prefix"),
            trim_blocks: changes["trim_blocks"] == true,
            lstrip_blocks: changes["lstrip_blocks"] == true,
            keep_trailing_newline: changes["keep_trailing_newline"] != false,
            strict: match changes["undefined"].as_str() {
                Some(class) => class.ends_with("StrictUndefined"),
                None => strict,
            },
        }
    }

    fn syntax(&self) -> Result<SyntaxConfig, Error> {
        let mut builder = SyntaxConfig::builder();
        let pair = |(start, end): &(String, String)| (start.clone(), end.clone());
        let (block, variable, comment) = (pair(&self.block), pair(&self.variable), pair(&self.comment));
        builder
            .block_delimiters(block.0, block.1)
            .variable_delimiters(variable.0, variable.1)
            .comment_delimiters(comment.0, comment.1)
            .trim_blocks(self.trim_blocks)
            .lstrip_blocks(self.lstrip_blocks)
            .keep_trailing_newline(self.keep_trailing_newline);
        if let Some(prefix) = &self.line_statement {
            builder.line_statement_prefix(prefix.clone());
        }
        if let Some(prefix) = &self.line_comment {
            builder.line_comment_prefix(prefix.clone());
        }
        builder.build()
    }
}

/// Renders texts and files.
pub(crate) struct Jinja {
    environment: Environment<'static>,
    options: Options,
}

impl Jinja {
    /// Templates may include files below `folders`, the first that has one.
    ///
    /// # Errors
    /// Half a sentence about delimiters that cannot be.
    pub(crate) fn new(options: Options, folders: Vec<PathBuf>) -> Result<Self, String> {
        let mut environment = Environment::new();
        let syntax = options
            .syntax()
            .map_err(|error| format!("its delimiters cannot be used ({error})"))?;
        environment.set_syntax(syntax);
        environment.set_undefined_behavior(if options.strict {
            UndefinedBehavior::Strict
        } else {
            UndefinedBehavior::Lenient
        });
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_unknown_method_callback(methods::call);
        environment.set_formatter(|out, state, value| match exponent(value) {
            Some(printed) => out.write_str(&printed).map_err(Error::from),
            None => minijinja::escape_formatter(out, state, value),
        });
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEPTH);
        filters::add(&mut environment);
        let delimiters = options.clone();
        environment.set_loader(move |name| load(&folders, name, &delimiters));
        Ok(Self { environment, options })
    }

    /// For what one tool adds.
    pub(crate) fn environment(&mut self) -> &mut Environment<'static> {
        &mut self.environment
    }

    /// Renders a text to text; all its line ends become `\n`, as in Python.
    pub(crate) fn render(&self, text: &str, context: &Value) -> Result<String, BadExpression> {
        if !self.holds_expression(text) && !text.contains('\r') && self.options.keep_trailing_newline {
            return Ok(text.to_owned());
        }
        let source = prepare(text, &self.options);
        self.environment
            .template_from_named_str("text", &source)
            .and_then(|template| template.render(context.clone()))
            .map_err(|error| match error.name() {
                // A file that this one includes.
                Some(name) if name != "text" => {
                    let mut bad = bad(text, 1, format!("{} in `{name}`", explain(&source, &error).why));
                    bad.code = format!("{name}:{}", error.line().unwrap_or(1));
                    bad
                }
                _ => explain(text, &error),
            })
    }

    fn holds_expression(&self, text: &str) -> bool {
        let options = &self.options;
        options.line_statement.is_some()
            || options.line_comment.is_some()
            || [&options.block.0, &options.variable.0, &options.comment.0]
                .into_iter()
                .any(|start| text.contains(start.as_str()))
    }
}

/// A number that Python prints with an exponent.
fn exponent(value: &Value) -> Option<String> {
    let number = f64::try_from(value.clone()).ok().filter(|_| !value.is_integer())?;
    let size = number.abs();
    if value.kind() != ValueKind::Number || !number.is_finite() || (1e-4..1e16).contains(&size) || size == 0.0 {
        return None;
    }
    let printed = format!("{number:e}");
    let (mantissa, exponent) = printed.split_once('e')?;
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ('-', digits),
        None => ('+', exponent),
    };
    Some(format!("{mantissa}e{sign}{digits:0>2}"))
}

/// A value as Python's `str` gives it.
pub(crate) fn python(value: &serde_json::Value) -> String {
    let value = context(value);
    exponent(&value).unwrap_or_else(|| value.to_string())
}

/// A record as the context of templates.
pub(crate) fn context(value: &serde_json::Value) -> Value {
    Value::from(Serde(value))
}

/// A number below `end`, each as likely as the other; `None` for 0, or where the system has no random numbers.
pub(crate) fn random_below(end: usize) -> Option<usize> {
    random::below(end).ok()
}

/// Python reads text files with any line end as `\n`.
pub(crate) fn universal_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn prepare(text: &str, options: &Options) -> String {
    tags::rewrite(&universal_newlines(text), options)
}

fn load(folders: &[PathBuf], name: &str, options: &Options) -> Result<Option<String>, Error> {
    let refused = |why: String| Error::new(ErrorKind::TemplateNotFound, why);
    let relative = contain::relative(name).map_err(refused)?;
    for folder in folders {
        let place = contain::inside(folder, &relative).map_err(refused)?;
        match fs::metadata(&place) {
            Ok(meta) if meta.is_file() && meta.len() <= MAX_INCLUDED => {
                let text = fs::read_to_string(&place)
                    .map_err(|error| refused(format!("`{name}` cannot be read ({error})")))?;
                return Ok(Some(prepare(&text, options)));
            }
            _ => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn render(text: &str) -> Result<String, String> {
        let values = json!({
            "name": "Über Shop", "yes": true, "none": null, "list": ["b", "a"], "map": {"k": 1, "a": "x"}, "n": 4
        });
        Jinja::new(Options::new(&json!({}), true), Vec::new())
            .unwrap()
            .render(text, &context(&values))
            .map_err(|bad| bad.why)
    }

    #[test]
    fn values_print_as_in_python() {
        for (text, printed) in [
            (
                "{{ yes }} {{ none }} {{ list }} {{ map }}",
                "True None ['b', 'a'] {'k': 1, 'a': 'x'}",
            ),
            ("{{ 4 / 2 }} {{ 7 // 2 }} {{ n ** 2 }} {{ 'a' ~ 1 }}", "2.0 3 16 a1"),
            ("a\r\nb\n", "a\nb\n"),
            ("{{ list | jsonify(2) }}", "[\n  \"b\",\n  \"a\"\n]"),
            ("{{ map | jsonify }}", "{\n    \"a\": \"x\",\n    \"k\": 1\n}"),
            (
                "{{ name | slugify }} {{ name | slugify(separator='_') }}",
                "uber-shop uber_shop",
            ),
            (
                "{{ '%s-%03d' | format('a', 7) }} {{ '{}!'.format(name) }}",
                "a-007 Über Shop!",
            ),
            (
                "{{ 'ab'.zfill(4) }} {{ 'a.b.c'.rsplit('.', 1) }} {{ 'ab'.removeprefix('a') }}",
                "00ab ['a.b', 'c'] b",
            ),
            (
                "{{ 'aB'.swapcase() }} {{ 'x'.center(5, '*') }} {{ 'a:b'.partition(':') }}",
                "Ab **x** ('a', ':', 'b')",
            ),
            (
                "{{ 'one two three' | truncate(9, True) }} {{ 'a b' | wordcount }}",
                "one two three 2",
            ),
        ] {
            assert_eq!(render(text).as_deref(), Ok(printed), "{text}");
        }
    }

    #[test]
    fn a_name_that_nobody_set_is_an_error() {
        for text in [
            "{{ nobody }}",
            "{% if nobody %}{% endif %}",
            "{{ map.nobody }}",
            "{% for x in nobody %}{% endfor %}",
        ] {
            assert!(render(text).is_err(), "{text}");
        }
        assert_eq!(
            render("{{ nobody | default('x') }}{{ nobody is defined }}").as_deref(),
            Ok("xFalse")
        );
    }

    #[test]
    fn random_texts_have_the_length_that_was_asked_for_and_differ() {
        let text = render("{{ random_ascii_string(24) }}").unwrap();
        assert!(
            text.len() == 24 && text.chars().all(|c| c.is_ascii_alphabetic()),
            "{text}"
        );
        assert_ne!(text, render("{{ random_ascii_string(24) }}").unwrap());
        let id = render("{{ uuid4() }}").unwrap();
        let id: Vec<&str> = id.split('-').collect();
        assert_eq!(id.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(id[2].starts_with('4'));
    }

    #[test]
    fn an_endless_template_ends() {
        let text = "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}";
        assert!(render(text).unwrap_err().contains("too long"));
    }

    #[test]
    fn files_are_included_from_the_folders_and_nowhere_else() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("in");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("part.txt"), "part {{ n }}\r\n").unwrap();
        fs::write(home.path().join("secret.txt"), "secret").unwrap();
        let jinja = Jinja::new(Options::new(&json!({}), true), vec![folder]).unwrap();
        let render = |text: &str| jinja.render(text, &context(&json!({"n": 4})));
        assert_eq!(render("{% include 'part.txt' %}").unwrap(), "part 4\n");
        assert!(render("{% include '../secret.txt' %}").is_err());
        assert!(render("{% include 'nowhere.txt' %}").is_err());
    }
}
