//! Secret answers go where the template puts them, and are shown and recorded nowhere else.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::json;
use tokio_util::sync::CancellationToken;

const WITH_SECRETS: &str = "    properties:\n      token: { type: string, ui:field: Secret }\n      \
                            pass: { type: string, ui:widget: password }\n      name: { type: string, default: x }\n";

#[test]
fn secrets_are_shown_nowhere() {
    let answers = json!({ "token": "t0psecret", "pass": "p4ssword" });
    let both = "${{ secrets.token }} ${{ parameters.pass }}";
    let book = Book::new();
    book.template(
        "demo",
        &format!(
            "    - {{ action: 'fetch:template', input: {{ url: ./skeleton, values: {{ text: '{both}' }} }} }}\n    \
             - {{ action: 'debug:log', input: {{ message: '{both}' }} }}\n    \
             - {{ name: '{both}', action: 'publish:github', input: {{ token: '{both}' }} }}\n"
        ),
        WITH_SECRETS,
    );
    book.write("starters/demo/skeleton/used.txt", "${{ values.text }}");

    let starter = book.read("starters/demo");
    let values = answers.as_object().unwrap();
    let preview = starter::dry_run(&starter, values, "shop", &CancellationToken::new()).unwrap();
    let made = book.create("starters/demo", &answers).unwrap();

    // The project has what the template put there; nothing else does.
    assert_eq!(
        fs::read_to_string(made.folder.join("used.txt")).unwrap(),
        "t0psecret p4ssword"
    );
    let shown = preview.files.iter().find(|file| file.path == "used.txt").unwrap();
    assert_eq!(shown.text(100), Some(("*** ***", false)));
    let record = fs::read_to_string(made.folder.join(".roadbook/starter.toml")).unwrap();
    let all = format!("{preview:?}{made:?}{record}");
    assert!(!all.contains("t0psecret") && !all.contains("p4ssword"), "{all}");
    assert_eq!(made.log, ["*** ***"]);
    assert_eq!(made.deferred[0].input, "token: \"*** ***\"");
}

#[test]
fn what_is_made_of_a_secret_is_not_shown_either() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { action: 'debug:log', input: { message: \"${{ secrets.token | upper }} ${{ parameters.pass.split('').join('.') }}\" } }\n    \
         - { each: '${{ parameters.pass | list }}', action: 'debug:log', input: { message: '${{ each.value }}' } }\n    \
         - { action: 'publish:github', input: { a: '${{ parameters.pass | reverse }}', b: \"${{ secrets.token[0] }}\" } }\n",
        WITH_SECRETS,
    );
    let made = book
        .create("starters/demo", &json!({ "token": "t0psecret", "pass": "p4ssword" }))
        .unwrap();
    let all = format!("{:?}{:?}", made.log, made.deferred);
    for part in ["T0PSECRET", "p.4", "\"4\"", "drowss4p", "b: t"] {
        assert!(!all.contains(part), "{part}: {all}");
    }

    let book = Book::new();
    book.write(
        "starters/demo/copier.yml",
        "token: { type: str, default: d, secret: true }\nkey: \"{{ token }}-key\"\n_tasks: ['login {{ token|upper }}']\n\
         _message_after_copy: 'Keep {{ token|reverse }}'\n",
    );
    book.write(
        "starters/demo/{{ _copier_conf.answers_file }}.jinja",
        "{{ _copier_answers|to_nice_yaml }}",
    );
    let made = book.create("starters/demo", &json!({ "token": "t0psecret" })).unwrap();
    let record = fs::read_to_string(made.folder.join(".roadbook/starter.toml")).unwrap();
    let all = format!("{made:?}{record}");
    for part in ["t0psecret", "T0PSECRET", "terces"] {
        assert!(!all.contains(part), "{part}: {all}");
    }
}

#[test]
fn errors_show_no_secrets() {
    let book = Book::new();
    let fetch =
        "    - { action: 'fetch:template', input: { url: ./skeleton, values: { t: '${{ secrets.token }}' } } }\n";
    book.template("demo", fetch, WITH_SECRETS);
    for expression in [
        "values.t | parseRepoUrl",
        "values.t | parseEntityRef({defaultKind: ''})",
        "values.t.nosuch()",
    ] {
        book.write("starters/demo/skeleton/x", &format!("${{{{ {expression} }}}}"));
        let error = book
            .create("starters/demo", &json!({ "token": "t0psecret" }))
            .unwrap_err();
        assert!(!format!("{error} {error:?}").contains("t0psecret"), "{error}");
    }
    book.write("starters/demo/skeleton/x", "x");
    book.write("starters/demo/skeleton/${{ values.t }}/y", "y");
    let error = book
        .create("starters/demo", &json!({ "token": "../t0psecret" }))
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("t0psecret"), "{error}");
}

#[test]
fn an_answer_that_was_made_of_a_secret_is_not_kept() {
    let book = Book::new();
    book.write(
        "starters/demo/copier.yml",
        "token: { type: str, default: d, secret: true }\nkey: \"{{ token|upper }}\"\nname: shop\n",
    );
    book.write("starters/demo/a.txt.jinja", "{{ key }}");

    let made = book.create("starters/demo", &json!({ "token": "t0psecret" })).unwrap();

    let record = fs::read_to_string(made.folder.join(".roadbook/starter.toml")).unwrap();
    assert!(
        !record.contains("T0PSECRET") && record.contains("name = \"shop\""),
        "{record}"
    );
    assert_eq!(fs::read_to_string(made.folder.join("a.txt")).unwrap(), "T0PSECRET");
    // Also where another answer decides whether it is asked for, and not in place of the person's own answer.
    book.write(
        "starters/when/copier.yml",
        "with: { type: bool, default: false }\ntoken: { type: str, default: d, secret: true, when: \"{{ with }}\" }\n\
         key: { type: str, default: \"{{ token|upper }}\", when: \"{{ with }}\" }\n\
         url: { type: str, default: \"https://{{ token }}@a\", when: \"{{ with }}\" }\n",
    );
    let starter = book.read("starters/when");
    let given = json!({ "with": true, "token": "t0psecret", "url": "https://mirror.example" });
    let completed = starter::complete(&starter, given.as_object().unwrap());
    let kept = serde_json::Value::Object(starter::keepable(&starter, &completed));
    assert_eq!(kept, json!({ "with": true, "url": "https://mirror.example" }));

    let starter = book.read("starters/demo");
    let completed = starter::complete(&starter, json!({ "token": "t0psecret" }).as_object().unwrap());
    assert!(!starter::keepable(&starter, &completed).contains_key("key"));
}

#[test]
fn an_error_does_not_show_what_was_made_of_a_secret() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { name: Move, action: 'fs:rename', input: { files: [{ from: a, to: '../${{ secrets.token | upper }}/${{ secrets.token | reverse }}' }] } }\n",
        WITH_SECRETS,
    );

    let error = book
        .create("starters/demo", &json!({ "token": "t0psecret" }))
        .unwrap_err();

    let told = error.to_string();
    assert!(
        told.contains("Move") && !told.contains("T0PSECRET") && !told.contains("tercesp0t"),
        "{told}"
    );
}
