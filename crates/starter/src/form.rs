//! The form of a template: JSON Schema with `ui:` keys, as fields to draw.

mod conditions;
mod references;

use serde_json::{Map, Value};

use crate::validate::answered;
use crate::{Kind, Starter, cookiecutter, copier};
pub(crate) use conditions::checker;
use conditions::{every_part, resolved};
pub(crate) use references::expanded;

/// Times that answers may bring up fields whose defaults bring up others.
const ROUNDS: usize = 8;

/// A page of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// One sentence, may be empty.
    pub description: String,
    /// Its fields, in the order of the file.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The parameter's name.
    pub name: String,
    /// Its label.
    pub title: String,
    /// Help below it, may be empty.
    pub description: String,
    /// How it is drawn.
    pub input: Input,
    /// Whether it must be filled in.
    pub required: bool,
    /// What it starts with; `null` for nothing.
    pub default: Value,
    /// A regular expression that the text has to match somewhere, as in JSON Schema.
    pub pattern: Option<String>,
    /// What to say when it does not.
    pub pattern_hint: Option<String>,
    /// The fewest characters.
    pub min_length: Option<u32>,
    /// The most characters.
    pub max_length: Option<u32>,
    /// The least number.
    pub minimum: Option<f64>,
    /// The greatest number.
    pub maximum: Option<f64>,
    /// Whether the value is hidden and never kept.
    pub secret: bool,
    /// Text in the empty field.
    pub placeholder: Option<String>,
    /// Whether the value is a list of texts, one a line of [`Input::Lines`].
    pub list: bool,
    /// Whether the value is a record, written as JSON in [`Input::Lines`].
    pub record: bool,
    /// Whether it is not drawn: its default, or an answer from elsewhere, is all it has.
    pub hidden: bool,
    /// What else the template asks of the value, as JSON Schema; `null` for nothing.
    pub(crate) schema: Value,
}

impl Field {
    /// A field that asks nothing of its value.
    pub(crate) fn new(name: &str, title: String, input: Input, default: Value) -> Self {
        Self {
            name: name.to_owned(),
            title,
            description: String::new(),
            input,
            required: false,
            default,
            pattern: None,
            pattern_hint: None,
            min_length: None,
            max_length: None,
            minimum: None,
            maximum: None,
            secret: false,
            placeholder: None,
            list: false,
            record: false,
            hidden: false,
            schema: Value::Null,
        }
    }
}

/// How a field is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A line of text.
    Text,
    /// Lines of text.
    Lines,
    /// A number.
    Number {
        /// Whether only whole numbers are accepted.
        whole: bool,
    },
    /// Yes or no.
    Switch,
    /// One of several.
    Choice {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Some of several.
    Choices {
        /// The choices.
        choices: Vec<Choice>,
    },
}

/// A choice of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: Value,
    /// Its label.
    pub title: String,
}

/// The form's pages before anything is answered; a repository has none, but where it asks whose the project is.
pub fn form(starter: &Starter) -> Vec<Page> {
    form_with(starter, &Map::new())
}

/// The form's pages with these answers: defaults follow them, and an answer may decide what else is asked. Answers
/// that are left out have their defaults.
pub fn form_with(starter: &Starter, values: &Map<String, Value>) -> Vec<Page> {
    match &starter.kind {
        Kind::Repository(repository) => {
            let fields = repository.fields();
            let page = |fields| Page {
                title: "Where it goes".to_owned(),
                description: String::new(),
                fields,
            };
            if fields.is_empty() {
                Vec::new()
            } else {
                vec![page(fields)]
            }
        }
        Kind::Template(template) => pages_with(&template.parameters, starter, values),
        Kind::Cookiecutter(template) => cookiecutter::ask(template, values).pages,
        Kind::Copier(template) => copier::ask(template, values).pages,
    }
}

/// The fields of all pages with these answers.
pub(crate) fn fields(starter: &Starter, values: &Map<String, Value>) -> Vec<Field> {
    form_with(starter, values)
        .into_iter()
        .flat_map(|page| page.fields)
        .collect()
}

/// Parts of the schema that become no field, each with a sentence about it.
pub(crate) fn not_shown(pages: &[Value]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for page in pages {
        if let Some(reference) = references::left_in(page) {
            let lead = "leads to nothing on this page, or back to itself";
            found.push(("$ref".to_owned(), format!("The reference `{reference}` {lead}.")));
        }
        for key in ["anyOf", "oneOf"] {
            if page.get(key).is_some() {
                found.push((
                    key.to_owned(),
                    format!("The form does not follow `{key}`: fields that it adds are not asked for."),
                ));
            }
        }
        for (name, property) in every_part(page).into_iter().flat_map(properties) {
            let kind = property["type"].as_str().unwrap_or("string");
            // In a condition, or with a reference into the page, a property need not say what it is.
            let says = property.get("type").is_some();
            if says && input(property).is_none() {
                found.push((
                    name.clone(),
                    format!("The field `{name}` of type `{kind}` is not asked for."),
                ));
            }
            if let Some(pattern) = property["pattern"].as_str()
                && checker(&serde_json::json!({ "pattern": pattern })).is_none()
            {
                found.push((
                    name.clone(),
                    format!("The pattern of `{name}` is not checked, for it is no regular expression: {pattern}"),
                ));
            }
        }
    }
    found
}

