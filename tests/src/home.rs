//! A hermetic home: what a program under test sees of the machine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::command::Run;
use crate::programs::{built_program, find_program};
use crate::wait::{DEADLINE, until};

/// Folders of the system that hold what every program may use: a shell, Git, a compiler.
const SYSTEM_FOLDERS: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/// A person's machine for the length of a test: empty folders, a Git identity, a search path, and nothing of the
/// environment that the tests run in.
#[derive(Debug)]
pub struct Home {
    root: TempDir,
    variables: BTreeMap<String, OsString>,
}

impl Home {
    /// With the Git identity "Ada Tester".
    pub fn new() -> Self {
        let home = Self::without_git_identity();
        home.write(
            "home/.gitconfig",
            "[user]\n\tname = Ada Tester\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n",
        );
        home
    }

    /// With no Git configuration at all.
    pub fn without_git_identity() -> Self {
        let root = TempDir::with_prefix("roadbook-").expect("a temporary folder can be made");
        for folder in ["home", "bin", "tmp", "run", "roadbook", "projects"] {
            fs::create_dir(root.path().join(folder)).expect("a folder can be made in a temporary folder");
        }
        let path = root.path().to_owned();
        let home = path.join("home");
        // A login shell sets its own search path, and would lose the test's programs.
        fs::write(
            home.join(".profile"),
            format!("PATH={}/bin:{SYSTEM_FOLDERS}\n", path.display()),
        )
        .expect("a file can be written in a temporary folder");
        let mut variables: BTreeMap<String, OsString> = [
            ("LANG", "C.UTF-8"),
            ("LC_ALL", "C.UTF-8"),
            ("TZ", "UTC"),
            ("TERM", "dumb"),
            ("COLUMNS", "100"),
            ("USER", "ada"),
            ("LOGNAME", "ada"),
            ("SHELL", "/bin/sh"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("RUST_BACKTRACE", "1"),
            ("RUST_LOG", "warn"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
        let mut search = path.join("bin").into_os_string();
        search.push(":");
        search.push(SYSTEM_FOLDERS);
        variables.insert("PATH".into(), search);
        for (name, folder) in [
            ("HOME", "home"),
            ("TMPDIR", "tmp"),
            ("ROADBOOK_HOME", "roadbook"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            variables.insert(name.into(), path.join(folder).into());
        }
        Self { root, variables }
    }

    /// Sets a variable for everything started from now on.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// Puts a program on the search path, before those of the system: `script` is the body of a shell script.
    #[must_use]
    pub fn with_tool(self, name: &str, script: &str) -> Self {
        self.install_tool(name, script);
        self
    }

    /// As [`Home::with_tool`], in the middle of a test.
    pub fn install_tool(&self, name: &str, script: &str) {
        let file = self.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
        make_executable(&file);
    }

    /// A search path with only the named programs of this machine (and a shell), so that nothing else is found.
    #[must_use]
    pub fn with_only_tools(mut self, names: &[&str]) -> Self {
        for name in names.iter().chain(&["sh", "env"]) {
            let program = find_program(name).unwrap_or_else(|| panic!("{name} is not on this machine"));
            let link = self.path("bin").join(name);
            drop(fs::remove_file(&link));
            std::os::unix::fs::symlink(program, link).expect("a link can be made in a temporary folder");
        }
        let only = self.path("bin").into_os_string();
        self.write("home/.profile", &format!("PATH={}\n", self.path("bin").display()));
        self.variables.insert("PATH".into(), only);
        self
    }

    /// A file or folder below the test's own root: `home`, `projects`, `roadbook` (`ROADBOOK_HOME`), `bin`, `tmp`.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// The folder that a test makes projects in.
    pub fn projects(&self) -> PathBuf {
        self.path("projects")
    }

    /// Waits until a new project is under construction in [`Home::projects`].
    pub fn wait_for_partial(&self) {
        let begun = until(DEADLINE, || {
            let mut entries = fs::read_dir(self.projects()).expect("it is there").flatten();
            let partial = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().contains(".partial-");
            if entries.any(|entry| partial(&entry)) {
                Ok(())
            } else {
                Err(())
            }
        });
        assert!(begun.is_ok(), "no project was begun within {DEADLINE:?}");
    }

    /// Writes a file below the root, with its folders.
    pub fn write(&self, below: &str, contents: &str) -> PathBuf {
        let file = self.path(below);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(&file, contents).expect("a file can be written in a temporary folder");
        file
    }

    /// Every file with this name among those the program keeps, sorted.
    pub fn kept_files(&self, name_starts_with: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.path("roadbook"), &mut |file| {
            if file
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(name_starts_with))
            {
                found.push(file.to_owned());
            }
        });
        found.sort();
        found
    }

    /// The environment of a program under test; it gets no other variables.
    pub fn variables(&self) -> &BTreeMap<String, OsString> {
        &self.variables
    }

    /// The real `roadbook` command in this home, to be run in [`Home::projects`].
    pub fn roadbook<A: Into<OsString>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.program(built_program("roadbook", "ROADBOOK_BIN", "cli"), arguments)
    }

    /// The system's `git` in this home.
    pub fn git<A: Into<OsString>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.program("git", arguments)
    }

    /// Any program in this home.
    pub fn program<A: Into<OsString>>(
        &self,
        program: impl Into<OsString>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Run {
        Run::new(self, program.into(), arguments.into_iter().map(Into::into).collect())
    }

    /// The text with this home's folder written as `[HOME]`, so that outputs can be compared.
    pub fn normalise(&self, text: &str) -> String {
        normalise(text, self.root.path())
    }

    /// The folder of everything in this home.
    pub fn root(&self) -> &Path {
        self.root.path()
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

/// Replaces the path of a home, also as its resolved self.
pub(crate) fn normalise(text: &str, root: &Path) -> String {
    let mut text = text.to_owned();
    if let Ok(resolved) = root.canonicalize() {
        text = text.replace(&resolved.display().to_string(), "[HOME]");
    }
    text.replace(&root.display().to_string(), "[HOME]")
}

fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, visit);
        } else {
            visit(&path);
        }
    }
}
