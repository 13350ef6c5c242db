//! The report for people, to paste into an issue or a chat.

use super::{About, json::state};
use crate::{Finding, InProject, State};

pub(super) fn write(about: &About, findings: &[Finding]) -> String {
    let mut lines = vec![
        "# Toolchain report".to_owned(),
        String::new(),
        format!("- System: {}", about.system),
        format!("- Roadbook: {}", about.roadbook),
        format!("- Environment: {}", cell(&about.environment)),
        format!("- Search path: {}", listed(&about.search_path)),
        String::new(),
        summary(findings),
        String::new(),
        "| State | Tool | Version | Asked for | Program | Time |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(findings.iter().map(row));
    let open = |finding: &&Finding| matches!(finding.state, State::Failed | State::Error | State::Blocked);
    for finding in findings.iter().filter(open) {
        lines.extend(attention(finding));
    }
    lines.join("\n") + "\n"
}

fn summary(findings: &[Finding]) -> String {
    let passed = findings.iter().filter(|finding| finding.state == State::Passed).count();
    format!("{passed} of {} passed.", findings.len())
}

fn row(finding: &Finding) -> String {
    let path = finding.path.as_ref().map(|path| code(&path.to_string_lossy()));
    let required = if finding.required.is_empty() {
        "any".to_owned()
    } else {
        code(&finding.required)
    };
    format!(
        "| {} | {} | {} | {} | {} | {} ms |",
        state(finding.state),
        cell(&finding.title),
        cell(finding.version.as_deref().unwrap_or_default()),
        required,
        path.unwrap_or_default(),
        finding.took.as_millis(),
    )
}

fn attention(finding: &Finding) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("## {}: {}", cell(&finding.title), state(finding.state)),
        String::new(),
        cell(&finding.detail),
        String::new(),
    ];
    let here = finding.in_project.as_ref();
    let text = |read: fn(&InProject) -> &String| here.map(|here| code(read(here))).unwrap_or_default();
    let items = [
        ("Asked for by", cell(&finding.source)),
        ("Run", code(&finding.command)),
        ("Output", code(&finding.output)),
        ("Run in the project", text(|here| &here.command)),
        ("Output in the project", text(|here| &here.output)),
    ];
    lines.extend(
        items
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("- {name}: {text}")),
    );
    lines.extend(
        finding
            .fixes
            .iter()
            .map(|fix| format!("- {}: {}", cell(&fix.with), code(&fix.command))),
    );
    lines
}

fn listed(folders: &[String]) -> String {
    folders.iter().map(|folder| code(folder)).collect::<Vec<_>>().join(", ")
}

/// One line that no table or list is broken by.
pub(crate) fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('\\', r"\\").replace('|', r"\|").replace('<', "&lt;")
}

/// The same as code; empty where there is nothing.
pub(crate) fn code(text: &str) -> String {
    let line = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', r"\|");
    match (line.is_empty(), line.contains('`')) {
        (true, _) => String::new(),
        (false, true) => format!("`` {line} ``"),
        (false, false) => format!("`{line}`"),
    }
}
