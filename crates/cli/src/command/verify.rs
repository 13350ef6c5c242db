//! `roadbook verify`

use std::io::{IsTerminal, Write};

use engine::Engine;
use engine::wire::{Block, CheckRow, Code, Failure, JobEvent, TaskBody, TaskState};
use serde::Serialize;

use crate::arguments::Verify;
use crate::{Found, Outcome, block_on, output};

#[derive(Serialize)]
struct Row<'a> {
    task: &'a str,
    check: &'a str,
    kind: &'a str,
    state: TaskState,
    detail: &'a str,
    ms: Option<u32>,
}

pub(crate) fn run(engine: &Engine, verify: &Verify, json: bool) -> Outcome {
    if let Some(folder) = &verify.folder {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        engine.set_folder((&verify.step, &folder.display().to_string()))?;
    }
    let page = engine.page(&verify.step)?;
    let tasks: Vec<(String, Vec<String>)> = page
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Task { task } => match task.what {
                TaskBody::Verify { commands, .. } => Some((task.id, commands)),
                TaskBody::Tools { .. }
                | TaskBody::Starter { .. }
                | TaskBody::Quiz { .. }
                | TaskBody::Confirm { .. } => None,
            },
            Block::Html { .. } => None,
        })
        .collect();
    if tasks.is_empty() {
        return Err(Failure {
            code: Code::Invalid,
            message: format!("The step {} has nothing to verify.", verify.step),
            hint: format!("`roadbook show {}` prints the step.", verify.step),
        });
    }
    let commands: Vec<&str> = tasks
        .iter()
        .flat_map(|(_, commands)| commands)
        .map(String::as_str)
        .collect();
    let consent = commands.is_empty() || verify.yes || ask(&commands)?;
    let mut all: Vec<(String, Vec<CheckRow>)> = Vec::new();
    for (task, _) in &tasks {
        let tell = |event| {
            if let JobEvent::Output { line } = event {
                eprintln!("  {line}");
            }
        };
        let rows = block_on(engine, engine.verify("verify", &verify.step, task, consent, &tell))?;
        if !json {
            rows.iter().for_each(print);
            if rows.iter().any(|row| advisable(row.state)) {
                for advice in engine.advice(&verify.step, task)? {
                    eprintln!("hint: {advice}");
                }
            }
        }
        all.push((task.clone(), rows));
    }
    if json {
        output::json(
            &all.iter()
                .flat_map(|(task, rows)| rows.iter().map(|row| of(task, row)))
                .collect::<Vec<_>>(),
        );
    }
    let held = all
        .iter()
        .flat_map(|(_, rows)| rows)
        .all(|row| row.state == TaskState::Passed);
    Ok(if held { Found::Fine } else { Found::Finding })
}

fn of<'a>(task: &'a str, row: &'a CheckRow) -> Row<'a> {
    Row {
        task,
        check: &row.title,
        kind: &row.kind,
        state: row.state,
        detail: &row.detail,
        ms: row.ms,
    }
}

/// Whether the page's advice can help; the window shows it for the same states.
fn advisable(state: TaskState) -> bool {
    match state {
        TaskState::Failed | TaskState::Error => true,
        TaskState::Todo | TaskState::Passed | TaskState::Skipped | TaskState::Blocked => false,
    }
}

fn print(row: &CheckRow) {
    output::line(&format!("{} {}", output::state(row.state), row.title));
    if !row.detail.is_empty() {
        output::line(&format!("        {}", row.detail));
    }
}

/// Shows the commands whole and asks; where nobody can answer, `--yes` has to.
fn ask(commands: &[&str]) -> Result<bool, Failure> {
    eprintln!("This step runs in your project's folder:");
    for command in commands {
        eprintln!("  {command}");
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure {
            code: Code::Invalid,
            message: "The step's commands run only with your consent.".to_owned(),
            hint: "Read them above, then add --yes.".to_owned(),
        });
    }
    eprint!("Run them? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    // No answer is a no.
    let _ = std::io::stdin().read_line(&mut answer);
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
