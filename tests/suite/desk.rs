//! What most tests of the command start from.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{App, Fixture, GitServer, Home, Name, Run, STANDARD_STARTER};

/// A home, a Git server and a roadbook that go together.
pub(crate) struct Desk {
    pub(crate) home: Home,
    pub(crate) server: GitServer,
    pub(crate) book: Fixture,
}

impl Desk {
    /// With a Node.js that is new enough, as the roadbook recommends.
    pub(crate) fn new() -> Self {
        let server = Fixture::standard_server();
        let book = Fixture::standard(&server);
        Self {
            home: Home::new().with_tool("node", "echo v22.4.0"),
            server,
            book,
        }
    }

    /// The command on this roadbook.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.home
            .roadbook(["--book".to_owned(), self.book.argument()])
            .with(arguments.iter().copied())
    }

    /// The app on this roadbook, as it was left.
    pub(crate) fn open(&self) -> App {
        App::start(&self.home, Some(self.book.folder()))
    }

    /// The app on its first start, at Home for a backend engineer.
    pub(crate) fn open_as_backend_engineer(&self) -> App {
        let app = self.open();
        app.click("radio", Name::has("Backend engineer"));
        app.click_button("Show my paths");
        app.see_role("link", "Start: Check your tools");
        app
    }

    /// The rows of a command's JSON.
    pub(crate) fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        rows(
            &self
                .run(&["--json"])
                .with(arguments.iter().copied())
                .expect_code(0)
                .stdout_json(),
        )
    }

    /// The state of a step, as `paths --json` tells it.
    pub(crate) fn state_of(&self, step: &str) -> String {
        let paths = self.rows(&["paths"]);
        let steps = paths
            .iter()
            .flat_map(|path| path["steps"].as_array().expect("a path has steps"));
        let found = steps.filter(|row| text(row, "id") == step || format!("first-service/{}", text(row, "id")) == step);
        found
            .map(|row| text(row, "state"))
            .next()
            .unwrap_or_else(|| panic!("no step {step} in {paths:?}"))
    }

    /// Makes `projects/sample` from the repository starter, and gives its folder.
    pub(crate) fn create(&self) -> PathBuf {
        self.run(&["start", STANDARD_STARTER, "sample"]).expect_code(0);
        self.home.projects().join("sample")
    }

    /// Looks whether this folder has the outcome of the step `first-service/verify`, its command included.
    pub(crate) fn verify(&self, project: &Path) -> Run {
        let folder = project.display().to_string();
        self.run(&["verify", "first-service/verify", "--yes", "--folder", &folder])
    }
}

/// `--json` gives an array, or an object with one.
pub(crate) fn rows(json: &Value) -> Vec<Value> {
    let array = json
        .as_array()
        .or_else(|| json.as_object()?.values().find_map(Value::as_array));
    array
        .unwrap_or_else(|| panic!("neither an array nor an object with one: {json}"))
        .clone()
}

/// A text of a row.
pub(crate) fn text(row: &Value, name: &str) -> String {
    row[name]
        .as_str()
        .unwrap_or_else(|| panic!("no text `{name}` in {row}"))
        .to_owned()
}
