//! The tools: what the paths ask for, and what this machine has.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::book::{Diagnostic, PavedPath, Severity as Weight, Step, TaskKind, ToolRequirement};
use ::toolchain::{Catalogue, Environment, Event, Finding, Limits, Requirement, Setting};

use crate::findings::{Findings, key};
use crate::jobs::Events;
use crate::standing::Standing;
use crate::wire::{
    Failure, JobEvent, Severity, StepState, TaskState, ToolGroup, ToolInProject, ToolRow, ToolchainCard,
};
use crate::{Engine, clock};

/// For each attempt to read it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A tool that a step asks for.
struct Asked<'a> {
    path: &'a str,
    source: &'a str,
    tool: &'a ToolRequirement,
}

impl Engine {
    /// The tools of the paths that are offered, a group per path, or of one path, a group per step; with the time
    /// of the oldest finding, in seconds since 1970.
    pub(crate) fn tool_groups(&self, path: Option<&str>) -> Result<(Vec<ToolGroup>, Option<i64>), Failure> {
        let kept = self.findings()?;
        let mut groups: Vec<ToolGroup> = Vec::new();
        for asked in self.asked_of(path)? {
            let row = self.row(&kept, asked.tool, asked.source);
            let title = if path.is_some() { asked.source } else { asked.path };
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(ToolGroup {
                    title: title.to_owned(),
                    rows: vec![row],
                }),
            }
        }
        let oldest = groups
            .iter()
            .flat_map(|group| &group.rows)
            .filter_map(|row| kept.get(&key(&row.tool, &row.required)))
            .map(|kept| kept.at)
            .min();
        Ok((groups, oldest))
    }

    /// Checks the tools of a step, or of all paths, or only those named; a job. A step's tools tasks pass or
    /// fail by what is found.
    ///
    /// # Errors
    /// For an unknown step, when it is stopped, and when the store cannot be written.
    pub async fn check_tools(
        &self,
        job: &str,
        step: Option<&str>,
        only: Option<&[String]>,
        events: Events<'_>,
    ) -> Result<Vec<ToolRow>, Failure> {
        self.job(job, events, async |cancel| {
            let mut asked = self.asked_of(step)?;
            if let Some(only) = only {
                asked.retain(|asked| only.contains(&asked.tool.tool));
            }
            let mut requirements: Vec<_> = asked
                .iter()
                .map(|asked| requirement(asked.tool, asked.source))
                .collect();
            // A tool that is named and asked for by nobody is looked for in any version.
            for name in only.unwrap_or_default() {
                if !asked.iter().any(|asked| asked.tool.tool == *name) {
                    requirements.push(Requirement::new(name, "", "You"));
                }
            }
            let rows = self.probe(&requirements, None, &cancel, events).await?;
            if cancel.is_cancelled() {
                return Err(Failure::cancelled());
            }
            self.keep_findings(&rows)?;
            self.keep_cache()?;
            self.settle_tools_tasks(&rows, step)?;
            Ok(rows)
        })
        .await
    }

    /// Checks the requirements, in a project's folder where there is one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) async fn probe(
        &self,
        requirements: &[Requirement],
        project: Option<&Path>,
        cancel: &tokio_util::sync::CancellationToken,
        events: Events<'_>,
    ) -> Result<Vec<ToolRow>, Failure> {
        // A tool may have been installed since, in a folder that was on no search path then.
        let environment = tokio::select! {
            environment = self.inner.environment.read_again(PATIENCE) => environment,
            () = cancel.cancelled() => return Ok(Vec::new()),
        };
        let setting = Setting {
            catalogue: &self.catalogue().0,
            environment: &environment,
            limits: Limits::default(),
            cache: &self.inner.cache,
            project,
        };
        let found = ::toolchain::check_in(requirements, &setting, cancel, |event| {
            if let Event::Finished(place, finding) = event {
                events(JobEvent::Tool {
                    row: found_row(&requirements[place], finding),
                });
            }
        });
        let findings = found.await;
        self.keep_environment(&environment)?;
        Ok(requirements
            .iter()
            .zip(findings)
            .map(|(asked, finding)| found_row(asked, finding))
            .collect())
    }

    /// The environment for programs: the login shell's, as it is by now.
    pub(crate) async fn environment(&self) -> Arc<Environment> {
        self.inner.environment.read_again(PATIENCE).await
    }

    /// The login shell's environment if it was read already, else that of this process.
    pub(crate) fn environment_now(&self) -> Arc<Environment> {
        self.inner
            .environment
            .known()
            .unwrap_or_else(|| Arc::new(Environment::current()))
    }

    /// Reads the login shell's environment ahead of its first use.
    pub async fn read_environment(&self) {
        self.inner.environment.read(PATIENCE).await;
    }

    pub(crate) fn toolchain_card(&self, standing: &Standing) -> Result<Option<ToolchainCard>, Failure> {
        let kept = self.findings()?;
        let mut rows = Vec::new();
        let mut oldest = i64::MAX;
        for asked in self.asked(standing) {
            if let Some(known) = kept.get(&key(&asked.tool.tool, &asked.tool.range)) {
                oldest = oldest.min(known.at);
                rows.push(self.row(&kept, asked.tool, asked.source));
            }
        }
        if rows.is_empty() {
            return Ok(None);
        }
        let wanted = |row: &ToolRow| row.severity == Severity::Required && row.state != TaskState::Skipped;
        let passed = rows.iter().filter(|row| row.state == TaskState::Passed).count();
        Ok(Some(ToolchainCard {
            passed,
            attention: rows
                .into_iter()
                .filter(|row| row.state != TaskState::Passed && wanted(row))
                .collect(),
            checked: clock::ago(oldest, clock::now()),
        }))
    }

    pub(crate) fn tool_rows(&self, step: &Step, tools: &[ToolRequirement]) -> Result<Vec<ToolRow>, Failure> {
        let kept = self.findings()?;
        Ok(tools
            .iter()
            .map(|tool| self.row(&kept, tool, &step.page.title))
            .collect())
    }

    /// The row of a tool: the last finding, or an open one.
    fn row(&self, kept: &Findings, asked: &ToolRequirement, source: &str) -> ToolRow {
        let severity = if asked.required {
            Severity::Required
        } else {
            Severity::Recommended
        };
        if let Some(known) = kept.get(&key(&asked.tool, &asked.range)) {
            return ToolRow {
                severity,
                source: source.to_owned(),
                why: asked.why.clone(),
                checked: clock::ago(known.at, clock::now()),
                ..known.row.clone()
            };
        }
        self.open_row(&asked.tool, &asked.range, severity, source, asked.why.clone())
    }

    /// The row of a tool that was not checked yet.
    pub(crate) fn open_row(
        &self,
        name: &str,
        range: &str,
        severity: Severity,
        source: &str,
        why: Option<String>,
    ) -> ToolRow {
        let tool = self.catalogue().0.tool(name);
        ToolRow {
            tool: name.to_owned(),
            title: tool.map_or_else(|| name.to_owned(), |tool| tool.title.clone()),
            state: TaskState::Todo,
            severity,
            version: None,
            path: None,
            required: range.to_owned(),
            source: source.to_owned(),
            why,
            detail: String::new(),
            command: String::new(),
            output: String::new(),
            ms: None,
            fixes: Vec::new(),
            link: tool.and_then(|tool| tool.link.clone()),
            checked: String::new(),
            asked: None,
            in_project: None,
        }
    }

    /// The tools of every path that is offered and of every step that applies, each tool and range once.
    fn asked<'a>(&'a self, standing: &Standing) -> Vec<Asked<'a>> {
        let paths = self.book().paths.iter().filter(|path| standing.offered(path));
        each_once(paths.flat_map(|path| self.asked_on(standing, path)))
    }

    /// The paths that are offered and ask for tools.
    pub(crate) fn paths_with_tools(&self) -> Result<Vec<&PavedPath>, Failure> {
        let standing = self.standing()?;
        let asks = |path: &&PavedPath| standing.offered(path) && !self.asked_on(&standing, path).is_empty();
        Ok(self.book().paths.iter().filter(asks).collect())
    }

    fn asked_of(&self, id: Option<&str>) -> Result<Vec<Asked<'_>>, Failure> {
        let standing = self.standing()?;
        let Some(id) = id else {
            return Ok(self.asked(&standing));
        };
        if let Some((path, step)) = self.book().step(id) {
            return Ok(each_once(asked_in(path, step)));
        }
        let path = self.known_path(id)?;
        Ok(each_once(self.asked_on(&standing, path).into_iter()))
    }

    fn asked_on<'a>(&self, standing: &Standing, path: &'a PavedPath) -> Vec<Asked<'a>> {
        let applies = |step: &&Step| standing.step_state(self.book(), step) != StepState::Skipped;
        path.steps
            .iter()
            .filter(applies)
            .flat_map(|step| asked_in(path, step))
            .collect()
    }
}

