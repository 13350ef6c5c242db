//! Finding a program on the search path.

use std::path::PathBuf;

use crate::{Environment, stub};

/// What the search path has of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Located {
    /// A program, absolute.
    Program(PathBuf),
    /// Only a placeholder of the system that offers to install it; running it opens a dialog.
    Stub(PathBuf),
    /// Only a file that may not be run.
    NotExecutable(PathBuf),
    /// Nothing.
    Nothing,
}

/// The first of these names that is found; each on all folders before the next.
pub(crate) fn locate(names: &[String], environment: &Environment) -> Located {
    let mut stub = None;
    for name in names {
        for path in all(name, environment) {
            if stub::is_stub(&path, environment) {
                stub.get_or_insert(path);
            } else {
                return Located::Program(path);
            }
        }
    }
    if let Some(stub) = stub {
        return Located::Stub(stub);
    }
    let files = names
        .iter()
        .flat_map(|name| environment.path_folders().iter().map(move |folder| folder.join(name)));
    files
        .into_iter()
        .find(|path| path.is_file())
        .map_or(Located::Nothing, Located::NotExecutable)
}

/// Whether a program of that name is there.
pub(crate) fn is_there(name: &str, environment: &Environment) -> bool {
    all(name, environment).next().is_some()
}

fn all(name: &str, environment: &Environment) -> impl Iterator<Item = PathBuf> {
    let path = environment.variable("PATH").unwrap_or_default();
    // The folders are absolute, so the current one plays no part; `/` only fills the place.
    which::which_in_all(name, Some(path), "/").into_iter().flatten()
}
