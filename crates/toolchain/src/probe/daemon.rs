//! The engine behind a container command: the command answers quickly, the engine may be off or stuck.

use super::{Probed, Surroundings, program::judge, run::run};
use crate::{Fix, State, Tool, process::End, text::first_line};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let ran = match run(tool, &tool.args, surroundings).await {
        Ok(ran) => ran,
        Err(probed) => return *probed,
    };
    match ran.end {
        End::Exited(Some(code)) if code != 0 => {
            let (line, title) = (first_line(&ran.err), &tool.title);
            if line.to_ascii_lowercase().contains("permission denied") {
                let detail = if cfg!(target_os = "linux") {
                    format!(
                        "{title} is there, but this account may not use it: add it to the group `docker`, then sign out and in again."
                    )
                } else {
                    format!("{title} is there, but this account may not use it.")
                };
                return Probed {
                    fixable: false,
                    remedy: cfg!(target_os = "linux").then(join_the_group),
                    ..ran.says(State::Failed, detail, line)
                };
            }
            ran.says(State::Failed, format!("{title} is not running."), line)
        }
        _ => judge(tool, &ran, surroundings),
    }
}

/// What Docker's makers give for Linux (<https://docs.docker.com/engine/install/linux-postinstall/>).
fn join_the_group() -> Fix {
    Fix {
        with: "Terminal".to_owned(),
        command: "sudo usermod -aG docker \"$USER\"".to_owned(),
    }
}
