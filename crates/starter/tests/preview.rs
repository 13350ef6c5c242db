//! What would be made is shown before anything is written, for templates of all kinds.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)] // links and executable bits are part of what is shown

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::{Value, json};
use starter::{Preview, dry_run};
use tokio_util::sync::CancellationToken;

fn backstage(book: &Book) {
    book.template(
        "demo",
        "    - { action: fetch:template, input: { url: ./skeleton, values: { name: '${{ parameters.name }}' } } }\n    \
         - { name: Publish, action: publish:github, input: { title: '${{ parameters.name }}' } }\n    \
         - { action: debug:log, input: { message: 'Made ${{ parameters.name }}' } }\n",
        "    properties: { name: { type: string, default: shop } }\n",
    );
    files(book, "starters/demo/skeleton", "${{ values.name }}");
}

fn cookiecutter(book: &Book) {
    book.write(
        "starters/demo/cookiecutter.json",
        &json!({ "name": "shop" }).to_string(),
    );
    files(book, "starters/demo/{{cookiecutter.name}}", "{{ cookiecutter.name }}");
}

fn copier(book: &Book) {
    let settings =
        "name: shop\n_templates_suffix: ''\n_exclude: [copier.yml]\n_message_after_copy: 'Open {{ name }}'\n";
    book.write("starters/demo/copier.yml", settings);
    // Without an ending for templates all texts are rendered, so the picture is left out.
    book.write("starters/demo/{{ name }}.txt", "{{ name }}\n");
    book.write("starters/demo/run.sh", "#!/bin/sh\n");
    book.make_executable("starters/demo/run.sh");
}

fn files(book: &Book, root: &str, name: &str) {
    book.write(&format!("{root}/{name}.txt"), &format!("{name}\n"));
    book.write(&format!("{root}/run.sh"), "#!/bin/sh\n");
    book.make_executable(&format!("{root}/run.sh"));
    book.write_bytes(&format!("{root}/logo.png"), b"\x89PNG\0\xff");
}

fn preview(book: &Book, values: &Value) -> Preview {
    let starter = book.read("starters/demo");
    dry_run(&starter, values.as_object().unwrap(), "shop", &CancellationToken::new()).unwrap()
}

#[test]
fn the_same_files_are_shown_as_are_made_in_all_formats() {
    for template in [backstage, cookiecutter, copier] {
        let book = Book::new();
        template(&book);
        let preview = preview(&book, &json!({}));
        assert!(book.projects_are_empty());

        let created = book.create("starters/demo", &json!({})).unwrap();

        assert!(preview.files.len() >= 2);
        for file in &preview.files {
            let made = fs::read(created.folder.join(&file.path)).unwrap();
            assert_eq!((made.as_slice(), made.len() as u64), (file.bytes.as_slice(), file.size));
            let expected = if file.path == "run.sh" { "100755" } else { "100644" };
            assert_eq!(file.mode(), expected, "{}", file.path);
            assert_eq!(file.binary, file.path == "logo.png");
            assert_eq!(file.text(100).is_none(), file.binary);
        }
        assert_eq!(preview.deferred, created.deferred);
        assert_eq!((preview.after, preview.log), (created.after, created.log));
        let tree = book::tree(&created.folder);
        for file in &preview.files {
            assert!(tree.contains(&file.path), "{tree}");
        }
    }
}

#[test]
fn a_long_text_is_cut_between_characters() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { action: fetch:plain, input: { url: ./skeleton } }\n",
        "    {}\n",
    );
    book.write("starters/demo/skeleton/a.txt", "aüb");
    let file = preview(&book, &json!({})).files.remove(0);
    assert_eq!(file.text(2), Some(("a", true)));
    assert_eq!(file.text(3), Some(("aü", true)));
    assert_eq!(file.text(4), Some(("aüb", false)));
}

#[test]
fn a_link_is_shown_with_where_it_points() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { action: fetch:plain, input: { url: ./skeleton } }\n",
        "    {}\n",
    );
    book.write("starters/demo/skeleton/a.txt", "a");
    book.link("starters/demo/skeleton/b.txt", "a.txt");
    let file = preview(&book, &json!({})).files.remove(1);
    assert!(file.link && file.mode() == "120000");
    assert_eq!(file.text(10), Some(("a.txt", false)));
}

#[test]
fn cancelling_ends_it() {
    let book = Book::new();
    backstage(&book);
    let cancel = CancellationToken::new();
    cancel.cancel();
    let starter = book.read("starters/demo");
    let error = dry_run(&starter, json!({}).as_object().unwrap(), "shop", &cancel).unwrap_err();
    assert_eq!(error.kind(), starter::CreateErrorKind::Cancelled);
}
