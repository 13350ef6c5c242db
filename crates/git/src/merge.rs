//! A project and a newer version of what it was made from become one: a three-way merge of trees, with libgit2's
//! merge of texts and its search for moved files.
//!
//! The *base* is what was made then, *ours* the project's last commit, *theirs* a folder with what would be made
//! now. All is worked out in memory first; [`Merge::apply`] then writes the result into the working folder and the
//! index, and leaves the commit to the person.

mod apply;
mod base;
mod check;
mod error;
mod moves;
mod resolve;
mod work;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use git2::{DiffFindOptions, ErrorCode, IndexAddOption, Oid, Patch, Repository};

pub use self::apply::recover;
pub use self::base::find_base;
pub use self::error::{Kind as MergeErrorKind, MergeError};
use crate::tree::{self, Entry, Files};
use crate::{Error, explain};

/// What to merge into which project.
#[derive(Debug, Clone)]
pub struct MergeRequest<'a> {
    /// The project's top folder, a Git repository.
    pub project: &'a Path,
    /// A commit or tree of the project's repository: what was made then. See [`find_base`].
    pub base: &'a str,
    /// A folder with what would be made now.
    pub theirs: &'a Path,
    /// Whether theirs brings new files too that the project's rules ignore: its authors have committed them.
    pub with_ignored: bool,
    /// A file that neither side brings, with `/`: it is the project's own.
    pub leave_out: &'a str,
    /// Files that stay as the project has them, whatever became of them since.
    pub keep: &'a [String],
    /// The name of our side at a conflict ("your project").
    pub our_label: &'a str,
    /// The name of their side at a conflict ("starter 2026.12.1").
    pub their_label: &'a str,
}

/// A file that differs between then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDiff {
    /// With `/`.
    pub path: String,
    /// The path that it had then, for one that was moved.
    pub from: Option<String>,
    /// How it differs.
    pub change: Change,
    /// A unified diff; a sentence for what is no text.
    pub diff: String,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its content or its mode differs.
    Changed,
    /// It has another name, and maybe other content.
    Moved,
}

/// A file that the merge touches, or would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedFile {
    /// With `/`.
    pub path: String,
    /// The path that it had in the project, for one that is moved.
    pub from: Option<String>,
    /// What becomes of it.
    pub outcome: MergeOutcome,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is new.
    Added,
    /// It is replaced, for the project had not changed it.
    Changed,
    /// Both had changed it, in different places.
    Merged,
    /// It moves, with the project's changes.
    Moved,
    /// It goes, for the project had not changed it.
    Removed,
    /// Both changed the same lines: the places are marked in the file.
    Conflict,
    /// Both changed it and it has no lines to mark: the project's stays.
    KeptYours,
    /// The project had deleted it, and it stays deleted.
    StaysDeleted,
    /// The starter has it no more; the project had changed it, so it stays.
    StaysChanged,
    /// The project has a folder where the starter has a file, or the other way about: the project's stays.
    Blocked,
}

impl MergeOutcome {
    /// Whether the person has to look at it before the project is whole again.
    pub fn is_conflict(self) -> bool {
        matches!(self, Self::Conflict | Self::KeptYours | Self::Blocked)
    }
}

/// A merge, worked out and not yet written.
pub struct Merge {
    project: PathBuf,
    /// Holds what is new in memory.
    repository: Repository,
    /// The project's last commit.
    head: Oid,
    ours: Files,
    result: Files,
    /// The sides of the paths in conflict: base, ours, theirs.
    conflicts: BTreeMap<Vec<u8>, [Option<Entry>; 3]>,
    theirs: Oid,
    files: Vec<MergedFile>,
}

