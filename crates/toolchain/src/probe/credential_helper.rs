//! What Git asks for a password or token, so that a person need not type it each time.

use super::{
    Probed, Surroundings,
    run::{run, unfinished},
};
use crate::{State, Tool, process::End};

pub(super) async fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let ran = match run(tool, &tool.args, surroundings).await {
        Ok(ran) => ran,
        Err(probed) => return *probed,
    };
    // Exit code 1 is Git's way to say that there is no such setting.
    if ran.end != End::Exited(Some(1))
        && let Some(probed) = unfinished(tool, &ran, surroundings)
    {
        return probed;
    }
    let helpers = helpers(&ran.out);
    if helpers.is_empty() {
        return ran.says(
            State::Failed,
            "Git has no credential helper, so it asks for a password each time.",
            "",
        );
    }
    let detail = format!("Git asks {} for passwords and tokens.", helpers.join(", "));
    ran.says(State::Passed, detail, &helpers.join(", "))
}

/// The names of the helpers. Whole commands may hold a secret and are not shown; an empty value forgets those before.
fn helpers(settings: &str) -> Vec<String> {
    let mut helpers: Vec<String> = Vec::new();
    for setting in settings.lines() {
        let (key, value) = setting.split_once(' ').unwrap_or((setting, ""));
        let name = value.split_whitespace().next().unwrap_or_default();
        if name.is_empty() {
            if key == "credential.helper" {
                helpers.clear();
            }
            continue;
        }
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let name = if plain { name } else { "a command of yours" };
        if !helpers.iter().any(|known| known == name) {
            helpers.push(name.to_owned());
        }
    }
    helpers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_are_named_once_and_commands_are_not_shown() {
        let settings = "credential.helper cache --timeout=3600\ncredential.https://a.example.helper cache\ncredential.helper !f() { echo password=hunter2; }; f\n";
        assert_eq!(helpers(settings), ["cache", "a command of yours"]);
    }

    #[test]
    fn an_empty_value_forgets_those_before() {
        assert_eq!(
            helpers("credential.helper store\ncredential.helper \n"),
            Vec::<String>::new()
        );
        assert_eq!(helpers("credential.helper\ncredential.helper manager\n"), ["manager"]);
    }
}
