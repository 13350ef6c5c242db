//! Repositories that were made to write where a clone has no business: nothing is outside, no hook is in place, and
//! what is refused leaves nothing. By libgit2, and by the system's git, which takes over for SHA-256.
//!
//! | tree | class |
//! |---|---|
//! | `..` and names with a slash | traversal, RUSTSEC-2024-0349 |
//! | `.git`, also in other case, as a short name, with a dot or space behind it | CVE-2014-9390, CVE-2019-1352 |
//! | an alternate stream of `.git` | CVE-2019-1352 |
//! | backslashes | CVE-2019-1354 |
//! | a link to `.git` and a folder of the same name in other case | CVE-2021-21300, CVE-2024-32002 |
//! | a link out and a file behind it | CVE-2015-7545, RUSTSEC-2024-0350 |

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/home.rs"]
mod home;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use git::CloneRequest;
use git_server::{GitServer, Manner};
use home::Home;
use tokio_util::sync::CancellationToken;

const FILE: &str = "100644";
const PROGRAM: &str = "100755";
const LINK: &str = "120000";
const FOLDER: &str = "40000";

/// What is in a tree: mode, name, and the object.
type Entry<'a> = (&'a str, &'a str, String);

struct Repository {
    path: std::path::PathBuf,
}

impl Repository {
    fn new(server: &GitServer, format: &str) -> Self {
        let path = server.path("shop.git");
        let name = path.to_str().unwrap();
        let kind = format!("--object-format={format}");
        git_server::git(
            path.parent().unwrap(),
            &["init", "-q", "--bare", "-b", "main", &kind, name],
        );
        Self { path }
    }

    fn object(&self, kind: &str, bytes: &[u8]) -> String {
        let mut child = Command::new("git")
            .current_dir(&self.path)
            .args(["hash-object", "-w", "--literally", "--stdin", "-t", kind])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn blob(&self, text: &str) -> String {
        self.object("blob", text.as_bytes())
    }

    /// A tree that git itself would refuse to write.
    fn tree(&self, entries: &[Entry<'_>]) -> String {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend(format!("{mode} {name}\0").as_bytes());
            let digits = id.as_bytes().chunks(2);
            bytes.extend(digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()));
        }
        self.object("tree", &bytes)
    }

    fn publish(&self, tree: &str) {
        let commit = git_server::git(&self.path, &["commit-tree", "-m", "First", tree]);
        git_server::git(&self.path, &["update-ref", "refs/heads/main", &commit]);
    }
}

/// Clones it, and looks for what must not be there, whether it was refused or not.
fn clone_is_harmless(format: &str, name: &str, tree: impl Fn(&Repository) -> String) {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    let repository = Repository::new(&server, format);
    repository.publish(&tree(&repository));
    let request = CloneRequest::new(server.url("shop.git"), home.target());

    let cloned = git::clone(&request, &mut |_| {}, &CancellationToken::new());

    let target = home.target();
    let parent = target.parent().unwrap();
    git::finish_removals();
    match cloned {
        Ok(_) => {
            let around: Vec<_> = fs::read_dir(parent).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert_eq!(around, [target.file_name().unwrap()], "{name} by {format}");
        }
        Err(error) => {
            assert!(home.is_empty(), "{name} by {format} left something: {error}");
            assert!(!error.to_string().is_empty() && !error.hint().is_empty(), "{error:?}");
        }
    }
    assert!(no_hook(&target), "{name} by {format}");
    assert!(!parent.join("evil").exists(), "{name} by {format}");
}

fn no_hook(project: &Path) -> bool {
    ["post-checkout", "post-commit", "pre-commit"]
        .iter()
        .all(|hook| !project.join(".git/hooks").join(hook).exists())
}

fn hooks(repository: &Repository) -> String {
    let hook = repository.blob("#!/bin/sh\ntouch ../evil\n");
    let hooks = repository.tree(&[
        (PROGRAM, "post-checkout", hook.clone()),
        (PROGRAM, "post-commit", hook.clone()),
        (PROGRAM, "pre-commit", hook),
    ]);
    repository.tree(&[(FOLDER, "hooks", hooks)])
}

/// As far as this machine has both.
const FORMATS: [&str; 2] = ["sha1", "sha256"];

#[test]
fn names_that_lead_out_write_nothing_outside() {
    for format in FORMATS {
        for name in [
            "..",
            "../evil",
            "a/../../evil",
            "/tmp/roadbook-evil",
            "..\\evil",
            "a\\..\\..\\evil",
            ".",
        ] {
            clone_is_harmless(format, name, |repository| {
                let inner = repository.tree(&[(FILE, "evil", repository.blob("evil"))]);
                let as_folder = name == ".." || name == ".";
                let entry = if as_folder {
                    (FOLDER, name, inner)
                } else {
                    (FILE, name, repository.blob("evil"))
                };
                repository.tree(&[entry])
            });
        }
        assert!(!Path::new("/tmp/roadbook-evil").exists());
    }
}

#[test]
fn gits_own_folder_comes_from_nobody_else() {
    for format in FORMATS {
        for name in [
            ".git",
            ".GIT",
            ".Git",
            "git~1",
            "GIT~1",
            ".git.",
            ".git ",
            ".git::$INDEX_ALLOCATION",
            ".g\u{200c}it",
        ] {
            clone_is_harmless(format, name, |repository| {
                repository.tree(&[(FOLDER, name, hooks(repository))])
            });
        }
    }
}

#[test]
fn a_link_into_git_does_not_take_a_folders_place() {
    for format in FORMATS {
        for (link, folder, target) in [
            ("a", "A", ".git"),
            ("A", "a", ".git"),
            ("a", "a", ".git"),
            ("a", "a", ".."),
        ] {
            clone_is_harmless(format, &format!("{link} -> {target} and {folder}/"), |repository| {
                let file = repository.tree(&[(FILE, "evil", repository.blob("evil"))]);
                let inside = if target == ".git" { hooks(repository) } else { file };
                repository.tree(&[(LINK, link, repository.blob(target)), (FOLDER, folder, inside)])
            });
        }
    }
}
