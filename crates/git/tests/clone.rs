//! Clones from a real server on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/home.rs"]
mod home;
#[path = "support/noise.rs"]
mod noise;
#[path = "support/project.rs"]
mod project;

use std::fs;
use std::path::Path;
use std::time::Duration;

use git::{CloneRequest, Error, History, Kind, Phase, Progress};
use git_server::{FullQueue, GitServer, Manner};
use home::Home;
use noise::noise;
use project::{clone, clone_telling};
use tokio_util::sync::CancellationToken;

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn a_fresh_clone_has_the_files_one_commit_and_no_origin() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("old.txt", b"old")]);
    let source = server.push(
        "shop.git",
        "main",
        &[
            ("src/main.rs", b"fn main() {}\n"),
            (".gitignore", b"*.log\n"),
            ("kept.log", b"kept"),
        ],
    );
    let cloned = clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap();

    assert_eq!(
        (cloned.commit, cloned.branch.as_deref(), cloned.lfs),
        (source, Some("main"), false)
    );
    let target = home.target();
    assert_eq!(read(&target, "src/main.rs"), "fn main() {}\n");
    assert_eq!(
        git_server::git(&target, &["log", "--format=%an <%ae> %s"]),
        "Test Person <test@example.com> Start shop"
    );
    assert_eq!(git_server::git(&target, &["remote"]), "");
    assert_eq!(
        git_server::git(&target, &["ls-files"]),
        ".gitignore\nkept.log\nold.txt\nsrc/main.rs"
    );
    let status = git::inspect(&target).unwrap();
    assert_eq!(
        (status.branch.as_deref(), status.clean, status.head),
        (
            Some("main"),
            true,
            Some(git_server::git(&target, &["rev-list", "HEAD"]))
        )
    );
    // Whole, not shallow, and as Git itself would have noted it: nothing has to be read again.
    git_server::git(&target, &["fsck", "--strict"]);
    git_server::git(&target, &["diff-files", "--quiet"]);
    assert_eq!(
        git_server::git(&target, &["rev-parse", "--is-shallow-repository"]),
        "false"
    );
    git_server::git(&target, &["gc", "--quiet", "--prune=now"]);
    git_server::git(&target, &["fsck", "--strict"]);
}

#[test]
fn a_fresh_clone_can_name_the_remote_it_will_be_pushed_to() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", b"a")]);
    let request = CloneRequest {
        remote: Some("https://git.example/team/shop.git".into()),
        ..CloneRequest::new(server.url("shop.git"), home.target())
    };

    clone(&request).unwrap();

    let url = git_server::git(&home.target(), &["remote", "get-url", "origin"]);
    assert_eq!(url, "https://git.example/team/shop.git");
}

#[test]
fn the_history_is_kept_with_its_origin_when_asked_for() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", b"1")]);
    server.push("shop.git", "main", &[("a", b"2")]);
    server.push("shop.git", "next", &[("a", b"3")]);
    let url = server.url("shop.git");

    clone(&CloneRequest {
        history: History::Keep,
        ..CloneRequest::new(&url, home.target())
    })
    .unwrap();

    let target = home.target();
    assert_eq!(git_server::git(&target, &["rev-list", "--count", "HEAD"]), "2");
    assert_eq!(git_server::git(&target, &["remote", "get-url", "origin"]), url);
    assert_eq!(
        git_server::git(&target, &["rev-parse", "--abbrev-ref", "main@{u}"]),
        "origin/main"
    );
    assert_eq!(
        git_server::git(&target, &["branch", "-r", "--list", "origin/next"]).trim(),
        "origin/next"
    );
    git_server::git(&target, &["fsck", "--strict"]);
    assert!(git::inspect(&target).unwrap().clean);
}

#[test]
fn only_the_files_come_when_only_they_are_wanted() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", b"1")]);

    clone(&CloneRequest {
        history: History::Files,
        ..CloneRequest::new(server.url("shop.git"), home.target())
    })
    .unwrap();

    assert_eq!(fs::read_dir(home.target()).unwrap().count(), 1);
}

#[test]
fn one_commit_of_one_branch_is_fetched_from_a_repository_with_many() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", &noise(100_000, 1))]);
    for branch in 0..20 {
        server.push("shop.git", &format!("b{branch}"), &[("a", &noise(100_000 + branch, 1))]);
    }
    let mut received = 0;
    let mut tell = |progress: Progress| {
        if let Phase::Receiving { bytes, .. } = progress.phase {
            received = received.max(bytes);
        }
    };

    let request = CloneRequest::new(server.url("shop.git"), home.target());
    clone_telling(&request, &mut tell).unwrap();

    assert!((90_000..150_000).contains(&received), "{received} bytes");
}

