//! Mirrors: work without a network, and what is current need not be sent again.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/project.rs"]
mod project;

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use git::{CloneRequest, Cloned, Error, History, Kind, Mirror, MirrorRequest, Phase, Progress};
use git_server::{GitServer, Manner};
use tokio_util::sync::CancellationToken;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        git::read_settings_from(git_server::settings());
        Self(tempfile::tempdir().unwrap())
    }

    fn mirrors(&self) -> PathBuf {
        self.0.path().join("cache/mirrors")
    }

    fn target(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn fetch(&self, url: &str) -> Result<Mirror, Error> {
        let request = MirrorRequest::new(url, self.mirrors());
        git::fetch_mirror(&request, &mut |_| {}, &CancellationToken::new())
    }

    fn request(&self, url: &str, name: &str, history: History, reference: Option<&str>) -> CloneRequest {
        CloneRequest {
            history,
            reference: reference.map(str::to_owned),
            mirrors: Some(self.mirrors()),
            ..CloneRequest::new(url, self.target(name))
        }
    }

    fn clone(&self, url: &str, name: &str, history: History, reference: Option<&str>) -> Result<Cloned, Error> {
        project::clone(&self.request(url, name, history, reference))
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    /// The versions of the only mirror.
    fn versions(&self) -> usize {
        let home = fs::read_dir(self.mirrors()).unwrap().next().unwrap().unwrap().path();
        fs::read_dir(home).unwrap().count()
    }
}

/// Ends the server and waits until its port is closed.
fn offline(server: GitServer, url: &str) {
    let address = url.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    drop(server);
    let end = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(&address).is_ok() {
        assert!(Instant::now() < end, "the server still listens");
    }
}

#[test]
fn without_a_network_a_project_comes_from_the_mirror() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    let first = server.publish("shop.git", &[("a", b"1")]);
    git_server::git(&server.path("shop.git"), &["tag", "-a", "v1", "-m", "One"]);
    let main = server.push("shop.git", "main", &[("a", b"2")]);
    let next = server.push("shop.git", "next", &[("a", b"3")]);
    let mirror = desk.fetch(&url).unwrap();
    assert!(mirror.bytes > 0 && mirror.age() < Duration::from_mins(5), "{mirror:?}");
    assert_eq!(git::mirror_of(&desk.mirrors(), &url), Some(mirror.clone()));
    offline(server, &url);

    let cases = [
        (None, &main, "2"),
        (Some("next"), &next, "3"),
        (Some("v1"), &first, "1"),
        (Some(first.as_str()), &first, "1"),
    ];
    for (case, (reference, commit, text)) in cases.into_iter().enumerate() {
        for history in [History::Fresh, History::Keep, History::Files] {
            let name = format!("{case}-{history:?}");
            let cloned = desk.clone(&url, &name, history, reference).unwrap();
            assert_eq!(
                (&cloned.commit, cloned.mirrored),
                (commit, Some(mirror.fetched)),
                "{name}"
            );
            assert_eq!(desk.read(&format!("{name}/a")), text, "{name}");
            if matches!(history, History::Fresh | History::Keep) {
                git_server::git(&desk.target(&name), &["fsck", "--strict"]);
                assert!(git::inspect(&desk.target(&name)).unwrap().clean);
            }
        }
    }
    let kept = desk.target("0-Keep");
    assert_eq!(git_server::git(&kept, &["remote", "get-url", "origin"]), url);
    assert_eq!(git_server::git(&kept, &["rev-list", "--count", "HEAD"]), "2");
    assert_eq!(git_server::git(&kept, &["rev-parse", "origin/next"]), next);
    let error = desk.clone(&url, "none", History::Fresh, Some("v9")).unwrap_err();
    assert!(matches!(error, Error::NoSuchReference { .. }), "{error:?}");
}

#[test]
fn without_a_network_and_without_a_mirror_it_is_offline() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    offline(server, &url);

    let error = desk.clone(&url, "shop", History::Fresh, None).unwrap_err();

    assert_eq!(error.kind(), Kind::Offline);
}

#[test]
fn what_is_current_is_not_sent_again() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    server.publish("shop.git", &[("a", b"1")]);
    desk.fetch(&url).unwrap();
    let request = desk.request(&url, "shop", History::Fresh, None);
    let mut received = false;
    let mut tell = |progress: Progress| received |= matches!(progress.phase, Phase::Receiving { .. });

    let cloned = project::clone_telling(&request, &mut tell).unwrap();

    assert!(cloned.mirrored.is_some() && !received);
}

