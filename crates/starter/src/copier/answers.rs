//! From answers to the form and the names of the files: each question may use the answers before it.

use serde_json::{Map, Value, json};

use super::cast::{cast, parse_yaml, to_bool};
use super::question::Question;
use super::{Copier, yaml};
use crate::FieldError;
use crate::cookiecutter::words;
use crate::expression::{BadExpression, bad};
use crate::form::{Choice, Field, Input, Page};
use crate::jinja::{Jinja, Style, context, dumps, python};
use crate::validate::as_asked;

/// Stands for `UNSET` in a default; a default that holds it is none.
const UNSET: &str = "\u{0}unset\u{0}";

/// A form that follows the answers, and what comes of them.
pub(crate) struct Asked {
    pub(crate) pages: Vec<Page>,
    /// All answers, those of questions that are not asked as well.
    pub(crate) answers: Map<String, Value>,
    /// Those that the answers file keeps.
    pub(crate) kept: Map<String, Value>,
    /// What the template's own checks say.
    pub(crate) errors: Vec<FieldError>,
    /// The first question that cannot be rendered.
    pub(crate) problem: Option<(String, BadExpression)>,
}

/// Asks with the answers that are there; the others have their defaults.
pub(crate) fn ask(template: &Copier, values: &Map<String, Value>) -> Asked {
    let mut form = Form {
        template,
        asked: Asked {
            pages: Vec::new(),
            answers: Map::new(),
            kept: Map::new(),
            errors: Vec::new(),
            problem: None,
        },
        fields: Vec::new(),
    };
    match template.jinja() {
        Ok(jinja) => {
            for question in &template.questions {
                if let Err(bad) = form.ask(&jinja, question, values.get(&question.name)) {
                    form.asked.problem.get_or_insert((question.name.clone(), bad));
                }
            }
        }
        Err(why) => form.asked.problem = Some(("_envops".to_owned(), bad("", 1, why))),
    }
    if !form.fields.is_empty() {
        form.asked.pages.push(Page {
            title: words("questions"),
            description: String::new(),
            fields: form.fields,
        });
    }
    form.asked
}

/// The names that templates may use.
pub(super) fn names(template: &Copier, asked: &Asked, folder: &str, answers_file: &str) -> Value {
    let mut names = asked.answers.clone();
    let mut kept = Map::from_iter([("_src_path".to_owned(), template.source.as_str().into())]);
    kept.extend(asked.kept.clone());
    names.extend([
        ("_src_path".to_owned(), template.source.as_str().into()),
        ("_copier_answers".to_owned(), kept.into()),
        ("_folder_name".to_owned(), folder.into()),
        ("_copier_phase".to_owned(), "render".into()),
        ("_copier_operation".to_owned(), "copy".into()),
        ("_copier_python".to_owned(), "python3".into()),
        (
            "_copier_conf".to_owned(),
            json!({
                "src_path": template.source,
                "dst_path": folder,
                "answers_file": answers_file,
                "sep": std::path::MAIN_SEPARATOR_STR,
                "os": std::env::consts::OS,
                "vcs_ref": null,
                "vcs_ref_hash": null,
                "data": {},
            }),
        ),
    ]);
    names.into()
}

struct Form<'a> {
    template: &'a Copier,
    asked: Asked,
    fields: Vec<Field>,
}

impl Form<'_> {
    fn ask(&mut self, jinja: &Jinja, question: &Question, answer: Option<&Value>) -> Result<(), BadExpression> {
        let names = names(self.template, &self.asked, "", "");
        let known = context(&names);
        let render = |value: &Value| render(jinja, value, &known);
        let text = |text: &str| jinja.render(text, &known);

        let kind = text(&question.kind)?;
        let choices = choices(question, &kind, &render)?;
        let default = match &question.default {
            None => None,
            Some(raw) => {
                let mut with_unset = names.clone();
                with_unset["UNSET"] = UNSET.into();
                let value = self::render(jinja, raw, &context(&with_unset))?;
                (!value.as_str().is_some_and(|text| text.contains(UNSET))).then_some(value)
            }
        };
        let default = default.and_then(|value| parse(question, &kind, choices.as_deref(), &value).ok());
        if !to_bool(&render(&question.when)?) {
            // It is not asked, and its default is there for the others.
            if let Some(default) = default {
                self.asked.answers.insert(question.name.clone(), default);
            }
            return Ok(());
        }
        let mut field = field(
            question,
            &kind,
            choices.as_deref(),
            default.as_ref(),
            to_bool(&render(&question.multiline)?),
        );
        text(&question.help)?.trim().clone_into(&mut field.description);
        field.placeholder = Some(text(&question.placeholder)?).filter(|text| !text.is_empty());

        let given = answer
            .filter(|answer| !answer.is_null())
            .map(|answer| as_asked(&field, answer));
        let value = match &given {
            // What does not fit is told by the form's own checks; here it only must not stop the others.
            Some(given) => match parse(question, &kind, choices.as_deref(), given) {
                Ok(value) => Some(value),
                Err(why) => {
                    self.error(&field, &why);
                    None
                }
            },
            None => default,
        };
        if let Some(value) = value {
            if !question.validator.is_empty() {
                let mut with_answer = names;
                with_answer[&question.name] = value.clone();
                match jinja.render(&question.validator, &context(&with_answer)) {
                    Ok(said) if said.trim().is_empty() => {}
                    Ok(said) => self.error(&field, said.trim()),
                    Err(bad) => self.error(&field, &bad.why),
                }
            }
            if !question.secret {
                self.asked.kept.insert(question.name.clone(), value.clone());
            }
            self.asked.answers.insert(question.name.clone(), value);
        }
        self.fields.push(field);
        Ok(())
    }

    fn error(&mut self, field: &Field, why: &str) {
        self.asked.errors.push(FieldError {
            field: field.name.clone(),
            message: format!("{}: {}.", field.title, why.trim_end_matches('.')),
        });
    }
}

