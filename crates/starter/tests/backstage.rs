//! Actions, conditions and outputs of Backstage templates.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::json;
use starter::{CreateErrorKind, Created};

const NO_FORM: &str = "    {}\n";

fn read(created: &Created, file: &str) -> String {
    fs::read_to_string(created.folder.join(file)).unwrap()
}

#[test]
fn one_file_is_rendered_or_copied() {
    let book = Book::new();
    book.write(
        "shared/ci.yml",
        "name: ${{ values.name }}\n{% if true %}\nx\n{% endif %}\n",
    );
    book.write("starters/demo/raw.txt", "${{ untouched }}");
    book.template(
        "demo",
        "    - action: fetch:template:file\n      input: { url: ../../shared/ci.yml, targetPath: .ci/a.yml, trimBlocks: true, \
         values: { name: shop } }\n    \
         - action: fetch:template:file\n      input: { url: ../../shared/ci.yml, targetPath: .ci/a.yml, values: { name: other } }\n    \
         - action: fetch:template:file\n      input: { url: ../../shared/ci.yml, targetPath: .ci/b.yml, values: { name: first } }\n    \
         - action: fetch:template:file\n      input: { url: ../../shared/ci.yml, targetPath: .ci/b.yml, replace: true, values: { name: second } }\n    \
         - action: fetch:plain:file\n      input: { url: ./raw.txt, targetPath: docs/raw.txt }\n",
        NO_FORM,
    );

    let created = book.create("starters/demo", &json!({})).unwrap();

    assert_eq!(read(&created, ".ci/a.yml"), "name: shop\nx\n");
    assert!(
        read(&created, ".ci/b.yml").starts_with("name: second\n\nx"),
        "{}",
        read(&created, ".ci/b.yml")
    );
    assert_eq!(read(&created, "docs/raw.txt"), "${{ untouched }}");
}

#[test]
fn what_is_in_a_folder_can_be_used_by_later_steps() {
    let book = Book::new();
    for file in ["b.txt", "a.txt", "docs/x.md", "docs/deep/y.md"] {
        book.write(&format!("starters/demo/skeleton/{file}"), "");
    }
    book.template(
        "demo",
        "    - { action: fetch:plain, input: { url: ./skeleton } }\n    \
         - { id: top, action: fs:readdir, input: { paths: ['.'] } }\n    \
         - { id: docs, action: fs:readdir, input: { paths: [docs], recursive: true } }\n    \
         - each: ${{ steps.docs.output.files }}\n      action: debug:log\n      input: { message: '${{ each.key }} ${{ each.value.path }}' }\n    \
         - { action: debug:log, input: { message: \"${{ steps.top.output.files | join(',', 'name') }} ${{ steps.top.output.folders[0] | dump }}\" } }\n",
        NO_FORM,
    );

    let created = book.create("starters/demo", &json!({})).unwrap();

    assert_eq!(
        created.log,
        [
            "0 docs/deep/y.md",
            "1 docs/x.md",
            "a.txt,b.txt {\"name\":\"docs\",\"path\":\"docs\",\"fullPath\":\"docs\"}",
        ]
    );
}

#[test]
fn a_skeleton_of_cookiecutter_is_rendered_in_its_words() {
    let book = Book::new();
    book.write(
        "starters/demo/skeleton/{{cookiecutter.name}}.txt",
        "{{ cookiecutter.name }} ${{ x }} {% if cookiecutter.docs == True %}docs{% endif %} {{ cookiecutter.list | jsonify }}",
    );
    book.template(
        "demo",
        "    - action: fetch:template\n      input: { url: ./skeleton, cookiecutterCompat: true, values: { name: shop, docs: true, list: [a, b] } }\n",
        NO_FORM,
    );
    // `${{` is the start of a variable here, too, with a dollar before it.
    let error = book.create("starters/demo", &json!({})).unwrap_err();
    assert!(error.to_string().contains("`x`"), "{error}");

    book.write(
        "starters/demo/skeleton/{{cookiecutter.name}}.txt",
        "{{ cookiecutter.name }} {% if cookiecutter.docs == True %}docs{% endif %} {{ cookiecutter.list | jsonify }}",
    );
    let created = book.create("starters/demo", &json!({})).unwrap();
    assert_eq!(read(&created, "shop.txt"), "shop docs [\"a\",\"b\"]");
}

