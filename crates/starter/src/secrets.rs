//! Secret answers, kept out of whatever is shown or recorded.

use serde_json::{Map, Value};

use crate::form::fields;
use crate::{CreateError, Starter};

/// What stands for a secret wherever it would be shown.
pub(crate) const MASK: &str = "***";
/// Shorter secrets are found in too much that is none.
const TELLING: usize = 4;

/// The secrets among the answers of a form.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    names: Vec<String>,
    /// Their texts, the longest first.
    texts: Vec<String>,
}

impl Secrets {
    pub(crate) fn of(starter: &Starter, values: &Map<String, Value>) -> Self {
        let names: Vec<String> = fields(starter, values)
            .into_iter()
            .filter(|field| field.secret)
            .map(|field| field.name)
            .collect();
        let mut texts = Vec::new();
        for value in names.iter().filter_map(|name| values.get(name)) {
            collect(value, &mut texts);
        }
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        texts.dedup();
        Self { names, texts }
    }

    /// Whether no answer is secret.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The answers with a mask for each secret one, to render what is shown.
    pub(crate) fn masked(&self, values: &Map<String, Value>) -> Map<String, Value> {
        let shown = |(name, value): (&String, &Value)| {
            let value = if self.names.contains(name) {
                MASK.into()
            } else {
                value.clone()
            };
            (name.clone(), value)
        };
        values.iter().map(shown).collect()
    }

    /// A text without secrets. What a template made of one, such as its upper case, is not found here, so that what is
    /// shown is rendered without secrets first.
    pub(crate) fn mask(&self, text: &str) -> String {
        self.texts
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
    }

    /// All texts of a value without secrets.
    pub(crate) fn mask_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.mask(text).into(),
            Value::Array(items) => items.iter().map(|item| self.mask_value(item)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (self.mask(key), self.mask_value(value)))
                .collect::<Map<_, _>>()
                .into(),
            other => other.clone(),
        }
    }

    /// Whether an answer is a secret or holds one, as a default that is made of one does.
    pub(crate) fn are_among(&self, name: &String, value: &Value) -> bool {
        if self.names.contains(name) {
            return true;
        }
        let mut texts = Vec::new();
        collect(value, &mut texts);
        let mut telling = self.texts.iter().filter(|secret| secret.chars().count() >= TELLING);
        telling.any(|secret| texts.iter().any(|text| text.contains(secret.as_str())))
    }

    /// An error without secrets.
    pub(crate) fn mask_error(&self, error: CreateError) -> CreateError {
        match error {
            CreateError::Expression {
                file,
                line,
                code,
                why,
                hint,
            } => CreateError::Expression {
                file,
                line,
                code: self.mask(&code),
                why: self.mask(&why),
                hint,
            },
            CreateError::Step { file, step, why } => CreateError::Step {
                file,
                step: self.mask(&step),
                why: self.mask(&why),
            },
            other => other,
        }
    }
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.is_empty() => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(map) => map.values().for_each(|value| collect(value, texts)),
        _ => {}
    }
}