/// The pages with these answers. An answer may bring up a field, and its default another one.
fn pages_with(schemas: &[Value], starter: &Starter, values: &Map<String, Value>) -> Vec<Page> {
    let mut answers = Map::new();
    let mut pages = Vec::new();
    for _ in 0..ROUNDS {
        pages = schemas
            .iter()
            .map(|page| to_page(&resolved(page, &answers), starter))
            .collect();
        let next = answered(pages.iter().flat_map(|page: &Page| &page.fields), values);
        if next == answers {
            break;
        }
        answers = next;
    }
    pages
}

fn to_page(page: &Value, starter: &Starter) -> Page {
    let required: Vec<&str> = page["required"]
        .as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut fields: Vec<Field> = properties(page)
        .filter_map(|(name, property)| {
            let input = input(property)?;
            Some(field(name, property, input, required.contains(&name.as_str())))
        })
        .collect();
    if let Some(order) = page["ui:order"].as_array() {
        let place = |name: &str| order.iter().position(|other| other == name);
        // Fields that it does not name stand where the `*` is.
        let rest = place("*").unwrap_or(order.len());
        fields.sort_by_key(|field| place(&field.name).unwrap_or(rest));
    }
    Page {
        title: text(page, "title").unwrap_or_else(|| starter.title.clone()),
        description: text(page, "description").unwrap_or_default(),
        fields,
    }
}

fn properties(page: &Value) -> impl Iterator<Item = (&String, &Value)> {
    page["properties"].as_object().into_iter().flat_map(Map::iter)
}

fn field(name: &str, property: &Value, input: Input, required: bool) -> Field {
    let length = |key: &str| property[key].as_u64().and_then(|n| u32::try_from(n).ok());
    let help = text(property, "ui:help");
    let error = match &property["errorMessage"] {
        Value::String(message) => Some(message.clone()),
        messages => text(messages, "pattern"),
    };
    let description = text(property, "description");
    let default = match (&property["default"], &input) {
        (Value::Null, Input::Switch) => Value::Bool(false),
        (value, _) => value.clone(),
    };
    Field {
        name: name.to_owned(),
        title: text(property, "title").unwrap_or_else(|| name.to_owned()),
        description: description.or_else(|| help.clone()).unwrap_or_default(),
        required: required && input != Input::Switch,
        list: property["type"] == "array" && input == Input::Lines,
        record: property["type"] == "object",
        hidden: property["ui:widget"] == "hidden" || property["ui:options"]["widget"] == "hidden",
        input,
        default,
        pattern: text(property, "pattern"),
        pattern_hint: error.or(help),
        min_length: length("minLength"),
        max_length: length("maxLength"),
        minimum: property["minimum"].as_f64(),
        maximum: property["maximum"].as_f64(),
        secret: is_secret(property),
        placeholder: text(property, "ui:placeholder"),
        schema: property.clone(),
    }
}

/// How a property is drawn; `None` where it is not.
fn input(property: &Value) -> Option<Input> {
    if let Some(choices) = choices(property) {
        return Some(Input::Choice { choices });
    }
    let kind = match &property["type"] {
        Value::String(kind) => kind.as_str(),
        // `[string, null]`: the type that is not null.
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null")?,
        _ => "string",
    };
    let area = property["ui:widget"] == "textarea" || property["ui:options"]["widget"] == "textarea";
    Some(match kind {
        "string" if area => Input::Lines,
        "string" => Input::Text,
        "number" => Input::Number { whole: false },
        "integer" => Input::Number { whole: true },
        "boolean" => Input::Switch,
        "array" => match choices(&property["items"]) {
            Some(choices) => Input::Choices { choices },
            None if property["items"]["type"].as_str().unwrap_or("string") == "string" => Input::Lines,
            None => return None,
        },
        // Its parts are shown and kept as one text, so a secret may not be among them.
        "object" if !holds_secret(property) => Input::Lines,
        _ => return None,
    })
}

fn choices(property: &Value) -> Option<Vec<Choice>> {
    if let Some(values) = property["enum"].as_array() {
        let names = property["enumNames"].as_array();
        let title = |at: usize, value: &Value| {
            names
                .and_then(|names| names.get(at))
                .and_then(Value::as_str)
                .map_or_else(|| plain(value), str::to_owned)
        };
        return Some(
            values
                .iter()
                .enumerate()
                .map(|(at, v)| Choice {
                    value: v.clone(),
                    title: title(at, v),
                })
                .collect(),
        );
    }
    let options = property["oneOf"].as_array().or_else(|| property["anyOf"].as_array())?;
    options
        .iter()
        .map(|option| {
            let value = option.get("const")?.clone();
            Some(Choice {
                title: text(option, "title").unwrap_or_else(|| plain(&value)),
                value,
            })
        })
        .collect()
}

fn holds_secret(property: &Value) -> bool {
    let mut parts = every_part(property).into_iter().flat_map(properties);
    parts.any(|(_, part)| is_secret(part) || holds_secret(part))
}

/// Whether the value is hidden and never kept.
fn is_secret(property: &Value) -> bool {
    is_secret_field(property)
        || property["ui:widget"] == "password"
        || property["ui:options"]["widget"] == "password"
        || property["ui:backstage"]["review"]["mask"].is_string()
}

/// Whether the value is reached as `secrets.NAME` and not as a parameter.
fn is_secret_field(property: &Value) -> bool {
    property["ui:field"] == "Secret"
}

/// Names of the fields that are reached as `secrets.NAME`.
pub(crate) fn secret_names(pages: &[Value]) -> Vec<String> {
    pages
        .iter()
        .flat_map(every_part)
        .flat_map(properties)
        .filter(|(_, p)| is_secret_field(p))
        .map(|(name, _)| name.clone())
        .collect()
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(|text| text.trim().to_owned())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
