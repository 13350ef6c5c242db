//! The folder that a template's steps build in: all writing passes here, and stays inside.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use git::Error as DiskError;
use unicode_normalization::UnicodeNormalization as _;

use crate::contain;
use crate::expression::BadExpression;

/// More files than this and the template is at fault.
const MAX_FILES: usize = 20_000;
/// More bytes than this and the template is at fault.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Longer than this for all files together and the template is at fault.
const MAX_TIME: Duration = Duration::from_mins(5);

/// The folder under construction.
pub(crate) struct Workspace {
    root: PathBuf,
    /// The folded name of each path to the name it has, to find those that differ in case only.
    names: HashMap<String, String>,
    files: usize,
    bytes: u64,
    began: Instant,
}

/// Why an action ends.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Half a sentence.
    Why(String),
    /// An expression in a file of the skeleton.
    Expression {
        file: String,
        bad: BadExpression,
    },
    Disk(DiskError),
    Cancelled,
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self::Why(why)
    }
}

/// An entry below a folder; symbolic links are not followed.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// With `/`, below the folder.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) link: bool,
}

impl Workspace {
    /// Builds in `root`, an empty folder.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            names: HashMap::new(),
            files: 0,
            bytes: 0,
            began: Instant::now(),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file; one that is there stays unless `replace`.
    pub(crate) fn write(&mut self, path: &Path, bytes: &[u8], executable: bool, replace: bool) -> Result<(), Trouble> {
        let Some(place) = self.claim(path, replace)? else {
            return Ok(());
        };
        self.count(bytes.len() as u64)?;
        let failed = |e| Trouble::Disk(DiskError::from_io("Cannot write", &place, e));
        fs::write(&place, bytes).map_err(failed)?;
        if executable {
            make_executable(&place).map_err(failed)?;
        }
        Ok(())
    }

    /// Makes a symbolic link whose target is inside the folder.
    pub(crate) fn link(&mut self, path: &Path, target: &Path, replace: bool) -> Result<(), Trouble> {
        contain::link_target(path, target)?;
        let Some(place) = self.claim(path, replace)? else {
            return Ok(());
        };
        self.count(0)?;
        make_link(target, &place).map_err(|e| Trouble::Disk(DiskError::from_io("Cannot make the link", &place, e)))
    }

