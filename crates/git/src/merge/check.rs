//! What has to hold before anything is written.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

use git2::{IndexEntryExtendedFlag, IndexEntryFlag, Repository, RepositoryState, StatusOptions};

use super::{MergeError, failed};
use crate::tree::{Files, LINK};

/// The project has a commit, nothing half done, and no change that is not committed.
pub(super) fn is_ready(repository: &Repository, project: &Path) -> Result<(), MergeError> {
    let state = match repository.state() {
        RepositoryState::Clean => None,
        RepositoryState::Merge => Some("merge"),
        RepositoryState::Revert | RepositoryState::RevertSequence => Some("revert"),
        RepositoryState::CherryPick | RepositoryState::CherryPickSequence => Some("cherry-pick"),
        RepositoryState::Bisect => Some("bisect"),
        RepositoryState::Rebase | RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => Some("rebase"),
        RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => Some("am"),
    };
    if let Some(state) = state {
        return Err(MergeError::Unfinished {
            state: state.to_owned(),
        });
    }
    if repository.head().is_err() {
        return Err(MergeError::NoCommit);
    }
    let mut options = StatusOptions::new();
    // New files are looked at one by one: only those in the way matter.
    options.include_untracked(false).include_ignored(false);
    let statuses = repository
        .statuses(Some(&mut options))
        .map_err(|e| failed(&e, project))?;
    let mut files: Vec<String> = statuses
        .iter()
        .map(|entry| String::from_utf8_lossy(entry.path_bytes()).into_owned())
        .collect();
    files.sort();
    if files.is_empty() {
        Ok(())
    } else {
        Err(MergeError::Uncommitted { files })
    }
}

/// Whether Git looks at every file that will be written: of one that it was told to take as it is, nobody knows
/// whether it was changed.
pub(super) fn is_seen(repository: &Repository, ours: &Files, result: &Files) -> Result<(), MergeError> {
    let git = |e: git2::Error| MergeError::Git(failed(&e, repository.path()));
    let touched = |path: &[u8]| ours.get(path) != result.get(path);
    let index = repository.index().map_err(git)?;
    let unseen = index.iter().filter(|entry| {
        let assumed = entry.flags & IndexEntryFlag::VALID.bits() != 0;
        let skipped = entry.flags_extended & IndexEntryExtendedFlag::SKIP_WORKTREE.bits() != 0;
        (assumed || skipped) && touched(&entry.path)
    });
    let files: Vec<String> = unseen
        .map(|entry| String::from_utf8_lossy(&entry.path).into_owned())
        .collect();
    if files.is_empty() {
        Ok(())
    } else {
        Err(MergeError::Unseen { files })
    }
}

/// What the starter brings stays inside the project and out of `.git`, on every system. Git itself refuses names
/// such as `..` and `.git`, and those that a file system takes for them.
pub(super) fn is_safe(repository: &Repository, base: &Files, theirs: &Files) -> Result<(), MergeError> {
    for (path, entry) in theirs.iter().filter(|(path, entry)| base.get(*path) != Some(entry)) {
        let Ok(name) = std::str::from_utf8(path) else {
            return Err(refused(path, "its name is not UTF-8"));
        };
        if !Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(refused(path, "its name leaves the project"));
        }
        if name.split('/').any(is_git) {
            return Err(refused(path, "its name is Git's own"));
        }
        if name.contains('\\') || name.contains(':') {
            return Err(refused(path, "its name means something else on other systems"));
        }
        if entry.mode == LINK {
            let target = repository
                .find_blob(entry.id)
                .map_err(|e| failed(&e, Path::new(name)))?
                .content()
                .to_vec();
            let target = String::from_utf8(target).map_err(|_| refused(path, "its target is not UTF-8"))?;
            if !stays_inside(name, &target) {
                return Err(refused(path, "it is a link that leaves the project or leads into .git"));
            }
        }
    }
    Ok(())
}

/// Nothing that Git does not know is in the way of what will be written.
pub(super) fn is_free(project: &Path, ours: &Files, result: &Files, more: &[&str]) -> Result<(), MergeError> {
    let goes = |path: &[u8]| ours.contains_key(path) && !result.contains_key(path);
    let mut files = BTreeSet::new();
    let written = result.iter().filter(|(path, entry)| ours.get(*path) != Some(entry));
    let paths = written
        .map(|(path, _)| (path.as_slice(), ours.contains_key(path)))
        .chain(more.iter().map(|path| (path.as_bytes(), true)));
    for (path, known) in paths {
        let Ok(name) = std::str::from_utf8(path) else { continue };
        let ancestors = name.match_indices('/').map(|(at, _)| &name[..at]);
        for folder in ancestors {
            let Ok(meta) = fs::symlink_metadata(project.join(folder)) else {
                break;
            };
            let blocked = if meta.is_dir() {
                // A repository inside the project has its own history.
                project.join(folder).join(".git").exists()
            } else {
                !goes(folder.as_bytes())
            };
            if blocked {
                files.insert(folder.to_owned());
            }
        }
        if known {
            continue;
        }
        match fs::symlink_metadata(project.join(name)) {
            Ok(meta) if meta.is_dir() => strangers(project, name, &goes, &mut files),
            Ok(_) => _ = files.insert(name.to_owned()),
            Err(_) => {}
        }
    }
    if files.is_empty() {
        Ok(())
    } else {
        Err(MergeError::InTheWay {
            files: files.into_iter().collect(),
        })
    }
}

/// The files of a folder that will not go by themselves.
fn strangers(project: &Path, folder: &str, goes: &dyn Fn(&[u8]) -> bool, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(project.join(folder)) else {
        found.insert(folder.to_owned());
        return;
    };
    for entry in entries.flatten() {
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            strangers(project, &name, goes, found);
        } else if !goes(name.as_bytes()) {
            found.insert(name);
        }
    }
}

/// Whether a link at `name` with this target points at something inside the project, outside `.git`.
fn stays_inside(name: &str, target: &str) -> bool {
    if target.is_empty() || target.starts_with('/') || target.contains('\\') || target.contains(':') {
        return false;
    }
    let mut depth = name.matches('/').count();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            part if is_git(part) => return false,
            _ => depth += 1,
        }
    }
    true
}

/// Whether a file system may take the name for `.git`: any case, `git~1` and trailing dots and spaces on Windows.
fn is_git(name: &str) -> bool {
    let name = name.trim_end_matches(['.', ' ']).to_lowercase();
    name == ".git" || name == "git~1"
}

fn refused(path: &[u8], why: &str) -> MergeError {
    MergeError::Refused {
        path: String::from_utf8_lossy(path).into_owned(),
        why: why.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_inside() {
        assert!(stays_inside("a/b", "../c"));
        assert!(stays_inside("a", "b/./c"));
        for (name, target) in [
            ("a", "../c"),
            ("a/b", "../../c"),
            ("a", "/etc/passwd"),
            ("a", ".git/config"),
            ("a/b", "../.GIT/hooks"),
            ("a", "C:/x"),
            ("a", ""),
        ] {
            assert!(!stays_inside(name, target), "{name} -> {target}");
        }
    }

    #[test]
    fn git_is_known_by_all_its_names() {
        for name in [".git", ".GIT", ".git.", ".git ", "GIT~1"] {
            assert!(is_git(name), "{name}");
        }
        assert!(!is_git(".github") && !is_git(".gitignore"));
    }
}
