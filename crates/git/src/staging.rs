//! A folder beside the target that takes the target's name at the end, or leaves nothing.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tempfile::{Builder, TempDir};

use crate::{Error, explain};

/// A project under construction: `.NAME.partial-xxxxxx/project` beside the target. Dropped before
/// [`Staging::place`], it is removed, with the parent folders that it needed.
///
/// What a killed process left is removed by the next one that builds in the same parent folder: the folder holds
/// a file that is locked as long as anybody builds in it, and the system ends a lock with its process.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    project: PathBuf,
    // Dropped in this order: the lock ends after the folder is gone.
    folder: Option<TempDir>,
    lock: File,
    parents: Parents,
}

/// The file that is locked while somebody builds; it holds how many parent folders were made.
const LOCK: &str = ".roadbook-lock";
/// What building happens in, below the folder with the lock.
const PROJECT: &str = "project";
/// What tells a folder under construction from others.
const MARK: &str = ".partial-";
/// Nobody makes more parents than this for one project.
const MOST_PARENTS: usize = 64;

/// Folders that were made on the way to the target, outermost first; dropped, they go where they are empty.
#[derive(Debug)]
struct Parents(Vec<PathBuf>);

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

impl Staging {
    /// Makes the folder, and the target's parents where they are missing. The target itself may be an empty folder.
    /// Removes what killed processes left in the same parent folder.
    ///
    /// # Errors
    /// When the target holds something, or nothing can be written there.
    pub fn beside(target: &Path) -> Result<Self, Error> {
        let target = std::path::absolute(target).map_err(|e| explain::io("Cannot find", target, e))?;
        let target = match fs::symlink_metadata(&target) {
            Ok(_) => target
                .canonicalize()
                .map_err(|e| explain::io("Cannot open", &target, e))?,
            Err(_) => target,
        };
        check_free(&target)?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(Error::FolderNotEmpty { path: target });
        };
        // A removal that is still going on may take the parent folders with it.
        finish_removals();
        sweep(parent);
        let parents = make_parents(parent)?;
        let prefix = format!(".{}{MARK}", name.to_string_lossy());
        let (folder, lock) = locked_folder(parent, &prefix, parents.0.len())
            .map_err(|e| explain::io("Cannot create a folder in", parent, e))?;
        let project = folder.path().join(PROJECT);
        // With the permissions that the person's umask gives to any folder.
        fs::create_dir(&project).map_err(|e| explain::io("Cannot create", &project, e))?;
        Ok(Self {
            target,
            project,
            folder: Some(folder),
            lock,
            parents,
        })
    }

    /// The folder to build in.
    pub fn path(&self) -> &Path {
        &self.project
    }

    /// Where it will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives it the target's name. It happens in one moment: before, there is no target; after, it is whole.
    ///
    /// # Errors
    /// When something took the target's place meanwhile, or the disk says no; then nothing is left.
    pub fn place(mut self) -> Result<PathBuf, Error> {
        check_free(&self.target)?;
        let failed = |e| explain::io("Cannot create", &self.target, e);
        if cfg!(windows) && self.target.is_dir() {
            fs::remove_dir(&self.target).map_err(failed)?;
        }
        fs::rename(&self.project, &self.target).map_err(failed)?;
        self.parents.0.clear();
        Ok(std::mem::take(&mut self.target))
    }

    /// The whole folder with its lock, and how many parents were made for it: what [`abandon`] wants to know.
    pub(crate) fn whole(&self) -> (PathBuf, usize) {
        let folder = self.folder.as_ref().map_or(&*self.project, TempDir::path);
        (folder.to_owned(), self.parents.0.len())
    }

    /// The lock for a child process: the folder counts as in use until the child has ended too.
    ///
    /// # Errors
    /// When the system has no handle left.
    pub(crate) fn shared_lock(&self) -> io::Result<File> {
        self.lock.try_clone()
    }
}

/// How long a removal is waited for.
const AT_ONCE: Duration = Duration::from_millis(30);
/// Removals that took longer.
static REMOVALS: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