    /// Removes a file, a link, or a folder with all that is in it.
    pub(crate) fn remove(&mut self, path: &Path) -> Result<(), Trouble> {
        let parent = contain::inside(&self.root, path.parent().unwrap_or(Path::new("")))?;
        let Some(name) = path.file_name() else {
            return Err(Trouble::Why("the project itself cannot be removed".to_owned()));
        };
        let place = parent.join(name);
        let failed = |e| Trouble::Disk(DiskError::from_io("Cannot remove", &place, e));
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => fs::remove_dir_all(&place).map_err(failed)?,
            Ok(_) => fs::remove_file(&place).map_err(failed)?,
            Err(_) => {}
        }
        let folded = fold(path);
        let below = format!("{folded}/");
        self.names
            .retain(|name, _| *name != folded && !name.starts_with(&below));
        Ok(())
    }

    /// Moves a file or folder.
    pub(crate) fn rename(&mut self, from: &Path, to: &Path, overwrite: bool) -> Result<(), Trouble> {
        let source = contain::inside(&self.root, from)?;
        if from.as_os_str().is_empty() || !source.exists() {
            return Err(Trouble::Why(format!("`{}` is not there", from.display())));
        }
        if to.starts_with(from) {
            return Err(Trouble::Why(format!(
                "`{}` cannot be moved into itself",
                from.display()
            )));
        }
        let target = contain::inside(&self.root, to)?;
        if target.exists() {
            if !overwrite {
                return Err(Trouble::Why(format!("`{}` is there already", to.display())));
            }
            self.remove(to)?;
        }
        let folded = fold(from);
        let below = format!("{folded}/");
        self.names
            .retain(|name, _| *name != folded && !name.starts_with(&below));
        let Some(target) = self.claim(to, true)? else {
            return Ok(());
        };
        fs::rename(&source, &target).map_err(|e| Trouble::Disk(DiskError::from_io("Cannot move", &source, e)))?;
        for entry in entries(&target)? {
            let path = to.join(&entry.name);
            self.claim_names(&path)?;
        }
        self.check_links()
    }

    /// A link that moved, or whose target did, may point somewhere else than it did where it was made; so may one
    /// behind which another link took a folder's place. Checked again when all is there.
    pub(crate) fn check_links(&self) -> Result<(), Trouble> {
        for entry in self.entries()?.iter().filter(|entry| entry.link) {
            contain::destination(&self.root, Path::new(&entry.name)).map_err(Trouble::Why)?;
        }
        Ok(())
    }

    /// Between two files too the work comes to an end.
    pub(crate) fn check_time(&self) -> Result<(), Trouble> {
        if self.began.elapsed() > MAX_TIME {
            return Err(Trouble::Why(format!(
                "it is at work for more than {} minutes",
                MAX_TIME.as_secs() / 60
            )));
        }
        Ok(())
    }

    /// Files and links, in order.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, Trouble> {
        entries(&self.root)
    }

    /// Checks a path, makes the folders above it, and clears its place; `None` where something is there to stay.
    fn claim(&mut self, path: &Path, replace: bool) -> Result<Option<PathBuf>, Trouble> {
        if path.as_os_str().is_empty() {
            return Err(Trouble::Why("a file has no name".to_owned()));
        }
        self.claim_names(path)?;
        let place = contain::inside(&self.root, path)?;
        if place.is_dir() {
            return Err(Trouble::Why(format!("`{}` is a folder already", path.display())));
        }
        if place.exists() && !replace {
            return Ok(None);
        }
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|e| Trouble::Disk(DiskError::from_io("Cannot create", folder, e)))?;
        }
        Ok(Some(place))
    }

    /// Two paths that differ in case only are one file on many systems.
    fn claim_names(&mut self, path: &Path) -> Result<(), Trouble> {
        for prefix in path.ancestors().filter(|prefix| !prefix.as_os_str().is_empty()) {
            let name = prefix.to_string_lossy().into_owned();
            let known = self.names.entry(fold(prefix)).or_insert_with(|| name.clone());
            if *known != name {
                return Err(Trouble::Why(format!(
                    "`{name}` and `{known}` differ in case only, or in how accents are written, and are one file on many systems"
                )));
            }
        }
        Ok(())
    }

    fn count(&mut self, bytes: u64) -> Result<(), Trouble> {
        self.check_time()?;
        self.files += 1;
        self.bytes += bytes;
        if self.files > MAX_FILES {
            return Err(Trouble::Why(format!("it makes more than {MAX_FILES} files")));
        }
        if self.bytes > MAX_BYTES {
            return Err(Trouble::Why(format!(
                "it makes more than {} MiB",
                MAX_BYTES / 1024 / 1024
            )));
        }
        Ok(())
    }
}

/// Files and links below a folder, in order, without Git's own.
pub(crate) fn entries(root: &Path) -> Result<Vec<Entry>, Trouble> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let failed = |e| Trouble::Disk(DiskError::from_io("Cannot look into", &folder, e));
        let Ok(list) = fs::read_dir(&folder) else {
            if folder.is_dir() {
                fs::read_dir(&folder).map_err(failed)?;
            }
            continue;
        };
        for entry in list {
            let entry = entry.map_err(failed)?;
            let name = entry
                .file_name()
                .into_string()
                .map_err(|name| Trouble::Why(format!("the name `{}` is not UTF-8", name.to_string_lossy())))?;
            if name.eq_ignore_ascii_case(".git") {
                continue;
            }
            let kind = entry.file_type().map_err(failed)?;
            let name = format!("{prefix}{name}");
            if kind.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else if kind.is_file() || kind.is_symlink() {
                found.push(Entry {
                    name,
                    path: entry.path(),
                    link: kind.is_symlink(),
                });
            } else {
                return Err(Trouble::Why(format!("`{name}` is neither a file nor a folder")));
            }
        }
        if found.len() + folders.len() > MAX_FILES * 2 {
            return Err(Trouble::Why("it holds too many files".to_owned()));
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Whether a file may be run, where the system knows.
pub(crate) fn is_executable(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Some systems compare names without case, some without regard to how accents are written.
fn fold(path: &Path) -> String {
    path.iter()
        .map(|name| name.to_string_lossy().nfc().collect::<String>().to_lowercase())
        .collect::<Vec<_>>()
        .join("/")
}

fn make_executable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mut permissions = fs::metadata(path)?.permissions();
        // Whoever may read it may run it, as `chmod +x` under the person's umask.
        let mode = permissions.mode();
        permissions.set_mode(mode | ((mode & 0o444) >> 2));
        fs::set_permissions(path, permissions)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

#[cfg(unix)]
fn make_link(target: &Path, place: &Path) -> io::Result<()> {
    if place.exists() {
        fs::remove_file(place)?;
    }
    std::os::unix::fs::symlink(target, place)
}

#[cfg(windows)]
fn make_link(target: &Path, place: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, place)
}
