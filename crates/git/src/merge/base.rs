//! What was made then: found in the project's own repository.

use std::path::Path;

use git2::{Oid, Repository, Sort};

use super::{failed, open};
use crate::Error;
use crate::tree;

/// Where the trees of upgrades are kept, out of the way of branches and pushes.
pub(super) const KEPT: &str = "refs/roadbook/starter";

/// Finds what was made then in the project's repository: the id of a commit or tree.
///
/// `trees` are the ids of the trees that were made (see [`crate::Staged::tree`]), oldest first; the newest that can be
/// had wins. Each is looked for where an upgrade keeps it, then among the commits that brought or changed the file
/// `leave_out`, in the history and in HEAD's reflog, so that a project that was amended or squashed still finds its
/// own. Comparing the whole tree is what makes it sound: a commit that holds a person's work besides would make the
/// merge take that work away. An older tree than the last is sound too, for what came since is then the same on both
/// sides.
///
/// Projects without recorded trees fall back to `commit` (upstream's, where the history was kept), then to the
/// history's first commit if that has the file.
///
/// # Errors
/// When the repository cannot be read.
pub fn find_base(
    project: &Path,
    leave_out: &str,
    trees: &[String],
    commit: Option<&str>,
) -> Result<Option<String>, Error> {
    let repository = open(project)?;
    search(&repository, leave_out, trees, commit).map_err(|e| failed(&e, project))
}

fn search(
    repository: &Repository,
    leave_out: &str,
    trees: &[String],
    commit: Option<&str>,
) -> Result<Option<String>, git2::Error> {
    let upstream = commit
        .and_then(|id| Oid::from_str(id).ok())
        .filter(|id| repository.find_commit(*id).is_ok())
        .map(|id| id.to_string());
    let (candidates, first) = candidates(repository, leave_out)?;
    for wanted in trees.iter().rev().filter_map(|id| Oid::from_str(id).ok()) {
        if repository.find_tree(wanted).is_ok() {
            return Ok(Some(wanted.to_string()));
        }
        for candidate in &candidates {
            let mut files = tree::files(&repository.find_commit(*candidate)?.tree()?)?;
            files.remove(leave_out.as_bytes());
            if tree::write(repository, &files)? == wanted {
                return Ok(Some(candidate.to_string()));
            }
        }
    }
    Ok(upstream.or_else(|| first.filter(|_| trees.is_empty()).map(|id| id.to_string())))
}

/// Commits that brought or changed the file, and the history's first commit if it did.
fn candidates(repository: &Repository, file: &str) -> Result<(Vec<Oid>, Option<Oid>), git2::Error> {
    let file = Path::new(file);
    let holds = |id: Oid| -> Option<Oid> {
        let tree = repository.find_commit(id).ok()?.tree().ok()?;
        tree.get_path(file).ok().map(|entry| entry.id())
    };
    let mut walk = repository.revwalk()?;
    walk.set_sorting(Sort::TOPOLOGICAL)?;
    walk.push_head()?;
    let (mut found, mut first) = (Vec::new(), None);
    for id in walk {
        let id = id?;
        let Some(held) = holds(id) else { continue };
        let commit = repository.find_commit(id)?;
        if commit.parent_ids().all(|parent| holds(parent) != Some(held)) {
            found.push(id);
            if commit.parent_count() == 0 {
                first = Some(id);
            }
        }
    }
    if let Ok(log) = repository.reflog("HEAD") {
        let ids = log.iter().map(|entry| entry.id_new());
        let ids: Vec<Oid> = ids.filter(|id| holds(*id).is_some() && !found.contains(id)).collect();
        found.extend(ids);
    }
    Ok((found, first))
}
