//! The folders that tools are usually installed in, for a search path that lacks them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{Scheme, Version};

/// Those that are there, of the system and of the person.
pub(super) fn usual(home: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ["/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin"]
        .map(PathBuf::from)
        .to_vec();
    if let Some(home) = home {
        let own = [
            ".local/bin",
            ".cargo/bin",
            ".local/share/mise/shims",
            ".asdf/shims",
            ".volta/bin",
            "go/bin",
            ".pyenv/shims",
            ".rbenv/shims",
            ".bun/bin",
            ".deno/bin",
            ".dotnet",
        ];
        folders.extend(own.map(|folder| home.join(folder)));
        let nodes = children(&home.join(".nvm/versions/node"));
        folders.extend(newest(nodes).map(|folder| folder.join("bin")));
        let candidates = children(&home.join(".sdkman/candidates"));
        folders.extend(candidates.into_iter().map(|folder| folder.join("current/bin")));
    }
    folders.extend(["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map(PathBuf::from));
    folders.retain(|folder| folder.is_dir());
    folders
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut children: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    children.sort();
    children
}

fn newest(folders: Vec<PathBuf>) -> Option<PathBuf> {
    let versioned = folders.into_iter().filter_map(|folder| {
        let version = Version::parse(folder.file_name()?.to_str()?, Scheme::Semver)?;
        Some((version, folder))
    });
    versioned
        .max_by(|left, right| left.0.cmp(&right.0))
        .map(|(_, folder)| folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn folders_that_are_there_are_named_with_the_newest_node() {
        let home = tempfile::tempdir().unwrap();
        for folder in [
            ".cargo/bin",
            ".nvm/versions/node/v9.11.2/bin",
            ".nvm/versions/node/v22.1.0/bin",
        ] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }

        let folders = usual(Some(home.path()));

        assert!(folders.contains(&home.path().join(".cargo/bin")));
        assert!(folders.contains(&home.path().join(".nvm/versions/node/v22.1.0/bin")));
        assert!(!folders.contains(&home.path().join(".nvm/versions/node/v9.11.2/bin")));
        assert!(!folders.contains(&home.path().join(".volta/bin")));
    }
}
