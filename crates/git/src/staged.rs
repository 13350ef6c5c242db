//! What waits for the first commit of a new repository.

use std::fs;
use std::path::Path;

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, IndexEntry, Oid, Repository};

use crate::{Error, commit, explain, tree};

/// The files of a new repository, staged for its first commit.
#[derive(Debug, Default)]
pub struct Staged {
    unwritten: Option<Unwritten>,
}

/// Files that the index does not know yet. It is written once, with the commit: to read an index of 10,000 files again
/// takes longer than all else of a first commit.
#[derive(Debug)]
pub(crate) struct Unwritten {
    /// The tree that they are.
    pub(crate) tree: Oid,
    /// In the order of the index.
    pub(crate) entries: Vec<IndexEntry>,
}

impl Staged {
    /// Files without attributes, as they are in their tree.
    pub(crate) fn unwritten(unwritten: Option<Unwritten>) -> Self {
        Self { unwritten }
    }

    /// The id of the tree that the commit would have without the file `leave_out` (relative to `dir`, with `/`).
    ///
    /// # Errors
    /// When `dir` is no repository, or cannot be read.
    pub fn tree(&self, dir: &Path, leave_out: &str) -> Result<String, Error> {
        let Some(unwritten) = &self.unwritten else {
            return tree::tree_of(dir, leave_out);
        };
        let without = || -> Result<Oid, git2::Error> {
            let repository = Repository::open(dir)?;
            let whole = repository.find_tree(unwritten.tree)?;
            if whole.get_path(Path::new(leave_out)).is_err() {
                return Ok(whole.id());
            }
            tree::keep_in_memory(&repository)?;
            TreeUpdateBuilder::new()
                .remove(leave_out)
                .create_updated(&repository, &whole)
        };
        let id = without().map_err(|e| tree::unreadable(&e, dir))?;
        Ok(id.to_string())
    }

    /// Commits what is staged and these files (relative to `dir`, with `/`), as the first commit; answers with its id.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] where the Git settings do not say who commits.
    pub fn commit(self, dir: &Path, more: &[&str], message: &str) -> Result<String, Error> {
        let who = commit::identity()?.ok_or(Error::NoIdentity)?;
        let failed = |e: git2::Error| explain::local(&e, &format!("Cannot commit in {}", dir.display()), dir);
        let repository = Repository::open(dir).map_err(failed)?;
        let tree = match self.unwritten {
            Some(unwritten) => unwritten.write(&repository, dir, more)?,
            None => add(&repository, more).map_err(failed)?,
        };
        commit::first(&repository, tree, &who, message).map_err(failed)
    }
}

impl Unwritten {
    /// Writes the index, with these files too; answers with the tree of all.
    fn write(self, repository: &Repository, dir: &Path, more: &[&str]) -> Result<Oid, Error> {
        let failed = |e: git2::Error| explain::local(&e, &format!("Cannot commit in {}", dir.display()), dir);
        let mut update = TreeUpdateBuilder::new();
        let mut added = Vec::new();
        for path in more {
            let file = dir.join(path);
            let written = fs::metadata(&file).map_err(|e| explain::io("Cannot read", &file, e))?;
            let id = repository.blob_path(&file).map_err(failed)?;
            update.upsert(*path, id, FileMode::Blob);
            added.push(tree::file_entry(path, tree::Entry { mode: tree::FILE, id }, &written));
        }
        let mut write = || {
            tree::write_index(repository, self.entries.iter().chain(&added))?;
            update.create_updated(repository, &repository.find_tree(self.tree)?)
        };
        write().map_err(failed)
    }
}

/// Adds files to the index; answers with the tree of all.
fn add(repository: &Repository, more: &[&str]) -> Result<Oid, git2::Error> {
    let mut index = repository.index()?;
    for file in more {
        index.add_path(Path::new(file))?;
    }
    let tree = index.write_tree()?;
    // With what was learnt of its trees.
    index.write()?;
    Ok(tree)
}