fn asked_in<'a>(path: &'a PavedPath, step: &'a Step) -> impl Iterator<Item = Asked<'a>> {
    tools_of(step).map(|tool| Asked {
        path: &path.page.title,
        source: &step.page.title,
        tool,
    })
}

fn each_once<'a>(all: impl Iterator<Item = Asked<'a>>) -> Vec<Asked<'a>> {
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for next in all {
        let same = |other: &Asked<'_>| other.tool.tool == next.tool.tool && other.tool.range == next.tool.range;
        if !asked.iter().any(same) {
            asked.push(next);
        }
    }
    asked
}

/// The catalogue with the roadbook's own tools.
pub(crate) fn catalogue(root: &Path) -> (Catalogue, Vec<Diagnostic>) {
    let builtin = Catalogue::builtin();
    let read = ::book::resolve_inside(root, "tools.toml")
        .map_err(|error| error.to_string())
        .and_then(|file| match std::fs::read_to_string(file) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("It could not be read: {error}.")),
        });
    let text = match read {
        Ok(Some(text)) => text,
        Ok(None) => return (builtin.clone(), Vec::new()),
        Err(message) => {
            let unreadable = Diagnostic {
                code: "tools-toml",
                severity: Weight::Error,
                message,
                file: "tools.toml".to_owned(),
                line: 0,
                column: 0,
                help: "Until then the organisation's own tools are missing.".to_owned(),
            };
            return (builtin.clone(), vec![unreadable]);
        }
    };
    let (catalogue, issues) = builtin.with_organisation(&text, "tools.toml");
    let diagnostics = issues.into_iter().map(|issue| Diagnostic {
        code: issue.code,
        severity: Weight::Error,
        message: issue.message,
        file: "tools.toml".to_owned(),
        line: issue.line,
        column: 0,
        help: issue.help,
    });
    (catalogue, diagnostics.collect())
}

