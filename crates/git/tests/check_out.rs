//! What the files of a clone are: what Git would have written.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/home.rs"]
mod home;
#[path = "support/project.rs"]
mod project;

use std::fs;
use std::path::Path;

use git::CloneRequest;
use git_server::{GitServer, Manner};
use home::Home;
use project::clone;

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn attributes_of_the_repository_count_wherever_they_lie() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish(
        "shop.git",
        &[
            ("docs/.gitattributes", b"*.txt text eol=crlf\n"),
            ("docs/a.txt", b"one\ntwo\n"),
            ("b.txt", b"one\ntwo\n"),
        ],
    );

    clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap();

    assert_eq!(read(&home.target(), "docs/a.txt"), "one\r\ntwo\r\n");
    assert_eq!(read(&home.target(), "b.txt"), "one\ntwo\n");
}

#[test]
fn names_of_every_kind_arrive_as_git_would_write_them() {
    for name in [
        "täglich.txt",
        "a\"b.txt",
        ".git-hooks/x",
        "deep/.gitkeep",
        "trailing.",
        "~x",
    ] {
        let (home, server) = (Home::new(), GitServer::start(Manner::Well));
        server.publish("shop.git", &[("plain/file.txt", b"plain"), (name, b"odd")]);

        clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap();

        assert_eq!(read(&home.target(), name), "odd", "{name}");
        assert_eq!(read(&home.target(), "plain/file.txt"), "plain");
        git_server::git(&home.target(), &["diff-files", "--quiet"]);
        assert!(git::inspect(&home.target()).unwrap().clean, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn programs_stay_programs_and_links_stay_links() {
    use std::os::unix::fs::PermissionsExt as _;
    for link in [false, true] {
        let (home, server) = (Home::new(), GitServer::start(Manner::Well));
        let work = tempfile::tempdir().unwrap();
        fs::create_dir(work.path().join("bin")).unwrap();
        let program = work.path().join("bin/run");
        fs::write(&program, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(work.path().join("text"), "text").unwrap();
        if link {
            std::os::unix::fs::symlink("bin/run", work.path().join("link")).unwrap();
        }
        server.publish_folder("shop.git", work.path());

        clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap();

        let mode = |file: &str| fs::metadata(home.target().join(file)).unwrap().permissions().mode();
        assert_eq!((mode("bin/run") & 0o111 != 0, mode("text") & 0o111 != 0), (true, false));
        assert_eq!(home.target().join("link").is_symlink(), link);
        git_server::git(&home.target(), &["diff-files", "--quiet"]);
    }
}
