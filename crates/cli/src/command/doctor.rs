//! `roadbook doctor`

use engine::Engine;
use engine::wire::{Fix, JobEvent, Severity, TaskState, ToolInProject, ToolRow};
use serde::Serialize;

use crate::arguments::{Doctor, DoctorFormat};
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
    why: Option<&'a str>,
    /// How binding the line of a repository's file is (`pin`), and its value as written.
    kind: Option<&'a str>,
    written: Option<&'a str>,
    ms: Option<u32>,
    detail: &'a str,
    command: &'a str,
    output: &'a str,
    fixes: &'a [Fix],
    in_project: Option<&'a ToolInProject>,
}

pub(crate) fn run(engine: &Engine, doctor: &Doctor, json: bool) -> Outcome {
    let format = if json { DoctorFormat::Json } else { doctor.format };
    // People are told as the rows come; the other formats need all of them.
    let tell = |event| {
        if let (JobEvent::Tool { row }, DoctorFormat::Human) = (event, format) {
            print(&row);
        }
    };
    if let Some(folder) = &doctor.repo {
        let mut check = block_on(engine, engine.check_repository("doctor", folder, &tell))?;
        if format == DoctorFormat::Human {
            check.files.iter().for_each(print);
            summary(&check.rows);
        }
        check.rows.append(&mut check.files);
        return Ok(show(engine, format, &check.rows));
    }
    let only = (!doctor.tools.is_empty()).then_some(doctor.tools.as_slice());
    let rows = block_on(
        engine,
        engine.check_tools("doctor", doctor.path.as_deref(), only, &tell),
    )?;
    if format == DoctorFormat::Human {
        summary(&rows);
    }
    Ok(show(engine, format, &rows))
}

fn show(engine: &Engine, format: DoctorFormat, rows: &[ToolRow]) -> Found {
    match format {
        // Told as they came.
        DoctorFormat::Human => {}
        DoctorFormat::Json => output::json(&engine.redacted(rows).iter().map(row).collect::<Vec<_>>()),
        DoctorFormat::Markdown => output::line(engine.report_of(rows).trim_end()),
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
        why: row.why.as_deref(),
        kind: row.asked.as_ref().map(|asked| asked.kind.as_str()),
        written: row.asked.as_ref().map(|asked| asked.written.as_str()),
        ms: row.ms,
        detail: &row.detail,
        command: &row.command,
        output: &row.output,
        fixes: &row.fixes,
        in_project: row.in_project.as_ref(),
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
    let mut below: Vec<String> = row.why.clone().into_iter().collect();
    if row.state == TaskState::Passed {
        below.extend(row.path.clone());
    } else {
        below.extend(how(row));
        below.extend(row.fixes.iter().map(|fix| format!("{}: {}", fix.with, fix.command)));
        below.extend(row.link.clone().filter(|_| row.fixes.is_empty()));
    }
    for line in below {
        output::line(&format!("        {line}"));
    }
}

/// Who asks, and what was run: enough to find out why an answer is not what one expects.
fn how(row: &ToolRow) -> Vec<String> {
    let mut lines = vec![format!("asked for by {}", row.source)];
    if let Some(path) = row.path.as_deref().filter(|_| !row.command.is_empty()) {
        let time = row.ms.map(|ms| format!(", {ms} ms")).unwrap_or_default();
        lines.push(format!("ran {} ({path}{time})", row.command));
    }
    if !row.output.is_empty() {
        lines.push(format!("it said: {}", row.output));
    }
    if let Some(here) = row.in_project.as_ref().filter(|here| !here.output.is_empty()) {
        lines.push(format!("in the project it said: {}", here.output));
    }
    lines
}

fn summary(rows: &[ToolRow]) {
    let passed = rows.iter().filter(|row| row.state == TaskState::Passed).count();
    let wanting = rows.iter().filter(|row| is_finding(row)).count();
    eprintln!(
        "{passed} of {} tools passed; {wanting} that are required need attention.",
        rows.len()
    );
}
