//! A repository of a server becomes a repository and its files here, by libgit2.

use std::fs;
use std::path::{Component, Path, PathBuf};

use git2::build::CheckoutBuilder;
use git2::{CheckoutNotificationType, Oid, Repository, RepositoryInitOptions};

use super::attributes;
#[cfg(unix)]
use super::write_out::Plain;
use crate::commit::staged::Unwritten;
use crate::fetch::{Depth, Failure, Start, Want, fetch};
use crate::gitmodules::{Failed, Submodule, submodules};
use crate::session::Session;
use crate::{Address, Error, Phase, explain, tree};

/// How deep submodules may lie in each other; nobody needs more, and a server could go on for ever.
const DEEPEST: usize = 10;
/// How many submodules one repository may bring.
const MOST: usize = 500;

/// What was downloaded.
pub(crate) struct Downloaded {
    pub(crate) repository: Repository,
    pub(crate) start: Start,
    /// The folders of its submodules, those of submodules included.
    pub(crate) submodules: Vec<PathBuf>,
    /// Plain files only: no links, no submodules, and no attributes. Where only the files were fetched, the index does not
    /// know them yet.
    pub(crate) plain: Option<Unwritten>,
}

/// Fetches into a new repository in `folder` and checks it out, with its submodules.
pub(crate) fn download(
    folder: &Path,
    address: &Address,
    reference: Option<&str>,
    depth: Depth,
    keeps_submodules: bool,
    session: &Session<'_>,
) -> Result<Downloaded, Error> {
    let explained = |failure| match failure {
        Failure::Ours(error) => error,
        Failure::Git(error) => session.explain(&error, address, folder),
    };
    session.tell(Phase::Connecting);
    let mut options = RepositoryInitOptions::new();
    options.external_template(false).no_reinit(true).mkpath(false);
    let repository = Repository::init_opts(folder, &options).map_err(|e| explained(e.into()))?;
    let start = fetch(&repository, address, Want::Reference(reference), depth, session).map_err(explained)?;
    session.pulse.wait_for_server(false);
    // What is refused is refused before a file is written.
    let found = named(&repository, start.commit, address, folder)?;
    let plain = check_out(&repository, &start, session).map_err(explained)?;
    if depth != Depth::Files {
        note(&repository, plain.as_ref()).map_err(|e| explained(e.into()))?;
    }
    name_branch(&repository, &start, depth == Depth::All).map_err(|e| explained(e.into()))?;
    session.flush();
    let mut filled = Vec::new();
    let place = Place {
        repository: &repository,
        folder,
        submodules: found,
    };
    fill(&place, keeps_submodules, 1, session, &mut filled)?;
    Ok(Downloaded {
        repository,
        start,
        plain,
        submodules: filled,
    })
}

/// Writes the files; plain ones are not in the index yet.
fn check_out(repository: &Repository, start: &Start, session: &Session<'_>) -> Result<Option<Unwritten>, Failure> {
    let commit = repository.find_commit(start.commit)?;
    let outside = attributes::outside(repository)?;
    #[cfg(unix)]
    if !outside && let Some(plain) = Plain::of(repository, &commit.tree()?)? {
        return plain.write(repository, start.alternate.as_deref(), session).map(Some);
    }
    let filtered = outside || attributes::inside(&commit)?;
    let mut how = CheckoutBuilder::new();
    how.force()
        .disable_filters(!filtered)
        .progress(|_, done, total| session.tell(Phase::CheckingOut { done, total }))
        // The only callback of a checkout that can stop it, while it compares and before it writes.
        .notify_on(CheckoutNotificationType::UPDATED)
        .notify(|_, _, _, _, _| !session.pulse.stopped());
    repository.checkout_tree(commit.as_object(), Some(&mut how))?;
    if session.pulse.stopped() {
        return Err(git2::Error::from_str("stopped").into());
    }
    Ok(None)
}

/// Writes the index, where it is not written yet.
fn note(repository: &Repository, plain: Option<&Unwritten>) -> Result<(), git2::Error> {
    plain.map_or(Ok(()), |plain| {
        tree::index_of(repository, plain.entries.iter())?.write()
    })
}

fn name_branch(repository: &Repository, start: &Start, track: bool) -> Result<(), git2::Error> {
    let Some(name) = &start.branch else {
        return repository.set_head_detached(start.commit);
    };
    let mut branch = repository.branch(name, &repository.find_commit(start.commit)?, true)?;
    if track {
        branch.set_upstream(Some(&format!("origin/{name}")))?;
        let remote = format!("refs/remotes/origin/{name}");
        repository.reference_symbolic("refs/remotes/origin/HEAD", &remote, true, "clone")?;
    }
    repository.set_head(&format!("refs/heads/{name}"))
}

/// A repository whose submodules are wanted.
struct Place<'a> {
    repository: &'a Repository,
    folder: &'a Path,
    submodules: Vec<Submodule>,
}

fn named(repository: &Repository, commit: Oid, address: &Address, folder: &Path) -> Result<Vec<Submodule>, Error> {
    submodules(repository, commit, address).map_err(|failed| match failed {
        Failed::Ours(error) => error,
        Failed::Git(error) => explain::local(&error, "Cannot read the submodules", folder),
    })
}

