//! Files as a Git tree: what a folder holds, told by one id.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use git2::{Index, IndexAddOption, IndexEntry, IndexTime, ObjectType, Odb, Oid, Repository, Tree};

/// A file of a tree: its mode and the id of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) mode: u32,
    pub(crate) id: Oid,
}

/// The files of a tree by path.
pub(crate) type Files = BTreeMap<Vec<u8>, Entry>;

/// Entries that are looked at; a few trees that name each other many times are more than any memory holds.
pub(crate) const MOST: usize = 200_000;

/// The mode of a file.
pub(crate) const FILE: u32 = 0o100_644;
/// The mode of a program.
#[cfg(unix)]
pub(crate) const PROGRAM: u32 = 0o100_755;
/// The mode of a symbolic link.
pub(crate) const LINK: u32 = 0o120_000;
/// The mode of a submodule.
pub(crate) const SUBMODULE: u32 = 0o160_000;

/// The id of the tree of what is staged in `folder`, without the file `leave_out`. Nothing is written.
pub(crate) fn staged(folder: &Path, leave_out: &str) -> Result<Oid, git2::Error> {
    let repository = Repository::open(folder)?;
    keep_in_memory(&repository)?;
    let mut index = repository.index()?;
    if index.get_path(Path::new(leave_out), 0).is_some() {
        index.remove_path(Path::new(leave_out))?;
    }
    index.write_tree()
}

/// What is written by this value from now on is gone with it.
pub(crate) fn keep_in_memory(repository: &Repository) -> Result<(), git2::Error> {
    repository.odb()?.add_new_mempack_backend(MEMORY).map(drop)
}

/// The id that Git gives to this content.
pub fn content_id(bytes: &[u8]) -> String {
    // Hashing bytes in memory has no way to fail.
    Oid::hash_object(ObjectType::Blob, bytes).map_or_else(|_| String::new(), |id| id.to_string())
}

/// More than the priority of any store on the disk, so that what is written stays in memory.
pub(crate) const MEMORY: i32 = 1000;

/// The files in `folder`, as the settings of `repository` and the folder's own attributes would commit them. Its
/// index and working folder are changed in memory, so the value is of no other use.
pub(crate) fn snapshot(repository: &Repository, folder: &Path, how: IndexAddOption) -> Result<Files, git2::Error> {
    repository.set_workdir(folder, false)?;
    let mut index = repository.index()?;
    index.clear()?;
    index.add_all(["*"], how, None)?;
    Ok(of_index(&index))
}

/// The files of a tree.
pub(crate) fn files(tree: &Tree<'_>) -> Result<Files, git2::Error> {
    let mut index = Index::new()?;
    index.read_tree(tree)?;
    Ok(of_index(&index))
}

/// Writes the tree of these files.
pub(crate) fn write(repository: &Repository, files: &Files) -> Result<Oid, git2::Error> {
    let mut index = Index::new()?;
    for (path, entry) in files {
        index.add(&index_entry(path, *entry, 0))?;
    }
    index.write_tree_to(repository)
}

/// An entry of an index; `stage` is 0, or 1 to 3 for the sides of a conflict.
pub(crate) fn index_entry(path: &[u8], entry: Entry, stage: u16) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: entry.mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: entry.id,
        flags: stage << 12,
        flags_extended: 0,
        path: path.to_owned(),
    }
}

/// The mode that Git gives to a file. On some disks every file is a program; there `core.fileMode` is off.
pub(crate) fn mode_of(repository: &Repository, file: &fs::Metadata) -> Result<u32, git2::Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let counts = repository.config()?.get_bool("core.fileMode").unwrap_or(true);
        if counts && file.permissions().mode() & 0o100 != 0 {
            return Ok(PROGRAM);
        }
    }
    #[cfg(not(unix))]
    let _ = (repository, file);
    Ok(FILE)
}

/// An entry for a file that was written a moment ago, so that Git need not read it to know that it is unchanged
/// (index-format of Git). Elsewhere than on Unix Git reads it once.
pub(crate) fn file_entry(path: &str, entry: Entry, written: &fs::Metadata) -> IndexEntry {
    let noted = index_entry(path.as_bytes(), entry, 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // The format has 32 bits for each; Git cuts off what is more, and so compares only these.
        let cut = |number: u64| u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default();
        let time = |seconds: i64, nanoseconds: i64| {
            let seconds = i32::try_from(seconds).unwrap_or_default();
            IndexTime::new(seconds, u32::try_from(nanoseconds).unwrap_or_default())
        };
        IndexEntry {
            ctime: time(written.ctime(), written.ctime_nsec()),
            mtime: time(written.mtime(), written.mtime_nsec()),
            dev: cut(written.dev()),
            ino: cut(written.ino()),
            uid: written.uid(),
            gid: written.gid(),
            file_size: cut(written.size()),
            ..noted
        }
    }
    #[cfg(not(unix))]
    {
        let _ = written;
        noted
    }
}

/// The repository's index with these entries, which are not there yet; not written.
pub(crate) fn index_of<'a>(
    repository: &Repository,
    entries: impl Iterator<Item = &'a IndexEntry>,
) -> Result<Index, git2::Error> {
    // An index that knows no repository does not look for each object, all of which were there a moment ago.
    let mut index = Index::open(&repository.path().join("index"))?;
    for entry in entries {
        index.add(entry)?;
    }
    Ok(index)
}

/// Copies a tree with all below it, as far as it is missing.
pub(crate) fn copy_tree(from: &Repository, to: &Odb<'_>, id: Oid) -> Result<(), git2::Error> {
    copy(from, to, id)?;
    for entry in &from.find_tree(id)? {
        match entry.kind() {
            Some(ObjectType::Tree) => copy_tree(from, to, entry.id())?,
            Some(ObjectType::Blob) => copy(from, to, entry.id())?,
            _ => {}
        }
    }
    Ok(())
}

/// Copies an object that is missing.
pub(crate) fn copy(from: &Repository, to: &Odb<'_>, id: Oid) -> Result<(), git2::Error> {
    if to.exists(id) {
        return Ok(());
    }
    let odb = from.odb()?;
    let object = odb.read(id)?;
    to.write(object.kind(), object.data()).map(drop)
}

fn of_index(index: &Index) -> Files {
    let entry = |entry: IndexEntry| {
        let (mode, id) = (entry.mode, entry.id);
        (entry.path, Entry { mode, id })
    };
    index.iter().map(entry).collect()
}