/// Renders the texts of a value.
fn render(jinja: &Jinja, value: &Value, known: &minijinja::Value) -> Result<Value, BadExpression> {
    Ok(match value {
        Value::String(text) => Value::String(jinja.render(text, known)?),
        Value::Array(items) => items
            .iter()
            .map(|item| render(jinja, item, known))
            .collect::<Result<_, _>>()?,
        other => other.clone(),
    })
}

/// The choices that can be taken; `None` where any answer can be given.
fn choices(
    question: &Question,
    kind: &str,
    render: &dyn Fn(&Value) -> Result<Value, BadExpression>,
) -> Result<Option<Vec<Choice>>, BadExpression> {
    let list = match &question.choices {
        Value::String(_) => match render(&question.choices)? {
            Value::String(text) => parse_yaml(&text).unwrap_or_default(),
            other => other,
        },
        other => other.clone(),
    };
    let entries: Vec<(Value, Value, bool)> = match list {
        Value::Array(items) => items
            .into_iter()
            .map(|item| match item {
                Value::Array(pair) if pair.len() == 2 => (pair[0].clone(), pair[1].clone(), true),
                item => (item.clone(), item, false),
            })
            .collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(name, value)| (name.into(), value, true))
            .collect(),
        _ => return Ok(None),
    };
    let mut choices = Vec::new();
    for (name, value, named) in entries {
        let value = match value {
            Value::Object(entry) if named => {
                let disabled = render(entry.get("validator").unwrap_or(&Value::Null))?;
                if disabled.as_str().is_some_and(|why| !why.is_empty()) {
                    continue;
                }
                entry.get("value").cloned().unwrap_or_default()
            }
            value => value,
        };
        let value = render(&value)?;
        choices.push(Choice {
            title: python(&render(&name)?),
            value: cast(&value, kind).unwrap_or(value),
        });
    }
    Ok(Some(choices).filter(|choices| !choices.is_empty() || !question.choices.is_array()))
}

/// An answer as the question wants it.
fn parse(question: &Question, kind: &str, choices: Option<&[Choice]>, value: &Value) -> Result<Value, String> {
    let known = |value: Value| match choices {
        Some(choices) if choices.iter().all(|choice| choice.value != value) => {
            let titles: Vec<&str> = choices.iter().map(|choice| choice.title.as_str()).collect();
            Err(format!("it is one of {}", titles.join(", ")))
        }
        _ => Ok(value),
    };
    if !question.multiselect {
        return known(cast(value, kind)?);
    }
    let list = match value {
        Value::String(text) => parse_yaml(text)?,
        other => other.clone(),
    };
    let Value::Array(items) = list else {
        return Err("it is a list".to_owned());
    };
    let items: Vec<Value> = items
        .iter()
        .map(|item| known(cast(item, kind)?))
        .collect::<Result<_, _>>()?;
    // In the order of the choices, as in copier.
    Ok(match choices {
        Some(choices) => {
            let values = choices.iter().map(|choice| choice.value.clone());
            values.filter(|value| items.contains(value)).collect()
        }
        None => Value::Array(items),
    })
}

fn field(
    question: &Question,
    kind: &str,
    choices: Option<&[Choice]>,
    default: Option<&Value>,
    multiline: bool,
) -> Field {
    let shown = default.cloned().unwrap_or_default();
    let (input, shown) = match (choices, kind) {
        (Some(choices), _) if question.multiselect => (
            Input::Choices {
                choices: choices.to_vec(),
            },
            shown,
        ),
        (Some(choices), _) => (
            Input::Choice {
                choices: choices.to_vec(),
            },
            shown,
        ),
        (None, "bool") => (Input::Switch, Value::Bool(to_bool(&shown))),
        (None, "int") => (Input::Number { whole: true }, shown),
        (None, "float") => (Input::Number { whole: false }, shown),
        (None, "json") => {
            let style = Style {
                indent: Some(2),
                ..Style::default()
            };
            (
                Input::Lines,
                default.map_or(Value::Null, |value| dumps(value, style).unwrap_or_default().into()),
            )
        }
        (None, "yaml") => (
            Input::Lines,
            default.map_or(Value::Null, |value| {
                yaml::dump(value, 2, false).trim_end().trim_end_matches("\n...").into()
            }),
        ),
        (None, _) if multiline => (Input::Lines, shown),
        (None, _) => (Input::Text, shown),
    };
    Field {
        required: default.is_none() && !matches!(input, Input::Switch | Input::Choices { .. }),
        secret: question.secret,
        ..Field::new(&question.name, words(&question.name), input, shown)
    }
}
