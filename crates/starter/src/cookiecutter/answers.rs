//! From answers to the form and the variables: each default may use the answers before it.

use minijinja::value::Value as Rendered;
use serde_json::{Map, Value, json};

use super::{Cookiecutter, words};
use crate::expression::{BadExpression, bad};
use crate::form::{Choice, Field, Input, Page};
use crate::jinja::{Jinja, Style, context, dumps};
use crate::validate::as_asked;

/// A form that follows the answers, and what comes of them.
pub(crate) struct Asked<'a> {
    pub(crate) pages: Vec<Page>,
    /// The template that is rendered: this one, or one inside.
    pub(crate) template: &'a Cookiecutter,
    /// The variables of the files: `cookiecutter`.
    pub(crate) variables: Map<String, Value>,
    /// The first default that cannot be rendered, by its variable.
    pub(crate) problem: Option<(String, BadExpression)>,
}

/// Asks with the answers that are there; the others have their defaults.
pub(crate) fn ask<'a>(template: &'a Cookiecutter, values: &Map<String, Value>) -> Asked<'a> {
    let mut pages = Vec::new();
    let mut template = template;
    let mut level = 1;
    while let Some(first) = template.nested.first() {
        let name = match level {
            1 => "template".to_owned(),
            level => format!("template_{level}"),
        };
        let chosen = values.get(&name).and_then(Value::as_str).unwrap_or(&first.key);
        pages.push(which(&name, template));
        // An answer that is none of them is told when the answers are checked.
        template = template
            .nested
            .iter()
            .find(|nested| nested.key == chosen)
            .map_or(&first.template, |nested| &nested.template);
        level += 1;
    }
    let mut form = Form {
        template,
        values,
        fields: Vec::new(),
        known: Map::new(),
        problem: None,
    };
    match template.jinja() {
        Ok(jinja) => form.fill(&jinja),
        Err(why) => form.problem = Some(("_jinja2_env_vars".to_owned(), bad("", 1, why))),
    }
    if !form.fields.is_empty() {
        pages.push(Page {
            title: if pages.is_empty() {
                words("variables")
            } else {
                super::title_of(&template.dir)
            },
            description: String::new(),
            fields: form.fields,
        });
    }
    let mut variables = template.variables.clone();
    variables.extend(form.known);
    Asked {
        pages,
        template,
        variables,
        problem: form.problem,
    }
}

fn which(name: &str, template: &Cookiecutter) -> Page {
    let choices = template.nested.iter().map(|nested| Choice {
        value: nested.key.as_str().into(),
        title: nested.title.clone(),
    });
    let default = template
        .nested
        .first()
        .map_or(Value::Null, |nested| nested.key.as_str().into());
    let input = Input::Choice {
        choices: choices.collect(),
    };
    Page {
        title: "Template".to_owned(),
        description: String::new(),
        fields: vec![Field {
            required: true,
            ..Field::new(name, "Template".to_owned(), input, default)
        }],
    }
}

struct Form<'a> {
    template: &'a Cookiecutter,
    values: &'a Map<String, Value>,
    fields: Vec<Field>,
    /// What is answered so far.
    known: Map<String, Value>,
    problem: Option<(String, BadExpression)>,
}

impl Form<'_> {
    /// In the order of the file; dictionaries come last, for they may use all others.
    fn fill(&mut self, jinja: &Jinja) {
        for (name, raw) in &self.template.variables {
            if name.starts_with("__") {
                let value = self.render(jinja, name, raw);
                self.known.insert(name.clone(), value);
            } else if name.starts_with('_') {
                self.known.insert(name.clone(), raw.clone());
            } else if !raw.is_object() {
                self.ask(jinja, name, raw);
            }
        }
        for (name, raw) in &self.template.variables {
            if raw.is_object() && name.starts_with("__") {
                let value = self.render(jinja, name, raw);
                self.known.insert(name.clone(), value);
            } else if raw.is_object() && !name.starts_with('_') {
                self.ask(jinja, name, raw);
            }
        }
    }

    fn ask(&mut self, jinja: &Jinja, name: &str, raw: &Value) {
        let answer = self.values.get(name).filter(|value| !value.is_null());
        let default = self.try_render(jinja, raw);
        // A default that cannot be rendered is no harm where there is an answer.
        let default = default.unwrap_or_else(|bad| {
            if answer.is_none() {
                self.problem.get_or_insert((name.to_owned(), bad));
            }
            Value::Null
        });
        let field = field(name, raw, &default, self.template.prompts.get(name));
        let value = match answer {
            Some(answer) => as_asked(&field, answer),
            None => match (&default, raw) {
                (Value::Array(choices), Value::Array(_)) => choices.first().cloned().unwrap_or_default(),
                _ => default,
            },
        };
        self.known.insert(name.to_owned(), value);
        self.fields.push(field);
    }

    fn render(&mut self, jinja: &Jinja, name: &str, raw: &Value) -> Value {
        self.try_render(jinja, raw).unwrap_or_else(|bad| {
            self.problem.get_or_insert((name.to_owned(), bad));
            Value::Null
        })
    }

    fn try_render(&self, jinja: &Jinja, raw: &Value) -> Result<Value, BadExpression> {
        render(jinja, raw, &context(&json!({ "cookiecutter": self.known })))
    }
}

/// Renders the texts of a value, keys as well; a number becomes a text, as in cookiecutter.
fn render(jinja: &Jinja, raw: &Value, known: &Rendered) -> Result<Value, BadExpression> {
    Ok(match raw {
        Value::Null | Value::Bool(_) => raw.clone(),
        Value::Number(_) => Value::String(dumps(raw, Style::default()).unwrap_or_default()),
        Value::String(text) => Value::String(jinja.render(text, known)?),
        Value::Array(items) => items
            .iter()
            .map(|item| render(jinja, item, known))
            .collect::<Result<_, _>>()?,
        Value::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, value)| Ok((jinja.render(key, known)?, render(jinja, value, known)?)));
            Value::Object(entries.collect::<Result<_, _>>()?)
        }
    })
}

fn field(name: &str, raw: &Value, default: &Value, prompt: Option<&Value>) -> Field {
    let title = match prompt {
        Some(Value::String(text)) => Some(text.as_str()),
        Some(prompt) => prompt["__prompt__"].as_str(),
        None => None,
    };
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    let title = title.map_or_else(|| words(name), str::to_owned);
    match (raw, default) {
        (Value::Array(_), Value::Array(options)) if !options.is_empty() => {
            let choice = |option: &Value| {
                let plain = plain(option);
                let title = prompt.and_then(|prompt| prompt.get(&plain)?.as_str().map(str::to_owned));
                Choice {
                    title: title.unwrap_or(plain),
                    value: option.clone(),
                }
            };
            let choices = options.iter().map(choice).collect();
            Field {
                required: true,
                ..Field::new(name, title, Input::Choice { choices }, options[0].clone())
            }
        }
        (Value::Bool(_), _) => Field::new(name, title, Input::Switch, raw.clone()),
        (Value::Object(_), _) => {
            let style = Style {
                indent: Some(2),
                ..Style::default()
            };
            Field {
                record: true,
                ..Field::new(
                    name,
                    title,
                    Input::Lines,
                    dumps(default, style).unwrap_or_default().into(),
                )
            }
        }
        (_, default) => Field::new(name, title, Input::Text, default.clone()),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