#[test]
fn a_branch_a_tag_and_a_commit_can_be_named() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    let first = server.publish("shop.git", &[("a", b"first")]);
    git_server::git(&server.path("shop.git"), &["tag", "-a", "v1", "-m", "One"]);
    server.push("shop.git", "main", &[("a", b"second")]);
    let next = server.push("shop.git", "feature/next", &[("a", b"next")]);

    for (reference, commit, text) in [
        ("feature/next", &next, "next"),
        ("v1", &first, "first"),
        (first.as_str(), &first, "first"),
    ] {
        for history in [History::Fresh, History::Keep] {
            let target = home
                .target()
                .with_file_name(format!("{}-{history:?}", reference.replace('/', "-")));
            let request = CloneRequest {
                reference: Some(reference.into()),
                history,
                ..CloneRequest::new(server.url("shop.git"), &target)
            };
            let cloned = clone(&request).unwrap();
            assert_eq!(&cloned.commit, commit, "{reference} {history:?}");
            assert_eq!(read(&target, "a"), text, "{reference} {history:?}");
            assert!(git::inspect(&target).unwrap().clean);
        }
    }
    let request = CloneRequest {
        reference: Some("v9".into()),
        ..CloneRequest::new(server.url("shop.git"), home.target())
    };
    let error = clone(&request).unwrap_err();
    assert!(matches!(error, Error::NoSuchReference { .. }), "{error}");
    assert!(!home.target().exists());
}

#[test]
fn progress_is_told_by_phase() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", &noise(50_000, 1)), ("b", b"b")]);
    let mut phases = Vec::new();

    let request = CloneRequest::new(server.url("shop.git"), home.target());
    git::clone(
        &request,
        &mut |progress| phases.push(progress.phase),
        &CancellationToken::new(),
    )
    .unwrap();

    assert_eq!(phases[0], Phase::Connecting);
    assert!(
        phases
            .iter()
            .any(|p| matches!(p, Phase::Receiving { received, total, .. } if received == total)),
        "{phases:?}"
    );
    assert_eq!(phases.last(), Some(&Phase::CheckingOut { done: 2, total: 2 }));
}

#[test]
fn a_server_that_stops_answering_is_given_up() {
    for manner in [Manner::Silent, Manner::HalfAPack] {
        let (home, server) = (Home::new(), GitServer::start(manner));
        server.publish(
            "shop.git",
            &[
                ("a", &noise(200_000, 1)),
                ("b", &noise(200_001, 1)),
                ("c", &noise(200_002, 1)),
            ],
        );
        let request = CloneRequest {
            silence: Duration::from_millis(500),
            ..CloneRequest::new(server.url("shop.git"), home.target())
        };

        let error = clone(&request).unwrap_err();

        assert!(matches!(error, Error::Silent { .. }), "{manner:?}: {error:?}");
        assert_eq!(error.kind(), Kind::Offline);
        assert!(home.is_empty());
    }
}

#[test]
fn a_server_that_never_accepts_a_connection_is_given_up() {
    let (home, full) = (Home::new(), FullQueue::new());
    let request = CloneRequest {
        silence: Duration::from_millis(500),
        ..CloneRequest::new(full.url(), home.target())
    };

    let error = clone(&request).unwrap_err();

    assert!(matches!(error, Error::Silent { .. }), "{error:?}");
    assert!(home.is_empty());
}

#[test]
fn each_failure_of_a_server_has_its_own_words() {
    for (manner, kind, words) in [
        (Manner::Status(401), Kind::SignIn, "asks for a sign-in"),
        (Manner::Status(403), Kind::SignIn, "does not let you read"),
        (Manner::Status(404), Kind::NotFound, "or you have no access"),
        (Manner::Status(503), Kind::Other, "status 503"),
        (Manner::WebPage, Kind::Other, "a web page"),
        (Manner::CutShort, Kind::Offline, "broke"),
    ] {
        let (home, server) = (Home::new(), GitServer::start(manner));
        server.publish("shop.git", &[("a", &noise(100_000, 1))]);

        let error = clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap_err();

        assert_eq!(error.kind(), kind, "{manner:?}: {error:?}");
        assert!(error.to_string().contains(words), "{manner:?}: {error}");
        assert!(!error.hint().is_empty());
        assert!(home.is_empty(), "{manner:?}");
    }
}

#[test]
fn nobody_at_the_address_means_offline() {
    let home = Home::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();

    let error = clone(&CloneRequest::new(format!("http://127.0.0.1:{port}/a"), home.target())).unwrap_err();

    assert_eq!(error.kind(), Kind::Offline, "{error:?}");
    assert!(home.is_empty());
}

