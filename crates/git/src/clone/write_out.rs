//! Writing the files of a commit by several threads, where nothing about them is out of the ordinary.
//!
//! libgit2 writes one file after the other and looks at each with care. Nearly every starter is a tree of plain files
//! that goes into an empty folder: there is nothing to look at then, and the disk takes several files at a time. Not on
//! Windows, where more names mean something.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use git2::{IndexEntry, ObjectType, Oid, Repository, Tree};

use crate::commit::staged::Unwritten;
use crate::fetch::Failure;
use crate::progress::Pulse;
use crate::session::Session;
use crate::tree::Entry;
use crate::{Error, Phase, explain, tree};

/// More threads wait for the disk, and for each other.
const THREADS: usize = 4;
/// How often the one who waits tells how far it is.
const LOOK: Duration = Duration::from_millis(2);
/// Folders in each other; a tree could go on for ever.
const DEEPEST: usize = 100;

/// The mode of a folder in a tree.
const FOLDER: u32 = 0o040_000;
/// What the id of an object takes in a tree.
const ID_BYTES: usize = 20;

/// A tree of plain files and folders.
pub(crate) struct Plain {
    tree: Oid,
    /// With `/`, parents first.
    folders: Vec<String>,
    files: Vec<PlainFile>,
}

struct PlainFile {
    path: String,
    /// The number of its folder.
    folder: usize,
    entry: Entry,
}

impl Plain {
    /// The tree, if it is so plain that no system and no file of Git's own could make anything else of it, and written as
    /// Git writes it.
    pub(crate) fn of(repository: &Repository, tree: &Tree<'_>) -> Result<Option<Self>, git2::Error> {
        let mut plain = Self {
            tree: tree.id(),
            folders: Vec::new(),
            files: Vec::new(),
        };
        let is_plain = plain.add(repository, tree, "", 0)?;
        Ok(is_plain.then_some(plain))
    }

    fn add(
        &mut self,
        repository: &Repository,
        tree: &Tree<'_>,
        below: &str,
        depth: usize,
    ) -> Result<bool, git2::Error> {
        let folder = self.folders.len();
        let (mut names, mut last, mut size) = (HashSet::new(), String::new(), 0);
        self.folders.push(below.trim_end_matches('/').to_owned());
        for entry in tree {
            if self.files.len() + self.folders.len() >= tree::MOST {
                return Ok(false);
            }
            let Some(name) = entry.name().ok().filter(|name| is_plain(name)) else {
                return Ok(false);
            };
            // On many systems two names that differ in case only are one.
            if !names.insert(name.to_ascii_lowercase()) {
                return Ok(false);
            }
            let path = format!("{below}{name}");
            let mode = u32::try_from(entry.filemode_raw()).unwrap_or_default();
            // As Git writes it: other programs have written other modes, and other orders.
            let key = format!("{name}{}", if mode == FOLDER { "/" } else { "" });
            if key <= last {
                return Ok(false);
            }
            last = key;
            size += format!("{mode:o} ").len() + name.len() + 1 + ID_BYTES;
            match (entry.kind(), mode) {
                (Some(ObjectType::Tree), FOLDER) if depth < DEEPEST => {
                    let tree = repository.find_tree(entry.id())?;
                    if !self.add(repository, &tree, &format!("{path}/"), depth + 1)? {
                        return Ok(false);
                    }
                }
                (Some(ObjectType::Blob), tree::FILE | tree::PROGRAM) => self.files.push(PlainFile {
                    path,
                    folder,
                    entry: Entry { mode, id: entry.id() },
                }),
                _ => return Ok(false),
            }
        }
        // A folder without files is none to Git; and modes with a zero before them take more room.
        let is_empty = depth > 0 && tree.is_empty();
        Ok(!is_empty && repository.odb()?.read_header(tree.id())?.0 == size)
    }

    /// Writes all of it into an empty folder, which the repository is in; answers with what the index is to know.
    /// `alternate` has objects that the repository does not name.
    pub(crate) fn write(
        &self,
        repository: &Repository,
        alternate: Option<&Path>,
        session: &Session<'_>,
    ) -> Result<Unwritten, Failure> {
        let root = repository.workdir().unwrap_or(repository.path());
        let objects = (repository.path(), alternate);
        for folder in self.folders.iter().skip(1) {
            let folder = root.join(folder);
            fs::create_dir(&folder).map_err(|e| explain::io("Cannot create", &folder, e))?;
        }
        let done = AtomicUsize::new(0);
        let (pulse, total) = (session.pulse, self.files.len());
        let entries = thread::scope(|scope| {
            let count = thread::available_parallelism().map_or(1, usize::from).clamp(1, THREADS);
            let writers: Vec<_> = (0..count)
                .map(|number| {
                    let part = self.files.iter().filter(move |file| file.folder % count == number);
                    let done = &done;
                    scope.spawn(move || write_part(objects, root, part, done, pulse))
                })
                .collect();
            while writers.iter().any(|writer| !writer.is_finished()) {
                thread::sleep(LOOK);
                let done = done.load(Ordering::Relaxed);
                session.tell(Phase::CheckingOut { done, total });
            }
            let parts = writers
                .into_iter()
                .map(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            parts.collect::<Result<Vec<_>, Failure>>()
        })?;
        session.go_on()?;
        let mut entries: Vec<IndexEntry> = entries.into_iter().flatten().collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Unwritten {
            tree: self.tree,
            entries,
        })
    }
}

