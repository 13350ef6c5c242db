//! From a starter's folder to a starter.

use std::io;
use std::path::{Path, PathBuf};

use crate::contain;
use crate::cookiecutter::{self, Cookiecutter};
use crate::copier::{self, Copier};
use crate::repository::Repository;
use crate::template::{Step, Template};
use crate::{repository, template};

/// A starter, read from its folder.
#[derive(Debug, Clone)]
pub struct Starter {
    /// The path below `starters/` (`go/api`), or the folder's name elsewhere.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences, may be empty.
    pub summary: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Words such as `rust`, `service`.
    pub tags: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// What will not work as its author meant.
    pub warnings: Vec<Finding>,
    /// The roadbook's folder; a template reads inside it only.
    pub(crate) root: PathBuf,
    /// The starter's folder.
    pub(crate) dir: PathBuf,
}

impl Starter {
    /// What is left to the person: steps that need a server, and programs of the template's author.
    pub fn deferred(&self) -> Vec<Step> {
        match &self.kind {
            Kind::Repository(_) => Vec::new(),
            Kind::Template(template) => template.deferred().cloned().collect(),
            Kind::Cookiecutter(template) => template.deferred(),
            Kind::Copier(template) => template.tasks.clone(),
        }
    }
}

/// What a starter is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A Git repository to clone.
    Repository(Repository),
    /// A template to fill in.
    Template(Template),
    /// A cookiecutter template to fill in.
    Cookiecutter(Cookiecutter),
    /// A copier template to fill in.
    Copier(Copier),
}

/// A finding about a starter's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Finding {
    /// A stable name such as `starter-syntax`.
    pub code: &'static str,
    /// The file below the roadbook's folder, with `/`.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Reads the starter in `dir`, a folder inside the roadbook's folder `root`.
///
/// # Errors
/// When the folder holds no starter, or one that cannot be read.
pub fn read(root: &Path, dir: &Path) -> Result<Starter, Finding> {
    let place = Place { root, dir };
    if let Some((file, text)) = place.file(&["starter.toml"])? {
        return repository::read(&place, &file, &text);
    }
    if let Some((file, text)) = place.file(&["template.yaml", "template.yml"])? {
        return template::read(&place, &file, &text);
    }
    if let Some((file, text)) = place.file(&["cookiecutter.json"])? {
        return cookiecutter::read(&place, &file, &text);
    }
    if let Some((file, text)) = place.file(&["copier.yml", "copier.yaml"])? {
        return copier::read(&place, &file, &text);
    }
    Err(Finding {
        code: "starter-missing",
        file: place.shown(""),
        line: 0,
        message: "This folder holds no starter.".to_owned(),
        hint: "Add a starter.toml that names a repository, or a template.yaml, cookiecutter.json or copier.yml."
            .to_owned(),
    })
}

/// Where a starter is.
pub(crate) struct Place<'a> {
    pub(crate) root: &'a Path,
    pub(crate) dir: &'a Path,
}

impl Place<'_> {
    pub(crate) fn id(&self) -> String {
        let below = self.dir.strip_prefix(self.root).unwrap_or(self.dir);
        let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
        match names.as_slice() {
            [first, rest @ ..] if first == "starters" && !rest.is_empty() => rest.join("/"),
            [.., last] => last.to_string(),
            [] => self
                .dir
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
        }
    }

    /// A file's name below the roadbook's folder.
    pub(crate) fn shown(&self, name: &str) -> String {
        shown(self.root, &self.dir.join(name))
    }

    fn file(&self, names: &[&str]) -> Result<Option<(String, String)>, Finding> {
        let Some(name) = names.iter().find(|name| self.dir.join(name).is_file()) else {
            return Ok(None);
        };
        let file = self.shown(name);
        let read = contain::read(self.root, &self.dir.join(name));
        let text = read.and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
        let text = text.map_err(|error| Finding {
            code: "starter-unreadable",
            file: file.clone(),
            line: 0,
            message: format!("The file cannot be read: {error}."),
            hint: "Check that it is a UTF-8 text and that you may read it.".to_owned(),
        })?;
        Ok(Some((
            file,
            text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
        )))
    }
}

/// A path below `root` for messages, with `/`.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}
