//! What the steps of a template do, as far as it can be done on this machine.

mod catalog;
mod fetch;
mod files;
mod one_file;
mod read_dir;

use serde_json::{Map, Value};

use crate::job::Job;
use crate::workspace::Trouble;

/// What an action works with.
pub(crate) struct Site<'s, 'j> {
    pub(crate) job: &'s mut Job<'j>,
    pub(crate) log: Vec<String>,
}

/// Actions that run here.
const LOCAL: [&str; 9] = [
    "fetch:template",
    "fetch:template:file",
    "fetch:plain",
    "fetch:plain:file",
    "fs:delete",
    "fs:rename",
    "fs:readdir",
    "catalog:write",
    "debug:log",
];
/// Actions of Backstage that do not; they are shown to the person.
const ELSEWHERE: [&str; 8] = [
    "fetch:cookiecutter",
    "fetch:rails",
    "workspace:template",
    "workspace:template:file",
    "fs:read",
    "debug:wait",
    "catalog:register",
    "catalog:fetch",
];
/// Families of actions of Backstage and its plugins; all need a server.
const FAMILIES: [&str; 22] = [
    "publish",
    "github",
    "gitlab",
    "gitea",
    "gerrit",
    "azure",
    "bitbucket",
    "bitbucketCloud",
    "bitbucketServer",
    "argocd",
    "roadiehq",
    "http",
    "notification",
    "sentry",
    "confluence",
    "gcp",
    "aws",
    "kubernetes",
    "quay",
    "servicenow",
    "sonarqube",
    "jira",
];

/// Whether an action takes files from an address.
pub(crate) fn fetches(action: &str) -> bool {
    is_local(action) && action.starts_with("fetch:")
}

/// Whether an action runs here.
pub(crate) fn is_local(action: &str) -> bool {
    LOCAL.contains(&action)
}

/// Whether the name is one of Backstage's actions.
pub(crate) fn is_known(action: &str) -> bool {
    is_local(action)
        || ELSEWHERE.contains(&action)
        || action
            .split_once(':')
            .is_some_and(|(family, _)| FAMILIES.contains(&family))
}

/// Carries out a local action; answers with its output.
pub(crate) fn run(action: &str, input: &Value, site: &mut Site<'_, '_>) -> Result<Map<String, Value>, Trouble> {
    match action {
        "fetch:template" => fetch::template(input, site)?,
        "fetch:template:file" => one_file::template(input, site)?,
        "fetch:plain" => fetch::plain(input, site)?,
        "fetch:plain:file" => one_file::plain(input, site)?,
        "fs:delete" => files::delete(input, site)?,
        "fs:rename" => files::rename(input, site)?,
        "fs:readdir" => return read_dir::list(input, site),
        "catalog:write" => catalog::write(input, site)?,
        "debug:log" => files::log(input, site)?,
        other => return Err(Trouble::Why(format!("the action `{other}` does not run here"))),
    }
    Ok(Map::new())
}

/// A text of the input that must be there.
fn needed<'a>(input: &'a Value, key: &str) -> Result<&'a str, Trouble> {
    input[key]
        .as_str()
        .ok_or_else(|| Trouble::Why(format!("its input `{key}` is missing")))
}

/// The texts of a list of the input; none where it is missing.
fn texts<'a>(input: &'a Value, key: &str) -> Result<Vec<&'a str>, Trouble> {
    match &input[key] {
        Value::Null => Ok(Vec::new()),
        Value::String(text) => Ok(vec![text]),
        Value::Array(items) => items
            .iter()
            .map(|item| {
                item.as_str()
                    .ok_or_else(|| Trouble::Why(format!("its input `{key}` is a list of texts")))
            })
            .collect(),
        _ => Err(Trouble::Why(format!("its input `{key}` is a list of texts"))),
    }
}
