//! Nothing is written or read outside, one test for each way that was tried on other scaffolders.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::json;

/// A book whose template runs these steps, with a skeleton of one file and a secret beside the book.
fn with_steps(steps: &str) -> Book {
    let book = Book::new();
    book.template(
        "demo",
        steps,
        "    properties:\n      name: { type: string, default: x }\n",
    );
    book.write("starters/demo/skeleton/a.txt", "a");
    fs::write(book.home().join("secret"), "secret").unwrap();
    book
}

/// The template is refused, with these words, and nothing is left or changed.
fn refused(book: &Book, values: &serde_json::Value, words: &str) {
    let error = book.create("starters/demo", values).unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
    assert!(book.projects_are_empty());
    assert_eq!(fs::read_to_string(book.home().join("secret")).unwrap(), "secret");
    let mut names: Vec<_> = fs::read_dir(book.home())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["book", "secret"]);
}

const FETCH: &str =
    "    - { action: fetch:template, input: { url: ./skeleton, values: { name: '${{ parameters.name }}' } } }\n";

#[test]
fn an_answer_cannot_lead_a_file_name_out() {
    for (name, words) in [
        ("..", "leads out"),
        ("../../out", "leads out"),
        ("..\\..\\out", "holds `\\`"),
        ("C:", "holds `:`"),
        ("nul", "Windows keeps"),
        (".git", "Git's own"),
        (".GIT", "Git's own"),
        ("a\u{0}b", "control character"),
        ("x.", "ends in a dot"),
    ] {
        let book = with_steps(FETCH);
        book.write("starters/demo/skeleton/${{ values.name }}/b.txt", "b");
        refused(&book, &json!({ "name": name }), words);
    }
}

#[test]
fn an_absolute_name_is_left_out() {
    let book = with_steps(FETCH);
    book.write("starters/demo/skeleton/${{ values.name }}", "b");
    let made = book.create("starters/demo", &json!({ "name": "/etc/x" })).unwrap();
    assert_eq!(
        book::tree(&made.folder).matches("--- ").count(),
        2,
        "{}",
        book::tree(&made.folder)
    );
}

#[test]
fn a_target_path_cannot_lead_out() {
    for target in ["../out", "/tmp/out", "a/../../out", ".git/hooks"] {
        for action in ["fetch:template", "fetch:plain"] {
            let book = with_steps(&format!(
                "    - {{ action: '{action}', input: {{ url: ./skeleton, targetPath: {target} }} }}\n"
            ));
            refused(&book, &json!({}), "step-1");
        }
    }
}

#[test]
fn a_url_reads_inside_the_roadbook_only() {
    for url in [
        "../../..",
        "../../../secret",
        "/etc",
        "https://git.example/x",
        "file:///etc",
    ] {
        for action in ["fetch:template", "fetch:plain"] {
            let book = with_steps(&format!("    - {{ action: '{action}', input: {{ url: '{url}' }} }}\n"));
            refused(&book, &json!({}), "step-1");
        }
    }
}

#[test]
fn a_folder_whose_name_starts_like_the_roadbooks_is_outside() {
    let book = with_steps("    - { action: fetch:plain, input: { url: ../../../book-secret } }\n");
    fs::create_dir(book.home().join("book-secret")).unwrap();
    let error = book.create("starters/demo", &json!({})).unwrap_err();
    assert!(error.to_string().contains("leads out"), "{error}");
}

#[test]
fn links_that_lead_out_are_refused() {
    for target in ["/etc/passwd", "../../../../secret", "missing"] {
        let book = with_steps(FETCH);
        book.link("starters/demo/skeleton/link", target);
        refused(&book, &json!({}), "symbolic link");
    }
}

#[test]
fn chains_of_links_that_lead_out_are_refused() {
    let book = with_steps(FETCH);
    book.link("starters/demo/skeleton/one", "two");
    book.link("starters/demo/skeleton/two", "../../../../secret");
    refused(&book, &json!({}), "symbolic link");
}

#[test]
fn a_linked_skeleton_outside_is_refused() {
    let book = with_steps("    - { action: fetch:plain, input: { url: ./out } }\n");
    fs::create_dir(book.root().join("starters/demo/inside")).unwrap();
    book.link("starters/demo/out", "../../..");
    refused(&book, &json!({}), "leads out");
}

#[test]
fn a_link_that_an_earlier_step_made_is_not_written_through() {
    let book = with_steps(
        "    - { action: fetch:plain, input: { url: ./links } }\n    - { action: fetch:plain, input: { url: ./skeleton, \
         targetPath: here } }\n",
    );
    book.write("starters/demo/links/real/x", "x");
    book.link("starters/demo/links/here", "real");
    refused(&book, &json!({}), "goes through a symbolic link");
}

