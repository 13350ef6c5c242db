//! Reading a roadbook's folders and files without ever leaving its root.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    diagnostic::Diagnostic,
    findings::{Findings, Place},
    inside::reaches_into_git,
};

/// A page larger than this is left out.
const LARGEST_PAGE: u64 = 4 * 1024 * 1024;
/// Folders deeper than this are left out.
const DEEPEST: usize = 24;

/// One name in a folder.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// Below the root, with `/`.
    pub(crate) file: String,
    pub(crate) folder: bool,
}

/// The tree below a root.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(crate) root: &'a Path,
    canonical: PathBuf,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(root: &'a Path, diagnostics: Vec<Diagnostic>) -> Self {
        let canonical = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Self {
            root,
            canonical,
            diagnostics,
        }
    }

    /// The findings about one file.
    pub(crate) fn findings<'f>(&'f mut self, file: &'f str) -> Findings<'f> {
        Findings::new(file, &mut self.diagnostics)
    }

    /// What is in a folder, by name; hidden names are left out. A folder that is not there is empty.
    pub(crate) fn entries(&mut self, folder: &str) -> Vec<Entry> {
        let path = self.root.join(folder);
        let listing = match fs::read_dir(&path) {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.unreadable(folder, &error.to_string());
                return Vec::new();
            }
        };
        if folder.split('/').count() > DEEPEST {
            self.unreadable(folder, "folders are nested too deep");
            return Vec::new();
        }
        let mut entries = Vec::new();
        for entry in listing {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(folder, &error.to_string());
                    continue;
                }
            };
            let Ok(name) = entry.file_name().into_string() else {
                self.unreadable(
                    &format!("{folder}/{}", entry.file_name().display()),
                    "its name is not valid Unicode",
                );
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let file = format!("{folder}/{name}");
            let kind = match entry.file_type() {
                Ok(kind) if kind.is_symlink() => self.follow(&entry.path(), &file),
                Ok(kind) => Some(kind.is_dir()),
                Err(error) => {
                    self.unreadable(&file, &error.to_string());
                    None
                }
            };
            if let Some(folder) = kind {
                entries.push(Entry { name, file, folder });
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries
    }

    /// A text file with `\n` line ends and no byte order mark.
    pub(crate) fn text(&mut self, file: &str) -> Option<String> {
        let path = self.root.join(file);
        let size = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if size > LARGEST_PAGE {
            self.findings(file).error(
                "too-large",
                Place::FILE,
                format!("The page has {:.1} MiB and is left out.", mebibytes(size)),
                "Split it; a page may have at most 4 MiB.",
            );
            return None;
        }
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.unreadable(file, &error.to_string());
                return None;
            }
        };
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].split(|byte| *byte == b'\n').count();
            self.findings(file).warning(
                "not-utf8",
                Place::line(line),
                "The file is not valid UTF-8; what cannot be read is shown as \u{fffd}.",
                "Save it in the encoding UTF-8.",
            );
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        Some(if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        })
    }

    /// Whether a symbolic link is a folder; `None` where it is not followed.
    fn follow(&mut self, path: &Path, file: &str) -> Option<bool> {
        let target = path.canonicalize();
        let parent = path
            .parent()
            .and_then(|parent| parent.canonicalize().ok())
            .unwrap_or_default();
        match target {
            // A link to a folder above it would never end.
            Ok(target) if self.may_follow(&target) && !parent.starts_with(&target) => Some(target.is_dir()),
            _ => {
                self.findings(file).warning(
                    "link-leads-out",
                    Place::FILE,
                    "The symbolic link leads out of the roadbook, nowhere, or round in a circle, and is left out.",
                    "Put the file itself into the roadbook.",
                );
                None
            }
        }
    }

    /// Inside of the roadbook, and not in a `.git` folder, whose settings may hold secrets.
    fn may_follow(&self, target: &Path) -> bool {
        target
            .strip_prefix(&self.canonical)
            .is_ok_and(|below| !reaches_into_git(below))
    }

    fn unreadable(&mut self, file: &str, why: &str) {
        self.findings(file).error(
            "unreadable",
            Place::FILE,
            format!("{file} cannot be read: {}.", why.trim_end_matches('.')),
            "Check that it exists and that you may read it.",
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn mebibytes(size: u64) -> f64 {
    size as f64 / (1024.0 * 1024.0)
}