/// Removes what another thread is still building, as far as it can be removed.
pub(crate) fn abandon(folder: &Path, parents: usize) {
    // Under another name it is out of reach of the thread, whose next write fails: removing what somebody still
    // writes into would not come to an end. What cannot be removed now, the thread removes when it ends.
    let _ = fs::rename(folder.join(PROJECT), folder.join("abandoned"));
    let (done, is_done) = mpsc::channel();
    let removal = {
        let folder = folder.to_owned();
        move || {
            let _ = fs::remove_dir_all(&folder);
            remove_empty_parents(&folder, parents);
            // Nobody may be waiting any more.
            let _ = done.send(());
        }
    };
    // Ten thousand files take longer than whoever pressed Cancel should wait.
    match thread::Builder::new().name("removal".to_owned()).spawn(removal) {
        Ok(thread) => {
            if is_done.recv_timeout(AT_ONCE).is_err()
                && let Ok(mut removals) = REMOVALS.lock()
            {
                removals.push(thread);
            }
        }
        Err(_) => _ = fs::remove_dir_all(folder),
    }
}

/// Waits until all that was abandoned is removed: before the process ends, which would leave the rest to the next one.
pub fn finish_removals() {
    let removals = REMOVALS.lock().map(|mut removals| std::mem::take(&mut *removals));
    for removal in removals.unwrap_or_default() {
        // A removal that ended early is left to the next start in its folder.
        let _ = removal.join();
    }
}

/// Removes what killed processes left in `parent`. A folder that anybody may still use stays.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.contains(MARK) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let folder = entry.path();
            if let Err(error) = sweep_one(&folder) {
                tracing::debug!(folder = %folder.display(), %error, "left where it is");
            }
        }
    }
}

fn sweep_one(folder: &Path) -> io::Result<()> {
    let path = folder.join(LOCK);
    // A process may die between making the folder and the lock; the lock is then made here. Other content
    // without a lock is not ours.
    let empty = fs::read_dir(folder)?.next().is_none();
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    if !empty && !is_file {
        return Ok(());
    }
    let mut lock = File::options()
        .read(true)
        .write(true)
        .create(empty)
        .truncate(false)
        .open(&path)?;
    lock.try_lock()?;
    let mut parents = String::new();
    (&mut lock).take(20).read_to_string(&mut parents)?;
    fs::remove_dir_all(folder)?;
    remove_empty_parents(folder, parents.trim().parse().unwrap_or(0));
    Ok(())
}

/// A new folder whose lock is held.
fn locked_folder(parent: &Path, prefix: &str, parents: usize) -> io::Result<(TempDir, File)> {
    loop {
        let folder = Builder::new().prefix(prefix).tempdir_in(parent)?;
        let path = folder.path().join(LOCK);
        let mut lock = match File::options().write(true).create(true).truncate(false).open(&path) {
            Ok(lock) => lock,
            // Another process took the empty folder for one that was left behind.
            Err(e) if e.kind() == io::ErrorKind::NotFound && parent.exists() => continue,
            Err(e) => return Err(e),
        };
        match lock.try_lock() {
            Err(fs::TryLockError::WouldBlock) => continue,
            // A file system without locks: nobody can take this one, and nobody will sweep it.
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
        if path.exists() {
            write!(lock, "{parents}")?;
            return Ok((folder, lock));
        }
    }
}

fn remove_empty_parents(folder: &Path, count: usize) {
    for parent in folder.ancestors().skip(1).take(count.min(MOST_PARENTS)) {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

fn check_free(target: &Path) -> Result<(), Error> {
    match fs::read_dir(target) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Error::FolderNotEmpty {
                path: target.to_owned(),
            }),
        },
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(explain::io("Cannot look into", target, e)),
    }
}