pub(crate) fn tools_of(step: &Step) -> impl Iterator<Item = &ToolRequirement> {
    step.tasks.iter().flat_map(|task| match &task.kind {
        TaskKind::Tools(tools) => tools.as_slice(),
        TaskKind::Starter(_) | TaskKind::Verify(_) | TaskKind::Quiz(_) | TaskKind::Confirm(_) => &[],
    })
}

fn requirement(tool: &ToolRequirement, source: &str) -> Requirement {
    let mut requirement = Requirement::new(&tool.tool, &tool.range, source);
    requirement.why.clone_from(&tool.why);
    requirement.severity = if tool.required {
        ::toolchain::Severity::Required
    } else {
        ::toolchain::Severity::Recommended
    };
    requirement
}

/// The finding under the name that was asked for, which may be another one than the catalogue's (`rust`).
fn found_row(asked: &Requirement, finding: Finding) -> ToolRow {
    ToolRow {
        tool: asked.tool.clone(),
        title: finding.title,
        state: task_state(finding.state),
        severity: match finding.severity {
            ::toolchain::Severity::Required => Severity::Required,
            ::toolchain::Severity::Recommended => Severity::Recommended,
            ::toolchain::Severity::Info => Severity::Info,
        },
        version: finding.version,
        path: finding.path.map(|path| path.display().to_string()),
        required: finding.required,
        source: finding.source,
        why: finding.why,
        detail: finding.detail,
        command: finding.command,
        output: finding.output,
        ms: u32::try_from(finding.took.as_millis()).ok(),
        fixes: finding.fixes.into_iter().map(crate::report::fix).collect(),
        link: finding.link,
        checked: "just now".to_owned(),
        asked: None,
        in_project: finding.in_project.map(in_project),
    }
}

fn in_project(here: ::toolchain::InProject) -> ToolInProject {
    ToolInProject {
        state: task_state(here.state),
        version: here.version,
        path: here.path.map(|path| path.display().to_string()),
        command: here.command,
        output: here.output,
        detail: here.detail,
        ms: u32::try_from(here.took.as_millis()).ok(),
    }
}

fn task_state(state: ::toolchain::State) -> TaskState {
    match state {
        ::toolchain::State::Passed => TaskState::Passed,
        ::toolchain::State::Failed => TaskState::Failed,
        ::toolchain::State::Error => TaskState::Error,
        ::toolchain::State::Skipped => TaskState::Skipped,
        ::toolchain::State::Blocked => TaskState::Blocked,
    }
}
