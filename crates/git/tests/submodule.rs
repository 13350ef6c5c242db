//! Submodules: cloned with the repository, and refused where they reach for more than their folder.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/project.rs"]
mod project;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use git::{CloneRequest, Cloned, Error, History, Kind, Progress};
use git_server::{GitServer, Manner};
use tokio_util::sync::CancellationToken;

struct Desk {
    home: tempfile::TempDir,
    server: GitServer,
}

/// A submodule as `.gitmodules` and the tree name it.
struct Submodule<'a> {
    name: &'a str,
    path: &'a str,
    url: &'a str,
    commit: &'a str,
}

impl Desk {
    fn new() -> Self {
        git::read_settings_from(git_server::settings());
        Self {
            home: tempfile::tempdir().unwrap(),
            server: GitServer::start(Manner::Well),
        }
    }

    fn target(&self) -> PathBuf {
        self.home.path().join("shop")
    }

    /// Publishes a repository with submodules that no well-meaning tool would write.
    fn publish(&self, name: &str, submodules: &[Submodule<'_>]) -> String {
        let work = tempfile::tempdir().unwrap();
        let git = |arguments: &[&str]| git_server::git(work.path(), arguments);
        git(&["init", "-q", "-b", "main"]);
        fs::write(work.path().join("README.md"), "readme").unwrap();
        let mut text = String::new();
        for Submodule { name, path, url, .. } in submodules {
            write!(text, "[submodule \"{name}\"]\n\tpath = {path}\n\turl = {url}\n").unwrap();
        }
        fs::write(work.path().join(".gitmodules"), text).unwrap();
        git(&["add", "-A"]);
        for Submodule { path, commit, .. } in submodules {
            git(&[
                "update-index",
                "--add",
                "--cacheinfo",
                &format!("160000,{commit},{path}"),
            ]);
        }
        git(&["commit", "-q", "-m", "First"]);
        git(&["clone", "-q", "--bare", ".", self.server.path(name).to_str().unwrap()]);
        git(&["rev-parse", "HEAD"])
    }

    fn clone(&self, history: History) -> Result<Cloned, Error> {
        let request = CloneRequest {
            history,
            ..CloneRequest::new(self.server.url("shop.git"), self.target())
        };
        project::clone(&request)
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// A library with a library of its own, whose wanted commits are not the newest.
fn nested(desk: &Desk) -> (String, String) {
    let inner = desk.server.publish("inner.git", &[("inner.txt", b"inner")]);
    desk.server.push("inner.git", "main", &[("inner.txt", b"newer")]);
    let url = desk.server.url("inner.git");
    let lib = desk.publish(
        "lib.git",
        &[Submodule {
            name: "inner",
            path: "deep/inner",
            url: &url,
            commit: &inner,
        }],
    );
    let submodule = Submodule {
        name: "vendored lib",
        path: "vendor/lib",
        url: "../lib.git",
        commit: &lib,
    };
    desk.publish("shop.git", &[submodule]);
    (lib, inner)
}

#[test]
fn submodules_come_with_a_kept_history_as_git_would_bring_them() {
    let desk = Desk::new();
    let (lib, inner) = nested(&desk);

    desk.clone(History::Keep).unwrap();

    let target = desk.target();
    assert_eq!(read(&target.join("vendor/lib/deep/inner/inner.txt")), "inner");
    let status = git_server::git(&target, &["submodule", "status", "--recursive"]);
    let lines: Vec<_> = status.lines().map(|line| line.split(" (").next().unwrap()).collect();
    // A minus, plus or U in front of the commit would mean that something is missing or differs.
    let expected = [format!(" {lib} vendor/lib"), format!(" {inner} vendor/lib/deep/inner")];
    assert_eq!(
        lines.iter().map(|l| l.trim_start()).collect::<Vec<_>>(),
        expected.each_ref().map(|l| l.trim_start())
    );
    assert!(
        !status.contains(['-', '+', 'U'].map(|c| format!("\n{c}")).join("").as_str()),
        "{status}"
    );
    assert_eq!(git_server::git(&target, &["status", "--porcelain"]), "");
    let origin = git_server::git(&target.join("vendor/lib"), &["remote", "get-url", "origin"]);
    assert_eq!(origin, desk.server.url("lib.git"));
    assert!(git::inspect(&target).unwrap().clean);
}

#[test]
fn a_fresh_project_keeps_its_submodules() {
    let desk = Desk::new();
    let (lib, _) = nested(&desk);

    desk.clone(History::Fresh).unwrap();

    let target = desk.target();
    assert_eq!(read(&target.join("vendor/lib/deep/inner/inner.txt")), "inner");
    assert_eq!(git_server::git(&target, &["rev-list", "--count", "HEAD"]), "1");
    assert_eq!(
        git_server::git(&target, &["ls-tree", "HEAD", "vendor/lib"]),
        format!("160000 commit {lib}\tvendor/lib")
    );
    assert_eq!(git_server::git(&target, &["status", "--porcelain"]), "");
    git_server::git(&target, &["fsck", "--strict"]);
    // Git itself goes on with them.
    let sync = ["-c", "protocol.file.allow=never", "submodule", "update", "--recursive"];
    git_server::git(&target, &sync);
}

#[test]
fn only_the_files_of_submodules_come_when_only_files_are_wanted() {
    let desk = Desk::new();
    nested(&desk);

    desk.clone(History::Files).unwrap();

    let target = desk.target();
    assert_eq!(read(&target.join("vendor/lib/deep/inner/inner.txt")), "inner");
    let found = Command::new("find")
        .arg(&target)
        .args(["-name", ".git"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(found.stdout).unwrap(), "");
}

#[test]
fn progress_tells_which_submodule_it_is_about() {
    let desk = Desk::new();
    nested(&desk);
    let mut numbers = Vec::new();
    let mut tell = |progress: Progress| numbers.push(progress.submodule);

    let request = CloneRequest::new(desk.server.url("shop.git"), desk.target());
    project::clone_telling(&request, &mut tell).unwrap();

    numbers.dedup();
    assert_eq!(numbers, [0, 1, 2]);
}

#[test]
fn cancelling_in_a_submodule_leaves_nothing() {
    let desk = Desk::new();
    nested(&desk);
    let cancel = CancellationToken::new();
    let mut tell = |progress: Progress| {
        if progress.submodule == 2 {
            cancel.cancel();
        }
    };

    let request = CloneRequest::new(desk.server.url("shop.git"), desk.target());
    let error = git::clone(&request, &mut tell, &cancel).unwrap_err();

    assert_eq!(error.kind(), Kind::Cancelled);
    assert_eq!(fs::read_dir(desk.home.path()).unwrap().count(), 0);
}

#[test]
fn a_submodule_that_is_not_there_is_named() {
    let desk = Desk::new();
    let commit = "1".repeat(40);
    desk.publish(
        "shop.git",
        &[Submodule {
            name: "lib",
            path: "lib",
            url: "../gone.git",
            commit: &commit,
        }],
    );

    let error = desk.clone(History::Fresh).unwrap_err();

    assert!(
        matches!(&error, Error::InSubmodule { path, .. } if path == "lib"),
        "{error:?}"
    );
    assert_eq!(error.kind(), Kind::NotFound);
    assert_eq!(fs::read_dir(desk.home.path()).unwrap().count(), 0);
}

#[test]
fn an_entry_without_its_settings_stays_an_empty_folder() {
    let desk = Desk::new();
    let commit = "1".repeat(40);
    desk.publish("shop.git", &[]);
    let work = tempfile::tempdir().unwrap();
    let bare = desk.server.path("shop.git");
    let git = |arguments: &[&str]| git_server::git(work.path(), arguments);
    git(&["clone", "-q", bare.to_str().unwrap(), "."]);
    git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},lib")]);
    git(&["commit", "-q", "-m", "A link to nowhere"]);
    git(&["push", "-q", "origin", "main"]);

    desk.clone(History::Keep).unwrap();

    assert_eq!(fs::read_dir(desk.target().join("lib")).unwrap().count(), 0);
}

#[test]
fn a_submodule_that_reaches_for_more_is_refused() {
    let desk = Desk::new();
    let commit = desk
        .server
        .publish("lib.git", &[("post-checkout", b"#!/bin/sh\ntouch pwned\n")]);
    let good = desk.server.url("lib.git");
    let local = desk.server.path("lib.git").display().to_string();
    for (case, (name, path, url)) in [
        // Addresses: other machines and this one's files only by the rules of cloning.
        ("lib", "lib", &*local),
        ("lib", "lib", &*format!("file://{local}")),
        ("lib", "lib", "ext::sh -c touch% pwned"),
        ("lib", "lib", "-u./payload"),
        ("lib", "lib", "--upload-pack=touch pwned"),
        ("lib", "lib", "ssh://-oProxyCommand=touch/x"),
        ("lib", "lib", "../../../../../../lib.git"),
        ("lib", "lib", "http://git.example/lib.git"),
        // Names become folders below `.git/modules` (CVE-2018-11235).
        ("../../../hooks", "lib", &*good),
        ("a/../../../hooks", "lib", &*good),
        ("/tmp/x", "lib", &*good),
        ("..", "lib", &*good),
        (".git", "lib", &*good),
        // A path that git's own programs would read as an option (CVE-2018-17456).
        ("lib", "-lib", &*good),
    ]
    .into_iter()
    .enumerate()
    {
        let shop = format!("shop-{case}.git");
        desk.publish(
            &shop,
            &[Submodule {
                name,
                path,
                url,
                commit: &commit,
            }],
        );
        for history in [History::Fresh, History::Keep, History::Files] {
            let request = CloneRequest {
                history,
                ..CloneRequest::new(desk.server.url(&shop), desk.target())
            };
            let error = git::clone(&request, &mut |_| {}, &CancellationToken::new()).unwrap_err();
            assert!(
                matches!(error, Error::Submodule { .. }),
                "{name} {path} {url}: {error:?}"
            );
            assert_eq!(
                fs::read_dir(desk.home.path()).unwrap().count(),
                0,
                "{name} {path} {url}"
            );
        }
    }
}

#[test]
fn a_name_that_leads_into_another_submodule_is_refused() {
    let desk = Desk::new();
    let commit = desk.server.publish("lib.git", &[("x", b"x")]);
    let url = desk.server.url("lib.git");
    desk.publish(
        "shop.git",
        &[
            Submodule {
                name: "hippo",
                path: "a",
                url: &url,
                commit: &commit,
            },
            Submodule {
                name: "hippo/hooks",
                path: "b",
                url: &url,
                commit: &commit,
            },
        ],
    );

    let error = desk.clone(History::Keep).unwrap_err();

    assert!(matches!(error, Error::Submodule { .. }), "{error:?}");
    assert_eq!(fs::read_dir(desk.home.path()).unwrap().count(), 0);
}

#[test]
fn a_linked_gitmodules_is_refused() {
    let desk = Desk::new();
    desk.publish("shop.git", &[]);
    // Git itself would not write such a tree.
    let bare = git2::Repository::open_bare(desk.server.path("shop.git")).unwrap();
    let parent = bare.head().unwrap().peel_to_commit().unwrap();
    let mut tree = bare.treebuilder(Some(&parent.tree().unwrap())).unwrap();
    tree.insert(".gitmodules", bare.blob(b"README.md").unwrap(), 0o120_000)
        .unwrap();
    let tree = bare.find_tree(tree.write().unwrap()).unwrap();
    let who = git2::Signature::now("Test Person", "test@example.com").unwrap();
    bare.commit(Some("HEAD"), &who, &who, "A link", &tree, &[&parent])
        .unwrap();

    let error = desk.clone(History::Keep).unwrap_err();

    assert!(matches!(error, Error::Submodule { .. }), "{error:?}");
    assert_eq!(fs::read_dir(desk.home.path()).unwrap().count(), 0);
}
