//! Where the program keeps its files.

use std::path::{Path, PathBuf};

use crate::wire::{Code, Failure};

/// The folders that the program writes to, and the person's home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Progress and settings; worth a backup.
    pub data: PathBuf,
    /// What can be made again.
    pub cache: PathBuf,
    /// The person's home folder, for `~`.
    pub home: PathBuf,
}

impl Folders {
    /// This system's folders; `ROADBOOK_HOME` moves them under one.
    ///
    /// # Errors
    /// When the system names no home folder and `ROADBOOK_HOME` is not set.
    pub fn of_this_system() -> Result<Self, Failure> {
        let base = directories::BaseDirs::new();
        if let Some(root) = Self::root_of_choice() {
            let home = base.map_or_else(|| root.clone(), |base| base.home_dir().to_owned());
            return Ok(Self {
                data: root.join("data"),
                cache: root.join("cache"),
                home,
            });
        }
        let own = directories::ProjectDirs::from("", "", "roadbook");
        match (base, own) {
            (Some(base), Some(own)) => Ok(Self {
                data: own.data_dir().to_owned(),
                cache: own.cache_dir().to_owned(),
                home: base.home_dir().to_owned(),
            }),
            _ => Err(Failure {
                code: Code::Failed,
                message: "This system names no home folder for you.".to_owned(),
                hint: "Set ROADBOOK_HOME to a folder that Roadbook may write to.".to_owned(),
            }),
        }
    }

    /// The folder that `ROADBOOK_HOME` names, absolute, if it names one.
    pub fn root_of_choice() -> Option<PathBuf> {
        let root = PathBuf::from(std::env::var_os("ROADBOOK_HOME").filter(|root| !root.is_empty())?);
        Some(std::path::absolute(&root).unwrap_or(root))
    }

    /// The file of the store.
    pub fn journey(&self) -> PathBuf {
        self.data.join("journey.db")
    }

    /// A typed path: `~` stands for the home folder.
    pub fn expand(&self, typed: &str) -> PathBuf {
        let typed = typed.trim();
        if typed == "~" {
            return self.home.clone();
        }
        match typed.strip_prefix("~/").or_else(|| typed.strip_prefix("~\\")) {
            Some(rest) => self.home.join(rest),
            None => PathBuf::from(typed),
        }
    }

    /// A path as people write it: with `~` for the home folder.
    pub fn shorten(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if !rest.as_os_str().is_empty() => {
                format!("~{}{}", std::path::MAIN_SEPARATOR, rest.display())
            }
            _ => path.display().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_stands_for_the_home_folder() {
        let folders = Folders {
            data: "/d".into(),
            cache: "/c".into(),
            home: "/home/ada".into(),
        };

        assert_eq!(folders.expand(" ~/src "), Path::new("/home/ada/src"));
        assert_eq!(folders.expand("~"), Path::new("/home/ada"));
        assert_eq!(folders.expand("/srv/~x"), Path::new("/srv/~x"));
        assert_eq!(folders.shorten(Path::new("/home/ada/src")), "~/src");
        assert_eq!(folders.shorten(Path::new("/srv")), "/srv");
    }
}
