//! Cookiecutter templates: asked, previewed and rendered, without the tool.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::{Map, Value, json};
use starter::{CreateErrorKind, Input, form_with};

const VARIABLES: &str = r#"{
    "project_name": "My shop",
    "slug": "{{ cookiecutter.project_name|lower|replace(' ', '-') }}",
    "docs": true,
    "licence": ["MIT", "{{ cookiecutter.slug }} licence"],
    "ports": {"http": "80"},
    "_private": "x",
    "__shout": "{{ cookiecutter.slug|upper }}",
    "__prompts__": {
        "project_name": "How is it called?",
        "licence": {"__prompt__": "Which licence?", "MIT": "The MIT licence"}
    }
}"#;

fn demo(book: &Book) {
    book.write("starters/demo/cookiecutter.json", VARIABLES);
    book.write(
        "starters/demo/{{cookiecutter.slug}}/{{cookiecutter.slug}}.txt",
        "{{ cookiecutter.project_name }} {{ cookiecutter.__shout }} {{ cookiecutter.licence }} {{ cookiecutter.ports.http }}\n",
    );
}

fn values(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("an object") };
    map
}

#[test]
fn the_form_comes_from_the_variables_and_follows_the_answers() {
    let book = Book::new();
    demo(&book);
    let starter = book.read("starters/demo");
    let form = |answers| form_with(&starter, &values(answers)).remove(0).fields;

    let fields = form(json!({}));
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["project_name", "slug", "docs", "licence", "ports"]);
    assert_eq!(fields[0].title, "How is it called?");
    assert_eq!(fields[1].default, "my-shop");
    assert_eq!((&fields[2].input, &fields[2].default), (&Input::Switch, &json!(true)));
    let Input::Choice { choices } = &fields[3].input else {
        panic!("a choice")
    };
    let titles: Vec<&str> = choices.iter().map(|choice| choice.title.as_str()).collect();
    assert_eq!(
        (fields[3].title.as_str(), titles),
        ("Which licence?", vec!["The MIT licence", "my-shop licence"])
    );
    assert!(fields[4].record && fields[4].default == "{\n  \"http\": \"80\"\n}");

    let fields = form(json!({ "project_name": "Your Shop" }));
    assert_eq!(fields[1].default, "your-shop");
}

#[test]
fn answers_are_checked_in_the_words_of_the_form() {
    let book = Book::new();
    demo(&book);
    let starter = book.read("starters/demo");
    let errors = starter::validate(
        &starter,
        &values(json!({ "licence": "GPL", "ports": "[1]", "docs": "maybe", "nobody": 1 })),
    );
    let mut named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    named.sort_unstable();
    assert_eq!(named, ["docs", "licence", "nobody", "ports"]);
    assert!(starter::validate(&starter, &values(json!({ "ports": "{\"http\": \"8080\"}" }))).is_empty());
}

#[test]
fn a_project_is_made_with_its_answers_recorded_and_hooks_left_to_the_person() {
    let book = Book::new();
    demo(&book);
    book.write(
        "starters/demo/hooks/post_gen_project.py",
        "print('{{ cookiecutter.slug }}')\n",
    );
    book.write("starters/demo/hooks/readme.txt", "no hook\n");

    let starter = book.read("starters/demo");
    assert_eq!(starter.deferred().len(), 1);
    assert!(starter.warnings.iter().any(|warning| warning.code == "starter-hook"));
    let created = book
        .create(
            "starters/demo",
            &json!({ "project_name": "A B", "ports": { "http": "1" } }),
        )
        .unwrap();

    let text = fs::read_to_string(created.folder.join("a-b.txt")).unwrap();
    assert_eq!(text, "A B A-B MIT 1\n");
    let record = fs::read_to_string(created.folder.join(".roadbook/starter.toml")).unwrap();
    assert!(
        record.contains("slug = \"a-b\"") && record.contains("http = \"1\""),
        "{record}"
    );
    assert_eq!(created.deferred[0].title, "hooks/post_gen_project.py");
    assert_eq!(created.deferred[0].input, "print('a-b')\n");
    assert!(!created.commit.is_empty());
}

