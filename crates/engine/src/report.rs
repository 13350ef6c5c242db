//! The last findings as a text to share, without names.

use std::path::PathBuf;
use std::time::Duration;

use ::toolchain::{Finding, Fix, InProject, Redactor, ReportFormat, Severity, State, report};

use crate::Engine;
use crate::wire::{self, AskedBy, Failure, TaskState, ToolInProject, ToolRow, ToolScope};

impl Engine {
    /// The last findings as Markdown for a chat or an issue: names of people and machines, the home folder and
    /// everything that looks like a secret are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tools_report(&self) -> Result<String, Failure> {
        self.tools_report_on(&ToolScope::All)
    }

    /// The given rows as [`Engine::tools_report`] writes them.
    pub fn report_of(&self, rows: &[ToolRow]) -> String {
        let findings: Vec<Finding> = rows.iter().filter_map(finding).collect();
        report(&findings, &self.checked_environment(), ReportFormat::Markdown)
    }

    /// The given rows without what [`Engine::tools_report`] leaves out.
    pub fn redacted(&self, rows: &[ToolRow]) -> Vec<ToolRow> {
        let findings: Vec<Finding> = rows.iter().filter_map(finding).collect();
        let redactor = Redactor::new(&self.checked_environment(), &findings);
        let without = |row: &ToolRow| match finding(row) {
            Some(finding) => told(row, redactor.finding(&finding), &redactor),
            // What was not checked holds nothing but the roadbook's own words.
            None => row.clone(),
        };
        rows.iter().map(without).collect()
    }
}

/// The row with the texts of a finding that was redacted.
fn told(row: &ToolRow, finding: Finding, redactor: &Redactor) -> ToolRow {
    ToolRow {
        asked: row.asked.as_ref().map(|asked| AskedBy {
            file: redactor.redacted(&asked.file),
            written: redactor.redacted(&asked.written),
            ..asked.clone()
        }),
        version: finding.version,
        path: finding.path.map(|path| path.display().to_string()),
        source: finding.source,
        why: finding.why,
        detail: finding.detail,
        command: finding.command,
        output: finding.output,
        fixes: finding.fixes.into_iter().map(fix).collect(),
        link: finding.link,
        in_project: row.in_project.clone().zip(finding.in_project).map(told_here),
        ..row.clone()
    }
}

fn told_here((row, here): (ToolInProject, InProject)) -> ToolInProject {
    ToolInProject {
        version: here.version,
        path: here.path.map(|path| path.display().to_string()),
        command: here.command,
        output: here.output,
        detail: here.detail,
        ..row
    }
}

pub(crate) fn fix(fix: Fix) -> wire::Fix {
    wire::Fix {
        with: fix.with,
        command: fix.command,
    }
}

/// The finding that a row shows; none for a tool that was not checked yet.
fn finding(row: &ToolRow) -> Option<Finding> {
    Some(Finding {
        tool: row.tool.clone(),
        title: row.title.clone(),
        state: state(row.state)?,
        severity: match row.severity {
            wire::Severity::Required => Severity::Required,
            wire::Severity::Recommended => Severity::Recommended,
            wire::Severity::Info => Severity::Info,
        },
        version: row.version.clone(),
        path: row.path.as_ref().map(PathBuf::from),
        required: row.required.clone(),
        source: row.source.clone(),
        why: row.why.clone(),
        detail: row.detail.clone(),
        command: row.command.clone(),
        output: row.output.clone(),
        took: Duration::from_millis(row.ms.unwrap_or_default().into()),
        fixes: row
            .fixes
            .iter()
            .map(|fix| Fix {
                with: fix.with.clone(),
                command: fix.command.clone(),
            })
            .collect(),
        link: row.link.clone(),
        in_project: row.in_project.as_ref().and_then(in_project),
    })
}

/// The folder is told nowhere in a report, so a row does not keep it.
fn in_project(here: &ToolInProject) -> Option<InProject> {
    Some(InProject {
        folder: PathBuf::new(),
        state: state(here.state)?,
        version: here.version.clone(),
        path: here.path.as_ref().map(PathBuf::from),
        command: here.command.clone(),
        output: here.output.clone(),
        detail: here.detail.clone(),
        took: Duration::from_millis(here.ms.unwrap_or_default().into()),
    })
}

/// None before a check.
fn state(state: TaskState) -> Option<State> {
    Some(match state {
        TaskState::Todo => return None,
        TaskState::Passed => State::Passed,
        TaskState::Failed => State::Failed,
        TaskState::Error => State::Error,
        TaskState::Skipped => State::Skipped,
        TaskState::Blocked => State::Blocked,
    })
}
