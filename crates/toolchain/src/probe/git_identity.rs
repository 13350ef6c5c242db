//! The name and address that Git writes into every commit.

use super::{
    Probed, Surroundings,
    run::{Ran, run, unfinished},
};
use crate::{State, Tool, process::End, text::first_line};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let mut values = Vec::new();
    let mut last = None;
    for key in ["user.name", "user.email"] {
        // Without --global, which would not follow the files that the person's settings include.
        let args = ["config", "--get", key].map(str::to_owned);
        let ran = match run(tool, &args, surroundings).await {
            Ok(ran) => ran,
            Err(probed) => return *probed,
        };
        // Exit code 1 is Git's way to say that there is no such setting.
        if ran.end != End::Exited(Some(1))
            && let Some(probed) = unfinished(tool, &ran, surroundings)
        {
            return probed;
        }
        values.push(first_line(&ran.out).to_owned());
        last = Some(ran);
    }
    let (Some(ran), [name, email]) = (last, values.as_slice()) else {
        return Probed::new(State::Error, "Git was not asked.");
    };
    answer(&ran, name, email)
}

fn answer(ran: &Ran, name: &str, email: &str) -> Probed {
    let ran = Ran {
        command: "git config user.name, git config user.email".to_owned(),
        path: ran.path.clone(),
        out: String::new(),
        err: String::new(),
        end: ran.end,
    };
    let (state, detail) = match (name, email) {
        ("", "") => (
            State::Failed,
            "Git does not know your name and e-mail address yet.".to_owned(),
        ),
        ("", _) => (State::Failed, "Git does not know your name yet.".to_owned()),
        (_, "") => (State::Failed, "Git does not know your e-mail address yet.".to_owned()),
        _ => (State::Passed, format!("Git signs your commits as {name} <{email}>.")),
    };
    ran.says(state, detail, [name, email].join(" ").trim())
}