fn make_parents(parent: &Path) -> Result<Parents, Error> {
    let mut missing: Vec<&Path> = parent.ancestors().take_while(|folder| !folder.exists()).collect();
    missing.reverse();
    let mut made = Parents(Vec::new());
    for folder in missing {
        fs::create_dir(folder).map_err(|e| explain::io("Cannot create", folder, e))?;
        made.0.push(folder.to_owned());
    }
    if parent.is_dir() {
        Ok(made)
    } else {
        Err(Error::NotAFolder {
            path: parent.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_placed_folder_has_the_name_and_nothing_else_stays() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::beside(&home.path().join("a/b/shop")).unwrap();
        fs::write(staging.path().join("x"), "x").unwrap();
        let placed = staging.place().unwrap();
        assert_eq!(names(&placed), ["x"]);
        assert_eq!(names(placed.parent().unwrap()), ["shop"]);
    }

    #[test]
    fn a_dropped_folder_goes_with_the_parents_it_needed() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::beside(&home.path().join("a/b/shop")).unwrap();
        fs::write(staging.path().join("x"), "x").unwrap();
        drop(staging);
        assert_eq!(names(home.path()), Vec::<String>::new());
    }

    #[test]
    fn an_empty_target_is_taken_and_a_full_one_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("shop");
        fs::create_dir(&target).unwrap();
        let staging = Staging::beside(&target).unwrap();
        fs::write(staging.path().join("x"), "x").unwrap();
        staging.place().unwrap();
        let error = Staging::beside(&target).unwrap_err();
        assert_eq!(error.kind(), crate::Kind::FolderNotEmpty);
        let error = Staging::beside(&target.join("x")).unwrap_err();
        assert!(matches!(error, Error::NotAFolder { .. }), "{error}");
    }

    /// A folder as a killed process leaves it: nobody holds its lock.
    fn left_behind(parent: &Path, name: &str, parents: &str) -> PathBuf {
        let folder = parent.join(format!(".{name}.partial-Ab12Cd"));
        fs::create_dir_all(folder.join("project/.git")).unwrap();
        fs::write(folder.join("project/.git/HEAD"), "ref").unwrap();
        fs::write(folder.join(LOCK), parents).unwrap();
        folder
    }

    #[test]
    fn what_a_killed_process_left_is_removed_by_the_next() {
        let home = tempfile::tempdir().unwrap();
        left_behind(home.path(), "shop", "0");
        left_behind(home.path(), "other", "0");
        fs::create_dir(home.path().join(".young.partial-Ab12Cd")).unwrap();

        Staging::beside(&home.path().join("shop")).unwrap().place().unwrap();

        assert_eq!(names(home.path()), ["shop"]);
    }

    #[test]
    fn the_parents_that_a_killed_process_made_go_too() {
        let home = tempfile::tempdir().unwrap();
        left_behind(&home.path().join("a/b"), "shop", "2");

        drop(Staging::beside(&home.path().join("a/b/shop")).unwrap());

        assert_eq!(names(home.path()), Vec::<String>::new());
    }

    #[test]
    fn what_is_in_use_or_not_ours_stays() {
        let home = tempfile::tempdir().unwrap();
        let used = Staging::beside(&home.path().join("used")).unwrap();
        fs::create_dir_all(home.path().join(".mine.partial-1/x")).unwrap();
        fs::write(home.path().join(".file.partial-1"), "x").unwrap();
        #[cfg(unix)]
        {
            let elsewhere = left_behind(&home.path().join("elsewhere"), "x", "0");
            std::os::unix::fs::symlink(elsewhere, home.path().join(".link.partial-1")).unwrap();
        }

        Staging::beside(&home.path().join("shop")).unwrap().place().unwrap();

        assert!(used.path().is_dir());
        assert!(home.path().join(".mine.partial-1/x").is_dir());
        assert!(home.path().join(".file.partial-1").is_file());
        #[cfg(unix)]
        assert!(
            home.path()
                .join("elsewhere/.x.partial-Ab12Cd/project/.git/HEAD")
                .is_file()
        );
        used.place().unwrap();
    }

    #[test]
    fn a_child_that_outlives_its_parent_keeps_the_folder() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::beside(&home.path().join("shop")).unwrap();
        let child = staging.shared_lock().unwrap();
        let folder = staging.whole().0;
        // As if this process had been killed: nothing is removed, and its own handle is closed.
        let Staging { folder: kept, lock, .. } = staging;
        std::mem::forget(kept);
        drop(lock);

        drop(Staging::beside(&home.path().join("next")).unwrap());
        assert!(folder.exists(), "it is in use");
        drop(child);
        drop(Staging::beside(&home.path().join("next")).unwrap());
        assert!(!folder.exists(), "it was left behind");
    }

    #[test]
    fn what_took_the_place_meanwhile_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("shop");
        let staging = Staging::beside(&target).unwrap();
        fs::create_dir(&target).unwrap();
        fs::write(target.join("mine"), "mine").unwrap();
        assert_eq!(staging.place().unwrap_err().kind(), crate::Kind::FolderNotEmpty);
        assert_eq!(names(home.path()), ["shop"]);
        assert_eq!(names(&target), ["mine"]);
    }
}
