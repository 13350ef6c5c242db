//! Fixture roadbooks, written into a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::git_server::GitServer;
use crate::programs::repository_root;

/// The repository starter of [`Fixture::standard`], and the name of its repository on the server.
pub const STANDARD_STARTER: &str = "sample-app";

/// A roadbook for one test.
#[derive(Debug)]
pub struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// An empty folder.
    pub fn new() -> Self {
        Self {
            folder: TempDir::with_prefix("fixture-").expect("a temporary folder can be made"),
        }
    }

    /// The smallest roadbook: a manifest and nothing else.
    pub fn minimal() -> Self {
        Self::new().file(
            "roadbook.toml",
            "format = 1\nid = \"minimal\"\ntitle = \"Minimal roadbook\"\n",
        )
    }

    /// `tests/books/standard`: a path with every kind of task, a library, a template starter, and a repository
    /// starter ([`STANDARD_STARTER`]) on this server.
    pub fn standard(server: &GitServer) -> Self {
        let fixture = Self::new();
        copy(&repository_root().join("tests/books/standard"), fixture.folder());
        fixture.repository_starter(STANDARD_STARTER, &server.url(STANDARD_STARTER))
    }

    /// The server that [`Fixture::standard`] expects.
    pub fn standard_server() -> GitServer {
        GitServer::start().with_repository(
            STANDARD_STARTER,
            &[
                ("README.md", "# Sample app\n\nOwner: Team Orders\n"),
                ("app/main.txt", "Hello from the sample app.\n"),
                (".gitignore", "build/\n"),
            ],
        )
    }

    /// Writes a file, with its folders.
    #[must_use]
    pub fn file(self, path: &str, contents: &str) -> Self {
        self.write(path, contents);
        self
    }

    /// As [`Fixture::file`], in the middle of a test.
    pub fn write(&self, path: &str, contents: &str) {
        let file = self.folder().join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(file, contents).expect("a file can be written");
    }

    /// Takes a file or a folder away.
    #[must_use]
    pub fn without(self, path: &str) -> Self {
        let path = self.folder().join(path);
        let gone = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        gone.unwrap_or_else(|error| panic!("{} cannot be removed: {error}", path.display()));
        self
    }

    /// Replaces a text that the file must hold.
    #[must_use]
    pub fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.file(path, &text.replace(from, to))
    }

    /// Adds a starter that is a Git repository.
    #[must_use]
    pub fn repository_starter(self, id: &str, url: &str) -> Self {
        let starter = format!(
            "title = \"Sample application\"\nsummary = \"A small application to look at.\"\nrepository = \"{url}\"\n\
             ref = \"main\"\nhistory = \"fresh\"\nowner = \"Platform team\"\nafter = \"Read `README.md` first.\"\n"
        );
        self.file(&format!("starters/{id}/starter.toml"), &starter)
    }

    /// The roadbook's folder, for `--book`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// As text, for arguments.
    pub fn argument(&self) -> String {
        self.folder().display().to_string()
    }
}

impl Default for Fixture {
    fn default() -> Self {
        Self::new()
    }
}

fn copy(from: &Path, to: &Path) {
    let entries = fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    for entry in entries {
        let source: PathBuf = entry.expect("a folder can be read").path();
        let target = to.join(source.file_name().expect("an entry has a name"));
        if source.is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).expect("a file can be copied");
        }
    }
}
