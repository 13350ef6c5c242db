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
    /// Files without attributes.
    pub(crate) fn unwritten(unwritten: Option<Unwritten>) -> Self {
        Self { unwritten }
    }

    /// The id of the tree that the commit would have without the file `leave_out` (relative to `dir`, with `/`).
    ///
    /// # Errors
    /// When `dir` is no repository, or cannot be read.
    pub fn tree(&self, dir: &Path, leave_out: &str) -> Result<String, Error> {
        let without = || -> Result<Oid, git2::Error> {
            let Some(unwritten) = &self.unwritten else {
                return tree::staged(dir, leave_out);
            };
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
        let unreadable =
            |e: git2::Error| explain::local(&e, &format!("Cannot read the files in {}", dir.display()), dir);
        Ok(without().map_err(unreadable)?.to_string())
    }

    /// Commits what is staged and these files (relative to `dir`, with `/`), as the first commit; answers with its id.
    ///
    /// # Errors
    /// [`Error::NoIdentity`] where the Git settings do not say who commits.
    pub fn commit(self, dir: &Path, more: &[&str], message: &str) -> Result<String, Error> {
        let who = commit::identity()?.ok_or(Error::NoIdentity)?;
        let commit = || -> Result<String, git2::Error> {
            let repository = Repository::open(dir)?;
            let tree = match &self.unwritten {
                Some(unwritten) => unwritten.write(&repository, dir, more)?,
                None => add(&repository, more)?,
            };
            commit::first(&repository, tree, &who, message)
        };
        commit().map_err(|e| explain::local(&e, &format!("Cannot commit in {}", dir.display()), dir))
    }
}

impl Unwritten {
    /// Writes the index, with these files too; answers with the tree of all.
    fn write(&self, repository: &Repository, dir: &Path, more: &[&str]) -> Result<Oid, git2::Error> {
        let mut update = TreeUpdateBuilder::new();
        let mut added = Vec::new();
        for path in more {
            let file = dir.join(path);
            let id = repository.blob_path(&file)?;
            let written =
                fs::metadata(&file).map_err(|e| git2::Error::from_str(&format!("{}: {e}", file.display())))?;
            let entry = tree::Entry {
                mode: tree::mode_of(repository, &written)?,
                id,
            };
            let is_program = entry.mode != tree::FILE;
            update.upsert(
                *path,
                id,
                if is_program {
                    FileMode::BlobExecutable
                } else {
                    FileMode::Blob
                },
            );
            added.push(tree::file_entry(path, entry, &written));
        }
        tree::index_of(repository, self.entries.iter().chain(&added))?.write()?;
        update.create_updated(repository, &repository.find_tree(self.tree)?)
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
