//! The steps of a template, one after the other.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use crate::actions::{self, Site};
use crate::create::{Deferred, Link};
use crate::expression::{Expressions, is_truthy};
use crate::form::{fields, secret_names};
use crate::template::{Step, Template};
use crate::workspace::{Trouble, Workspace};
use crate::{CreateError, Kind, Starter, cookiecutter, copier};

/// What stands for a secret wherever it would be shown.
const MASK: &str = "***";

/// What came of the steps, besides files.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) deferred: Vec<Deferred>,
    pub(crate) links: Vec<Link>,
    /// Markdown.
    pub(crate) after: String,
    pub(crate) log: Vec<String>,
}

/// The answers, told apart by whether they may be shown.
struct Answers {
    parameters: Map<String, Value>,
    secrets: Map<String, Value>,
    /// Texts that are shown as [`MASK`].
    hidden: Vec<String>,
}

/// What stays the same from step to step.
struct Run<'a> {
    template: &'a Template,
    expressions: Expressions,
    answers: Answers,
}

/// Makes the files of a template of any kind in the workspace; `values` are complete. A repository makes none here.
/// `folder` is the project's name.
pub(crate) fn render(
    starter: &Starter,
    values: &Map<String, Value>,
    folder: &str,
    workspace: &mut Workspace,
    tell: &mut dyn FnMut(&str, usize, usize),
    cancel: &CancellationToken,
) -> Result<Outcome, CreateError> {
    match &starter.kind {
        Kind::Repository(_) => Ok(Outcome::default()),
        Kind::Template(template) => run(starter, template, values, workspace, tell, cancel),
        Kind::Cookiecutter(template) => cookiecutter::run(starter, template, values, workspace, tell, cancel),
        Kind::Copier(template) => copier::run(starter, template, values, folder, workspace, tell, cancel),
    }
}

/// Runs the steps in the workspace; `values` are complete.
fn run(
    starter: &Starter,
    template: &Template,
    values: &Map<String, Value>,
    workspace: &mut Workspace,
    tell: &mut dyn FnMut(&str, usize, usize),
    cancel: &CancellationToken,
) -> Result<Outcome, CreateError> {
    let run = Run {
        template,
        expressions: Expressions::new(false, false),
        answers: sort_answers(starter, template, values),
    };
    let mut context = json!({
        "parameters": run.answers.parameters,
        "steps": {},
        "user": {},
        "context": { "task": { "id": "local" } },
    });
    let mut log = Vec::new();
    let mut outcome = Outcome::default();
    let mut site = Site {
        starter,
        workspace,
        tell,
        cancel,
        log: &mut log,
    };
    for step in &template.steps {
        if cancel.is_cancelled() {
            return Err(CreateError::Cancelled);
        }
        let output = match &step.each {
            None => run
                .once(step, &context, &mut site, &mut outcome.deferred)?
                .map(Value::Object),
            Some(each) => Some(run.each(step, each, &context, &mut site, &mut outcome.deferred)?),
        };
        if let Some(output) = output {
            context["steps"][&step.id] = json!({ "output": output });
        }
    }
    run.finish(&context, &mut outcome)?;
    outcome.log = log.iter().map(|line| mask(line, &run.answers.hidden)).collect();
    Ok(outcome)
}