#[test]
fn a_missing_repository_an_empty_one_and_one_without_its_default_branch_are_told_apart() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    git_server::git(server.path("").as_path(), &["init", "-q", "--bare", "empty.git"]);
    server.publish("shop.git", &[("a", b"a")]);
    git_server::git(&server.path("shop.git"), &["symbolic-ref", "HEAD", "refs/heads/gone"]);
    let fails = |name: &str| clone(&CloneRequest::new(server.url(name), home.target())).unwrap_err();

    assert!(matches!(fails("none.git"), Error::NotFound { .. }));
    assert!(matches!(fails("empty.git"), Error::Empty { .. }));
    assert!(matches!(fails("shop.git"), Error::NoDefaultBranch { .. }));
    assert!(home.is_empty());
}

#[test]
fn a_target_that_holds_something_is_left_alone() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", b"a")]);
    fs::create_dir_all(home.target()).unwrap();
    fs::write(home.target().join("mine"), "mine").unwrap();

    let error = clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap_err();

    assert_eq!(error.kind(), Kind::FolderNotEmpty);
    assert_eq!(read(&home.target(), "mine"), "mine");
    assert_eq!(fs::read_dir(home.target().parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn a_folder_can_be_cloned_when_the_person_typed_it() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish("shop.git", &[("a", b"a")]);
    let path = server.path("shop.git");
    let request = CloneRequest {
        typed: true,
        ..CloneRequest::new(path.to_str().unwrap(), home.target())
    };

    assert!(matches!(
        clone(&CloneRequest {
            typed: false,
            ..request.clone()
        }),
        Err(Error::Address { .. })
    ));
    clone(&request).unwrap();

    assert_eq!(read(&home.target(), "a"), "a");
}

#[test]
fn files_kept_elsewhere_are_noticed() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    // A stand-in whose file no server has.
    let pointer = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 3\n",
        "a".repeat(64)
    );
    server.publish(
        "shop.git",
        &[
            (".gitattributes", b"*.bin filter=lfs diff=lfs -text\n"),
            ("large.bin", pointer.as_bytes()),
        ],
    );

    let cloned = clone(&CloneRequest::new(server.url("shop.git"), home.target())).unwrap();

    assert!(cloned.lfs);
    assert_eq!(cloned.by, git::By::Libgit2);
    assert_eq!(read(&home.target(), "large.bin"), pointer);
}

#[test]
fn what_is_staged_is_told_as_a_tree_without_a_file() {
    // Plain files are staged in memory, others in the index.
    for more in ["plain", ".gitattributes"] {
        let (home, server) = (Home::new(), GitServer::start(Manner::Well));
        let source = server.publish(
            "shop.git",
            &[("src/a", b"a"), (more, b"# more\n"), (".own/from", b"elsewhere")],
        );
        let tree = |name: &str| git_server::git(&server.path("shop.git"), &["rev-parse", &format!("{source}{name}")]);
        let request = CloneRequest::new(server.url("shop.git"), home.target());

        let cloned = git::clone(&request, &mut |_| {}, &CancellationToken::new()).unwrap();

        let told = |leave_out: &str| cloned.staged.tree(&home.target(), leave_out).unwrap();
        assert_eq!(told("missing"), tree("^{tree}"), "{more}");
        git_server::git(&home.target(), &["read-tree", &source]);
        git_server::git(&home.target(), &["rm", "--cached", "--quiet", ".own/from"]);
        let without = git_server::git(&home.target(), &["write-tree"]);
        assert_eq!(told(".own/from"), without, "{more}");
    }
}

#[test]
fn a_fresh_clone_waits_for_its_first_commit_with_a_file_more() {
    let (home, server) = (Home::new(), GitServer::start(Manner::Well));
    server.publish(
        "shop.git",
        &[("a", b"a"), (".gitignore", b"*.log\n"), ("kept.log", b"kept")],
    );
    let request = CloneRequest::new(server.url("shop.git"), home.target());

    let cloned = git::clone(&request, &mut |_| {}, &CancellationToken::new()).unwrap();
    let target = home.target();
    fs::write(target.join("more.log"), "more").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(target.join("more.log"), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let commit = cloned.staged.commit(&target, &["more.log"], "Start").unwrap();

    assert_eq!(git_server::git(&target, &["rev-list", "HEAD"]), commit);
    assert_eq!(
        git_server::git(&target, &["ls-files"]),
        ".gitignore\na\nkept.log\nmore.log"
    );
    assert!(git::inspect(&target).unwrap().clean);
    git_server::git(&target, &["fsck", "--strict"]);
}
