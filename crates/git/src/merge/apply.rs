//! Writing a merge into the working folder, so that it can be taken back at any moment.
//!
//! Everything is made ready in a folder inside `.git` first, the new index too. Then the index is replaced in one
//! moment, and after it each file is renamed into its place. The commits are never touched. Whoever is stopped in between finds the project as it was
//! after `git reset --hard`: the new files are in the index already, so Git removes them. [`recover`] does the same
//! by itself when the next upgrade begins, as long as nobody has changed those files meanwhile.

use std::collections::BTreeSet;
use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use git2::Repository;
use git2::build::CheckoutBuilder;

use super::base::KEPT;
use super::work::{NOTHING, Step, Work, lock, state};
use super::{Merge, MergeError, check, failed, moves};
use crate::tree::{self, Entry, Files};
use crate::{Error, explain};

impl Merge {
    /// Writes the result into the working folder and the index, together with `own`, a file of the project's own
    /// that the merge has left out. Nothing is committed. A failure takes back what was written.
    ///
    /// # Errors
    /// When files that Git does not know are in the way, and what Git and the disk say.
    pub fn apply(mut self, own: &str, bytes: &[u8]) -> Result<(), MergeError> {
        let project = self.project.clone();
        let git = |e: git2::Error| MergeError::Git(failed(&e, &project));
        let tracked = self.ours.contains_key(own.as_bytes());
        let entry = Entry {
            mode: 0o100_644,
            id: self.repository.blob(bytes).map_err(git)?,
        };
        if tracked {
            self.result.insert(own.as_bytes().to_vec(), entry);
        }
        check::is_seen(&self.repository, &self.ours, &self.result)?;
        check::is_free(&project, &self.ours, &self.result, &[own])?;
        let lock = lock(&self.repository)?;
        let work = Work::of(&self.repository, &project);
        if let Some((_, plan)) = work.plan() {
            // Only what was kept there can put an interrupted one in order.
            let files = plan.into_iter().map(|step| step.path).collect();
            return Err(MergeError::Interrupted { files });
        }
        let _ = fs::remove_dir_all(work.ready());
        let plan = self.prepare(&work, own, entry, tracked);
        let plan = match plan {
            Ok(plan) => plan,
            Err(error) => {
                work.clear();
                return Err(error);
            }
        };
        let done = self.write(&work, &plan);
        match done {
            Ok(()) => {
                drop(lock);
                work.clear();
                Ok(())
            }
            Err(error) => {
                // The reason counts more than what stops taking it back, which the next upgrade tries again.
                if take_back(&self.repository, &work, &plan).is_ok() {
                    drop(lock);
                    work.clear();
                }
                Err(error)
            }
        }
    }

    /// Makes everything ready; the plan is there only when all the rest is.
    fn prepare(&self, work: &Work, own: &str, entry: Entry, tracked: bool) -> Result<Vec<Step>, MergeError> {
        let git = |e: git2::Error| MergeError::Git(failed(&e, &self.project));
        let mut written: Files = self
            .result
            .iter()
            .filter(|(path, entry)| self.ours.get(*path) != Some(entry))
            .map(|(path, entry)| (path.clone(), *entry))
            .collect();
        written.insert(own.as_bytes().to_vec(), entry);
        let ready = work.ready();
        fs::create_dir(&ready).map_err(|e| explain::io("Cannot create", &ready, e))?;
        self.check_out(&written, &ready)?;
        let index = index_of(&self.repository);
        if index.exists() {
            copy(&index, &work.old_index())?;
            copy(&index, &work.new_index())?;
        }
        if !tracked && self.project.join(own).exists() {
            copy(&self.project.join(own), &work.folder.join("own"))?;
        }
        let mut paths: Vec<&Vec<u8>> = written.keys().collect();
        paths.extend(self.ours.keys().filter(|path| !self.result.contains_key(*path)));
        let mut plan = Vec::new();
        for path in paths {
            let path = std::str::from_utf8(path).map_err(|_| MergeError::Refused {
                path: String::from_utf8_lossy(path).into_owned(),
                why: "its name is not UTF-8".to_owned(),
            })?;
            plan.push(Step {
                path: path.to_owned(),
                before: state(&self.project.join(path)),
                after: state(&ready.join(path)),
            });
        }
        self.stage(work, &plan).map_err(git)?;
        work.keep(self.head, &plan)?;
        Ok(plan)
    }