#[test]
fn what_has_moved_on_comes_from_the_server() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    server.publish("shop.git", &[("a", b"1")]);
    desk.fetch(&url).unwrap();
    let newer = server.push("shop.git", "other", &[("a", b"2")]);

    let same = desk.clone(&url, "same", History::Fresh, None).unwrap();
    let other = desk.clone(&url, "other", History::Fresh, Some("other")).unwrap();
    let all = desk.clone(&url, "all", History::Keep, None).unwrap();

    assert!(same.mirrored.is_some(), "its branch is where it was");
    assert_eq!((other.commit, other.mirrored), (newer, None));
    assert_eq!(all.mirrored, None, "one of all branches has moved");
}

#[test]
fn an_update_brings_what_is_new_and_drops_what_is_gone() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    server.publish("shop.git", &[("a", b"1")]);
    server.push("shop.git", "gone", &[("a", b"2")]);
    let old = desk.fetch(&url).unwrap();
    let bare = server.path("shop.git");
    git_server::git(&bare, &["branch", "-D", "gone"]);
    git_server::git(&bare, &["branch", "-m", "main", "trunk"]);
    let newer = server.push("shop.git", "trunk", &[("a", b"3")]);

    let new = desk.fetch(&url).unwrap();
    let newest = desk.fetch(&url).unwrap();

    assert!(old.fetched < new.fetched && new.fetched < newest.fetched);
    assert_eq!(desk.versions(), 2, "one older version stays for those who are using it");
    let refs = git_server::git(&newest.folder, &["for-each-ref", "--format=%(refname) %(objectname)"]);
    assert_eq!(refs, format!("refs/heads/trunk {newer}"));
    assert_eq!(
        git_server::git(&newest.folder, &["symbolic-ref", "HEAD"]),
        "refs/heads/trunk"
    );
    git_server::git(&newest.folder, &["fsck", "--strict"]);
}

#[test]
fn a_failed_update_leaves_the_mirror_that_was_there() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    server.publish("shop.git", &[("a", b"1")]);
    let mirror = desk.fetch(&url).unwrap();
    offline(server, &url);

    let error = desk.fetch(&url).unwrap_err();

    assert_eq!(error.kind(), Kind::Offline);
    assert_eq!(git::mirror_of(&desk.mirrors(), &url), Some(mirror));
    assert_eq!(desk.versions(), 1);
}

#[test]
fn submodules_are_mirrored_with_the_repository() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    let lib = server.publish("lib.git", &[("lib.txt", b"lib")]);
    server.push("lib.git", "main", &[("lib.txt", b"newer")]);
    server.publish(
        "shop.git",
        &[(
            ".gitmodules",
            b"[submodule \"lib\"]\n\tpath = lib\n\turl = ../lib.git\n",
        )],
    );
    let work = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| git_server::git(work.path(), arguments);
    git(&["clone", "-q", server.path("shop.git").to_str().unwrap(), "."]);
    git(&["update-index", "--add", "--cacheinfo", &format!("160000,{lib},lib")]);
    git(&["commit", "-q", "-m", "A library"]);
    git(&["push", "-q", "origin", "main"]);
    desk.fetch(&url).unwrap();
    offline(server, &url);

    for history in [History::Fresh, History::Keep, History::Files] {
        let name = format!("{history:?}");
        desk.clone(&url, &name, history, None).unwrap();
        assert_eq!(desk.read(&format!("{name}/lib/lib.txt")), "lib", "{name}");
    }
    git_server::git(&desk.target("Keep/lib"), &["fsck", "--strict"]);
    assert_eq!(git_server::git(&desk.target("Fresh"), &["status", "--porcelain"]), "");
}

#[test]
fn a_removed_mirror_is_gone() {
    let (desk, server) = (Desk::new(), GitServer::start(Manner::Well));
    let url = server.url("shop.git");
    server.publish("shop.git", &[("a", b"1")]);
    desk.fetch(&url).unwrap();

    git::remove_mirror(&desk.mirrors(), &url).unwrap();

    assert_eq!(git::mirror_of(&desk.mirrors(), &url), None);
    git::remove_mirror(&desk.mirrors(), &url).unwrap();
}
