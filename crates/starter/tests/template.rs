//! Templates: read and rendered.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)] // links and executable bits are part of what is rendered

#[path = "support/book.rs"]
mod book;
#[path = "support/everything.rs"]
mod everything;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use everything::{answers, everything};
use serde_json::json;
use starter::CreateErrorKind;
use tokio_util::sync::CancellationToken;

#[test]
fn a_template_with_every_feature_becomes_this_tree() {
    let book = everything();
    let made = book.create("starters/demo", &answers()).unwrap();

    assert!(git::inspect(&made.folder).unwrap().clean);
    // Where it came from is told by another test, and changes from version to version.
    fs::remove_dir_all(made.folder.join(".roadbook")).unwrap();
    insta::assert_snapshot!(book::tree(&made.folder));
    assert_eq!(
        git_server::git(&made.folder, &["log", "--format=%an %s"]),
        "Test Person Start shop"
    );
    assert_eq!(
        fs::read(made.folder.join("logo.png")).unwrap(),
        b"\x89PNG\0${{ values.name }}\xff"
    );
}

#[test]
fn what_is_left_to_the_person_is_told_without_secrets() {
    let book = everything();
    let made = book.create("starters/demo", &answers()).unwrap();

    assert_eq!(made.deferred.len(), 1);
    assert_eq!(
        (made.deferred[0].title.as_str(), made.deferred[0].action.as_str()),
        ("Publish", "publish:github")
    );
    assert!(
        made.deferred[0].input.contains("Key *** for shop"),
        "{}",
        made.deferred[0].input
    );
    assert_eq!(made.log, ["Made shop with ***"]);
    assert_eq!(made.after, "Run `make` in shop.");
    assert_eq!(made.links.len(), 1);
    assert_eq!(made.links[0].url, "https://docs.example/shop");
    let everything = book::tree(&made.folder) + &format!("{made:?}");
    assert!(!everything.contains("s3cret"));
}

#[test]
fn where_a_project_came_from_is_kept_without_secrets() {
    let book = everything();
    let made = book.create("starters/demo", &answers()).unwrap();

    let text = fs::read_to_string(made.folder.join(".roadbook/starter.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["starter"].as_str(), Some("demo"));
    assert_eq!(table["roadbook"].as_str(), Some("acme"));
    assert_eq!(table["version"].as_str(), Some("2026.11.1"));
    assert_eq!(table["made"].as_str(), Some("2026-11-02T10:00:00Z"));
    let answers = table["answers"].as_table().unwrap();
    assert_eq!(
        (answers["name"].as_str(), answers["replicas"].as_integer()),
        (Some("shop"), Some(3))
    );
    assert!(!answers.contains_key("token"));
}

#[test]
fn a_bad_template_file_is_told_with_its_line() {
    let book = Book::new();
    for (text, line, words) in [
        ("apiVersion: v1\nkind: Template\n", 1, "no scaffolder template"),
        ("a: [\n", 0, "not valid YAML"),
        (
            "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec:\n  type: x\n",
            4,
            "no steps",
        ),
    ] {
        book.write("starters/bad/template.yaml", text);
        let error = starter::read(book.root(), &book.root().join("starters/bad")).unwrap_err();
        assert!(error.message.contains(words), "{error}");
        assert_eq!(error.file, "starters/bad/template.yaml");
        assert!(line == 0 || error.line == line, "{error:?}");
    }
    let error = starter::read(book.root(), &book.root().join("starters")).unwrap_err();
    assert_eq!(error.code, "starter-missing");
}

#[test]
fn what_will_not_work_is_a_warning_with_its_line() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { id: a, name: Fly, action: rocket:launch }\n    - { id: b, action: publish:github }\n",
        "    properties:\n      address: { type: array, items: { type: object } }\n",
    );
    let starter = book.read("starters/demo");
    let warnings: Vec<(&str, usize)> = starter.warnings.iter().map(|w| (w.code, w.line)).collect();
    assert_eq!(warnings, [("starter-action", 9), ("starter-form", 7)]);
}

#[test]
fn a_name_of_another_tool_stops_the_template_and_leaves_nothing() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { action: fetch:template, input: { url: ./skeleton } }\n",
        "    {}\n",
    );
    book.write(
        "starters/demo/skeleton/ci.yml",
        "on: push\ntoken: ${{ secrets.TOKEN }}\n",
    );

    let error = book.create("starters/demo", &json!({})).unwrap_err();

    assert!(
        error
            .to_string()
            .starts_with("starters/demo/skeleton/ci.yml:2: `token: ${{ secrets.TOKEN }}`"),
        "{error}"
    );
    assert!(error.hint().contains("raw"));
    assert!(book.projects_are_empty());
}

#[test]
fn cancelling_leaves_nothing() {
    let book = everything();
    let starter = book.read("starters/demo");
    let cancel = CancellationToken::new();
    let mut told = 0;
    let mut tell = |_| {
        told += 1;
        cancel.cancel();
    };

    let error = starter::create(&starter, &book.request(&answers()), &mut tell, &cancel).unwrap_err();

    assert_eq!(error.kind(), CreateErrorKind::Cancelled);
    assert_eq!(told, 1);
    assert!(book.projects_are_empty());
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let book = everything();
    let target = book.request(&answers()).target;
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("mine"), "mine").unwrap();

    let error = book.create("starters/demo", &answers()).unwrap_err();

    assert_eq!(error.kind(), CreateErrorKind::FolderNotEmpty);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
}