    /// Writes files into an empty folder as Git would into the project, line ends and all.
    fn check_out(&self, files: &Files, folder: &Path) -> Result<(), MergeError> {
        let git = |e: git2::Error| MergeError::Git(failed(&e, &self.project));
        // libgit2 fails where a file of HEAD becomes a folder, even in another place.
        let (odd, plain): (Files, Files) = files
            .iter()
            .map(|(path, entry)| (path.clone(), *entry))
            .partition(|(path, _)| moves::is_in_the_way(&self.ours, path));
        let tree = || {
            let tree = self.repository.find_tree(tree::write(&self.repository, &plain)?)?;
            let mut how = CheckoutBuilder::new();
            how.force()
                .recreate_missing(true)
                .update_index(false)
                .target_dir(folder);
            self.repository.checkout_tree(tree.as_object(), Some(&mut how))
        };
        tree().map_err(git)?;
        for (path, entry) in &odd {
            let blob = self.repository.find_blob(entry.id).map_err(git)?;
            let place = folder.join(&*String::from_utf8_lossy(path));
            let parent = place.parent().unwrap_or(folder);
            fs::create_dir_all(parent)
                .and_then(|()| put(&place, entry.mode, blob.content()))
                .map_err(|e| explain::io("Cannot write", &place, e))?;
        }
        Ok(())
    }

    fn write(&self, work: &Work, plan: &[Step]) -> Result<(), MergeError> {
        let index = index_of(&self.repository);
        if index.with_extension("lock").exists() {
            return Err(MergeError::Git(Error::Git {
                what: format!("Cannot write {}", index.display()),
                detail: "another Git command is at work in this project, or left its index.lock behind".to_owned(),
            }));
        }
        fs::rename(work.new_index(), &index).map_err(|e| explain::io("Cannot write", &index, e))?;
        for step in plan.iter().filter(|step| step.after == NOTHING) {
            remove(&self.project, &step.path)?;
        }
        for step in plan.iter().filter(|step| step.after != NOTHING) {
            let place = self.project.join(&step.path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder).map_err(|e| explain::io("Cannot create", folder, e))?;
            }
            fs::rename(work.ready().join(&step.path), &place).map_err(|e| explain::io("Cannot write", &place, e))?;
        }
        Ok(())
    }

    /// Writes the objects, and the new index beside the old one.
    fn stage(&self, work: &Work, plan: &[Step]) -> Result<(), git2::Error> {
        // This handle writes to the disk.
        let disk = Repository::open(&self.project)?;
        let odb = disk.odb()?;
        tree::copy_tree(&self.repository, &odb, self.theirs)?;
        // Names below this one are made under our own lock only: one that is locked was left by a process that was killed.
        let stale = disk.commondir().join(format!("{KEPT}/{}.lock", self.theirs));
        // Without one there is nothing to remove; another trouble comes up when the name is made.
        let _ = fs::remove_file(stale);
        // A name for each, so that what an earlier upgrade brought is kept for as long as it may be asked for.
        disk.reference(&format!("{KEPT}/{}", self.theirs), self.theirs, true, "upgrade")?;
        let mut index = git2::Index::open(&work.new_index())?;
        let mut paths: BTreeSet<&[u8]> = plan.iter().map(|step| step.path.as_bytes()).collect();
        // A binary file that stays is in no step, and in conflict all the same.
        paths.extend(self.conflicts.keys().map(Vec::as_slice));
        for path in &paths {
            // Missing where the file is new.
            let _ = index.remove(Path::new(&*String::from_utf8_lossy(path)), 0);
        }
        for path in paths {
            let sides = match (self.conflicts.get(path), self.result.get(path)) {
                (Some([base, ours, theirs]), _) => vec![(1, *base), (2, *ours), (3, *theirs)],
                (None, file) => vec![(0, file.copied())],
            };
            for (stage, side) in sides {
                if let Some(side) = side {
                    tree::copy(&self.repository, &odb, side.id)?;
                    index.add(&tree::index_entry(path, side, stage))?;
                }
            }
        }
        index.write()
    }
}

