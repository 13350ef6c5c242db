//! From three sides to one: conflicts are marked, or decided for the project.

use std::collections::{BTreeMap, BTreeSet};

use git2::{MergeFileOptions, Repository};

use super::moves::{self, Aligned};
use super::{MergeOutcome, MergeRequest, MergedFile};
use crate::tree::{self, Entry, Files, LINK};

/// The result, and what was not plain about it.
pub(super) struct Resolved {
    pub(super) files: Files,
    pub(super) conflicts: BTreeMap<Vec<u8>, [Option<Entry>; 3]>,
    outcomes: BTreeMap<Vec<u8>, MergeOutcome>,
}

/// The rule of every three-way merge: what one side left alone is the other's to decide. Only what both changed is
/// looked into.
pub(super) fn resolve(
    repository: &Repository,
    sides: &Aligned,
    request: &MergeRequest<'_>,
) -> Result<Resolved, git2::Error> {
    let mut resolved = Resolved {
        files: Files::new(),
        conflicts: BTreeMap::new(),
        outcomes: BTreeMap::new(),
    };
    for path in paths(sides) {
        let [base, ours, theirs] = [&sides.base, &sides.ours, &sides.theirs].map(|files| files.get(path).copied());
        let file = if ours == theirs || theirs == base {
            ours
        } else if ours == base {
            theirs
        } else {
            let (file, outcome) = match (ours, theirs) {
                (Some(ours), Some(theirs)) => both(repository, path, base, ours, theirs, request)?,
                (None, _) => (None, MergeOutcome::StaysDeleted),
                (ours, None) => (ours, MergeOutcome::StaysChanged),
            };
            if outcome.is_conflict() {
                resolved.conflicts.insert(path.clone(), [base, ours, theirs]);
            }
            // What went well is told by what came of it.
            if outcome != MergeOutcome::Merged {
                resolved.outcomes.insert(path.clone(), outcome);
            }
            file
        };
        if let Some(file) = file {
            resolved.files.insert(path.clone(), file);
        }
    }
    // A name cannot be a file and a folder: the project's stays.
    let new = resolved.files.keys().filter(|path| !sides.ours.contains_key(*path));
    let blocked: Vec<Vec<u8>> = new
        .filter(|path| moves::is_in_the_way(&resolved.files, path))
        .cloned()
        .collect();
    for path in blocked {
        resolved.files.remove(&path);
        resolved.outcomes.insert(path, MergeOutcome::Blocked);
    }
    Ok(resolved)
}

/// Every path of any side.
fn paths(sides: &Aligned) -> BTreeSet<&Vec<u8>> {
    [&sides.base, &sides.ours, &sides.theirs]
        .into_iter()
        .flat_map(BTreeMap::keys)
        .collect()
}

/// What becomes of each file, by path.
pub(super) fn outcomes(head: &Files, sides: &Aligned, resolved: &Resolved) -> Vec<MergedFile> {
    let mut outcomes = resolved.outcomes.clone();
    for path in &sides.deleted {
        outcomes.insert(path.clone(), MergeOutcome::StaysDeleted);
    }
    for (path, entry) in &resolved.files {
        let moved = sides.moved.contains_key(path);
        let before = head.get(path);
        if outcomes.contains_key(path) || before == Some(entry) {
            continue;
        }
        let outcome = match before {
            _ if moved => MergeOutcome::Moved,
            None => MergeOutcome::Added,
            Some(_) if sides.ours.get(path) == sides.base.get(path) => MergeOutcome::Changed,
            Some(_) => MergeOutcome::Merged,
        };
        outcomes.insert(path.clone(), outcome);
    }
    let sources: BTreeSet<&Vec<u8>> = sides.moved.values().collect();
    for path in head.keys() {
        if !resolved.files.contains_key(path) && !sources.contains(path) {
            outcomes.insert(path.clone(), MergeOutcome::Removed);
        }
    }
    let text = |path: &[u8]| String::from_utf8_lossy(path).into_owned();
    outcomes
        .into_iter()
        .map(|(path, outcome)| MergedFile {
            from: sides.moved.get(&path).map(|old| text(old)),
            path: text(&path),
            outcome,
        })
        .collect()
}

/// Both sides have the file and changed it.
fn both(
    repository: &Repository,
    path: &[u8],
    base: Option<Entry>,
    ours: Entry,
    theirs: Entry,
    request: &MergeRequest<'_>,
) -> Result<(Option<Entry>, MergeOutcome), git2::Error> {
    for side in [base, Some(ours), Some(theirs)].into_iter().flatten() {
        if side.mode == LINK || repository.find_blob(side.id)?.is_binary() {
            return Ok((Some(ours), MergeOutcome::KeptYours));
        }
    }
    let base = match base {
        Some(base) => base,
        None => Entry {
            mode: ours.mode,
            id: repository.blob(b"")?,
        },
    };
    let [base, our, their] = [base, ours, theirs].map(|entry| tree::index_entry(path, entry, 0));
    let mut options = MergeFileOptions::new();
    options
        .ancestor_label("before")
        .our_label(request.our_label)
        .their_label(request.their_label);
    let merged = repository.merge_file_from_index(&base, &our, &their, Some(&mut options))?;
    let file = Entry {
        mode: if merged.mode() == 0 { ours.mode } else { merged.mode() },
        id: repository.blob(merged.content())?,
    };
    let outcome = if merged.is_automergeable() {
        MergeOutcome::Merged
    } else {
        MergeOutcome::Conflict
    };
    Ok((Some(file), outcome))
}
