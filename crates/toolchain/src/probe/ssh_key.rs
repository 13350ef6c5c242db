//! A public key that can be given to a Git host.

use std::fs;

use super::{Probed, Surroundings};
use crate::{State, Tool};

pub(super) fn probe(tool: &Tool, surroundings: &Surroundings) -> Probed {
    let Some(home) = surroundings.environment.home() else {
        return Probed::new(
            State::Error,
            format!("The home folder is not known, so {} was not looked for.", tool.title),
        );
    };
    let folder = home.join(".ssh");
    let mut keys: Vec<_> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pub") && path.is_file())
        .collect();
    keys.sort();
    let Some(key) = keys.into_iter().next() else {
        let detail = format!("There is no public key in {} yet.", folder.display());
        return Probed::new(State::Failed, detail);
    };
    let name = key.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Probed {
        path: Some(key),
        ..Probed::new(State::Passed, format!("The public key {name} is there."))
    }
}
