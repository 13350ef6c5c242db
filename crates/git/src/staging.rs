//! A folder beside the target that takes the target's name at the end, or leaves nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use crate::{Error, explain};

/// A folder under construction: `.NAME.partial-xxxx` beside the target. Dropped before [`Staging::place`], it is
/// removed, with the parent folders that it needed.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    folder: Option<TempDir>,
    parents: Parents,
}

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
        let parents = make_parents(parent)?;
        let mut builder = Builder::new();
        let prefix = format!(".{}.partial-", name.to_string_lossy());
        builder.prefix(&prefix);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As `mkdir` would; the person's umask takes away what it takes away.
            builder.permissions(fs::Permissions::from_mode(0o777));
        }
        let folder = builder
            .tempdir_in(parent)
            .map_err(|e| explain::io("Cannot create a folder in", parent, e))?;
        Ok(Self {
            target,
            folder: Some(folder),
            parents,
        })
    }

    /// The folder to build in.
    pub fn path(&self) -> &Path {
        self.folder.as_ref().map_or(&self.target, TempDir::path)
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
        if let Some(folder) = &self.folder {
            fs::rename(folder.path(), &self.target).map_err(failed)?;
        }
        if let Some(folder) = self.folder.take() {
            // Renamed: there is nothing left to remove under the old name.
            drop(folder.keep());
        }
        self.parents.0.clear();
        Ok(std::mem::take(&mut self.target))
    }
}

/// Removes what another thread is still building, as far as it can be removed.
pub(crate) fn abandon(folder: &Path, parent_depth: usize) {
    // The thread removes the rest when it ends.
    let _ = fs::remove_dir_all(folder);
    let mut parent = folder.parent();
    for _ in 0..parent_depth {
        let Some(folder) = parent else { return };
        if fs::remove_dir(folder).is_err() {
            return;
        }
        parent = folder.parent();
    }
}

impl Staging {
    /// How many parents were made for it.
    pub(crate) fn made_parents(&self) -> usize {
        self.parents.0.len()
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
