//! The steps of a template, one after the other.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use crate::actions::{self, Site};
use crate::by_hand;
use crate::create::{Deferred, Link};
use crate::expression::{Expressions, is_truthy};
use crate::form::secret_names;
use crate::job::Job;
use crate::nunjucks::Options;
use crate::secrets::{MASK, Secrets};
use crate::template::{Step, Template};
use crate::workspace::{Trouble, Workspace};
use crate::{CreateError, Kind, Starter, cookiecutter, copier};

/// What came of the steps, besides files.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) deferred: Vec<Deferred>,
    pub(crate) links: Vec<Link>,
    /// Markdown.
    pub(crate) after: String,
    pub(crate) log: Vec<String>,
    /// Files that a project keeps as they are once it has them.
    pub(crate) written_once: Vec<String>,
}

/// Lines of a log, and steps left to the person, in one template; nobody reads more.
const MOST_TOLD: usize = 1_000;

/// What stays the same from step to step.
struct Run<'a> {
    template: &'a Template,
    expressions: Expressions,
    hidden: &'a Secrets,
    /// The answers that are reached as `secrets.NAME`.
    secrets: Map<String, Value>,
}

/// What expressions know: as it is for what is made, and without secrets for what is shown.
#[derive(Clone)]
struct Known {
    real: Value,
    shown: Value,
}

impl Known {
    fn set(&mut self, key: &str, real: Value, shown: Value) {
        self.real[key] = real;
        self.shown[key] = shown;
    }
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
    let hidden = Secrets::of(starter, values);
    let mut job = Job {
        starter,
        values,
        hidden: &hidden,
        folder,
        workspace,
        tell,
        cancel,
    };
    let outcome = match &starter.kind {
        Kind::Repository(_) => Ok(Outcome::default()),
        Kind::Template(template) => run(&mut job, template),
        Kind::Cookiecutter(template) => cookiecutter::run(&mut job, template),
        Kind::Copier(template) => copier::run(&mut job, template),
    };
    let outcome = outcome.and_then(|outcome| {
        let links = job.workspace.check_links();
        links.map_err(|trouble| explain(trouble, starter_file(starter), "Check the links"))?;
        Ok(outcome)
    });
    let mut outcome = outcome.map_err(|error| hidden.mask_error(error))?;
    for deferred in &mut outcome.deferred {
        deferred.title = hidden.mask(&deferred.title);
        deferred.input = hidden.mask(&deferred.input);
    }
    for link in &mut outcome.links {
        link.title = hidden.mask(&link.title);
        link.url = hidden.mask(&link.url);
    }
    outcome.after = hidden.mask(&outcome.after);
    outcome.log = outcome.log.iter().map(|line| hidden.mask(line)).collect();
    Ok(outcome)
}

/// The file that says what is made.
fn starter_file(starter: &Starter) -> &str {
    match &starter.kind {
        Kind::Repository(_) => "starter.toml",
        Kind::Template(template) => &template.file,
        Kind::Cookiecutter(template) => &template.file,
        Kind::Copier(template) => &template.file,
    }
}

/// Runs the steps in the workspace.
fn run(job: &mut Job<'_>, template: &Template) -> Result<Outcome, CreateError> {
    let (hidden, cancel) = (job.hidden, job.cancel);
    let as_secrets = secret_names(&template.parameters);
    let is_secret = |(name, _): &(String, Value)| as_secrets.contains(name);
    let (secrets, parameters) = job.values.clone().into_iter().partition(is_secret);
    let run = Run {
        template,
        expressions: Expressions::new(Options::default()),
        hidden,
        secrets,
    };
    let context = |parameters: Map<String, Value>| {
        json!({
            "parameters": parameters,
            "steps": {},
            "user": {},
            "context": { "task": { "id": "local" } },
            "environment": { "parameters": {}, "secrets": {} },
        })
    };
    let mut known = Known {
        shown: context(hidden.masked(&parameters)),
        real: context(parameters),
    };
    let mut outcome = Outcome::default();
    let mut site = Site { job, log: Vec::new() };
    for step in &template.steps {
        if cancel.is_cancelled() {
            return Err(CreateError::Cancelled);
        }
        let output = match &step.each {
            None => run
                .once(step, &known, &mut site, &mut outcome.deferred)?
                .map(Value::Object),
            Some(each) => Some(run.each(step, each, &known, &mut site, &mut outcome.deferred)?),
        };
        if let Some(output) = output {
            known.shown["steps"][&step.id] = json!({ "output": hidden.mask_value(&output) });
            known.real["steps"][&step.id] = json!({ "output": output });
        }
    }
    run.finish(&known.shown, &mut outcome)?;
    outcome.log = site.log;
    Ok(outcome)
}

