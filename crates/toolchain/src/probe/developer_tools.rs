//! The developer tools of macOS, which Git, Python and the compilers are a part of.

use super::{
    Probed, Surroundings,
    run::{run, unfinished},
};
use crate::{State, Tool, process::End};

/// `xcode-select -p` names the folder of the tools that are chosen, and fails where there are none (xcode-select(1)).
pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let ran = match run(tool, &tool.args, surroundings).await {
        Ok(ran) => ran,
        Err(probed) => return *probed,
    };
    let line = ran.first_line();
    match ran.end {
        End::Exited(Some(0)) => ran.says(State::Passed, format!("The tools in {line} are chosen."), line),
        End::Exited(Some(_)) => ran.says(State::Failed, "No developer tools are installed.", line),
        End::Exited(None) | End::TimedOut | End::Flooded | End::Cancelled => unfinished(tool, &ran, surroundings)
            .unwrap_or_else(|| ran.says(State::Error, "xcode-select printed more than a folder.", line)),
    }
}
