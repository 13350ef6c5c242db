//! Expressions and files of a template reach no server, no program and no environment.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;
#[path = "support/refusal.rs"]
mod refusal;

use std::fs;
use std::net::TcpListener;

use refusal::{FETCH, refused, with_steps};
use serde_json::json;

#[test]
fn a_file_of_submodules_fetches_nothing() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let address = server.local_addr().unwrap();
    let book = with_steps(FETCH);
    book.write(
        "starters/demo/skeleton/.gitmodules",
        &format!("[submodule \"x\"]\n\tpath = x\n\turl = http://{address}/x\n\tupdate = !touch evil\n"),
    );
    let made = book.create("starters/demo", &json!({})).unwrap();
    assert!(!made.folder.join("x").exists() && !made.folder.join("evil").exists());
    assert!(server.accept().is_err());
}

#[test]
fn no_server_is_asked() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let address = server.local_addr().unwrap();
    for action in [
        "fetch:template",
        "fetch:plain",
        "fetch:template:file",
        "fetch:plain:file",
    ] {
        let book = with_steps(&format!(
            "    - {{ action: '{action}', input: {{ url: 'http://{address}/x', targetPath: x }} }}\n"
        ));
        refused(&book, &json!({}), "is on a server");
    }
    // What needs one is left to the person.
    let book = with_steps(&format!(
        "    - {{ action: 'http:backstage:request', input: {{ path: 'http://{address}/x' }} }}\n"
    ));
    assert_eq!(book.create("starters/demo", &json!({})).unwrap().deferred.len(), 1);
    assert!(server.accept().is_err());
}

#[test]
fn expressions_reach_nothing_but_values() {
    for expression in [
        "''.constructor",
        "''['constructor']",
        "''['const' ~ 'ructor']('return process')()",
        "range.constructor('return process')()",
        "values.__proto__.x",
        "values['__proto__']",
        "[].constructor.constructor('return this')()",
        "({}).toString.call",
        "values | pick('constructor.constructor')",
        "[values] | groupby('constructor')",
    ] {
        let book = with_steps(FETCH);
        book.write("starters/demo/skeleton/x", &format!("[${{{{ {expression} }}}}]"));
        // Refused, or nothing is there.
        if let Ok(made) = book.create("starters/demo", &json!({})) {
            let text = fs::read_to_string(made.folder.join("x")).unwrap();
            assert!(
                ["[]", "[[object Object]]"].contains(&text.as_str()),
                "{expression}: {text}"
            );
        }
    }
    for expression in [
        "''.__class__.__mro__",
        "''['__class__']",
        "cycler.__init__.__globals__.os",
        "range.__globals__",
        "self.__init__",
        "cookiecutter.__class__",
    ] {
        let book = with_steps("");
        fs::remove_file(book.root().join("starters/demo/template.yaml")).unwrap();
        book.write("starters/demo/cookiecutter.json", "{\"s\": \"s\"}");
        book.write("starters/demo/{{cookiecutter.s}}/x", &format!("{{{{ {expression} }}}}"));
        refused(&book, &json!({}), "cannot be rendered");
    }
}

#[test]
fn the_environment_is_out_of_reach() {
    let path = std::env::var("PATH").unwrap();
    for expression in ["environment.secrets.PATH", "environment.parameters.PATH"] {
        let book = with_steps(&format!(
            "    - {{ action: 'debug:log', input: {{ message: '[${{{{ {expression} }}}}]' }} }}\n"
        ));
        let made = book.create("starters/demo", &json!({})).unwrap();
        assert_eq!(made.log, ["[]"]);
        assert!(!format!("{made:?}").contains(&path));
    }
    for expression in ["env.PATH", "process.env.PATH", "secrets.PATH"] {
        let book = with_steps(FETCH);
        book.write("starters/demo/skeleton/x", &format!("${{{{ {expression} }}}}"));
        refused(&book, &json!({}), "nothing here is called");
    }
}
