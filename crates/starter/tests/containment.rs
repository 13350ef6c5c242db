//! Nothing is written or read outside, one test for each way that was tried on other scaffolders.
//!
//! | what went wrong elsewhere | for example | test |
//! |---|---|---|
//! | an answer or a path of the template leads out | CVE-2021-43783, GHSA-pvv8-8fx9-h673 | `an_answer_cannot_lead_a_file_name_out` |
//! | a target path leads out, for every action | CVE-2021-43783, CVE-2026-106486 | `a_target_path_cannot_lead_out` |
//! | absolute names | CVE-2021-32662 | `an_absolute_name_is_left_out` |
//! | names that Windows reads in its own way: drives, streams, devices, `\\` | CVE-2019-1353 | `an_answer_cannot_lead_a_file_name_out` |
//! | files outside of the template are read | CVE-2021-32662, CVE-2026-106557 | `a_url_reads_inside_the_roadbook_only` |
//! | a prefix taken for a folder (`docs` and `docs_secret`) | CVE-2026-46338 | `a_folder_whose_name_starts_like_the_roadbooks_is_outside` |
//! | symbolic links that lead out | CVE-2024-26150, CVE-2026-25152 | `links_that_lead_out_are_refused` |
//! | chains of links | CVE-2026-24047 | `chains_of_links_that_lead_out_are_refused` |
//! | dangling links | CVE-2026-24047 | `links_that_lead_nowhere_are_refused` |
//! | links that an earlier step made | CVE-2026-24046 | `a_link_that_an_earlier_step_made_is_not_written_through` |
//! | links that a step moves | CVE-2026-24046 | `a_link_that_moves_cannot_point_out_of_the_project` |
//! | links that lead out behind other links | CVE-2026-24047 | `a_link_behind_a_link_is_followed_as_the_system_does` |
//! | a link in the place of our own file | CVE-2026-24046 | `where_it_came_from_is_not_written_through_a_link` |
//! | hooks and starters that are links, devices or huge | CVE-2021-32662 | `what_is_shown_is_a_plain_file_of_the_roadbook` |
//! | links of copier that lead out | CVE-2024-26150 | `links_that_copier_keeps_stay_inside` |
//! | deleting through a link | CVE-2026-24046 | `deleting_a_link_leaves_what_it_points_to` |
//! | reading through a link, for the log | CVE-2026-24046 | `a_list_of_the_project_does_not_tell_where_links_point` |
//! | deleting and moving outside | CVE-2026-24046 | `deleting_and_renaming_stay_inside` |
//! | writing Git's own folder: hooks, configuration | CVE-2024-53983 | `no_action_writes_into_git` |
//! | a repository inside of a skeleton | CVE-2024-32002 | `a_repository_inside_a_skeleton_is_not_copied` |
//! | reading Git's own folder | CVE-2024-53983 | `a_template_that_links_into_git_is_refused` |
//! | names that are one file on some systems | CVE-2021-21300, CVE-2024-32002 | `names_that_differ_in_case_only_are_refused` |
//! | the same, by how accents are written | CVE-2014-9390 | `names_that_differ_in_how_accents_are_written_are_refused` |
//! | submodules that a template brings along | CVE-2018-17456, CVE-2025-48384 | `a_file_of_submodules_fetches_nothing` in `reach.rs` |
//! | requests to a server, and where it redirects to | CVE-2026-24048, CVE-2026-32236 | `no_server_is_asked` in `reach.rs` |
//! | a way out of the template engine | CVE-2022-36067, CVE-2023-35926 | `expressions_reach_nothing_but_values` in `reach.rs` |
//! | the environment of the program | CVE-2026-32237 | `the_environment_is_out_of_reach` in `reach.rs` |
//! | a template that takes all memory or time | | `an_endless_template_is_refused`, and all of `limits.rs` |
//! | secrets in logs, steps left over, previews, errors, records | CVE-2026-29184 | `secrets_are_shown_nowhere` in `secrets.rs` |
//! | what a template makes of a secret | CVE-2026-106499 | `what_is_made_of_a_secret_is_not_shown_either` in `secrets.rs` |
//!
//! Cloning has tests of its own in `crates/git`, pages in `crates/book`.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;
#[path = "support/refusal.rs"]
mod refusal;

