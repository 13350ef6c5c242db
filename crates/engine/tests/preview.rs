//! What a template would make, and the form while it is filled in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use engine::wire::{Code, DeferredKind, Failure, JobEvent, NewProject, ProjectPreview};
use engine::{Engine, Folders, Options};
use serde_json::{Map, Value, json};

/// A roadbook with a cookiecutter template.
fn open(root: &Path) -> Engine {
    let starter = root.join("book/starters/note");
    let skeleton = starter.join("{{cookiecutter.slug}}");
    fs::create_dir_all(&skeleton).unwrap();
    fs::create_dir_all(starter.join("hooks")).unwrap();
    fs::write(
        root.join("book/roadbook.toml"),
        "format = 1\nid = \"book\"\ntitle = \"Book\"\n",
    )
    .unwrap();
    fs::write(
        starter.join("cookiecutter.json"),
        r#"{ "name": "My Note", "slug": "{{ cookiecutter.name|lower|replace(' ', '-') }}" }"#,
    )
    .unwrap();
    fs::write(skeleton.join("README.md"), "# {{ cookiecutter.name }}\n").unwrap();
    fs::write(skeleton.join("logo.png"), b"\x89PNG\x00\xff").unwrap();
    fs::write(skeleton.join("long.txt"), "x".repeat(300 * 1024)).unwrap();
    fs::write(starter.join("hooks/post_gen_project.sh"), "#!/bin/sh\ntouch ran\n").unwrap();
    Engine::open(Options {
        book: Some(root.join("book")),
        folders: Some(Folders {
            data: root.join("data"),
            cache: root.join("cache"),
            home: root.to_owned(),
        }),
    })
    .unwrap()
}

fn values(json: &Value) -> Map<String, Value> {
    json.as_object().unwrap().clone()
}

fn request(answers: &Value) -> NewProject {
    NewProject {
        starter: "note".to_owned(),
        parent: String::new(),
        name: String::new(),
        values: values(answers),
        task: None,
    }
}

async fn preview(engine: &Engine, answers: &Value) -> Result<ProjectPreview, Failure> {
    engine.preview("job", request(answers), &|_| {}).await
}

#[tokio::test]
async fn texts_are_shown_of_a_long_one_the_beginning_and_of_others_only_the_size() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());

    let preview = preview(&engine, &json!({ "name": "Orders" })).await.unwrap();

    let found: Vec<_> = preview
        .files
        .iter()
        .map(|file| {
            (
                file.path.as_str(),
                file.size,
                file.text.as_ref().map(String::len),
                file.cut,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("README.md", 9, Some(9), false),
            ("logo.png", 6, None, false),
            ("long.txt", 300 * 1024, Some(64 * 1024), true),
        ]
    );
    assert_eq!(preview.files[0].text.as_deref(), Some("# Orders\n"));
    assert_eq!(preview.deferred[0].text, "#!/bin/sh\ntouch ran\n");
}

#[tokio::test]
async fn a_preview_of_answers_that_do_not_fit_says_why() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());

    let failure = preview(&engine, &json!({ "nowhere": 1 })).await.unwrap_err();

    assert!(failure.message.contains("nowhere"), "{failure}");
}

#[tokio::test]
async fn a_preview_that_takes_long_can_be_stopped() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());
    fs::write(
        root.path().join("book/starters/note/{{cookiecutter.slug}}/endless.md"),
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    )
    .unwrap();
    let events = std::sync::Mutex::new(Vec::new());
    let tell = |event| events.lock().unwrap().push(event);
    let answers = json!({});
    let running = engine.preview("job", request(&answers), &tell);
    let stopping = async {
        while !engine.is_busy() {
            tokio::task::yield_now().await;
        }
        engine.cancel("job");
    };

    let (ended, ()) = tokio::join!(running, stopping);

    assert_eq!(ended.unwrap_err().code, Code::Cancelled);
    assert!(
        matches!(&events.into_inner().unwrap()[..], [JobEvent::Failed { failure }] if failure.code == Code::Cancelled)
    );
}

#[test]
fn the_form_follows_the_answers_and_leaves_aside_what_is_not_asked() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());

    let form = engine
        .starter_form("note", &values(&json!({ "name": "Shop Orders", "gone": true })))
        .unwrap();

    let slug = form.pages[0].fields.iter().find(|field| field.name == "slug").unwrap();
    assert_eq!(slug.default, "shop-orders");
    assert_eq!(form.problems, []);
}

#[test]
fn programs_of_a_template_are_shown_with_their_text() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());

    let view = engine.starter("note").unwrap();

    let [hook] = view.deferred.as_slice() else {
        panic!("{:?}", view.deferred);
    };
    assert_eq!(hook.kind, DeferredKind::Program);
    assert_eq!(hook.text, "#!/bin/sh\ntouch ran\n");
}

#[test]
fn a_file_of_fences_stays_one_code_block() {
    let root = tempfile::tempdir().unwrap();
    let engine = open(root.path());

    let html = engine.code_block("docs/a.md", "```sh\nls\n```\n<script>alert(1)</script>\n");

    assert_eq!(html.matches("<pre").count(), 1, "{html}");
    assert!(html.contains("docs/a.md"), "{html}");
    assert!(!html.contains("<script"), "{html}");
}