impl Run<'_> {
    /// A step for each entry of a list or record; its outputs become lists.
    fn each(
        &self,
        step: &Step,
        each: &Value,
        context: &Value,
        site: &mut Site<'_>,
        deferred: &mut Vec<Deferred>,
    ) -> Result<Value, CreateError> {
        let list = self
            .evaluate(each, context, step)?
            .and_then(to_entries)
            .ok_or_else(|| {
                explain(
                    Trouble::Why("its `each` is no list".to_owned()),
                    &self.template.file,
                    &step.name,
                )
            })?;
        let mut outputs: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut context = context.clone();
        for (key, value) in list {
            context["each"] = json!({ "key": key, "value": value });
            for (name, value) in self.once(step, &context, site, deferred)?.into_iter().flatten() {
                outputs.entry(name).or_default().push(value);
            }
        }
        Ok(json!(outputs))
    }

    /// Carries out a step, or defers it; `None` where its condition does not hold.
    fn once(
        &self,
        step: &Step,
        context: &Value,
        site: &mut Site<'_>,
        deferred: &mut Vec<Deferred>,
    ) -> Result<Option<Map<String, Value>>, CreateError> {
        if let Some(condition) = &step.condition
            && !is_truthy(self.evaluate(condition, context, step)?.as_ref())
        {
            return Ok(None);
        }
        let mut context = context.clone();
        if actions::is_local(&step.action) {
            context["secrets"] = Value::Object(self.answers.secrets.clone());
            let input = self.evaluate(&step.input, &context, step)?.unwrap_or_default();
            let output = actions::run(&step.action, &input, site);
            return output
                .map(Some)
                .map_err(|trouble| explain(trouble, &self.template.file, &step.name));
        }
        let secrets = self.answers.secrets.keys();
        context["secrets"] = Value::Object(secrets.map(|name| (name.clone(), MASK.into())).collect());
        // What nobody carries out here does not stop what is; its input is then shown as it is written.
        let input = self.expressions.evaluate_all(&step.input, &context).ok().flatten();
        let input = input.unwrap_or_else(|| step.input.clone());
        let input = serde_saphyr::to_string(&input).unwrap_or_else(|_| input.to_string());
        deferred.push(Deferred {
            title: step.name.clone(),
            action: step.action.clone(),
            input: mask(input.trim_end(), &self.answers.hidden),
        });
        Ok(Some(Map::new()))
    }

    fn evaluate(&self, value: &Value, context: &Value, step: &Step) -> Result<Option<Value>, CreateError> {
        self.expressions
            .evaluate_all(value, context)
            .map_err(|bad| CreateError::expression(&self.template.file, step.line, bad))
    }

    /// `spec.output`: what to show at the end.
    fn finish(&self, context: &Value, outcome: &mut Outcome) -> Result<(), CreateError> {
        for item in self.outputs("links", context, outcome)? {
            let Some(url) = item["url"].as_str() else { continue };
            if url.starts_with("https://") || url.starts_with("http://") {
                let title = item["title"].as_str().unwrap_or(url).to_owned();
                outcome.links.push(Link {
                    title,
                    url: url.to_owned(),
                });
            }
        }
        let texts = self.outputs("text", context, outcome)?;
        let after = texts.iter().filter_map(|item| {
            let body = item["content"].as_str()?.trim();
            // A front end has a heading of its own; titles tell several texts apart.
            Some(match item["title"].as_str().filter(|_| texts.len() > 1) {
                Some(title) => format!("### {title}\n\n{body}"),
                None => body.to_owned(),
            })
        });
        outcome.after = after.collect::<Vec<_>>().join("\n\n");
        Ok(())
    }

    /// The rendered items of a list of outputs whose conditions hold.
    fn outputs(&self, key: &str, context: &Value, outcome: &Outcome) -> Result<Vec<Value>, CreateError> {
        let mut items = Vec::new();
        for item in self.template.output[key].as_array().into_iter().flatten() {
            let rendered = match self.expressions.evaluate_all(item, context) {
                Ok(rendered) => rendered.unwrap_or_default(),
                // It speaks of a step that was left to the person.
                Err(_) if !outcome.deferred.is_empty() => continue,
                Err(bad) => return Err(CreateError::expression(&self.template.file, 1, bad)),
            };
            if item.get("if").is_none() || is_truthy(rendered.get("if")) {
                items.push(rendered);
            }
        }
        Ok(items)
    }
}

/// JavaScript's `Object.entries`.
fn to_entries(list: Value) -> Option<Vec<(String, Value)>> {
    match list {
        Value::Array(items) => Some(
            items
                .into_iter()
                .enumerate()
                .map(|(index, item)| (index.to_string(), item))
                .collect(),
        ),
        Value::Object(map) => Some(map.into_iter().collect()),
        _ => None,
    }
}

fn sort_answers(starter: &Starter, template: &Template, values: &Map<String, Value>) -> Answers {
    let as_secrets = secret_names(&template.parameters);
    let (secrets, parameters) = values
        .clone()
        .into_iter()
        .partition(|(name, _)| as_secrets.contains(name));
    let hidden = fields(starter, values)
        .iter()
        .filter(|field| field.secret)
        .filter_map(|field| values.get(&field.name)?.as_str())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect();
    Answers {
        parameters,
        secrets,
        hidden,
    }
}

fn mask(text: &str, hidden: &[String]) -> String {
    hidden
        .iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
}

/// A trouble, with the step that it came up in.
pub(crate) fn explain(trouble: Trouble, file: &str, step: &str) -> CreateError {
    match trouble {
        Trouble::Why(why) => CreateError::Step {
            file: file.to_owned(),
            step: step.to_owned(),
            why,
        },
        Trouble::Expression { file, bad } => CreateError::expression(&file, 1, bad),
        Trouble::Disk(error) => CreateError::Git(error),
        Trouble::Cancelled => CreateError::Cancelled,
    }
}
