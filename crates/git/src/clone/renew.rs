//! A clone becomes a repository of its own: the same files, staged, and nothing of where they came from.

use std::fs;
use std::path::{Path, PathBuf};

use git2::{Config, ConfigLevel, Oid, Repository, RepositoryInitOptions};

use crate::{Error, commit, explain};

/// Gives `folder` a new repository in which the files of `commit` are staged for a first commit, on the branch that
/// new repositories start with.
///
/// The objects of those files are taken from the clone, rather than read from the files again: that is faster, and it
/// keeps what stands for a file kept elsewhere (Git LFS) as it was. A clone of nothing but this one commit gives its
/// pack as it is: packing 10,000 files anew takes longer than receiving them, and the commit that is left in it is
/// named by nothing and goes when Git tidies up. Submodules stay submodules, each with its own history and origin: the
/// project's authors chose them to be updated on their own, and a copy of their files could not be.
pub(crate) fn renew(repository: Repository, commit: Oid, folder: &Path) -> Result<String, Error> {
    let branch = commit::default_branch();
    let failed = |e: git2::Error| {
        explain::local(
            &e,
            &format!("Cannot start a repository in {}", folder.display()),
            folder,
        )
    };
    // Beside the project, and so still in the folder that goes when anything fails.
    let beside = folder.with_file_name("renewed");
    let (old, new) = (folder.join(".git"), beside.join(".git"));
    fs::create_dir(&beside).map_err(|e| explain::io("Cannot create", &beside, e))?;
    let only_this_commit = repository.is_shallow();
    let start = || -> Result<(), git2::Error> {
        let mut options = RepositoryInitOptions::new();
        options
            .external_template(false)
            .initial_head(&branch)
            .no_reinit(true)
            .mkpath(false);
        let fresh = Repository::init_opts(&beside, &options)?;
        copy_submodules(&repository.config()?.open_level(ConfigLevel::Local)?, &fresh)?;
        if only_this_commit {
            return Ok(());
        }
        // Objects smaller than this are compared to be stored as differences: too slow for what it saves here.
        repository
            .config()?
            .open_level(ConfigLevel::Local)?
            .set_i64("pack.deltaCacheSize", 1)?;
        let mut packer = repository.packbuilder()?;
        packer.insert_tree(repository.find_commit(commit)?.tree_id())?;
        packer.write(&new.join("objects/pack"), 0)
    };
    start().map_err(failed)?;
    drop(repository);
    let moved = |path: PathBuf| move |e| explain::io("Cannot move", &path, e);
    if only_this_commit {
        let (from, to) = (old.join("objects"), new.join("objects"));
        fs::remove_dir_all(&to).map_err(|e| explain::io("Cannot remove", &to, e))?;
        fs::rename(&from, &to).map_err(moved(to))?;
    }
    for part in ["index", "modules", "lfs"] {
        let part = (old.join(part), new.join(part));
        if part.0.exists() {
            fs::rename(&part.0, &part.1).map_err(moved(part.1))?;
        }
    }
    fs::remove_dir_all(&old).map_err(|e| explain::io("Cannot remove", &old, e))?;
    fs::rename(&new, &old).map_err(moved(old))?;
    fs::remove_dir(&beside).map_err(|e| explain::io("Cannot remove", &beside, e))?;
    Ok(branch)
}

fn copy_submodules(from: &Config, to: &Repository) -> Result<(), git2::Error> {
    let mut to = to.config()?.open_level(ConfigLevel::Local)?;
    let mut found = Vec::new();
    from.entries(Some("^submodule\\."))?.for_each(|entry| {
        if let (Ok(name), Ok(value)) = (entry.name(), entry.value()) {
            found.push((name.to_owned(), value.to_owned()));
        }
    })?;
    for (name, value) in found {
        to.set_str(&name, &value)?;
    }
    Ok(())
}

/// As [`renew`], for a clone that libgit2 cannot read: the files start a repository of the usual format.
pub(crate) fn renew_from_files(folder: &Path) -> Result<String, Error> {
    let git = folder.join(".git");
    fs::remove_dir_all(&git).map_err(|e| explain::io("Cannot remove", &git, e))?;
    let branch = commit::default_branch();
    commit::init(folder, &branch)?;
    commit::stage_all(folder)?;
    Ok(branch)
}
