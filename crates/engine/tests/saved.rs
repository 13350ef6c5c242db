//! The last answers of each starter.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use engine::{Engine, Folders, Options};
use serde_json::{Value, json};

#[test]
fn the_last_answers_come_back_without_secrets_and_without_what_is_not_asked() {
    let home = tempfile::tempdir().unwrap();
    let template = home.path().join("book/starters/demo/template.yaml");
    std::fs::create_dir_all(template.parent().unwrap()).unwrap();
    std::fs::write(
        home.path().join("book/roadbook.toml"),
        "format = 1\nid = \"acme\"\ntitle = \"Acme\"\n",
    )
    .unwrap();
    std::fs::write(
        template,
        "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: demo }\nspec:\n  \
         parameters:\n    - properties:\n        name: { type: string }\n        \
         token: { type: string, ui:field: Secret }\n  steps: []\n",
    )
    .unwrap();
    let open = || {
        let folders = Folders {
            data: home.path().join("data"),
            cache: home.path().join("cache"),
            home: home.path().join("home"),
        };
        let options = Options {
            book: Some(home.path().join("book")),
            folders: Some(folders),
        };
        Engine::open(options).unwrap()
    };
    let answers = json!({ "name": "shop", "token": "hush", "gone": "x" });
    assert!(open().saved_answers("demo").unwrap().is_empty());

    open().save_answers("demo", answers.as_object().unwrap()).unwrap();

    let saved = open().saved_answers("demo").unwrap();
    assert_eq!(Value::Object(saved), json!({ "name": "shop" }));
    assert!(open().saved_answers("unknown").is_err());
}
