//! Projects beside their starters: outdated, upgraded, with their own work kept.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;
use std::path::{Path, PathBuf};

use book::Book;
use git_server::{GitServer, Manner, git};
use serde_json::{Value, json};
use starter::{CreateErrorKind, Outdated, UpgradeError, UpgradeRequest, Upgraded};
use tokio_util::sync::CancellationToken;

const STEPS: &str = "    - id: f\n      action: fetch:template\n      input:\n        url: ./skeleton\n        values:\n          \
                     name: ${{ parameters.name }}\n          port: ${{ parameters.port }}\n";
const NAME: &str = "    - required: [name]\n      properties:\n        name: { type: string }\n";

fn project(book: &Book) -> PathBuf {
    book.home().join("projects/shop")
}

fn request(book: &Book, values: &Value) -> UpgradeRequest {
    UpgradeRequest {
        project: project(book),
        values: values.as_object().unwrap().clone(),
        version: Some("2026.12.1".into()),
        now: "2026-12-01T10:00:00Z".into(),
        mirrors: None,
        accept_host_key: None,
    }
}

fn outdated(book: &Book, values: &Value) -> Result<Outdated, UpgradeError> {
    starter::outdated(
        &book.read("starters/demo"),
        &request(book, values),
        &mut |_| {},
        &CancellationToken::new(),
    )
}

fn upgrade(book: &Book, values: &Value) -> Result<Upgraded, UpgradeError> {
    starter::upgrade(
        &book.read("starters/demo"),
        &request(book, values),
        false,
        &mut |_| {},
        &CancellationToken::new(),
    )
}

fn commit(project: &Path) {
    git(project, &["add", "-A"]);
    git(project, &["commit", "-q", "-m", "x"]);
}

fn text(book: &Book, file: &str) -> String {
    fs::read_to_string(project(book).join(file)).unwrap()
}

/// A template, and a project made from it.
fn backstage() -> Book {
    let book = Book::new();
    book.template("demo", STEPS, NAME);
    book.write("starters/demo/skeleton/a.txt", "name ${{ values.name }}\n1\n2\n3\n4\n");
    book.write("starters/demo/skeleton/.gitignore", "local.env\n");
    book.write("starters/demo/skeleton/local.env", "HOST=localhost\n");
    book.create("starters/demo", &json!({ "name": "shop" })).unwrap();
    book
}