/// How what would be made now differs from what was made then; nothing is written.
///
/// # Errors
/// When the repository or the folder cannot be read.
pub fn difference(request: &MergeRequest<'_>) -> Result<Vec<FileDiff>, Error> {
    let project = request.project;
    let failed = |e: git2::Error| failed(&e, project);
    let repository = open(project)?;
    let sides = Sides::read(&repository, request).map_err(failed)?;
    let diff = || -> Result<Vec<FileDiff>, git2::Error> {
        let then = repository.find_tree(tree::write(&repository, &sides.base)?)?;
        let now = repository.find_tree(tree::write(&repository, &sides.theirs)?)?;
        let mut diff = repository.diff_tree_to_tree(Some(&then), Some(&now), None)?;
        diff.find_similar(Some(DiffFindOptions::new().renames(true).rename_limit(1000)))?;
        let count = diff.deltas().len();
        (0..count)
            .filter_map(|index| file_diff(&diff, index).transpose())
            .collect()
    };
    let mut files = diff().map_err(failed)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Works out the merge; nothing is written, not even into the repository's store.
///
/// # Errors
/// See [`MergeError`]: above all where the project holds work that is not committed.
pub fn merge(request: &MergeRequest<'_>) -> Result<Merge, MergeError> {
    let project = request.project;
    let failed = |e: git2::Error| failed(&e, project);
    let repository = open(project)?;
    check::is_ready(&repository, project)?;
    let head = repository
        .head()
        .and_then(|head| head.peel_to_commit())
        .map_err(failed)?;
    let head_tree = head.tree().and_then(|tree| tree::files(&tree)).map_err(failed)?;
    let sides = Sides::read(&repository, request).map_err(failed)?;
    let whole = tree::write(&repository, &sides.theirs).map_err(failed)?;
    let id = head.id();
    drop(head);
    check::is_safe(&repository, &sides.base, &sides.theirs)?;
    let found = moves::find(&repository, &sides.base, &head_tree, &sides.theirs).map_err(failed)?;
    let aligned = moves::align(&found, sides.base, head_tree.clone(), sides.theirs);
    let resolved = resolve::resolve(&repository, &aligned, request).map_err(failed)?;
    let files = resolve::outcomes(&head_tree, &aligned, &resolved);
    Ok(Merge {
        project: project.to_owned(),
        repository,
        head: id,
        ours: head_tree,
        result: resolved.files,
        conflicts: resolved.conflicts,
        theirs: whole,
        files,
    })
}

impl Merge {
    /// The files that it touches or would have, by path.
    pub fn files(&self) -> &[MergedFile] {
        &self.files
    }

    /// The id of the tree of what is merged in, for the next time.
    pub fn theirs(&self) -> String {
        self.theirs.to_string()
    }
}

impl std::fmt::Debug for Merge {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Merge")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// What was made then, and what would be made now.
struct Sides {
    base: Files,
    theirs: Files,
}

impl Sides {
    fn read(repository: &Repository, request: &MergeRequest<'_>) -> Result<Self, git2::Error> {
        let base = repository
            .find_object(Oid::from_str(request.base)?, None)?
            .peel_to_tree()?;
        let mut base = tree::files(&base)?;
        // Another handle: reading a folder changes its idea of the working folder.
        let reader = Repository::open(request.project)?;
        let memory = reader.odb()?;
        let _memory = memory.add_new_mempack_backend(tree::MEMORY)?;
        let mut theirs = tree::snapshot(&reader, request.theirs, IndexAddOption::FORCE)?;
        for path in request.keep.iter().map(String::as_str).chain([request.leave_out]) {
            base.remove(path.as_bytes());
            theirs.remove(path.as_bytes());
        }
        let head = repository.head()?.peel_to_tree()?;
        let ours = tree::files(&head)?;
        if !request.with_ignored {
            for path in theirs.keys().cloned().collect::<Vec<_>>() {
                let known = base.contains_key(&path) || ours.contains_key(&path);
                if !known && repository.is_path_ignored(Path::new(&*String::from_utf8_lossy(&path)))? {
                    theirs.remove(&path);
                }
            }
        }
        leave_submodules(&mut base, &ours, &mut theirs);
        let odb = repository.odb()?;
        for entry in theirs.values().filter(|entry| entry.mode != tree::SUBMODULE) {
            tree::copy(&reader, &odb, entry.id)?;
        }
        Ok(Self { base, theirs })
    }
}

/// A submodule is a repository of its own: it stays as the project has it, and theirs holds its files instead.
fn leave_submodules(base: &mut Files, ours: &Files, theirs: &mut Files) {
    let modules = base
        .iter()
        .chain(ours)
        .filter(|(_, entry)| entry.mode == tree::SUBMODULE);
    let modules: BTreeMap<Vec<u8>, Entry> = modules.map(|(path, entry)| (path.clone(), *entry)).collect();
    for path in modules.keys() {
        let mut below = path.clone();
        below.push(b'/');
        theirs.retain(|file, _| file != path && !file.starts_with(&below));
        base.remove(path);
        if let Some(entry) = ours.get(path) {
            base.insert(path.clone(), *entry);
            theirs.insert(path.clone(), *entry);
        }
    }
}

/// Opens the repository whose top folder is `project`; what is written to it stays in memory.
fn open(project: &Path) -> Result<Repository, Error> {
    let opened = || -> Result<Repository, git2::Error> {
        let repository = Repository::open(project)?;
        let odb = repository.odb()?;
        odb.add_new_mempack_backend(tree::MEMORY)?;
        drop(odb);
        Ok(repository)
    };
    opened().map_err(|e| match e.code() {
        ErrorCode::NotFound => Error::NotARepository {
            path: project.to_owned(),
        },
        _ => failed(&e, project),
    })
}

fn failed(error: &git2::Error, project: &Path) -> Error {
    let what = format!("Cannot compare {} with its starter", project.display());
    explain::local(error, &what, project)
}

fn file_diff(diff: &git2::Diff<'_>, index: usize) -> Result<Option<FileDiff>, git2::Error> {
    let Some(delta) = diff.get_delta(index) else {
        return Ok(None);
    };
    let path = |file: git2::DiffFile<'_>| {
        file.path_bytes()
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .unwrap_or_default()
    };
    let (old, new) = (path(delta.old_file()), path(delta.new_file()));
    let change = match delta.status() {
        git2::Delta::Added => Change::Added,
        git2::Delta::Deleted => Change::Removed,
        git2::Delta::Renamed => Change::Moved,
        _ => Change::Changed,
    };
    let diff = match Patch::from_diff(diff, index)? {
        Some(mut text) => String::from_utf8_lossy(&text.to_buf()?).into_owned(),
        None => format!("Binary files a/{old} and b/{new} differ\n"),
    };
    Ok(Some(FileDiff {
        from: (change == Change::Moved).then_some(old),
        path: new,
        change,
        diff,
    }))
}
