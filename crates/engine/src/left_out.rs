//! What a template would do or run, and Roadbook does not: shown, so that the person knows.

use ::starter::{Deferred, Starter, Step};

use crate::Engine;
use crate::wire::{DeferredAction, DeferredKind};

/// Of a longer program only the beginning is shown, in bytes.
const LONGEST: usize = 32 * 1024;

impl Engine {
    /// The steps that need a server, the programs of the template's author, and the extensions it asks for.
    pub(crate) fn left_out(&self, id: &str, starter: &Starter) -> Vec<DeferredAction> {
        let steps = starter.deferred();
        let extensions = starter
            .warnings
            .iter()
            .filter(|finding| finding.code == "starter-extension");
        let extensions = extensions.map(|finding| DeferredAction {
            title: finding.message.clone(),
            action: "extension".to_owned(),
            kind: DeferredKind::Extension,
            text: String::new(),
        });
        steps
            .iter()
            .map(|step| self.step_left_out(id, step))
            .chain(extensions)
            .collect()
    }

    /// As [`Engine::left_out`], where it is known which steps these answers leave to the person, and with what.
    pub(crate) fn left_out_of(&self, id: &str, starter: &Starter, deferred: &[Deferred]) -> Vec<DeferredAction> {
        let steps = deferred
            .iter()
            .filter(|step| kind(&step.action) == DeferredKind::Server);
        let steps = steps.map(|step| DeferredAction {
            title: step.title.clone(),
            action: step.action.clone(),
            kind: DeferredKind::Server,
            text: step.input.clone(),
        });
        let mut parts: Vec<_> = steps.collect();
        parts.extend(
            self.left_out(id, starter)
                .into_iter()
                .filter(|part| part.kind != DeferredKind::Server),
        );
        parts
    }

    fn step_left_out(&self, id: &str, step: &Step) -> DeferredAction {
        let text = if step.action.starts_with("cookiecutter:") {
            self.hook(id, &step.name).unwrap_or_default()
        } else {
            input(step)
        };
        DeferredAction {
            title: step.name.clone(),
            action: step.action.clone(),
            kind: kind(&step.action),
            text,
        }
    }

    /// The text of a hook; none for one that is no text or not to be found.
    fn hook(&self, id: &str, name: &str) -> Option<String> {
        let folder = self.book().starters.iter().find(|folder| folder.id == id)?;
        let below = folder.dir.strip_prefix(&self.book().root).ok()?.join(name);
        let file = ::book::resolve_inside(&self.book().root, below.to_str()?).ok()?;
        let mut text = std::fs::read_to_string(file).ok()?;
        text.truncate(text.floor_char_boundary(LONGEST));
        Some(text)
    }
}

/// Why a step is not carried out: cookiecutter's hooks and copier's tasks are programs of the template's author.
pub(crate) fn kind(action: &str) -> DeferredKind {
    if action.starts_with("cookiecutter:") || action.starts_with("copier:") {
        DeferredKind::Program
    } else {
        DeferredKind::Server
    }
}

/// A step's input as the template has it; a task is its own name.
fn input(step: &Step) -> String {
    if step.input.is_null() || step.action.starts_with("copier:") {
        return String::new();
    }
    serde_json::to_string_pretty(&step.input).unwrap_or_default()
}
