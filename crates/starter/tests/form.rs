//! The form of a template, and answers to it.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)] // links and executable bits are part of what is rendered

#[path = "support/book.rs"]
mod book;
#[path = "support/everything.rs"]
mod everything;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use everything::{answers, everything};
use serde_json::{Value, json};
use starter::{CreateErrorKind, Input};

#[test]
fn the_form_follows_the_schema_in_the_order_of_the_file() {
    let book = everything();
    let starter = book.read("starters/demo");
    let pages = starter::form(&starter);

    assert_eq!((starter.id.as_str(), starter.title.as_str()), ("demo", "A service"));
    assert_eq!(
        (starter.owner.as_deref(), starter.tags.len()),
        (Some("group:default/platform"), 2)
    );
    assert_eq!(starter.warnings, []);
    let names: Vec<Vec<&str>> = pages
        .iter()
        .map(|page| page.fields.iter().map(|field| field.name.as_str()).collect())
        .collect();
    assert_eq!(
        names,
        [
            vec!["name", "owner", "about"],
            vec!["database", "docs", "replicas", "regions", "modules", "token", "repoUrl"]
        ]
    );
    let field = |name: &str| {
        pages
            .iter()
            .flat_map(|page| &page.fields)
            .find(|field| field.name == name)
            .unwrap()
    };
    assert!(field("name").required && !field("about").required);
    assert_eq!(field("name").placeholder.as_deref(), Some("shop"));
    assert_eq!(field("about").input, Input::Lines);
    assert_eq!(field("docs").input, Input::Switch);
    assert_eq!(field("replicas").input, Input::Number { whole: true });
    assert!(field("token").secret);
    let Input::Choice { choices } = &field("database").input else {
        panic!("no choice")
    };
    assert_eq!(
        (choices[1].title.as_str(), &choices[1].value),
        ("PostgreSQL", &json!("postgres"))
    );
    assert!(matches!(&field("regions").input, Input::Choices { choices } if choices.len() == 2));
}

#[test]
fn answers_are_checked_with_the_schemas_own_words() {
    let book = everything();
    let starter = book.read("starters/demo");
    let check = |values: Value| -> Vec<String> {
        let errors = starter::validate(&starter, values.as_object().unwrap());
        errors
            .into_iter()
            .map(|error| format!("{}: {}", error.field, error.message))
            .collect()
    };

    assert_eq!(check(answers()), Vec::<String>::new());
    assert_eq!(
        check(json!({
            "name": "Shop!", "owner": " ", "replicas": 12, "database": "oracle", "regions": ["mars"], "docs": "maybe",
            "nope": 1
        })),
        [
            "nope: There is no field `nope`. The fields are name, owner, about, database, docs, replicas, regions, \
             modules, token, repoUrl.",
            "name: Name: lower case letters, digits and dashes",
            "owner: Owner is needed.",
            "database: database is one of No database, PostgreSQL.",
            "docs: docs is yes or no.",
            "replicas: replicas is at most 9.",
            "regions: regions is some of eu, us.",
        ]
    );
    let error = book.create("starters/demo", &json!({ "owner": "me" })).unwrap_err();
    assert_eq!(error.kind(), CreateErrorKind::Invalid);
    assert!(book.projects_are_empty());
}

#[test]
fn texts_are_read_as_what_their_field_asks_for() {
    let book = everything();
    let starter = book.read("starters/demo");
    let given = json!({ "replicas": "3", "docs": "false", "regions": "us, eu", "modules": "a\nb\n" });

    let values = starter::complete(&starter, given.as_object().unwrap());

    assert_eq!(values["replicas"], json!(3));
    assert_eq!(values["docs"], json!(false));
    assert_eq!(values["regions"], json!(["us", "eu"]));
    assert_eq!(values["modules"], json!(["a", "b"]));
    assert_eq!(values["database"], json!("none"));
    assert_eq!(values.get("name"), None);
}