/// Takes back, or ends, what an upgrade of this project left that was stopped in the middle. Answers whether there
/// was anything.
///
/// # Errors
/// [`MergeError::Running`] while another one runs, [`MergeError::Interrupted`] where a file that it had to write
/// was changed since.
pub fn recover(project: &Path) -> Result<bool, MergeError> {
    let repository = super::open(project)?;
    let work = Work::of(&repository, project);
    if !work.folder.exists() {
        return Ok(false);
    }
    let lock = lock(&repository)?;
    let Some((head, plan)) = work.plan() else {
        // It had written nothing outside its own folder.
        drop(lock);
        work.clear();
        return Ok(false);
    };
    let current = repository.head().ok().and_then(|head| head.target());
    let whole = plan.iter().all(|step| state(&project.join(&step.path)) == step.after);
    // After another commit it is the person's own affair.
    if current.map(|id| id.to_string()) == Some(head) && !whole {
        take_back(&repository, &work, &plan)?;
    }
    drop(lock);
    work.clear();
    Ok(true)
}

/// Puts every file back as it was, and the index.
fn take_back(repository: &Repository, work: &Work, plan: &[Step]) -> Result<(), MergeError> {
    let git = |e: git2::Error| MergeError::Git(failed(&e, &work.project));
    let mut strange = Vec::new();
    for step in plan {
        let now = state(&work.project.join(&step.path));
        if now != step.before && now != step.after && now != NOTHING {
            strange.push(step.path.clone());
        }
    }
    if !strange.is_empty() {
        return Err(MergeError::Interrupted { files: strange });
    }
    let head = repository.head().and_then(|head| head.peel_to_tree()).map_err(git)?;
    let tracked = tree::files(&head).map_err(git)?;
    let changed = || {
        plan.iter()
            .filter(|step| state(&work.project.join(&step.path)) != step.before)
    };
    for step in changed().filter(|step| step.before == NOTHING) {
        remove(&work.project, &step.path)?;
    }
    let mut how = CheckoutBuilder::new();
    how.force()
        .recreate_missing(true)
        .update_index(false)
        .disable_pathspec_match(true);
    let mut any = false;
    for step in changed() {
        if tracked.contains_key(step.path.as_bytes()) {
            how.path(&step.path);
            any = true;
        } else {
            copy(&work.folder.join("own"), &work.project.join(&step.path))?;
        }
    }
    if any {
        repository
            .checkout_tree(head.as_object(), Some(&mut how))
            .map_err(git)?;
    }
    let kept = work.old_index();
    if kept.exists() {
        let index = index_of(repository);
        fs::rename(&kept, &index).map_err(|e| explain::io("Cannot write", &index, e))?;
    }
    Ok(())
}

/// The project's index.
fn index_of(repository: &Repository) -> PathBuf {
    let index = repository.index().ok();
    index
        .and_then(|index| index.path().map(Path::to_owned))
        .unwrap_or_else(|| repository.path().join("index"))
}

/// Writes a file or link of this mode.
#[cfg(unix)]
fn put(place: &Path, mode: u32, bytes: &[u8]) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    if mode == tree::LINK {
        return std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(bytes), place);
    }
    let rights = if mode & 0o111 == 0 { 0o666 } else { 0o777 };
    let mut file = File::options().create_new(true).write(true).mode(rights).open(place)?;
    io::Write::write_all(&mut file, bytes)
}

/// Writes a file; a link becomes a file with its target, as Git does where there are no links.
#[cfg(not(unix))]
fn put(place: &Path, _: u32, bytes: &[u8]) -> io::Result<()> {
    fs::write(place, bytes)
}

/// Removes a file, and the folders that are empty then.
fn remove(project: &Path, path: &str) -> Result<(), Error> {
    let place = project.join(path);
    match fs::remove_file(&place) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(explain::io("Cannot remove", &place, e)),
        _ => {}
    }
    let folders = place.ancestors().skip(1).take_while(|folder| *folder != project);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::copy(from, to)
        .map(drop)
        .map_err(|e| explain::io("Cannot copy", from, e))
}
