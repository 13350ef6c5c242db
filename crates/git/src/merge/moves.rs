//! Files that have another name on one side.
//!
//! A merge by path would take a file that one side moved for one that was deleted here and added there. So the
//! names are made the same on all sides first: where the project moved a file, the starter's change follows it, and
//! where the starter moved one, the project's change does.

use std::collections::{BTreeMap, BTreeSet};

use git2::{Delta, DiffFindOptions, ObjectType, Oid, Repository};

use crate::tree::{self, Files};

/// The old name to the new one, for each side.
pub(super) struct Moves {
    ours: BTreeMap<Vec<u8>, Vec<u8>>,
    theirs: BTreeMap<Vec<u8>, Vec<u8>>,
}

/// Three sides on which each file has one name.
pub(super) struct Aligned {
    pub(super) base: Files,
    pub(super) ours: Files,
    pub(super) theirs: Files,
    /// New name to the name in the project, of files that the starter moved.
    pub(super) moved: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Files that the starter moved and the project had deleted.
    pub(super) deleted: BTreeSet<Vec<u8>>,
}

pub(super) fn find(repository: &Repository, base: &Files, ours: &Files, theirs: &Files) -> Result<Moves, git2::Error> {
    Ok(Moves {
        ours: between(repository, base, ours)?,
        theirs: between(repository, base, theirs)?,
    })
}

pub(super) fn align(found: &Moves, mut base: Files, mut ours: Files, mut theirs: Files) -> Aligned {
    for (old, new) in &found.ours {
        let theirs_stayed = theirs.contains_key(old) && !found.theirs.contains_key(old);
        if theirs_stayed && !ours.contains_key(old) && is_free(&base, new) && is_free(&theirs, new) {
            rename(&mut base, old, new);
            rename(&mut theirs, old, new);
        }
    }
    let (mut moved, mut deleted) = (BTreeMap::new(), BTreeSet::new());
    for (old, new) in &found.theirs {
        if ours.contains_key(old) && is_free(&ours, new) && is_free(&base, new) {
            rename(&mut base, old, new);
            rename(&mut ours, old, new);
            moved.insert(new.clone(), old.clone());
        } else if !ours.contains_key(old) && !found.ours.contains_key(old) && !ours.contains_key(new) {
            theirs.remove(new);
            deleted.insert(new.clone());
        }
    }
    Aligned {
        base,
        ours,
        theirs,
        moved,
        deleted,
    }
}

/// Files that were moved from one tree to the other: at least half alike, as in Git.
fn between(repository: &Repository, old: &Files, new: &Files) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, git2::Error> {
    let tree = |files: &Files| repository.find_tree(tree::write(repository, files)?);
    let mut diff = repository.diff_tree_to_tree(Some(&tree(old)?), Some(&tree(new)?), None)?;
    diff.find_similar(Some(
        DiffFindOptions::new()
            .renames(true)
            .rename_threshold(50)
            .rename_limit(1000),
    ))?;
    // Empty files are all alike.
    let empty = Oid::hash_object(ObjectType::Blob, b"")?;
    let moved = diff.deltas().filter(|delta| delta.status() == Delta::Renamed);
    Ok(moved
        .filter(|delta| delta.old_file().id() != empty)
        .filter_map(|delta| {
            let path = |file: git2::DiffFile<'_>| file.path_bytes().map(<[u8]>::to_vec);
            Some((path(delta.old_file())?, path(delta.new_file())?))
        })
        .collect())
}

/// Whether a file may be put there.
fn is_free(files: &Files, path: &[u8]) -> bool {
    !files.contains_key(path) && !is_in_the_way(files, path)
}

/// Whether a file has the name of a folder on the way to `path`, or a folder has the name of `path`.
pub(super) fn is_in_the_way(files: &Files, path: &[u8]) -> bool {
    let on_the_way = path
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'/')
        .any(|(at, _)| files.contains_key(&path[..at]));
    let mut folder = path.to_vec();
    folder.push(b'/');
    let below = files.range(folder.clone()..).next();
    on_the_way || below.is_some_and(|(next, _)| next.starts_with(&folder))
}

fn rename(files: &mut Files, old: &[u8], new: &[u8]) {
    if let Some(entry) = files.remove(old) {
        files.insert(new.to_vec(), entry);
    }
}
