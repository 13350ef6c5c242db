use book::{PathError, check_relative, resolve_inside};

use crate::fixture::Fixture;

#[test]
fn paths_stay_below_the_root() {
    let fixture = Fixture::empty().file("a/b.txt", "");
    let resolve = |path| resolve_inside(fixture.root(), path);

    assert_eq!(resolve("a/b.txt").unwrap(), fixture.root().join("a/b.txt"));
    assert_eq!(resolve("./a//../a/new/x").unwrap(), fixture.root().join("a/new/x"));
    assert_eq!(resolve("").unwrap(), fixture.root());
}

#[test]
fn every_way_out_is_refused() {
    let refused = [
        "..",
        "a/../../b",
        "/etc/passwd",
        "C:/x",
        "c:x",
        "a\\b",
        "a\0b",
        "a\nb",
        "a:b",
        ".git/config",
        "x/.GIT/y",
        ".git.",
        ".git /x",
        "git~1/x",
        ".g\u{200c}it/x",
        "CON",
        "aux.txt",
        "x/com1.log",
        "LPT9",
        "com¹",
        "a.",
        "a /b",
        "nul .txt",
    ];
    let accepted: Vec<&str> = refused
        .into_iter()
        .filter(|path| check_relative(path).is_ok())
        .collect();

    assert_eq!(accepted, [""; 0]);
}

#[test]
fn names_that_only_look_alike_are_fine() {
    let fine = [
        ".gitignore",
        ".github/x",
        "console.log",
        "com10",
        "auxiliary/x",
        "...a",
        "a.b.c",
        "ü/東京.md",
    ];
    let refused: Vec<&str> = fine.into_iter().filter(|path| check_relative(path).is_err()).collect();

    assert_eq!(refused, [""; 0]);
}

#[test]
fn a_root_that_is_not_there_is_told() {
    let error = resolve_inside(&Fixture::empty().root().join("nowhere"), "x").unwrap_err();

    assert!(
        matches!(error, PathError::Root(_)) && !error.hint().is_empty(),
        "{error}"
    );
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_only_inside() {
    use std::os::unix::fs::symlink;
    let outside = Fixture::empty().file("secret", "");
    let fixture = Fixture::empty().file("real/x", "").file(".git/config", "");
    symlink(outside.root(), fixture.root().join("out")).unwrap();
    symlink(fixture.root().join("real"), fixture.root().join("in")).unwrap();
    symlink(fixture.root().join(".git"), fixture.root().join("hidden")).unwrap();
    symlink("loop", fixture.root().join("loop")).unwrap();
    let resolve = |path| resolve_inside(fixture.root(), path);

    assert!(resolve("in/x").is_ok());
    assert!(matches!(resolve("out/secret"), Err(PathError::Link(_))));
    assert!(matches!(resolve("out/../out/new"), Err(PathError::Link(_))));
    assert!(matches!(resolve("hidden/config"), Err(PathError::Git(_))));
    assert!(matches!(resolve("loop"), Err(PathError::Link(_))));
}

#[cfg(unix)]
#[test]
fn a_page_that_links_into_git_is_left_out() {
    let fixture = Fixture::new().file(".git/config", "url = https://token@git.example/x\n");
    std::fs::create_dir_all(fixture.root().join("library")).unwrap();
    std::os::unix::fs::symlink("../.git/config", fixture.root().join("library/a.md")).unwrap();

    let loaded = fixture.load();

    assert!(loaded.book.page("library/a").is_none());
    assert!(loaded.diagnostics.iter().any(|found| found.code == "link-leads-out"));
}
