//! What programs said about themselves, for as long as their files stay the same.

mod stamp;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::Tool;
use stamp::Stamp;

/// More than a machine has; the limit keeps a file that is written again and again from growing.
const MOST: usize = 1000;

/// Tools whose version is that of what lies beside their program.
const BESIDE: [&str; 2] = ["dotnet", "erlang"];

/// The versions of programs that were probed before. Copies share what they know.
///
/// An answer counts as long as the program's file, with symbolic links followed, has the same path, size, time of
/// change and inode, and is asked with the same arguments. Only what passed is kept. Never kept: daemons, settings and
/// plugins; scripts and the shims of version managers, whose answer depends on files other than their own.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    known: Arc<Mutex<BTreeMap<Key, Known>>>,
}

/// Which program was asked what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    tool: String,
    arguments: Vec<String>,
    path: String,
}

/// What it said, and what its file was like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    stamp: Stamp,
    version: String,
    output: String,
}

/// The file that a cache is kept in.
#[derive(Serialize, Deserialize)]
struct Saved {
    /// Another catalogue may read a version out of another line.
    roadbook: String,
    known: Vec<(Key, Known)>,
}

/// A program that may be remembered.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    key: Key,
    stamp: Stamp,
}

impl Cache {
    /// What [`Self::to_json`] wrote; empty where it cannot be read or another version of Roadbook wrote it.
    pub fn load(json: &str) -> Self {
        let saved = serde_json::from_str::<Saved>(json).ok();
        let known = saved.filter(|saved| saved.roadbook == env!("CARGO_PKG_VERSION"));
        let known = known.map(|saved| saved.known.into_iter().take(MOST).collect());
        Self {
            known: Arc::new(Mutex::new(known.unwrap_or_default())),
        }
    }

    /// All that is known, to be loaded again.
    pub fn to_json(&self) -> String {
        let known = self.lock().clone();
        let saved = Saved {
            roadbook: env!("CARGO_PKG_VERSION").to_owned(),
            known: known.into_iter().collect(),
        };
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// How many programs are known.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Forgets everything, as for a check that must ask again.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The version, as text, and the line that says it.
    pub(crate) fn get(&self, place: &Place) -> Option<(String, String)> {
        let known = self.lock();
        let known = known.get(&place.key).filter(|known| known.stamp == place.stamp)?;
        Some((known.version.clone(), known.output.clone()))
    }

    pub(crate) fn keep(&self, place: Place, version: &str, output: &str) {
        let mut known = self.lock();
        if known.len() >= MOST && !known.contains_key(&place.key) {
            known.pop_first();
        }
        let now = Known {
            stamp: place.stamp,
            version: version.to_owned(),
            output: output.to_owned(),
        };
        known.insert(place.key, now);
    }

    /// What is known is whole at every moment, so a panic elsewhere does no harm.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a tool's answer may be remembered; `None` where it may not. Looks at the file.
pub(crate) fn place(tool: &Tool, program: &Path) -> Option<Place> {
    let plugin = tool.needs.is_some() || tool.absent.is_some() || BESIDE.contains(&tool.id.as_str());
    if plugin || crate::shim::is_shim(program) {
        return None;
    }
    let (path, stamp) = stamp::stamp(program)?;
    let key = Key {
        tool: tool.id.clone(),
        arguments: tool.args.clone(),
        path,
    };
    Some(Place { key, stamp })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;
    use crate::Catalogue;

    fn place_of(tool: &str, program: &Path) -> Option<Place> {
        place(Catalogue::builtin().tool(tool).unwrap(), program)
    }

    fn binary(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("git.exe");
        fs::write(&program, bytes).unwrap();
        (folder, program)
    }

    #[test]
    fn an_answer_counts_until_the_file_changes() {
        let (_folder, program) = binary(b"\x7fELF 1");
        let cache = Cache::default();
        cache.keep(place_of("git", &program).unwrap(), "2.47.3", "git version 2.47.3");
        let known = cache.get(&place_of("git", &program).unwrap());
        assert_eq!(known, Some(("2.47.3".to_owned(), "git version 2.47.3".to_owned())));

        fs::write(&program, b"\x7fELF 22").unwrap();

        assert_eq!(cache.get(&place_of("git", &program).unwrap()), None);
    }

    #[test]
    fn an_answer_counts_for_one_tool_and_its_arguments() {
        let (_folder, program) = binary(b"\x7fELF");
        let cache = Cache::default();
        cache.keep(place_of("git", &program).unwrap(), "2.47.3", "");

        let mut other = Catalogue::builtin().tool("git").unwrap().clone();
        other.args = vec!["-v".to_owned()];

        assert_eq!(cache.get(&place_of("make", &program).unwrap()), None);
        assert_eq!(cache.get(&place(&other, &program).unwrap()), None);
    }

    #[test]
    fn what_was_saved_is_known_again() {
        let (_folder, program) = binary(b"\x7fELF");
        let cache = Cache::default();
        cache.keep(place_of("git", &program).unwrap(), "2.47.3", "git version 2.47.3");

        let again = Cache::load(&cache.to_json());

        assert_eq!(again.len(), 1);
        assert_eq!(again.get(&place_of("git", &program).unwrap()).unwrap().0, "2.47.3");
        let other = cache.to_json().replace(env!("CARGO_PKG_VERSION"), "0.0.0-other");
        assert!(Cache::load(&other).is_empty() && Cache::load("no JSON").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_program_with_many_names_stands_for_is_not_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("node");
        for launcher in ["snap", "ccache", "aqua-proxy"] {
            let real = folder.path().join(launcher);
            fs::write(&real, b"\x7fELF").unwrap();
            let _ = fs::remove_file(&program);
            std::os::unix::fs::symlink(&real, &program).unwrap();
            assert!(place_of("node", &program).is_none(), "{launcher}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_proxy_of_rustup_is_not_remembered_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let [rustup, rustc, other] = ["rustup", "rustc", "cargo"].map(|name| folder.path().join(name));
        fs::write(&rustup, b"\x7fELF").unwrap();
        fs::hard_link(&rustup, &rustc).unwrap();
        fs::write(&other, b"\x7fELF").unwrap();

        assert!(place_of("rustc", &rustc).is_none());
        assert!(place_of("cargo", &other).is_some());
    }

    #[test]
    fn scripts_and_plugins_are_not_remembered() {
        let (_folder, script) = binary(b"#!/bin/sh\n");
        assert!(place_of("git", &script).is_none());
        let (_folder, program) = binary(b"\x7fELF");
        assert!(place_of("docker-compose", &program).is_none());
        assert!(place_of("pip", &program).is_none());
        assert!(place_of("git", Path::new("/no/such/program")).is_none());
    }
}
