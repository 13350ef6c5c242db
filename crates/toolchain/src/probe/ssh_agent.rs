//! The agent that holds a person's unlocked SSH keys.

use super::{
    Probed, Surroundings,
    run::{run, unfinished},
};
use crate::{State, Tool, process::End};

/// `ssh-add -l` ends with 0 where it lists keys, 1 where there are none, and 2 where no agent answers (ssh-add(1)).
pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let ran = match run(tool, &tool.args, surroundings).await {
        Ok(ran) => ran,
        Err(probed) => return *probed,
    };
    match ran.end {
        End::Exited(Some(0)) => {
            let keys = ran.out.lines().filter(|line| !line.trim().is_empty()).count();
            let count = if keys == 1 {
                "one key".to_owned()
            } else {
                format!("{keys} keys")
            };
            // The rest of the line is a comment, mostly somebody's address.
            let key: Vec<_> = ran.first_line().split_whitespace().take(2).collect();
            ran.says(State::Passed, format!("The SSH agent holds {count}."), &key.join(" "))
        }
        End::Exited(Some(1)) => {
            let detail = "The SSH agent is running, but holds no key yet.";
            ran.says(State::Failed, detail, ran.first_line())
        }
        End::Exited(Some(2)) => ran.says(State::Failed, "No SSH agent can be reached.", ran.first_line()),
        _ => match unfinished(tool, &ran, surroundings) {
            Some(probed) => probed,
            None => ran.says(
                State::Error,
                "The SSH agent printed more than a list of keys.",
                ran.first_line(),
            ),
        },
    }
}
