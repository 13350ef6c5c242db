//! Copier templates: asked, previewed and rendered, without the tool.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::{Map, Value, json};
use starter::{CreateErrorKind, Field, Input, form_with};

const QUESTIONS: &str = r#"
name: { type: str, help: "What is {{ 'it' }} called?", placeholder: shop, validator: "{% if ' ' in name %}no spaces{% endif %}" }
slug: "{{ name }}-app"
docs: yes
tool:
  choices: { Sphinx: sphinx, "MkDocs": mkdocs }
  type: str
  default: mkdocs
  when: "{{ docs }}"
ports: { type: yaml, default: [80, 443] }
tags: { type: str, multiselect: true, choices: [a, b, c], default: [c, a] }
token: { type: str, default: hush, secret: true }
_tasks: ["make {{ slug }}", { command: never, when: false }]
_message_after_copy: "Open {{ slug }}."
"#;

fn demo(book: &Book) {
    book.write("starters/demo/copier.yml", QUESTIONS);
    book.write(
        "starters/demo/{{ slug }}.txt.jinja",
        "{{ name }} {{ tool }} {{ ports[0] + 1 }} {{ tags }} {{ token }}\n",
    );
    book.write(
        "starters/demo/{{ _copier_conf.answers_file }}.jinja",
        "{{ _copier_answers|to_nice_yaml }}",
    );
}

fn values(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("an object") };
    map
}

fn fields(book: &Book, answers: Value) -> Vec<Field> {
    let pages = form_with(&book.read("starters/demo"), &values(answers));
    pages.into_iter().flat_map(|page| page.fields).collect()
}

#[test]
fn the_form_comes_from_the_questions_and_follows_the_answers() {
    let book = Book::new();
    demo(&book);
    let asked = fields(&book, json!({ "name": "shop" }));
    let names: Vec<&str> = asked.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["name", "slug", "docs", "tool", "ports", "tags", "token"]);
    assert_eq!(asked[0].description, "What is it called?");
    assert!(asked[0].required && asked[0].placeholder.as_deref() == Some("shop"));
    assert_eq!(asked[1].default, "shop-app");
    assert_eq!(asked[2].input, Input::Switch);
    assert_eq!(asked[4].default, "- 80\n- 443");
    assert_eq!(asked[5].default, json!(["a", "c"]));
    assert!(asked[6].secret);

    let without = fields(&book, json!({ "name": "shop", "docs": false }));
    assert!(without.iter().all(|field| field.name != "tool"));
}

#[test]
fn answers_are_checked_by_the_form_and_by_the_template() {
    let book = Book::new();
    demo(&book);
    let starter = book.read("starters/demo");
    for (answers, field) in [
        (json!({}), "name"),
        (json!({ "name": "a b" }), "name"),
        (json!({ "name": "a", "tool": "pdoc" }), "tool"),
        (json!({ "name": "a", "ports": "[" }), "ports"),
        (json!({ "name": "a", "tags": ["z"] }), "tags"),
    ] {
        let errors = starter::validate(&starter, &values(answers.clone()));
        let named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(named, [field], "{answers} {errors:?}");
    }
}

#[test]
fn a_project_is_made_with_tasks_left_to_the_person_and_secrets_nowhere() {
    let book = Book::new();
    demo(&book);
    assert_eq!(book.read("starters/demo").deferred().len(), 2);
    let created = book
        .create(
            "starters/demo",
            &json!({ "name": "shop", "ports": "[8080]", "token": "t0psecret" }),
        )
        .unwrap();
    let read = |file: &str| fs::read_to_string(created.folder.join(file)).unwrap();
    assert_eq!(read("shop-app.txt"), "shop mkdocs 8081 ['a', 'c'] t0psecret\n");
    let answers = read(".copier-answers.yml");
    assert!(
        answers.contains("_src_path: starters/demo\n") && answers.contains("slug: shop-app\n"),
        "{answers}"
    );
    for kept in [answers, read(".roadbook/starter.toml")] {
        assert!(!kept.contains("t0psecret"), "{kept}");
    }
    let deferred: Vec<_> = created
        .deferred
        .iter()
        .map(|task| (task.action.as_str(), task.input.as_str()))
        .collect();
    assert_eq!(deferred, [("copier:task", "make shop-app")]);
    assert_eq!(created.after, "Open shop-app.");
}

#[test]
fn nothing_is_written_outside_and_nothing_is_left_behind() {
    for (name, text, settings) in [
        ("{{ up }}.jinja", "x", ""),
        ("{{ git }}.jinja", "x", ""),
        ("a.txt.jinja", "x", "_subdirectory: ../../..\n"),
        (
            "{{ _copier_conf.answers_file }}.jinja",
            "x",
            "_answers_file: ../out.yml\n",
        ),
        ("a.txt.jinja", "{% include '../../secret.txt' %}", ""),
    ] {
        let book = Book::new();
        book.write("secret.txt", "secret");
        book.write(
            "starters/demo/copier.yml",
            &format!("up: ../../out\ngit: .git/hooks/x\n{settings}"),
        );
        book.write(&format!("starters/demo/{name}"), text);
        let error = book.create("starters/demo", &json!({})).unwrap_err();
        assert_eq!(error.kind(), CreateErrorKind::Starter, "{name} {settings}: {error}");
        assert!(book.projects_are_empty(), "{name} {settings}");
    }
}

#[test]
fn what_cannot_be_read_is_a_finding() {
    let book = Book::new();
    for (text, code) in [
        ("a: [", "starter-syntax"),
        ("a: { type: rocket }", "starter-question"),
        ("a: { type: str, secret: true }", "starter-question"),
        ("b: !include other.yml", "starter-include"),
    ] {
        book.write("starters/demo/copier.yml", text);
        let finding = starter::read(book.root(), &book.root().join("starters/demo")).unwrap_err();
        assert_eq!(finding.code, code, "{finding}");
    }
    book.write(
        "starters/demo/copier.yml",
        "a: \"{{ a|nosuch }}\"\n_jinja_extensions: [local.X]\n",
    );
    let codes: Vec<_> = book
        .read("starters/demo")
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, ["starter-extension", "starter-expression"]);
}