#[test]
fn inputs_that_contradict_each_other_are_refused() {
    for input in [
        "templateFileExtension: true, copyWithoutTemplating: ['*']",
        "templateFileExtension: .njk, cookiecutterCompat: true",
        "copyWithoutRender: ['*'], copyWithoutTemplating: ['*']",
    ] {
        let book = Book::new();
        book.write("starters/demo/skeleton/a.txt", "");
        let step = format!("    - {{ action: fetch:template, input: {{ url: ./skeleton, {input} }} }}\n");
        book.template("demo", &step, NO_FORM);
        let error = book.create("starters/demo", &json!({})).unwrap_err();
        assert_eq!(error.kind(), CreateErrorKind::Starter, "{input}");
    }
}

#[test]
fn conditions_of_all_kinds_decide_about_a_step() {
    let book = Book::new();
    let mut steps = String::new();
    for (index, condition) in [
        "true",
        "false",
        "'${{ parameters.yes }}'",
        "'${{ parameters.no }}'",
        "'${{ parameters.list | length > 1 }}'",
        "'${{ parameters.none }}'",
        "'${{ steps.never.output.x }}'",
        "\"${{ parameters.name === 'shop' and not parameters.no }}\"",
        "'{% if parameters.no %}true{% else %}false{% endif %}'",
        "'${{ always() }}'",
        "'${{ failure() }}'",
        "''",
    ]
    .iter()
    .enumerate()
    {
        let step = format!("    - {{ if: {condition}, action: debug:log, input: {{ message: 'step {index}' }} }}\n");
        steps.push_str(&step);
    }
    steps += "    - if: ${{ each.value != 'b' }}\n      each: [a, b, c]\n      action: debug:log\n      input: { message: '${{ each.value }}' }\n";
    steps += "    - each: { x: 1, y: 2 }\n      action: debug:log\n      input: { message: '${{ each.key }}=${{ each.value }}' }\n";
    let form = "    properties:\n      yes: { type: boolean, default: true }\n      no: { type: boolean }\n      \
                list: { type: array, items: { type: string }, default: [a, b] }\n      \
                none: { type: array, items: { type: string }, default: [] }\n      name: { type: string, default: shop }\n";
    book.template("demo", &steps, form);

    let created = book.create("starters/demo", &json!({})).unwrap();

    assert_eq!(
        created.log,
        ["step 0", "step 2", "step 4", "step 7", "step 9", "a", "c", "x=1", "y=2"]
    );
}

#[test]
fn links_and_texts_are_shown_when_their_conditions_hold() {
    let book = Book::new();
    book.write(
        "starters/demo/template.yaml",
        "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: demo }\nspec:\n  \
         parameters: { properties: { docs: { type: boolean, default: true } } }\n  \
         steps: [{ id: log, action: debug:log, input: { message: x } }]\n  \
         output:\n    links:\n      - { title: Guide, url: 'https://docs.example/${{ parameters.docs }}' }\n      \
         - { if: '${{ not parameters.docs }}', title: Never, url: 'https://docs.example' }\n      \
         - { title: Entity, entityRef: 'component:x' }\n      - { title: Bad, url: 'file:///etc/passwd' }\n    \
         text:\n      - { title: One, content: 'First **${{ 1 + 1 }}**' }\n      - { if: '${{ parameters.docs }}', title: Two, content: Second }\n      \
         - { if: false, title: Never, content: x }\n",
    );

    let created = book.create("starters/demo", &json!({})).unwrap();

    let links: Vec<&str> = created.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(links, ["https://docs.example/true"]);
    assert_eq!(created.after, "### One\n\nFirst **2**\n\n### Two\n\nSecond");
}

#[test]
fn a_url_on_a_server_is_a_warning_and_then_an_error_that_explains() {
    let book = Book::new();
    for action in [
        "fetch:template",
        "fetch:plain",
        "fetch:template:file",
        "fetch:plain:file",
    ] {
        let step = format!("    - {{ action: {action}, input: {{ url: 'https://git.example/x', targetPath: a }} }}\n");
        book.template("demo", &step, NO_FORM);
        let warnings = book.read("starters/demo").warnings;
        assert_eq!(warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["starter-url"]);

        let error = book.create("starters/demo", &json!({})).unwrap_err();
        assert_eq!(error.kind(), CreateErrorKind::Starter);
        assert!(error.to_string().contains("is on a server"), "{error}");
        assert!(book.projects_are_empty());
    }
}
