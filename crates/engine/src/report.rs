//! The last findings as a text to share, without names.

use std::path::PathBuf;
use std::time::Duration;

use ::toolchain::{Finding, Fix, ReportFormat, Severity, State, report};

use crate::Engine;
use crate::wire::{self, Failure, TaskState, ToolRow};

impl Engine {
    /// The last findings as Markdown for a chat or an issue: names of people and machines, the home folder and
    /// everything that looks like a secret are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tools_report(&self) -> Result<String, Failure> {
        let groups = self.toolchain()?.groups.into_iter();
        let rows: Vec<ToolRow> = groups.flat_map(|group| group.rows).collect();
        Ok(self.report_of(&rows))
    }

    /// The given rows as [`Engine::tools_report`] writes them.
    pub fn report_of(&self, rows: &[ToolRow]) -> String {
        let findings: Vec<Finding> = rows.iter().filter_map(finding).collect();
        report(&findings, &self.environment_now(), ReportFormat::Markdown)
    }
}

/// The finding that a row shows; none for a tool that was not checked yet.
fn finding(row: &ToolRow) -> Option<Finding> {
    Some(Finding {
        tool: row.tool.clone(),
        title: row.title.clone(),
        state: match row.state {
            TaskState::Todo => return None,
            TaskState::Passed => State::Passed,
            TaskState::Failed => State::Failed,
            TaskState::Error => State::Error,
            TaskState::Skipped => State::Skipped,
            TaskState::Blocked => State::Blocked,
        },
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
    })
}