fn write_part<'a>(
    (own, alternate): (&Path, Option<&Path>),
    root: &Path,
    part: impl Iterator<Item = &'a PlainFile>,
    done: &AtomicUsize,
    pulse: &Pulse,
) -> Result<Vec<IndexEntry>, Failure> {
    // libgit2's repositories belong to one thread.
    let repository = Repository::open(own)?;
    if let Some(objects) = alternate {
        repository.odb()?.add_disk_alternate(&objects.to_string_lossy())?;
    }
    let mut entries = Vec::new();
    for file in part {
        if pulse.stopped() {
            return Err(Error::Cancelled.into());
        }
        let blob = repository.find_blob(file.entry.id)?;
        let place = root.join(&file.path);
        let written = write_file(&place, blob.content(), file.entry.mode == tree::PROGRAM);
        let written = written.map_err(|e| explain::io("Cannot write", &place, e))?;
        entries.push(tree::file_entry(&file.path, file.entry, &written));
        done.fetch_add(1, Ordering::Relaxed);
    }
    Ok(entries)
}

fn write_file(place: &Path, bytes: &[u8], executable: bool) -> std::io::Result<fs::Metadata> {
    // The person's umask takes from it, as it does for Git.
    let mode = if executable { 0o777 } else { 0o666 };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(place)?;
    file.write_all(bytes)?;
    file.metadata()
}

/// A name that every file system takes as it is, and that is none of Git's own.
fn is_plain(name: &str) -> bool {
    let usual = |c: char| c.is_ascii_alphanumeric() || " !#$%&'()+,-.=@[]^_{}".contains(c);
    let lower = name.to_ascii_lowercase();
    let of_git = lower == ".git"
        || lower == ".gitmodules"
        || lower == ".gitattributes"
        || lower.starts_with(".git ")
        || lower.starts_with(".git.");
    !name.is_empty() && name.len() <= 200 && name.chars().all(usual) && !name.ends_with(['.', ' ']) && !of_git
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use git2::{Oid, Repository};

    use super::{Plain, is_plain};

    #[test]
    fn trees_that_name_each_other_many_times_are_not_listed() {
        let home = tempfile::tempdir().unwrap();
        let repository = Repository::init_bare(home.path()).unwrap();
        let blob = repository.blob(b"x").unwrap();
        let mut builder = repository.treebuilder(None).unwrap();
        builder.insert("file", blob, 0o100_644).unwrap();
        let mut tree = builder.write().unwrap();
        let listed = |tree| Plain::of(&repository, &repository.find_tree(tree).unwrap()).unwrap();
        assert!(listed(tree).is_some());
        // Ten times ten times ten: a billion files in ten small objects.
        for _ in 0..9 {
            let mut builder = repository.treebuilder(None).unwrap();
            for name in 'a'..='j' {
                builder.insert(name.to_string(), tree, 0o040_000).unwrap();
            }
            tree = builder.write().unwrap();
        }
        assert!(listed(tree).is_none());
    }

    /// As other programs have written them: Git reads them, and would write another tree.
    #[test]
    fn trees_that_git_would_write_otherwise_are_not_plain() {
        let home = tempfile::tempdir().unwrap();
        let repository = Repository::init_bare(home.path()).unwrap();
        let file = repository.blob(b"x").unwrap();
        let tree = |entries: &[(&str, &str, Oid)]| {
            let mut bytes = Vec::new();
            for (mode, name, id) in entries {
                bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
                bytes.extend_from_slice(id.as_bytes());
            }
            repository.odb().unwrap().write(git2::ObjectType::Tree, &bytes).unwrap()
        };
        let folder = tree(&[("100644", "a", file)]);
        let is_plain = |entries: &[(&str, &str, Oid)]| {
            let found = repository.find_tree(tree(entries)).unwrap();
            Plain::of(&repository, &found).unwrap().is_some()
        };
        assert!(is_plain(&[("100755", "a", file), ("40000", "b", folder)]));
        assert!(is_plain(&[("100644", "b.a", file), ("40000", "b", folder)]));
        for odd in [
            [("100664", "a", file), ("40000", "b", folder)],
            [("120777", "a", file), ("40000", "b", folder)],
            [("100644", "a", file), ("040000", "b", folder)],
            [("100644", "a", file), ("40000", "b", tree(&[]))],
            [("100644", "c", file), ("40000", "b", folder)],
            [("40000", "b", folder), ("100644", "b.a", file)],
        ] {
            assert!(!is_plain(&odd), "{odd:?}");
        }
        assert!(is_plain(&[]), "a starter may be empty");
    }

    #[test]
    fn names_that_could_be_something_else_are_not_plain() {
        for name in [
            "src",
            "file-1.txt",
            "A b",
            ".gitignore",
            ".github",
            "[id].ts",
            "a'b",
            "$x",
        ] {
            assert!(is_plain(name), "{name}");
        }
        let odd = [
            "",
            ".",
            "..",
            ".git",
            ".GIT",
            ".git.",
            ".git ",
            ".git . ",
            ".gitmodules",
            "git~1",
            "a.",
            "a ",
            "a/b",
            "a\\b",
            "a:b",
            "a\u{200c}",
            "\u{e9}",
            "a\nb",
            "a\0b",
            "a\"b",
            "a*",
            "a?",
            "a|b",
            "<a>",
        ];
        for name in odd {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