#[test]
fn the_form_first_asks_which_template_inside() {
    let book = Book::new();
    let list =
        r#"{"templates": {"a": {"path": "a", "title": "First"}, "b": {"path": "../shared", "title": "Second"}}}"#;
    book.write("starters/demo/cookiecutter.json", list);
    for (folder, variable) in [("demo/a", "one"), ("shared", "two")] {
        book.write(
            &format!("starters/{folder}/cookiecutter.json"),
            &format!("{{\"{variable}\": \"x\"}}"),
        );
        book.write(
            &format!("starters/{folder}/{{{{cookiecutter.{variable}}}}}/{variable}.txt"),
            "",
        );
    }
    let starter = book.read("starters/demo");
    let names = |answers| -> Vec<String> {
        let pages = form_with(&starter, &values(answers));
        pages
            .into_iter()
            .flat_map(|page| page.fields)
            .map(|field| field.name)
            .collect()
    };
    assert_eq!(names(json!({})), ["template", "one"]);
    assert_eq!(names(json!({ "template": "b" })), ["template", "two"]);
    let created = book
        .create("starters/demo", &json!({ "template": "b", "two": "y" }))
        .unwrap();
    assert!(created.folder.join("two.txt").is_file());
}

#[test]
fn nothing_is_written_outside_and_nothing_is_left_behind() {
    let refused = [
        ("{{ cookiecutter.x }}", "../../out"),
        ("{{ cookiecutter.x }}", "/etc/passwd"),
        ("{{ cookiecutter.x }}", ".git/config"),
        ("{{ cookiecutter.x }}", "nul"),
        ("{{ cookiecutter.nobody }}", ""),
    ];
    for (name, x) in refused {
        let book = Book::new();
        book.write(
            "starters/demo/cookiecutter.json",
            &json!({ "x": x, "slug": "s" }).to_string(),
        );
        book.write(&format!("starters/demo/{{{{cookiecutter.slug}}}}/{name}"), "x");
        let error = book.create("starters/demo", &json!({})).unwrap_err();
        assert_eq!(error.kind(), CreateErrorKind::Starter, "{name} {x}: {error}");
        assert!(book.projects_are_empty(), "{name} {x}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_includes_that_lead_out_are_refused() {
    for inside in ["link", "include"] {
        let book = Book::new();
        book.write("starters/demo/cookiecutter.json", "{\"slug\": \"s\"}");
        book.write("starters/demo/{{cookiecutter.slug}}/a.txt", "x");
        fs::write(book.home().join("secret.txt"), "secret").unwrap();
        let secret = book.home().join("secret.txt");
        if inside == "link" {
            book.link("starters/demo/{{cookiecutter.slug}}/b.txt", secret.to_str().unwrap());
        } else {
            let text = "{% include '../../../../secret.txt' %}";
            book.write("starters/demo/{{cookiecutter.slug}}/b.txt", text);
        }
        let error = book.create("starters/demo", &json!({})).unwrap_err();
        assert_eq!(error.kind(), CreateErrorKind::Starter, "{inside}: {error}");
        assert!(book.projects_are_empty());
    }
}

#[test]
fn what_cannot_be_read_is_a_finding() {
    let book = Book::new();
    for (variables, code) in [
        ("{\n \"a\": ,}", "starter-syntax"),
        ("{}", "starter-skeleton"),
        ("{\"templates\": {\"a\": {\"path\": \"../../../x\"}}}", "starter-nested"),
    ] {
        book.write("starters/demo/cookiecutter.json", variables);
        let finding = starter::read(book.root(), &book.root().join("starters/demo")).unwrap_err();
        assert_eq!(finding.code, code, "{finding}");
    }
    book.write("starters/demo/{{cookiecutter.a}}/x.txt", "");
    book.write(
        "starters/demo/cookiecutter.json",
        "{\"a\": \"{{ cookiecutter.b }}\", \"_extensions\": [\"local.X\"]}",
    );
    let codes: Vec<_> = book
        .read("starters/demo")
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(codes, ["starter-extension", "starter-expression"]);
}
