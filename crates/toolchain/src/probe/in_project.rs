//! The second question: what a tool is in a project's folder, where version managers choose by the files there.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use super::{
    Probed, Surroundings,
    program::judge,
    run::{Place, Ran, run_at},
};
use crate::{State, Tool, process::End, shim, trust};

/// A tool's answer in a folder.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    pub(crate) folder: PathBuf,
    pub(crate) probed: Probed,
}

/// Asks the tool in the folder; `None` where it is not to be asked there or could not be run at all.
pub(super) async fn probe(tool: &Tool, first: &Probed, folder: &Path, surroundings: &Surroundings) -> Option<Here> {
    let args = tool.in_project.as_deref()?;
    let program = first.path.clone()?;
    let hangs = first.took >= surroundings.limits.time;
    // A program of the folder's own answers everywhere alike, and nothing chose it by the folder's files.
    if first.command.is_empty() || hangs || program.starts_with(folder) || surroundings.cancel.is_cancelled() {
        return None;
    }
    let started = Instant::now();
    let mut probed = match objection(tool, &program, folder, surroundings).await {
        Some(reason) => {
            let detail = format!(
                "{reason}, which could run a program of the project, so {} was not asked there.",
                tool.title
            );
            Probed::new(State::Skipped, detail)
        }
        None => match run_at(program, tool, args, Place::Project(folder), surroundings).await {
            Ok(ran) => judge_here(tool, &ran, surroundings),
            Err(probed) => *probed,
        },
    };
    probed.took = started.elapsed();
    Some(Here {
        folder: folder.to_owned(),
        probed,
    })
}

/// Looks at files, which may take as long as a probe where they lie on a network drive.
async fn objection(tool: &Tool, program: &Path, folder: &Path, surroundings: &Surroundings) -> Option<String> {
    let (tool, program, folder) = (tool.clone(), program.to_owned(), folder.to_owned());
    let home = surroundings.environment.home();
    let looking = tokio::task::spawn_blocking(move || trust::objection(&tool, &program, &folder, home.as_deref()));
    match tokio::time::timeout(surroundings.limits.time, looking).await {
        Ok(Ok(objection)) => objection,
        _ => Some("The project's version files could not be read in time".to_owned()),
    }
}

/// A version manager that lacks the version says so and fails, or falls through to another one.
fn judge_here(tool: &Tool, ran: &Ran, surroundings: &Surroundings) -> Probed {
    let failed = matches!(ran.end, End::Exited(code) if code != Some(0));
    let missing = [&ran.err, &ran.out]
        .into_iter()
        .find_map(|text| shim::missing(text))
        .filter(|_| failed || shim::is_shim(&ran.path));
    if let Some(line) = missing {
        let detail = format!(
            "{} in the version that this project asks for is not installed.",
            tool.title
        );
        return ran.says(State::Failed, detail, line);
    }
    judge(tool, ran, surroundings)
}
