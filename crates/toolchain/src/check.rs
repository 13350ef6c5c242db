//! Checking requirements: each tool once, several at a time, findings as they come.

mod plan;

use std::{collections::VecDeque, path::absolute, sync::Arc};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    Cache, Catalogue, Environment, Finding, Limits, Platform, Requirement, Setting, State, Tool,
    probe::{self, Answers, Probed, Surroundings},
    verdict,
};
use plan::Asked;

/// What happens during a check; the number is the requirement's place, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "events are handed on at once, never kept in numbers"
)]
pub enum Event {
    /// Its probe has started.
    Started(usize),
    /// Its finding is there.
    Finished(usize, Finding),
}

/// Checks requirements and gives a finding for each, in their order.
///
/// Each requirement gets exactly one [`Event::Started`] and then one [`Event::Finished`], in the order in which the
/// probes end. A tool that is asked for twice is probed once. When cancelled, running probes are killed and what is
/// still open becomes an error that says so. Dropping the future kills running probes too.
pub async fn check(
    requirements: &[Requirement],
    catalogue: &Catalogue,
    environment: &Environment,
    limits: &Limits,
    cancel: &CancellationToken,
    on_event: impl FnMut(Event),
) -> Vec<Finding> {
    let setting = Setting {
        catalogue,
        environment,
        limits: *limits,
        cache: &Cache::default(),
        project: None,
    };
    check_in(requirements, &setting, cancel, on_event).await
}

/// [`check`], with what programs said before, and in a project where there is one.
///
/// Where a tool answers in the project's folder, its finding follows that answer: a version that the folder pins and
/// that is not installed fails, whatever the machine has otherwise.
pub async fn check_in(
    requirements: &[Requirement],
    setting: &Setting<'_>,
    cancel: &CancellationToken,
    on_event: impl FnMut(Event),
) -> Vec<Finding> {
    let platform = Platform::current(setting.environment);
    let project = setting.project.and_then(|project| absolute(project).ok());
    let (asked, known) = plan::plan(requirements, setting.catalogue, &platform, project.as_deref());
    let mut found = Found {
        requirements,
        platform: &platform,
        findings: vec![None; requirements.len()],
        on_event,
    };
    for (at, finding) in known {
        (found.on_event)(Event::Started(at));
        found.finish(at, finding);
    }

    // Its own folder, gone when the check ends.
    let folder = match tempfile::Builder::new().prefix("roadbook-check-").tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            let answers = Answers::of(Probed {
                fixable: false,
                ..Probed::new(
                    State::Error,
                    format!("No temporary folder could be made to run the check in: {error}."),
                )
            });
            for asked in asked {
                found.start(&asked);
                found.answer(&asked, &answers);
            }
            return found.all();
        }
    };
    let surroundings = Arc::new(Surroundings {
        environment: setting.environment.clone(),
        folder: folder.path().to_owned(),
        limits: setting.limits,
        cache: setting.cache.clone(),
        cancel: cancel.clone(),
    });

    let mut waiting = VecDeque::from(asked);
    let mut running = JoinSet::new();
    loop {
        while running.len() < setting.limits.at_once.max(1)
            && let Some(asked) = waiting.pop_front()
        {
            found.start(&asked);
            let needed = needed(&asked.tool, setting.catalogue).cloned();
            let surroundings = Arc::clone(&surroundings);
            running.spawn(async move {
                let folders = asked.by.iter().filter_map(|wish| wish.folder.as_deref());
                let answers = probe::answers(&asked.tool, needed.as_ref(), folders, &surroundings).await;
                (asked, answers)
            });
        }
        match running.join_next().await {
            Some(Ok((asked, answers))) => found.answer(&asked, &answers),
            // A probe that panics is a mistake of ours; its requirements are answered below.
            Some(Err(_)) => {}
            None => break,
        }
    }
    found.all()
}

fn needed<'a>(tool: &Tool, catalogue: &'a Catalogue) -> Option<&'a Tool> {
    catalogue.tool(tool.needs.as_deref()?)
}

/// The findings so far, and who is told of them.
struct Found<'a, F> {
    requirements: &'a [Requirement],
    platform: &'a Platform,
    findings: Vec<Option<Finding>>,
    on_event: F,
}

impl<F: FnMut(Event)> Found<'_, F> {
    fn start(&mut self, asked: &Asked) {
        for wish in &asked.by {
            (self.on_event)(Event::Started(wish.at));
        }
    }

    fn answer(&mut self, asked: &Asked, answers: &Answers) {
        for wish in &asked.by {
            let here = wish.folder.as_deref().and_then(|folder| answers.in_folder(folder));
            let requirement = &self.requirements[wish.at];
            let finding = verdict::finding(
                requirement,
                &wish.range,
                &asked.tool,
                &answers.first,
                here,
                self.platform,
            );
            self.finish(wish.at, finding);
        }
    }

    fn finish(&mut self, at: usize, finding: Finding) {
        (self.on_event)(Event::Finished(at, finding.clone()));
        if let Some(place) = self.findings.get_mut(at) {
            *place = Some(finding);
        }
    }

    fn all(mut self) -> Vec<Finding> {
        let lost: Vec<usize> = (0..self.findings.len())
            .filter(|at| self.findings[*at].is_none())
            .collect();
        for at in lost {
            let requirement = &self.requirements[at];
            let detail = format!("The check of {} broke off.", requirement.tool);
            self.finish(at, verdict::untested(requirement, State::Error, detail));
        }
        self.findings.into_iter().flatten().collect()
    }
}