#[test]
fn a_link_that_moves_cannot_be_written_through_either() {
    let book = with_steps(
        "    - { action: fetch:plain, input: { url: ./links } }\n    - { action: 'fs:rename', input: { files: [{ from: \
         deep/here, to: here }] } }\n    - { action: catalog:write, input: { filePath: here/x, entity: { a: 1 } } }\n",
    );
    book.write("starters/demo/links/real", "x");
    fs::create_dir_all(book.root().join("starters/demo/links/deep")).unwrap();
    book.link("starters/demo/links/deep/here", "../real");
    refused(&book, &json!({}), "symbolic link");
}

#[test]
fn a_link_that_moves_cannot_point_out_of_the_project() {
    let book = with_steps(
        "    - { action: fetch:plain, input: { url: ./links } }\n    - { action: 'fs:rename', input: { files: [{ from: \
         a/b/c, to: c }] } }\n",
    );
    book.write("starters/demo/links/x", "x");
    fs::create_dir_all(book.root().join("starters/demo/links/a/b/c")).unwrap();
    book.link("starters/demo/links/a/b/c/here", "../../../x");
    refused(&book, &json!({}), "symbolic link");
}

#[test]
fn a_template_that_links_into_git_is_refused() {
    let book = with_steps("    - { action: fetch:plain, input: { url: ./stolen } }\n");
    book.write(".git/config", "url = https://token@git.example/x");
    book.link("starters/demo/stolen", "../../.git");
    refused(&book, &json!({}), "leads out");
}

#[test]
fn deleting_and_renaming_stay_inside() {
    for step in [
        "fs:delete, input: { files: [../secret] }",
        "fs:delete, input: { files: ['../*'] }",
        "fs:delete, input: { files: [/etc/x] }",
        "fs:delete, input: { files: ['.'] }",
        "fs:rename, input: { files: [{ from: a.txt, to: ../out }] }",
        "fs:rename, input: { files: [{ from: ../../secret, to: b }] }",
        "fs:rename, input: { files: [{ from: a.txt, to: .git/config }] }",
        "catalog:write, input: { filePath: ../out, entity: { a: 1 } }",
    ] {
        let book = with_steps(&format!(
            "{FETCH}    - {{ name: Try, action: {} }}\n",
            step.replacen(", ", "', ", 1)
                .replacen("fs:", "'fs:", 1)
                .replacen("catalog:", "'catalog:", 1)
        ));
        if step.contains("['.']") {
            // The pattern names no file, so there is nothing to do.
            assert!(book.create("starters/demo", &json!({})).is_ok());
        } else {
            refused(&book, &json!({}), "Try");
        }
    }
}

#[test]
fn names_that_differ_in_case_only_are_refused() {
    let book = with_steps(FETCH);
    book.write("starters/demo/skeleton/A.TXT", "A");
    refused(&book, &json!({}), "differ in case only");
}

#[test]
fn folders_that_differ_in_case_only_are_refused() {
    let book = with_steps(FETCH);
    book.write("starters/demo/skeleton/docs/a", "a");
    book.write("starters/demo/skeleton/Docs/b", "b");
    refused(&book, &json!({}), "differ in case only");
}

#[test]
fn an_endless_template_is_refused() {
    let book = with_steps(FETCH);
    book.write(
        "starters/demo/skeleton/long",
        "{% for a in range(9999) %}{% for b in range(9999) %}${{ b }}{% endfor %}{% endfor %}",
    );
    refused(&book, &json!({}), "too long");
}

#[test]
fn too_many_files_are_refused() {
    let book = with_steps(
        "    - { action: fetch:template, each: '${{ range(9999) }}', input: { url: ./many, targetPath: '${{ each.key }}' } }\n",
    );
    for file in 0..50 {
        book.write(&format!("starters/demo/many/{file}"), "");
    }
    refused(&book, &json!({}), "more than 20000 files");
}

#[test]
fn a_repository_inside_a_skeleton_is_not_copied() {
    let book = with_steps("    - { action: fetch:plain, input: { url: ./skeleton } }\n");
    book.write("starters/demo/skeleton/.git/config", "[core]\n\tfsmonitor = evil\n");
    let made = book.create("starters/demo", &json!({})).unwrap();
    assert!(
        !fs::read_to_string(made.folder.join(".git/config"))
            .unwrap()
            .contains("evil")
    );
}
