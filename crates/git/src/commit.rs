//! A new repository and its first commit.

pub(crate) mod staged;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use git2::{Config, IndexAddOption, Oid, Repository, RepositoryInitOptions, Status, StatusOptions, StatusShow};

use self::staged::Unwritten;
use crate::clone::attributes;
use crate::{Error, Staged, explain, tree};

/// Who commits, from the person's Git settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `user.name`
    pub name: String,
    /// `user.email`
    pub email: String,
}

/// Reads who commits; `None` where the Git settings do not say both name and email address.
///
/// # Errors
/// When the Git settings cannot be read.
pub fn identity() -> Result<Option<Identity>, Error> {
    let config = settings()?;
    let text = |key: &str| config.get_string(key).ok().filter(|value| !value.trim().is_empty());
    Ok(text("user.name")
        .zip(text("user.email"))
        .map(|(name, email)| Identity { name, email }))
}

/// The branch that new repositories start with: `init.defaultBranch`, or `main`.
pub fn default_branch() -> String {
    settings()
        .and_then(|config| {
            config
                .get_string("init.defaultBranch")
                .map_err(|e| explain::local(&e, "", Path::new(".")))
        })
        .ok()
        .filter(|name| git2::Branch::name_is_valid(name).unwrap_or(false))
        .unwrap_or_else(|| "main".to_owned())
}

/// Makes a repository in `dir` whose first commit will be on `branch`.
///
/// # Errors
/// When the disk or libgit2 says no.
pub fn init(dir: &Path, branch: &str) -> Result<(), Error> {
    let mut options = RepositoryInitOptions::new();
    // Templates of the person's settings may hold hooks; a new project starts without any.
    options.external_template(false).initial_head(branch).no_reinit(true);
    Repository::init_opts(dir, &options)
        .map(drop)
        .map_err(|e| explain::local(&e, &format!("Cannot start a repository in {}", dir.display()), dir))
}

/// Stages all that is in `dir` and not ignored.
///
/// # Errors
/// When `dir` is no repository, or the disk or libgit2 says no.
pub fn stage(dir: &Path) -> Result<Staged, Error> {
    let plain = plain_files(dir).map_err(|e| unstaged(&e, dir))?;
    if plain.is_none() {
        stage_as(dir, IndexAddOption::DEFAULT)?;
    }
    Ok(Staged::unwritten(plain))
}

/// What is in a new repository and not ignored, where it is files only and no attributes make anything of them.
///
/// libgit2 looks for the attributes of each file that it adds, which takes longer than all else of a first commit.
fn plain_files(dir: &Path) -> Result<Option<Unwritten>, git2::Error> {
    let repository = Repository::open(dir)?;
    let line_ends = repository.config()?.get_string("core.autocrlf");
    if line_ends.is_ok_and(|value| value != "false") || attributes::outside(&repository)? {
        return Ok(None);
    }
    let mut options = StatusOptions::new();
    options
        .show(StatusShow::Workdir)
        .include_untracked(true)
        .recurse_untracked_dirs(true);
    let (mut entries, mut folders) = (Vec::new(), BTreeSet::new());
    for found in repository.statuses(Some(&mut options))?.iter() {
        let Ok(path) = found.path() else { return Ok(None) };
        let file = dir.join(path);
        // What cannot be read is told by who stages it otherwise.
        let Ok(written) = fs::symlink_metadata(&file) else {
            return Ok(None);
        };
        if found.status() != Status::WT_NEW || !written.is_file() {
            return Ok(None);
        }
        folders.extend(Path::new(path).ancestors().skip(1).map(Path::to_owned));
        let Ok(bytes) = fs::read(&file) else { return Ok(None) };
        let entry = tree::Entry {
            mode: tree::mode_of(&repository, &written)?,
            id: repository.blob(&bytes)?,
        };
        entries.push(tree::file_entry(path, entry, &written));
    }
    // They count where they lie, ignored or not.
    let has_attributes = |folder: &PathBuf| dir.join(folder).join(".gitattributes").exists();
    if folders.iter().any(has_attributes) {
        return Ok(None);
    }
    // libgit2 looks for each file of a tree that it puts together, so this is done once: the commit changes it by its
    // own files, and this one is named by nothing and goes when Git tidies up.
    let tree = tree::index_of(&repository, entries.iter())?.write_tree_to(&repository)?;
    Ok(Some(Unwritten { tree, entries }))
}

fn unstaged(error: &git2::Error, dir: &Path) -> Error {
    explain::local(error, &format!("Cannot commit in {}", dir.display()), dir)
}

/// Stages all that is in `dir`, with files too that the project's own rules would ignore: its authors have
/// committed them.
pub(crate) fn stage_all(dir: &Path) -> Result<(), Error> {
    stage_as(dir, IndexAddOption::FORCE)
}

fn stage_as(dir: &Path, how: IndexAddOption) -> Result<(), Error> {
    let stage = || -> Result<(), git2::Error> {
        let repository = Repository::open(dir)?;
        let mut index = repository.index()?;
        index.add_all(["*"], how, None)?;
        index.write()
    };
    stage().map_err(|e| unstaged(&e, dir))
}

/// Names the address that the project will be pushed to.
///
/// # Errors
/// When `dir` is no repository or has an origin.
pub fn set_origin(dir: &Path, url: &str) -> Result<(), Error> {
    let failed = |e: git2::Error| explain::local(&e, "Cannot set the remote", dir);
    let repository = Repository::open(dir).map_err(failed)?;
    repository.remote("origin", url).map(drop).map_err(failed)
}

/// Makes the first commit, of this tree.
pub(crate) fn first(repository: &Repository, tree: Oid, who: &Identity, message: &str) -> Result<String, git2::Error> {
    let tree = repository.find_tree(tree)?;
    let signature = git2::Signature::now(&who.name, &who.email)?;
    let id = repository.commit(Some("HEAD"), &signature, &signature, message, &tree, &[])?;
    Ok(id.to_string())
}

fn settings() -> Result<Config, Error> {
    Config::open_default()
        .and_then(|mut config| config.snapshot())
        .map_err(|e| Error::Settings {
            detail: e.message().to_owned(),
        })
}
