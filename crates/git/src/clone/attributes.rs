//! Git's attributes, as far as they decide what a file has in it when it is checked out.

use std::path::PathBuf;

use git2::{Commit, Config, Repository, TreeWalkMode, TreeWalkResult};

use crate::tree;

/// Whether something outside of the tree may make a file another one than in the repository: `core.autocrlf`, or a
/// file of attributes (`eol`, `ident`, a filter).
///
/// libgit2 asks for the attributes of every file, which takes longer than writing it; where nothing gives any, it need
/// not ask. Where attributes come from: gitattributes(5).
pub(crate) fn outside(repository: &Repository) -> Result<bool, git2::Error> {
    let config = repository.config()?;
    let line_ends = config
        .get_string("core.autocrlf")
        .is_ok_and(|value| value != "input" && value != "false");
    // Where other systems keep the files of the whole machine depends on how Git was installed.
    Ok(!cfg!(unix) || line_ends || files(repository, &config).iter().any(|file| file.exists()))
}

/// Whether the tree has a file of attributes, or is too large to tell.
pub(crate) fn inside(commit: &Commit<'_>) -> Result<bool, git2::Error> {
    let (mut found, mut seen) = (false, 0);
    let walked = commit.tree()?.walk(TreeWalkMode::PreOrder, |_, entry| {
        seen += 1;
        found = seen > tree::MOST || entry.name_bytes().eq_ignore_ascii_case(b".gitattributes");
        if found {
            TreeWalkResult::Abort
        } else {
            TreeWalkResult::Ok
        }
    });
    if found { Ok(true) } else { walked.map(|()| false) }
}

/// The files outside of the tree that may give attributes.
fn files(repository: &Repository, config: &Config) -> Vec<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let settings = variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config")));
    let own = config.get_path("core.attributesFile").ok();
    [
        Some(repository.path().join("info/attributes")),
        own,
        settings.map(|folder| folder.join("git/attributes")),
        Some(PathBuf::from("/etc/gitattributes")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
