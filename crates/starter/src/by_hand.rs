//! How a person does by hand what a template's step would have done on a server.
//!
//! The inputs are those of Backstage's own actions
//! (<https://backstage.io/docs/features/software-templates/builtin-actions>).

use serde_json::Value;

/// A command to copy, for steps whose input says all that it needs.
pub(crate) fn command(action: &str, input: &Value) -> Option<String> {
    let text = |key: &str| input[key].as_str().filter(|text| is_plain(text));
    match action {
        // Elsewhere gh would have to be signed in to that host, and push to github.com if it is not.
        "publish:github" if repository(input)?.0 == "github.com" => {
            let (_, owner, repository) = repository(input)?;
            let wider = text("repoVisibility").filter(|wider| ["public", "internal"].contains(wider));
            let visibility = wider.unwrap_or("private");
            Some(format!(
                "gh repo create {owner}/{repository} --{visibility} --source . --push"
            ))
        }
        "publish:gitlab" => {
            let (host, owner, repository) = repository(input)?;
            Some(push(&format!("git@{host}:{owner}/{repository}.git")))
        }
        // Its addresses have three parts, and another form.
        "publish:azure" => None,
        _ if action.starts_with("publish:") => {
            let (host, owner, repository) = repository(input)?;
            Some(push(&format!("https://{host}/{owner}/{repository}.git")))
        }
        "github:actions:dispatch" => {
            let (host, owner, repository) = repository(input)?;
            let (workflow, branch) = (text("workflowId")?, text("branchOrTagName")?);
            Some(format!(
                "gh workflow run {workflow} --ref {branch} --repo {host}/{owner}/{repository}"
            ))
        }
        _ => None,
    }
}

/// What to do where no command does it; a sentence.
pub(crate) fn advice(action: &str) -> Option<&'static str> {
    match action {
        "catalog:register" => Some(
            "In your developer portal choose Register existing component, and enter the address of the project's \
             catalog-info.yaml.",
        ),
        _ if action.starts_with("publish:") => {
            Some("Create an empty repository on your Git server, add it as the remote origin, and push.")
        }
        _ => None,
    }
}

fn push(address: &str) -> String {
    format!("git remote add origin {address} && git push --set-upstream origin HEAD")
}

/// Host, owner and name of `repoUrl`, which Backstage writes as `github.com?owner=acme&repo=shop`.
fn repository(input: &Value) -> Option<(&str, &str, &str)> {
    let (host, query) = input["repoUrl"].as_str()?.split_once('?')?;
    let of = |key: &str| {
        let pair = query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(name, _)| *name == key));
        pair.map(|(_, value)| value)
    };
    let (owner, name) = (of("owner")?, of("repo")?);
    [host, owner, name]
        .into_iter()
        .all(is_plain)
        .then_some((host, owner, name))
}

/// Whether a text means itself in every shell: the person pastes the command, and the answers are not all theirs.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':');
    !text.is_empty() && !text.starts_with('-') && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_repository_is_made_by_the_command_of_its_host() {
        let input = json!({ "repoUrl": "github.com?owner=acme&repo=shop", "repoVisibility": "internal" });
        assert_eq!(
            command("publish:github", &input).as_deref(),
            Some("gh repo create acme/shop --internal --source . --push")
        );
        let enterprise = json!({ "repoUrl": "ghe.acme.example?owner=acme&repo=shop" });
        assert!(command("publish:github", &enterprise).is_some_and(|command| {
            command.contains("https://ghe.acme.example/acme/shop.git") && !command.contains("gh repo")
        }));
        let input = json!({ "repoUrl": "git.example?repo=shop&owner=acme/web" });
        assert_eq!(
            command("publish:gitlab", &input).as_deref(),
            Some("git remote add origin git@git.example:acme/web/shop.git && git push --set-upstream origin HEAD")
        );
        assert!(command("publish:gitea", &input).is_some_and(|command| command.contains("https://git.example/acme")));
    }

    #[test]
    fn an_answer_never_becomes_a_part_of_a_command() {
        for owner in ["$(reboot)", "a;b", "a b", "--help", "a`b`", "a\nb", "a'b", ""] {
            let input = json!({ "repoUrl": format!("github.com?owner={owner}&repo=shop") });
            assert_eq!(command("publish:github", &input), None, "{owner}");
        }
    }

    #[test]
    fn what_has_no_command_has_advice_or_is_shown_as_it_is() {
        assert!(advice("catalog:register").is_some_and(|advice| advice.contains("catalog-info.yaml")));
        assert!(advice("publish:github").is_some());
        assert_eq!((command("acme:fly", &json!({})), advice("acme:fly")), (None, None));
    }
}
