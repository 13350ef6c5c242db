//! `roadbook doctor`

use engine::Engine;
use engine::wire::{Fix, JobEvent, Severity, TaskState, ToolRow};
use serde::Serialize;

use crate::arguments::Doctor;
use crate::{Found, Outcome, block_on, output};

#[derive(Serialize)]
struct Row<'a> {
    tool: &'a str,
    state: TaskState,
    severity: Severity,
    version: Option<&'a str>,
    path: Option<&'a str>,
    required: &'a str,
    source: &'a str,
    ms: Option<u32>,
    detail: &'a str,
    command: &'a str,
    output: &'a str,
    fixes: &'a [Fix],
}

pub(crate) fn run(engine: &Engine, doctor: &Doctor, json: bool) -> Outcome {
    // Rows are told as they come; a report and JSON need all of them.
    let quiet = json || doctor.report;
    let tell = |event| {
        if let (JobEvent::Tool { row }, false) = (event, quiet) {
            print(&row);
        }
    };
    if let Some(folder) = &doctor.repo {
        let check = block_on(engine, engine.check_repository("doctor", folder, &tell))?;
        for finding in check.conflicts.iter().chain(&check.problems) {
            eprintln!("note: {} ({}) {}", finding.message, finding.source, finding.hint);
        }
        let found = show(engine, doctor, json, &check.rows);
        return Ok(if check.conflicts.is_empty() {
            found
        } else {
            Found::Finding
        });
    }
    let only = (!doctor.tools.is_empty()).then_some(doctor.tools.as_slice());
    let rows = block_on(
        engine,
        engine.check_tools("doctor", doctor.path.as_deref(), only, &tell),
    )?;
    Ok(show(engine, doctor, json, &rows))
}

fn show(engine: &Engine, doctor: &Doctor, json: bool, rows: &[ToolRow]) -> Found {
    if json {
        output::json(&rows.iter().map(row).collect::<Vec<_>>());
    } else if doctor.report {
        output::line(engine.report_of(rows).trim_end());
    } else {
        summary(rows);
    }
    if rows.iter().any(is_finding) {
        Found::Finding
    } else {
        Found::Fine
    }
}

fn is_finding(row: &ToolRow) -> bool {
    row.severity == Severity::Required && !matches!(row.state, TaskState::Passed | TaskState::Skipped)
}

fn row(row: &ToolRow) -> Row<'_> {
    Row {
        tool: &row.tool,
        state: row.state,
        severity: row.severity,
        version: row.version.as_deref(),
        path: row.path.as_deref(),
        required: &row.required,
        source: &row.source,
        ms: row.ms,
        detail: &row.detail,
        command: &row.command,
        output: &row.output,
        fixes: &row.fixes,
    }
}

fn print(row: &ToolRow) {
    let mark = match row.severity {
        Severity::Required => "",
        Severity::Recommended => " (recommended)",
        Severity::Info => " (for information)",
    };
    output::line(&format!(
        "{} {:<18} {}{mark}",
        output::state(row.state),
        row.title,
        row.detail
    ));
    if row.state == TaskState::Passed {
        return;
    }
    for fix in &row.fixes {
        output::line(&format!("        {}: {}", fix.with, fix.command));
    }
    if let Some(link) = row.link.as_deref().filter(|_| row.fixes.is_empty()) {
        output::line(&format!("        {link}"));
    }
}

fn summary(rows: &[ToolRow]) {
    let passed = rows.iter().filter(|row| row.state == TaskState::Passed).count();
    let wanting = rows.iter().filter(|row| is_finding(row)).count();
    eprintln!(
        "{passed} of {} tools passed; {wanting} that are required need attention.",
        rows.len()
    );
}
