//! Templates: read, asked, previewed and rendered.

#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)] // links and executable bits are part of what is rendered

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;

use book::Book;
use serde_json::{Value, json};
use starter::{CreateErrorKind, Input};
use tokio_util::sync::CancellationToken;

const EVERYTHING: &str = r"
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: everything
  title: A service
  description: Uses every feature.
  tags: [demo, service]
spec:
  type: service
  owner: group:default/platform
  parameters:
    - title: About
      description: What is it?
      required: [name, owner]
      properties:
        name:
          title: Name
          type: string
          pattern: '^[a-z][a-z0-9-]*$'
          errorMessage: lower case letters, digits and dashes
          maxLength: 20
          ui:placeholder: shop
        owner: { title: Owner, type: string, ui:field: OwnerPicker }
        about: { type: string, ui:widget: textarea }
    - title: How
      properties:
        database: { type: string, enum: [none, postgres], enumNames: [No database, PostgreSQL], default: none }
        docs: { type: boolean, default: true }
        replicas: { type: integer, minimum: 1, maximum: 9, default: 2 }
        regions: { type: array, items: { type: string, enum: [eu, us] }, default: [eu] }
        modules: { type: array, items: { type: string }, default: [core, web] }
        token: { type: string, ui:field: Secret }
        repoUrl: { type: string, ui:field: RepoUrlPicker, default: git.example?owner=team&repo=shop }
  steps:
    - id: fetch
      name: Fetch the skeleton
      action: fetch:template
      input:
        url: ./skeleton
        copyWithoutTemplating: ['.github/workflows/**']
        values:
          name: ${{ parameters.name }}
          owner: ${{ parameters.owner }}
          database: ${{ parameters.database }}
          docs: ${{ parameters.docs }}
          replicas: ${{ parameters.replicas }}
          regions: ${{ parameters.regions }}
          repo: ${{ parameters.repoUrl | parseRepoUrl }}
    - name: Documentation
      if: ${{ parameters.docs === true }}
      action: fetch:plain
      input: { url: ../../shared/docs, targetPath: ./docs }
    - name: No documentation
      if: ${{ parameters.docs !== true }}
      action: fetch:plain
      input: { url: ./nowhere }
    - name: Modules
      each: ${{ parameters.modules }}
      action: fetch:template
      input:
        url: ./module
        targetPath: modules/${{ each.value }}
        trimBlocks: true
        lstripBlocks: true
        templateFileExtension: .njk
        values: { name: '${{ each.value }}', index: '${{ each.key }}' }
    - name: Tidy
      action: fs:delete
      input: { files: [scratch, '**/*.tmp'] }
    - name: Names
      action: fs:rename
      input: { files: [{ from: main.txt, to: src/main.txt }] }
    - name: Catalog
      action: catalog:write
      input:
        entity:
          apiVersion: backstage.io/v1alpha1
          kind: Component
          metadata: { name: '${{ parameters.name }}', tags: ['${{ parameters.database }}'] }
          spec: { type: service, lifecycle: experimental, owner: '${{ parameters.owner }}' }
    - name: Say it
      action: debug:log
      input: { message: 'Made ${{ parameters.name }} with ${{ secrets.token }}' }
    - id: publish
      name: Publish
      action: publish:github
      input:
        repoUrl: ${{ parameters.repoUrl }}
        token: ${{ secrets.token }}
        title: Key s3cret for ${{ parameters.name }}
  output:
    links:
      - { title: Repository, url: '${{ steps.publish.output.remoteUrl }}' }
      - { title: Guide, url: 'https://docs.example/${{ parameters.name }}' }
      - { title: Bad, url: 'javascript:alert(1)' }
    text:
      - { title: Next, content: 'Run `make` in ${{ parameters.name }}.' }
      - { if: '${{ parameters.docs === false }}', title: Never, content: x }
";

fn everything() -> Book {
    let book = Book::new();
    book.write("starters/demo/template.yaml", EVERYTHING);
    for (file, text) in [
        ("README.md", "# ${{ values.name }}\n\nOwner: ${{ values.owner }}\n"),
        (
            "config.json",
            "{ \"docs\": ${{ values.docs }}, \"replicas\": ${{ values.replicas }}, \"regions\": ${{ values.regions | dump }} }\n",
        ),
        (
            "list.txt",
            "{% for region in values.regions %}\n${{ loop.index }} ${{ region | upper }}\n{% endfor %}end",
        ),
        (
            "db.txt",
            "{% if values.database === 'postgres' %}pg{% elseif values.database === 'none' %}none{% endif %}",
        ),
        (
            "${{ values.name }}/x.txt",
            "${{ values.repo.owner }}/${{ values.repo.repo }}",
        ),
        (
            "${{ 'pg' if values.database === 'postgres' else '' }}/only.sql",
            "never",
        ),
        (".github/workflows/ci.yml", "token: ${{ secrets.TOKEN }}\n"),
        ("raw.yml", "{% raw %}${{ github.sha }}{% endraw %}\n"),
        ("scratch/a", "gone"),
        ("a.tmp", "gone"),
        ("deep/b.tmp", "gone"),
        ("main.txt", "main"),
        ("run.sh", "#!/bin/sh\n"),
    ] {
        book.write(&format!("starters/demo/skeleton/{file}"), text);
    }
    book.write_bytes("starters/demo/skeleton/logo.png", b"\x89PNG\0${{ values.name }}\xff");
    book.make_executable("starters/demo/skeleton/run.sh");
    book.link("starters/demo/skeleton/latest", "README.md");
    book.write(
        "starters/demo/module/mod.txt.njk",
        "{% if true %}\n  ${{ values.index }}: ${{ values.name }}\n{% endif %}\n",
    );
    book.write("starters/demo/module/keep.txt", "${{ values.name }}");
    book.write("shared/docs/index.md", "${{ untouched }}");
    book
}

fn answers() -> Value {
    json!({ "name": "shop", "owner": "group:default/web", "token": "s3cret", "replicas": "3" })
}

#[test]
fn a_template_with_every_feature_becomes_this_tree() {
    let book = everything();
    let made = book.create("starters/demo", &answers()).unwrap();

    insta::assert_snapshot!(book::tree(&made.folder));
    assert_eq!(
        git_server::git(&made.folder, &["log", "--format=%an %s"]),
        "Test Person Start shop"
    );
    assert!(git::inspect(&made.folder).unwrap().clean);
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
fn a_preview_shows_the_same_files_and_writes_none() {
    let book = everything();
    let starter = book.read("starters/demo");
    let files = starter::preview(&starter, answers().as_object().unwrap()).unwrap();

    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert!(
        paths.contains(&"shop/x.txt") && paths.contains(&"modules/web/mod.txt"),
        "{paths:?}"
    );
    let readme = files.iter().find(|file| file.path == "README.md").unwrap();
    assert_eq!(readme.bytes, b"# shop\n\nOwner: group:default/web\n");
    assert!(book.projects_are_empty());
}

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
        "    properties:\n      address: { type: object, properties: {} }\n",
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