fn fill(
    place: &Place<'_>,
    keep: bool,
    level: usize,
    session: &Session<'_>,
    filled: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    for submodule in &place.submodules {
        session.go_on()?;
        let too = |what: &str| Error::Submodule {
            path: submodule.path.clone(),
            why: what.to_owned(),
        };
        if level > DEEPEST {
            return Err(too("submodules lie too deep in each other"));
        }
        if filled.len() >= MOST {
            return Err(too("there are too many submodules"));
        }
        session.next_submodule();
        let folder = place.folder.join(&submodule.path);
        check_folder(place.folder, &submodule.path)?;
        let fetched = fetch_submodule(place, submodule, &folder, keep, session).map_err(|error| match error {
            Error::Cancelled => Error::Cancelled,
            error => Error::InSubmodule {
                path: submodule.path.clone(),
                source: Box::new(error),
            },
        })?;
        filled.push(folder.clone());
        let (repository, submodules) = fetched;
        let inner = Place {
            repository: &repository,
            folder: &folder,
            submodules,
        };
        fill(&inner, keep, level + 1, session, filled)?;
    }
    Ok(())
}

/// Every folder on the way is one, and not a link to somewhere else; the last one is empty.
fn check_folder(root: &Path, path: &str) -> Result<(), Error> {
    let refused = |why: &str| Error::Submodule {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let mut folder = root.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(part) = part else {
            return Err(refused("its path leads out of the folder"));
        };
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(refused("something else is in its place")),
            Err(_) => fs::create_dir(&folder).map_err(|e| explain::io("Cannot create", &folder, e))?,
        }
    }
    match fs::read_dir(&folder).map(|mut entries| entries.next()) {
        Ok(None) => Ok(()),
        Ok(Some(_)) => Err(refused("its folder holds something already")),
        Err(e) => Err(explain::io("Cannot look into", &folder, e)),
    }
}

/// The repository goes to `modules/NAME` of the one it belongs to, where git keeps it too.
fn fetch_submodule(
    place: &Place<'_>,
    submodule: &Submodule,
    folder: &Path,
    keep: bool,
    session: &Session<'_>,
) -> Result<(Repository, Vec<Submodule>), Error> {
    let explained = |failure| match failure {
        Failure::Ours(error) => error,
        Failure::Git(error) => session.explain(&error, &submodule.address, folder),
    };
    session.tell(Phase::Connecting);
    session.pulse.wait_for_server(true);
    let home = place.repository.path().join("modules").join(&submodule.name);
    // A cancel may have taken the folder away: it is not to be made anew.
    session.go_on()?;
    fs::create_dir_all(&home).map_err(|e| explain::io("Cannot create", &home, e))?;
    let mut options = RepositoryInitOptions::new();
    options
        .external_template(false)
        .no_reinit(true)
        .no_dotgit_dir(true)
        .workdir_path(folder);
    let repository = Repository::init_opts(&home, &options).map_err(|e| explained(e.into()))?;
    let depth = if keep { Depth::One } else { Depth::Files };
    let want = Want::Commit(submodule.commit);
    let start = fetch(&repository, &submodule.address, want, depth, session).map_err(explained)?;
    session.pulse.wait_for_server(false);
    let found = named(&repository, submodule.commit, &submodule.address, folder)?;
    let plain = check_out(&repository, &start, session).map_err(explained)?;
    note(&repository, plain.as_ref()).map_err(|e| explained(e.into()))?;
    session.flush();
    let settle = || -> Result<(), git2::Error> {
        repository.set_head_detached(submodule.commit)?;
        // The whole folder moves to its own name at the end, so neither may know where the other is from the top.
        let mut own = repository.config()?.open_level(git2::ConfigLevel::Local)?;
        own.set_str("core.worktree", &relative(&home, folder))?;
        let mut outer = place.repository.config()?.open_level(git2::ConfigLevel::Local)?;
        outer.set_str(&format!("submodule.{}.url", submodule.name), submodule.address.as_str())?;
        outer.set_bool(&format!("submodule.{}.active", submodule.name), true)
    };
    settle().map_err(|e| explained(e.into()))?;
    let link = folder.join(".git");
    fs::write(&link, format!("gitdir: {}\n", relative(folder, &home)))
        .map_err(|e| explain::io("Cannot write", &link, e))?;
    Ok((repository, found))
}

/// The way from one folder to another, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let same = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(same).map(|_| "..".into());
    let down = to
        .components()
        .skip(same)
        .map(|part| part.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_folders_is_found() {
        let way = relative(Path::new("/p/.git/modules/a"), Path::new("/p/vendor/a"));
        assert_eq!(way, "../../../vendor/a");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_submodule_is_refused() -> Result<(), std::io::Error> {
        let (home, elsewhere) = (tempfile::tempdir()?, tempfile::tempdir()?);
        std::os::unix::fs::symlink(elsewhere.path(), home.path().join("a"))?;
        for path in ["a", "a/b", "../x", "/x"] {
            let refused = check_folder(home.path(), path);
            assert!(matches!(refused, Err(Error::Submodule { .. })), "{path}: {refused:?}");
        }
        fs::create_dir_all(home.path().join("full/x"))?;
        assert!(check_folder(home.path(), "full").is_err());
        assert!(check_folder(home.path(), "new/empty").is_ok());
        Ok(())
    }
}
