//! The report for machines.

use serde_json::{Value, json};

use super::About;
use crate::{Finding, InProject, Severity, State};

pub(super) fn write(about: &About, findings: &[Finding]) -> String {
    let report = json!({
        "roadbook": about.roadbook,
        "system": about.system,
        "environment": about.environment,
        "search_path": about.search_path,
        "findings": findings.iter().map(row).collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

fn row(finding: &Finding) -> Value {
    let fixes = finding
        .fixes
        .iter()
        .map(|fix| json!({ "with": fix.with, "command": fix.command }));
    json!({
        "tool": finding.tool,
        "title": finding.title,
        "state": state(finding.state),
        "severity": severity(finding.severity),
        "version": finding.version,
        "path": finding.path.as_ref().map(|path| path.to_string_lossy()),
        "required": finding.required,
        "source": finding.source,
        "why": finding.why,
        "detail": finding.detail,
        "command": finding.command,
        "output": finding.output,
        "ms": u64::try_from(finding.took.as_millis()).unwrap_or(u64::MAX),
        "fixes": fixes.collect::<Vec<_>>(),
        "link": finding.link,
        "in_project": finding.in_project.as_ref().map(in_project),
    })
}

fn in_project(here: &InProject) -> Value {
    json!({
        "folder": here.folder.to_string_lossy(),
        "state": state(here.state),
        "version": here.version,
        "path": here.path.as_ref().map(|path| path.to_string_lossy()),
        "command": here.command,
        "output": here.output,
        "detail": here.detail,
        "ms": u64::try_from(here.took.as_millis()).unwrap_or(u64::MAX),
    })
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Failed => "failed",
        State::Error => "error",
        State::Skipped => "skipped",
        State::Blocked => "blocked",
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Required => "required",
        Severity::Recommended => "recommended",
        Severity::Info => "info",
    }
}
