//! Checking requirements: each tool once, several at a time, findings as they come.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{
    Cache, Catalogue, Environment, Finding, Platform, Range, Requirement, State, Tool,
    probe::{Probed, Surroundings, probe},
    verdict,
};

/// How much a check may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Probes at the same time, at least one.
    pub at_once: usize,
    /// For each probe; then it is killed with all that it started.
    pub time: Duration,
    /// Bytes kept of each stream of a probe.
    pub output: usize,
}

impl Default for Limits {
    /// Eight at a time, 5 seconds and 64 KiB each.
    fn default() -> Self {
        Self {
            at_once: 8,
            time: Duration::from_secs(5),
            output: 64 * 1024,
        }
    }
}

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
    let cache = Cache::default();
    check_with(requirements, catalogue, environment, limits, cancel, &cache, on_event).await
}

/// [`check`], with what programs said before: those whose files are the same are not run again, and what is found out
/// is added to the cache.
pub async fn check_with(
    requirements: &[Requirement],
    catalogue: &Catalogue,
    environment: &Environment,
    limits: &Limits,
    cancel: &CancellationToken,
    cache: &Cache,
    mut on_event: impl FnMut(Event),
) -> Vec<Finding> {
    let platform = Platform::current(environment);
    let mut findings: Vec<Option<Finding>> = vec![None; requirements.len()];
    let mut finish = |at: usize, finding: Finding, on_event: &mut dyn FnMut(Event)| {
        on_event(Event::Finished(at, finding.clone()));
        if let Some(place) = findings.get_mut(at) {
            *place = Some(finding);
        }
    };

    let mut waiting: VecDeque<Asked> = VecDeque::new();
    for (at, requirement) in requirements.iter().enumerate() {
        match plan(requirement, catalogue, &platform) {
            Ok((tool, range)) => match waiting.iter_mut().find(|asked| asked.tool.id == tool.id) {
                Some(asked) => asked.by.push((at, range)),
                None => waiting.push_back(Asked {
                    tool: tool.clone(),
                    by: vec![(at, range)],
                }),
            },
            Err(finding) => {
                on_event(Event::Started(at));
                finish(at, *finding, &mut on_event);
            }
        }
    }

    // Its own folder, gone when the check ends.
    let folder = tempfile::Builder::new().prefix("roadbook-check-").tempdir();
    let surroundings = match &folder {
        Ok(folder) => Arc::new(Surroundings {
            environment: environment.clone(),
            folder: folder.path().to_owned(),
            limits: *limits,
            cache: cache.clone(),
            cancel: cancel.clone(),
        }),
        Err(error) => {
            let probed = Probed {
                fixable: false,
                ..Probed::new(
                    State::Error,
                    format!("No temporary folder could be made to run the check in: {error}."),
                )
            };
            for asked in waiting {
                for (at, range) in asked.by {
                    on_event(Event::Started(at));
                    let finding = verdict::finding(&requirements[at], &range, &asked.tool, &probed, &platform);
                    finish(at, finding, &mut on_event);
                }
            }
            return findings.into_iter().flatten().collect();
        }
    };

    let mut running = JoinSet::new();
    loop {
        while running.len() < limits.at_once.max(1)
            && let Some(asked) = waiting.pop_front()
        {
            for (at, _) in &asked.by {
                on_event(Event::Started(*at));
            }
            let needed = asked
                .tool
                .needs
                .as_deref()
                .and_then(|needs| catalogue.tool(needs))
                .cloned();
            let surroundings = Arc::clone(&surroundings);
            running.spawn(async move {
                let probed = probe(&asked.tool, needed.as_ref(), &surroundings).await;
                (asked, probed)
            });
        }
        let Some(ended) = running.join_next().await else {
            break;
        };
        // A probe that panics is a mistake of ours; its requirements are answered below.
        let Ok((asked, probed)) = ended else { continue };
        for (at, range) in asked.by {
            let finding = verdict::finding(&requirements[at], &range, &asked.tool, &probed, &platform);
            finish(at, finding, &mut on_event);
        }
    }

    let lost: Vec<usize> = (0..findings.len()).filter(|at| findings[*at].is_none()).collect();
    for at in lost {
        let detail = format!("The check of {} broke off.", requirements[at].tool);
        let finding = verdict::untested(&requirements[at], State::Error, detail);
        on_event(Event::Finished(at, finding.clone()));
        findings[at] = Some(finding);
    }
    findings.into_iter().flatten().collect()
}

/// A tool, and the requirements that ask for it.
struct Asked {
    tool: Tool,
    by: Vec<(usize, Range)>,
}

/// What to probe for a requirement, or its finding where nothing has to be.
fn plan<'a>(
    requirement: &Requirement,
    catalogue: &'a Catalogue,
    platform: &Platform,
) -> Result<(&'a Tool, Range), Box<Finding>> {
    let Some(tool) = catalogue.tool(&requirement.tool) else {
        let detail = format!(
            "The catalogue has no tool called `{}`; the roadbook's tools.toml can add it.",
            requirement.tool
        );
        return Err(Box::new(verdict::untested(requirement, State::Error, detail)));
    };
    if !tool.os.is_empty() && !tool.os.contains(&platform.os) {
        return Err(Box::new(verdict::elsewhere(requirement, tool, platform.os)));
    }
    let range = Range::parse(&requirement.range).map_err(|error| {
        let detail = format!("{error}. {}", error.hint());
        Box::new(Finding {
            tool: tool.id.clone(),
            title: tool.title.clone(),
            ..verdict::untested(requirement, State::Error, detail)
        })
    })?;
    Ok((tool, range))
}
