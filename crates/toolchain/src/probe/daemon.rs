//! The engine behind a container command: the command answers quickly, the engine may be off or stuck.

use super::{Probed, Surroundings, program::judge, run::run};
use crate::{State, Tool, process::End, text::first_line};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let ran = match run(tool, &tool.args, surroundings).await {
        Ok(ran) => ran,
        Err(probed) => return *probed,
    };
    match ran.end {
        End::Exited(Some(code)) if code != 0 => {
            let (line, title) = (first_line(&ran.err), &tool.title);
            if line.to_ascii_lowercase().contains("permission denied") {
                let detail = format!(
                    "{title} is there, but this account may not use it; on Linux, add the account to the group `docker` and sign in again."
                );
                return Probed {
                    fixable: false,
                    ..ran.says(State::Failed, detail, line)
                };
            }
            ran.says(State::Failed, format!("{title} is not running."), line)
        }
        _ => judge(tool, &ran, surroundings),
    }
}