use std::fs;

use refusal::{FETCH, refused, with_steps};
use serde_json::json;

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
    for target in ["../out", "/tmp/out", "a/../../out", ".git/hooks", "..", "a/..\\\\b"] {
        for (action, url) in [
            ("fetch:template", "./skeleton"),
            ("fetch:plain", "./skeleton"),
            ("fetch:template:file", "./skeleton/a.txt"),
            ("fetch:plain:file", "./skeleton/a.txt"),
        ] {
            let book = with_steps(&format!(
                "    - {{ action: '{action}', input: {{ url: {url}, targetPath: \"{target}\" }} }}\n"
            ));
            refused(&book, &json!({}), "step-1");
        }
        let book = with_steps(&format!(
            "    - {{ action: 'fs:readdir', input: {{ paths: [\"{target}\"] }} }}\n"
        ));
        refused(&book, &json!({}), "step-1");
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
        for action in [
            "fetch:template",
            "fetch:plain",
            "fetch:template:file",
            "fetch:plain:file",
        ] {
            let book = with_steps(&format!(
                "    - {{ action: '{action}', input: {{ url: '{url}', targetPath: x }} }}\n"
            ));
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
    for target in ["/etc/passwd", "../../../../secret"] {
        let book = with_steps(FETCH);
        book.link("starters/demo/skeleton/link", target);
        refused(&book, &json!({}), "symbolic link");
    }
}

#[test]
fn links_that_lead_nowhere_are_refused() {
    for target in ["missing", "../../../../missing", "link"] {
        let book = with_steps(FETCH);
        book.link("starters/demo/skeleton/link", target);
        refused(&book, &json!({}), "symbolic link");
    }
}

#[test]
fn links_that_copier_keeps_stay_inside() {
    for (link, target) in [("l", "../../../secret"), ("l", "/etc/passwd"), ("l", ".git/config")] {
        let book = with_steps("");
        fs::remove_file(book.root().join("starters/demo/template.yaml")).unwrap();
        book.write("starters/demo/copier.yml", "a: b\n_preserve_symlinks: true\n");
        book.link(&format!("starters/demo/{link}"), target);
        refused(&book, &json!({}), "leads out");
    }
    // A link that is inside is kept, and nothing is written through it.
    let book = with_steps("");
    fs::remove_file(book.root().join("starters/demo/template.yaml")).unwrap();
    book.write("starters/demo/copier.yml", "a: real\n_preserve_symlinks: true\n");
    book.write("starters/demo/real/x", "x");
    book.link("starters/demo/here", "real");
    book.write("starters/demo/{{ 'he' ~ 're' }}/y.jinja", "y");
    refused(&book, &json!({}), "symbolic link");
}

fn copier(links: &[(&str, &str)]) -> book::Book {
    let book = with_steps("");
    fs::remove_file(book.root().join("starters/demo/template.yaml")).unwrap();
    book.write("starters/demo/copier.yml", "a: b\n_preserve_symlinks: true\n");
    for (link, target) in links {
        let place = book.root().join("starters/demo").join(link);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        book.link(&format!("starters/demo/{link}"), target);
    }
    book
}

#[test]
fn a_link_behind_a_link_is_followed_as_the_system_does() {
    // Word by word both stay inside: `x/up/../..` is `x/..`. The system goes through `up` first.
    let book = copier(&[("a/b/c/up", "../../.."), ("far", "a/b/c/up/../..")]);
    refused(&book, &json!({}), "leads out");
    let circle = copier(&[("one", "two"), ("two", "one")]);
    refused(&circle, &json!({}), "circle");
}

#[test]
fn where_it_came_from_is_not_written_through_a_link() {
    let book = copier(&[(".roadbook", "docs")]);
    book.write("starters/demo/docs/starter.toml", "mine");
    refused(&book, &json!({}), "symbolic link");
    let book = copier(&[("a/b/c/up", "../../.."), (".roadbook", "a/b/c/up/../..")]);
    refused(&book, &json!({}), "leads out");
}

#[test]
fn what_is_shown_is_a_plain_file_of_the_roadbook() {
    for target in ["/dev/zero", "../../../../secret", "../../../.git/config", "."] {
        let book = with_steps("");
        fs::remove_file(book.root().join("starters/demo/template.yaml")).unwrap();
        fs::write(book.home().join("secret"), "s3cret").unwrap();
        book.write(".git/config", "s3cret");
        book.write("starters/demo/cookiecutter.json", "{}");
        book.write("starters/demo/{{cookiecutter._template}}/a", "a");
        fs::create_dir_all(book.root().join("starters/demo/hooks")).unwrap();
        book.link("starters/demo/hooks/post_gen_project.sh", target);
        if let Ok(made) = book.create("starters/demo", &json!({})) {
            assert!(
                made.deferred.iter().all(|hook| hook.input.is_empty()),
                "{:?}",
                made.deferred
            );
        }
        let linked = book.root().join("starters/linked");
        fs::create_dir_all(&linked).unwrap();
        book.link("starters/linked/starter.toml", target);
        assert!(starter::read(book.root(), &linked).is_err(), "{target}");
    }
}

#[test]
fn deleting_a_link_leaves_what_it_points_to() {
    let book = with_steps(
        "    - { action: fetch:plain, input: { url: ./links } }\n    - { action: 'fs:delete', input: { files: [here] } }\n",
    );
    book.write("starters/demo/links/real/x", "x");
    book.link("starters/demo/links/here", "real");
    let made = book.create("starters/demo", &json!({})).unwrap();
    assert!(made.folder.join("real/x").is_file() && !made.folder.join("here").exists());
}

#[test]
fn a_list_of_the_project_does_not_tell_where_links_point() {
    let book = with_steps(
        "    - { action: fetch:plain, input: { url: ./links } }\n    - { action: 'debug:log', input: { listWorkspace: \
         with-contents } }\n",
    );
    book.write("starters/demo/links/real", "content");
    book.link("starters/demo/links/here", "real");
    let made = book.create("starters/demo", &json!({})).unwrap();
    assert_eq!(made.log, ["here", "real"]);
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
fn names_that_differ_in_how_accents_are_written_are_refused() {
    let book = with_steps(FETCH);
    book.write("starters/demo/skeleton/\u{e9}", "one character");
    book.write("starters/demo/skeleton/e\u{301}", "two characters");
    refused(&book, &json!({}), "one file on many systems");
}

#[test]
fn no_action_writes_into_git() {
    for step in [
        "fetch:plain, input: { url: ./skeleton, targetPath: .git/hooks }",
        "fetch:plain:file, input: { url: ./skeleton/a.txt, targetPath: .git/config }",
        "fetch:template:file, input: { url: ./skeleton/a.txt, targetPath: sub/.GIT/config }",
        "catalog:write, input: { filePath: .git/config, entity: { a: 1 } }",
        "fs:rename, input: { files: [{ from: a.txt, to: .git/hooks/post-commit }] }",
        "fs:rename, input: { files: [{ from: a.txt, to: git~1/config }] }",
        "fs:delete, input: { files: ['.git/*'] }",
        "fs:readdir, input: { paths: [.git] }",
    ] {
        let (action, input) = step.split_once(", ").unwrap();
        let book = with_steps(&format!("{FETCH}    - {{ name: Try, action: '{action}', {input} }}\n"));
        refused(&book, &json!({}), "Try");
    }
}

#[test]
fn the_table_above_names_tests_that_are_there() {
    let source = [
        include_str!("containment.rs"),
        include_str!("reach.rs"),
        include_str!("secrets.rs"),
    ]
    .concat();
    let rows = source
        .lines()
        .filter(|line| line.starts_with("//! | ") && line.contains(" | `"));
    let mut named = 0;
    for row in rows {
        let name = row.rsplit(" | `").next().unwrap().split('`').next().unwrap();
        assert!(source.contains(&format!("fn {name}()")), "{name}");
        named += 1;
    }
    assert!(named > 20, "{named}");
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