#[test]
fn a_project_says_where_it_came_from() {
    let book = backstage();

    let provenance = starter::provenance(&project(&book)).unwrap();

    assert_eq!(provenance.starter, "demo");
    assert_eq!(provenance.kind.as_deref(), Some("backstage"));
    assert_eq!(provenance.book.as_deref(), Some("acme"));
    assert_eq!(provenance.version.as_deref(), Some("2026.11.1"));
    assert_eq!(provenance.program.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(provenance.name.as_deref(), Some("shop"));
    assert_eq!(provenance.trees.len(), 1);
    assert_eq!(Value::Object(provenance.answers), json!({ "name": "shop" }));
    assert!(provenance.fingerprint.is_some() && provenance.book_commit.is_none());
}

#[test]
fn a_roadbook_in_git_is_named_with_its_commit_and_no_password() {
    let book = Book::new();
    book.template("demo", STEPS, NAME);
    book.write("starters/demo/skeleton/a.txt", "a\n");
    git(book.root(), &["init", "-q"]);
    git(
        book.root(),
        &["remote", "add", "origin", "https://ada:hush@git.example/acme/book.git"],
    );
    commit(book.root());

    book.create("starters/demo", &json!({ "name": "shop" })).unwrap();

    let provenance = starter::provenance(&project(&book)).unwrap();
    assert_eq!(provenance.book_commit, Some(git(book.root(), &["rev-parse", "HEAD"])));
    assert!(provenance.book_repository.unwrap().contains("git.example/acme/book"));
    assert!(!text(&book, ".roadbook/starter.toml").contains("hush"));
}

#[test]
fn a_template_that_did_not_change_is_current() {
    let book = backstage();
    fs::write(project(&book).join("a.txt"), "mine\n").unwrap();

    assert_eq!(outdated(&book, &json!({})).unwrap().files, []);
    assert!(!upgrade(&book, &json!({})).unwrap().written);
}

#[test]
fn a_template_that_changed_elsewhere_is_current_for_this_project() {
    let book = backstage();
    book.write("starters/demo/README.md", "For its authors.\n");

    assert_eq!(outdated(&book, &json!({})).unwrap().files, []);
    assert!(!upgrade(&book, &json!({})).unwrap().written);
}

#[test]
fn changes_outside_the_templates_folder_are_seen() {
    let book = Book::new();
    book.template("demo", &STEPS.replace("./skeleton", "../../skeletons/x"), NAME);
    book.write("skeletons/x/a.txt", "one\n");
    book.create("starters/demo", &json!({ "name": "shop" })).unwrap();
    assert_eq!(outdated(&book, &json!({})).unwrap().files, []);

    book.write("skeletons/x/a.txt", "two\n");

    assert_eq!(outdated(&book, &json!({})).unwrap().files.len(), 1);
}

#[test]
fn an_upgrade_keeps_the_projects_work_and_can_be_done_again() {
    let book = backstage();
    let folder = project(&book);
    fs::write(folder.join("a.txt"), "name shop\none\n2\n3\n4\n").unwrap();
    fs::write(folder.join("local.env"), "HOST=mine\n").unwrap();
    commit(&folder);
    book.write(
        "starters/demo/skeleton/a.txt",
        "name ${{ values.name }}\n1\n2\n3\nfour\n",
    );
    book.write("starters/demo/skeleton/local.env", "HOST=elsewhere\n");
    book.write("starters/demo/skeleton/b.txt", "b\n");

    let seen = outdated(&book, &json!({})).unwrap();
    let done = upgrade(&book, &json!({})).unwrap();

    let paths: Vec<_> = seen.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a.txt", "b.txt"], "what is ignored is nobody's");
    assert!(seen.files[0].diff.contains("-4\n+four\n"), "{}", seen.files[0].diff);
    assert_eq!((seen.from.as_str(), seen.to.as_str()), ("2026.11.1", "2026.12.1"));
    assert!(done.written);
    assert_eq!(text(&book, "a.txt"), "name shop\none\n2\n3\nfour\n");
    assert_eq!(text(&book, "local.env"), "HOST=mine\n");
    let after = starter::provenance(&folder).unwrap();
    assert_eq!(after.version.as_deref(), Some("2026.12.1"));
    assert_eq!(after.trees.len(), 2);
    assert_eq!(after.upgraded.as_deref(), Some("2026-12-01T10:00:00Z"));
    assert!(matches!(
        upgrade(&book, &json!({})),
        Ok(done) if !done.written
    ));
    commit(&folder);
    assert_eq!(outdated(&book, &json!({})).unwrap().files, []);

    book.write(
        "starters/demo/skeleton/a.txt",
        "name ${{ values.name }}\n1\n2\n3\nfour and more\n",
    );
    upgrade(&book, &json!({})).unwrap();
    assert_eq!(text(&book, "a.txt"), "name shop\none\n2\n3\nfour and more\n");
}

#[test]
fn a_colleagues_clone_can_be_upgraded_too() {
    let book = backstage();
    book.write(
        "starters/demo/skeleton/a.txt",
        "name ${{ values.name }}\n1\n2\n3\nfour\n",
    );
    upgrade(&book, &json!({})).unwrap();
    fs::write(project(&book).join("a.txt"), "name shop\none\n2\n3\nfour\n").unwrap();
    commit(&project(&book));
    let clone = book.home().join("clone");
    git(book.home(), &["clone", "-q", "projects/shop", "clone"]);
    fs::remove_dir_all(project(&book)).unwrap();
    fs::rename(clone, project(&book)).unwrap();
    book.write("starters/demo/skeleton/b.txt", "b\n");

    let done = upgrade(&book, &json!({})).unwrap();

    assert!(
        done.written && done.files.iter().all(|file| !file.outcome.is_conflict()),
        "{:?}",
        done.files
    );
    assert_eq!(text(&book, "a.txt"), "name shop\none\n2\n3\nfour\n");
    assert_eq!(text(&book, "b.txt"), "b\n");
}

#[test]
fn new_questions_take_their_defaults_and_old_answers_go() {
    let book = backstage();
    book.template(
        "demo",
        STEPS,
        "    - properties:\n        title: { type: string, default: Shop }\n        port: { type: integer, default: 80 }\n",
    );
    book.write("starters/demo/skeleton/a.txt", "port ${{ values.port }}\n1\n2\n3\n4\n");

    let done = upgrade(&book, &json!({ "port": "8080" })).unwrap();

    let assumed: Vec<_> = done
        .assumed
        .iter()
        .map(|answer| (answer.field.name.as_str(), &answer.value))
        .collect();
    assert_eq!(assumed, [("title", &json!("Shop"))]);
    assert_eq!(done.dropped, ["name"]);
    assert_eq!(text(&book, "a.txt"), "port 8080\n1\n2\n3\n4\n");
    let answers = Value::Object(starter::provenance(&project(&book)).unwrap().answers);
    assert_eq!(answers, json!({ "title": "Shop", "port": 8080 }));
}

#[test]
fn a_question_without_a_default_has_to_be_answered() {
    let book = backstage();
    book.template("demo", STEPS, &NAME.replace("name", "owner"));

    let error = outdated(&book, &json!({})).unwrap_err();

    assert_eq!(error.kind(), CreateErrorKind::Invalid);
    assert!(error.hint().contains("--set owner="), "{}", error.hint());
    assert_eq!(error.asks()[0].name, "owner");
}

#[test]
fn secrets_are_never_recorded_and_asked_for_only_where_a_file_needs_them() {
    let book = Book::new();
    let form = "    - properties:\n        token: { type: string, ui:field: Secret, minLength: 4 }\n        \
                used: { type: string, ui:widget: password }\n";
    let steps = STEPS.replace("port: ${{ parameters.port }}", "used: ${{ parameters.used }}");
    book.template("demo", &steps.replace("name: ${{ parameters.name }}", "name: x"), form);
    book.write("starters/demo/skeleton/a.txt", "a\n");
    book.create("starters/demo", &json!({ "token": "hush-hush", "used": "quiet" }))
        .unwrap();
    assert!(!text(&book, ".roadbook/starter.toml").contains("hush"));
    book.write("starters/demo/skeleton/a.txt", "b\n");
    assert_eq!(outdated(&book, &json!({})).unwrap().files.len(), 1);

    book.write("starters/demo/skeleton/a.txt", "b ${{ values.used }}\n");

    let error = outdated(&book, &json!({})).unwrap_err();
    assert!(
        matches!(&error, UpgradeError::SecretNeeded { fields } if fields.len() == 1 && fields[0].name == "used"),
        "{error}"
    );
    upgrade(&book, &json!({ "used": "still" })).unwrap();
    assert_eq!(text(&book, "a.txt"), "b still\n");
    assert!(!text(&book, ".roadbook/starter.toml").contains("still"));
}

#[test]
fn what_copier_writes_once_stays_as_the_project_has_it() {
    let book = Book::new();
    book.write("starters/demo/copier.yml", "name: shop\n_skip_if_exists: ['*.local']\n");
    for file in ["settings.local", "kept.local", "plain"] {
        book.write(&format!("starters/demo/{file}"), "one\n");
    }
    book.create("starters/demo", &json!({})).unwrap();
    fs::write(project(&book).join("settings.local"), "mine\n").unwrap();
    commit(&project(&book));
    for file in ["settings.local", "kept.local", "plain", "new.local"] {
        book.write(&format!("starters/demo/{file}"), "two\n");
    }

    let seen: Vec<_> = outdated(&book, &json!({}))
        .unwrap()
        .files
        .into_iter()
        .map(|file| file.path)
        .collect();
    assert_eq!(seen, ["new.local", "plain"]);
    let done = upgrade(&book, &json!({})).unwrap();

    assert!(
        done.files.iter().all(|file| !file.outcome.is_conflict()),
        "{:?}",
        done.files
    );
    let texts = ["settings.local", "kept.local", "plain", "new.local"].map(|file| text(&book, file));
    assert_eq!(texts, ["mine\n", "one\n", "two\n", "two\n"]);
}

#[test]
fn changes_of_what_a_template_takes_from_beside_it_are_seen() {
    for (file, form, shared) in [
        (
            "cookiecutter.json",
            r#"{"templates": {"a": {"path": "../../shared/a"}}}"#,
            "shared/a/{{cookiecutter.name}}/x",
        ),
        ("copier.yml", "name: shop\n_subdirectory: ../../shared\n", "shared/x"),
    ] {
        let book = Book::new();
        book.write(&format!("starters/demo/{file}"), form);
        book.write("shared/a/cookiecutter.json", r#"{"name": "shop"}"#);
        book.write(shared, "one\n");
        book.create("starters/demo", &json!({})).unwrap();
        assert!(outdated(&book, &json!({})).unwrap().files.is_empty(), "{file}");

        book.write(shared, "two\n");

        assert_eq!(outdated(&book, &json!({})).unwrap().files.len(), 1, "{file}");
    }
}

#[test]
fn cookiecutter_and_copier_projects_are_upgraded() {
    let kinds = [
        (
            "cookiecutter.json",
            r#"{"name": "shop"}"#,
            "{{cookiecutter.name}}/a.txt",
            "cookiecutter.name",
        ),
        (
            "copier.yml",
            "name: { type: str, default: shop }\n",
            "a.txt.jinja",
            "name",
        ),
    ];
    for (file, form, template, name) in kinds {
        let book = Book::new();
        book.write(&format!("starters/demo/{file}"), form);
        let template = format!("starters/demo/{template}");
        book.write(&template, &format!("{{{{ {name} }}}}\n1\n2\n3\n"));
        book.create("starters/demo", &json!({ "name": "store" })).unwrap();
        fs::write(project(&book).join("a.txt"), "store\n1\n2\n3\nmine\n").unwrap();
        commit(&project(&book));
        book.write(&template, &format!("The {{{{ {name} }}}}\n1\n2\n3\n"));

        let done = upgrade(&book, &json!({})).unwrap();

        assert!(done.written, "{file}");
        assert_eq!(text(&book, "a.txt"), "The store\n1\n2\n3\nmine\n", "{file}");
    }
}

fn repository(server: &GitServer, more: &str) -> Book {
    let book = Book::new();
    let url = server.url("shop.git");
    book.write(
        "starters/demo/starter.toml",
        &format!("title = \"Shop\"\nrepository = \"{url}\"\n{more}"),
    );
    book.create("starters/demo", &json!({})).unwrap();
    book
}

#[test]
fn a_repository_starter_that_moved_on_is_merged_in() {
    for more in ["", "history = \"keep\"\n"] {
        let server = GitServer::start(Manner::Well);
        server.publish("shop.git", &[("a.txt", b"1\n2\n3\n4\n"), ("gone.txt", b"gone\n")]);
        let book = repository(&server, more);
        assert_eq!(outdated(&book, &json!({})).unwrap().files, []);
        fs::write(project(&book).join("a.txt"), "one\n2\n3\n4\n").unwrap();
        commit(&project(&book));
        let head = git(&project(&book), &["rev-parse", "HEAD"]);
        let new = server.push("shop.git", "main", &[("a.txt", b"1\n2\n3\nfour\n"), ("b.txt", b"b\n")]);

        let seen = outdated(&book, &json!({})).unwrap();
        let done = upgrade(&book, &json!({})).unwrap();

        assert_eq!(seen.files.len(), 2, "{more}");
        assert_eq!(done.to, new[..8]);
        assert_eq!(text(&book, "a.txt"), "one\n2\n3\nfour\n");
        assert_eq!(text(&book, "b.txt"), "b\n");
        assert_eq!(starter::provenance(&project(&book)).unwrap().commit, Some(new));
        assert_eq!(git(&project(&book), &["rev-parse", "HEAD"]), head);
        commit(&project(&book));
        assert_eq!(outdated(&book, &json!({})).unwrap().files, []);
        let third = server.push("shop.git", "main", &[("a.txt", b"1\n2\n3\nfour\nfive\n")]);
        upgrade(&book, &json!({})).unwrap();
        assert_eq!(text(&book, "a.txt"), "one\n2\n3\nfour\nfive\n");
        assert_eq!(starter::provenance(&project(&book)).unwrap().commit, Some(third));
    }
}

#[test]
fn files_of_earlier_versions_are_read() {
    let book = backstage();
    let folder = project(&book);
    let old = "# Where this project came from.\nstarter = \"demo\"\ntitle = \"demo\"\nroadbook = \"acme\"\n\
               version = \"2026.11.1\"\nmade = \"2026-11-02T10:00:00Z\"\n\n[answers]\nname = \"shop\"\n";
    fs::write(folder.join(".roadbook/starter.toml"), old).unwrap();
    git(&folder, &["commit", "-q", "-a", "--amend", "-m", "First"]);
    fs::write(folder.join("mine.txt"), "mine\n").unwrap();
    commit(&folder);
    book.write(
        "starters/demo/skeleton/a.txt",
        "name ${{ values.name }}\n1\n2\n3\nfour\n",
    );

    let done = upgrade(&book, &json!({})).unwrap();

    assert!(done.written);
    assert_eq!(text(&book, "a.txt"), "name shop\n1\n2\n3\nfour\n");
    assert_eq!(text(&book, "mine.txt"), "mine\n");
}

#[test]
fn other_folders_are_told_what_they_lack() {
    let book = backstage();
    let elsewhere = UpgradeRequest {
        project: book.home().join("book"),
        ..request(&book, &json!({}))
    };
    let compare = |request: &UpgradeRequest| {
        let cancel = CancellationToken::new();
        starter::outdated(&book.read("starters/demo"), request, &mut |_| {}, &cancel).unwrap_err()
    };
    assert!(matches!(compare(&elsewhere), UpgradeError::NotFromStarter { .. }));
    fs::write(project(&book).join(".roadbook/starter.toml"), "starter = ").unwrap();
    assert!(matches!(
        compare(&request(&book, &json!({}))),
        UpgradeError::Unreadable { .. }
    ));
}
