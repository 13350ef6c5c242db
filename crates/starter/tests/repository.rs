//! Repository starters against a real server on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use git_server::{GitServer, Manner};
use serde_json::json;
use starter::CreateErrorKind;

fn starter_of(server: &GitServer, more: &str) -> Book {
    let book = Book::new();
    let url = server.url("shop.git");
    book.write(
        "starters/shop/starter.toml",
        &format!("title = \"Shop\"\nsummary = \"A shop.\"\nrepository = \"{url}\"\nafter = \"Run `make`.\"\n{more}"),
    );
    book
}

#[test]
fn a_fresh_project_has_one_commit_with_its_provenance() {
    let server = GitServer::start(Manner::Well);
    let source = server.publish("shop.git", &[("a.txt", b"a")]);
    let book = starter_of(&server, "remote = \"https://git.example/team/shop.git\"\n");

    let made = book.create("starters/shop", &json!({})).unwrap();

    assert_eq!(made.source_commit.as_ref(), Some(&source));
    assert_eq!(made.after, "Run `make`.");
    assert_eq!(
        git_server::git(&made.folder, &["ls-files"]),
        ".roadbook/starter.toml\na.txt"
    );
    assert_eq!(git_server::git(&made.folder, &["rev-list", "HEAD"]), made.commit);
    assert_eq!(
        git_server::git(&made.folder, &["remote", "get-url", "origin"]),
        "https://git.example/team/shop.git"
    );
    let text = fs::read_to_string(made.folder.join(".roadbook/starter.toml")).unwrap();
    assert!(text.contains(&format!("commit = \"{source}\"")), "{text}");
    assert!(git::inspect(&made.folder).unwrap().clean);
}

#[test]
fn a_kept_history_stays_as_it_is() {
    let server = GitServer::start(Manner::Well);
    server.publish("shop.git", &[("a.txt", b"a")]);
    let source = server.push("shop.git", "next", &[("a.txt", b"b")]);
    let book = starter_of(&server, "history = \"keep\"\nref = \"next\"\n");

    let made = book.create("starters/shop", &json!({})).unwrap();

    assert_eq!(made.commit, source);
    assert_eq!(git_server::git(&made.folder, &["rev-list", "--count", "HEAD"]), "2");
    assert_eq!(
        git_server::git(&made.folder, &["remote", "get-url", "origin"]),
        server.url("shop.git")
    );
    assert!(made.folder.join(".roadbook/starter.toml").exists());
    assert!(git::inspect(&made.folder).unwrap().clean);
}

#[test]
fn a_server_that_says_no_leaves_nothing() {
    for (manner, kind) in [
        (Manner::Status(401), CreateErrorKind::SignIn),
        (Manner::Status(404), CreateErrorKind::NotFound),
        (Manner::CutShort, CreateErrorKind::Offline),
    ] {
        let server = GitServer::start(manner);
        let bytes: Vec<u8> = (0..60_000_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes())
            .collect();
        server.publish("shop.git", &[("a", &bytes)]);
        let book = starter_of(&server, "");

        let error = book.create("starters/shop", &json!({})).unwrap_err();

        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(book.projects_are_empty());
    }
}

#[test]
fn a_bad_starter_file_is_told_with_its_line() {
    let book = Book::new();
    for (text, line, words) in [
        ("title = \"x\"\nrepository = 3\n", 2, "invalid type"),
        (
            "title = \"x\"\nrepository = \"https://git.example/a\"\nhistory = \"none\"\n",
            3,
            "unknown variant",
        ),
        ("title = \"x\"\nrepository = \"ext::sh -c x\"\n", 2, "helper program"),
        (
            "title = \"x\"\nrepository = \"http://git.example/a\"\n",
            2,
            "https and ssh",
        ),
        ("title = \"x\"\nrepository = \"/etc\"\n", 2, "https and ssh"),
    ] {
        book.write("starters/bad/starter.toml", text);
        let error = starter::read(book.root(), &book.root().join("starters/bad")).unwrap_err();
        assert!(error.message.contains(words), "{error}");
        assert_eq!(
            (error.file.as_str(), error.line),
            ("starters/bad/starter.toml", line),
            "{error}"
        );
    }
}