impl Run<'_> {
    /// A step for each entry of a list or record; its outputs become lists.
    fn each(
        &self,
        step: &Step,
        each: &Value,
        known: &Known,
        site: &mut Site<'_, '_>,
        deferred: &mut Vec<Deferred>,
    ) -> Result<Value, CreateError> {
        let list = self
            .evaluate(each, &known.real, step)?
            .and_then(to_entries)
            .ok_or_else(|| {
                explain(
                    Trouble::Why("its `each` is no list".to_owned()),
                    &self.template.file,
                    &step.name,
                )
            })?;
        let shown = self
            .evaluate(each, &known.shown, step)
            .ok()
            .flatten()
            .and_then(to_entries);
        let shown = shown.filter(|shown| shown.len() == list.len());
        let mut outputs: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut known = known.clone();
        for (index, (key, value)) in list.into_iter().enumerate() {
            let (shown_key, shown_value) = match &shown {
                Some(shown) => shown[index].clone(),
                None => (MASK.to_owned(), MASK.into()),
            };
            known.set(
                "each",
                json!({ "key": key, "value": value }),
                json!({ "key": shown_key, "value": shown_value }),
            );
            for (name, value) in self.once(step, &known, site, deferred)?.into_iter().flatten() {
                outputs.entry(name).or_default().push(value);
            }
        }
        Ok(json!(outputs))
    }

    /// Carries out a step, or defers it; `None` where its condition does not hold.
    fn once(
        &self,
        step: &Step,
        known: &Known,
        site: &mut Site<'_, '_>,
        deferred: &mut Vec<Deferred>,
    ) -> Result<Option<Map<String, Value>>, CreateError> {
        // A step for each of many makes no file at times, and still comes to an end.
        if site.job.cancel.is_cancelled() {
            return Err(CreateError::Cancelled);
        }
        let told = site.log.len() + deferred.len();
        let bounded = if told > MOST_TOLD {
            Err(Trouble::Why(format!("it has more than {MOST_TOLD} things to tell")))
        } else {
            site.job.workspace.check_time()
        };
        bounded.map_err(|trouble| explain(trouble, &self.template.file, &step.name))?;
        if let Some(condition) = &step.condition
            && !is_truthy(self.evaluate(condition, &known.real, step)?.as_ref())
        {
            return Ok(None);
        }
        let mut known = known.clone();
        let masks = self.secrets.keys().map(|name| (name.clone(), MASK.into()));
        known.set(
            "secrets",
            self.secrets.clone().into(),
            masks.collect::<Map<_, _>>().into(),
        );
        if actions::is_local(&step.action) {
            // What is only said is rendered without secrets: of what a template makes of one, no search would find it.
            let context = if step.action == "debug:log" {
                &known.shown
            } else {
                &known.real
            };
            let input = self.evaluate(&step.input, context, step)?.unwrap_or_default();
            let output = actions::run(&step.action, &input, site);
            return output.map(Some).map_err(|trouble| {
                let trouble = match trouble {
                    Trouble::Why(why) => {
                        // What the template made of a secret is found by rendering the same without it.
                        let shown = self.expressions.evaluate_all(&step.input, &known.shown).ok().flatten();
                        Trouble::Why(without_differences(why, &input, &shown.unwrap_or_default()))
                    }
                    other => other,
                };
                explain(trouble, &self.template.file, &step.name)
            });
        }
        // What nobody carries out here does not stop what is; its input is then shown as it is written.
        let input = self.expressions.evaluate_all(&step.input, &known.shown).ok().flatten();
        let input = input.unwrap_or_else(|| step.input.clone());
        let command = by_hand::command(&step.action, &self.hidden.mask_value(&input));
        let input = serde_saphyr::to_string(&input).unwrap_or_else(|_| input.to_string());
        deferred.push(Deferred {
            title: step.name.clone(),
            action: step.action.clone(),
            input: self.hidden.mask(input.trim_end()),
            advice: by_hand::advice(&step.action)
                .filter(|_| command.is_none())
                .map(str::to_owned),
            command,
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

/// A sentence with the texts of one value taken out that are other ones in the value that may be shown.
fn without_differences(sentence: String, real: &Value, shown: &Value) -> String {
    match (real, shown) {
        (Value::String(real), Value::String(shown)) if real == shown => sentence,
        // Shorter texts are found in every sentence.
        (Value::String(real), _) if real.chars().count() < 2 => sentence,
        (Value::String(real), _) => {
            // A path is told in parts, and without what leads nowhere.
            let shown: Vec<&str> = shown.as_str().unwrap_or_default().split('/').collect();
            let parts = real
                .split('/')
                .filter(|part| !shown.contains(part) && part.chars().count() >= 2);
            let whole = sentence.replace(real.as_str(), MASK);
            parts.fold(whole, |sentence, part| sentence.replace(part, MASK))
        }
        (Value::Array(items), _) => items.iter().enumerate().fold(sentence, |sentence, (at, item)| {
            without_differences(sentence, item, &shown[at])
        }),
        (Value::Object(map), _) => map.iter().fold(sentence, |sentence, (key, item)| {
            without_differences(sentence, item, &shown[key.as_str()])
        }),
        (Value::Null | Value::Bool(_) | Value::Number(_), _) => sentence,
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
