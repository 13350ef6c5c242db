//! A starter's form while it is filled in.

use serde_json::{Map, Value};

use crate::Engine;
use crate::wire::{Failure, FieldProblem, FormChoice, FormField, FormInput, FormPage, FormView};

impl Engine {
    /// The form with the answers given so far: defaults follow them, and an answer may decide what else is asked.
    /// Answers to what is no longer asked are left aside.
    ///
    /// # Errors
    /// For an unknown starter, and one that cannot be read.
    pub fn starter_form(&self, id: &str, values: &Map<String, Value>) -> Result<FormView, Failure> {
        let starter = self.known_starter(id)?;
        let pages = ::starter::form_with(starter, values);
        let mut values = values.clone();
        values.retain(|name, _| {
            pages
                .iter()
                .flat_map(|page| &page.fields)
                .any(|field| field.name == *name)
        });
        let problems = ::starter::validate(starter, &values)
            .into_iter()
            .map(|error| FieldProblem {
                field: error.field,
                message: error.message,
            });
        Ok(FormView {
            problems: problems.collect(),
            pages: pages.into_iter().map(page).collect(),
        })
    }
}

pub(crate) fn page(page: ::starter::Page) -> FormPage {
    FormPage {
        title: page.title,
        description: page.description,
        fields: page
            .fields
            .into_iter()
            .filter(|field| !field.hidden)
            .map(field)
            .collect(),
    }
}

pub(crate) fn field(field: ::starter::Field) -> FormField {
    let choices = |choices: Vec<::starter::Choice>| {
        choices
            .into_iter()
            .map(|choice| FormChoice {
                value: choice.value,
                title: choice.title,
            })
            .collect()
    };
    FormField {
        name: field.name,
        title: field.title,
        description: field.description,
        input: match field.input {
            ::starter::Input::Text => FormInput::Text,
            ::starter::Input::Lines => FormInput::Lines,
            ::starter::Input::Number { whole } => FormInput::Number { whole },
            ::starter::Input::Switch => FormInput::Switch,
            ::starter::Input::Choice { choices: of } => FormInput::Choice { choices: choices(of) },
            ::starter::Input::Choices { choices: of } => FormInput::Choices { choices: choices(of) },
        },
        required: field.required,
        default: field.default,
        pattern: field.pattern,
        pattern_hint: field.pattern_hint,
        min_length: field.min_length,
        max_length: field.max_length,
        minimum: field.minimum,
        maximum: field.maximum,
        secret: field.secret,
        placeholder: field.placeholder,
        list: field.list,
        record: field.record,
    }
}
