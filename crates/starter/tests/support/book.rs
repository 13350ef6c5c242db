//! A roadbook's folder with starters, and a folder for projects.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use starter::{CreateError, Created, Request, Starter};
use tokio_util::sync::CancellationToken;

pub struct Book {
    home: tempfile::TempDir,
    root: PathBuf,
}

impl Book {
    pub fn new() -> Self {
        git::read_settings_from(crate::git_server::settings());
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("book");
        fs::create_dir(&root).unwrap();
        Self { home, root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn write(&self, file: &str, text: &str) {
        self.write_bytes(file, text.as_bytes());
    }

    pub fn write_bytes(&self, file: &str, bytes: &[u8]) {
        let path = self.root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// A template of these steps and parameters.
    pub fn template(&self, id: &str, steps: &str, parameters: &str) {
        let text = format!(
            "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {{ name: demo }}\nspec:\n  \
             parameters:\n{parameters}  steps:\n{steps}"
        );
        self.write(&format!("starters/{id}/template.yaml"), &text);
    }

    #[cfg(unix)]
    pub fn link(&self, file: &str, target: &str) {
        std::os::unix::fs::symlink(target, self.root.join(file)).unwrap();
    }

    #[cfg(unix)]
    pub fn make_executable(&self, file: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(self.root.join(file), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn read(&self, starter: &str) -> Starter {
        starter::read(&self.root, &self.root.join(starter)).unwrap()
    }

    pub fn request(&self, values: &Value) -> Request {
        Request {
            target: self.home.path().join("projects/shop"),
            values: values.as_object().unwrap().clone(),
            message: "Start shop".into(),
            book: Some("acme".into()),
            version: Some("2026.11.1".into()),
            made: "2026-11-02T10:00:00Z".into(),
            accept_host_key: None,
            mirrors: None,
        }
    }

    pub fn create(&self, starter: &str, values: &Value) -> Result<Created, CreateError> {
        starter::create(
            &self.read(starter),
            &self.request(values),
            &mut |_| {},
            &CancellationToken::new(),
        )
    }

    /// Whether nothing was left where projects are made, hidden or not.
    pub fn projects_are_empty(&self) -> bool {
        !self.home.path().join("projects").exists()
    }
}

/// The files of a folder with their texts; `*` marks programs, `->` links.
pub fn tree(folder: &Path) -> String {
    let mut files = Vec::new();
    walk(folder, folder, &mut files);
    files.sort();
    let mut out = String::new();
    for file in files {
        let path = folder.join(&file);
        if let Ok(target) = fs::read_link(&path) {
            writeln!(out, "--- {file} -> {}", target.display()).unwrap();
            continue;
        }
        let mark = if is_program(&path) { " *" } else { "" };
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        writeln!(
            out,
            "--- {file}{mark}\n{}",
            text.escape_debug()
                .to_string()
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\'", "'")
        )
        .unwrap();
    }
    out
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == ".git" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(root, &entry.path(), files);
        } else {
            files.push(entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o111 != 0
}
