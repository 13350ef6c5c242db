//! A whole path in the real window, with every kind of task and a crash in the middle.

use std::fs;
use std::path::Path;

use serde_json::json;
use tests::{App, Behaviour, DEADLINE, Fixture, Name, WindowError, until};

use crate::desk::Desk;

#[test]
fn a_path_is_walked_from_the_first_start_to_its_end() {
    let mut desk = Desk::new();
    desk.book = Fixture::standard(&desk.server).replace(
        "paths/first-service/30-verify.md",
        "test -f app/main.txt",
        "cat app/main.txt",
    );
    let app = desk.open_as_backend_engineer();
    app.click_link("Start: Check your tools");
    tools(&app);
    create(&app, &desk);
    verify(&app, &desk);
    app.kill();

    let app = desk.open();
    app.see_title("Verify the project");
    see_task(&app, "passed");
    app.see("3 of 6 steps");
    quiz(&app);
    confirm(&app);
    read(&app);
}

#[test]
fn a_crash_in_the_middle_of_a_clone_leaves_no_project_and_no_progress() {
    let desk = Desk::new();
    let app = in_the_middle_of_a_clone(&desk);
    app.kill();
    desk.server.release();
    desk.server.behave(Behaviour::Serve);

    let app = desk.open();
    app.see_title("Create the project");
    see_task(&app, "todo");
    assert!(!desk.home.projects().join("sample").exists(), "half a project is there");
    ask_for_the_project(&app, &desk);
    app.see("is ready in");
}

#[test]
fn a_half_filled_form_is_there_after_a_crash_at_the_place_where_it_was_left() {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file("starters/long/template.yaml", &long_form())
        .file("starters/long/skeleton/note.txt", "A note.\n");
    let app = desk.open_as_backend_engineer();
    app.open_route("#/starter/long");
    app.see_title("Long form");
    app.fill(Name::has("Question 2 "), "half an answer");
    app.script("scrollTo(0, 400)", &json!([]));
    see_scroll(&app, 400);
    // The web view writes to the disk when it likes; what is not there yet is what a crash may take.
    for kept in ["half an answer", "\"#/starter/long\",400"] {
        wait_until_on_disk(&desk.home.path("roadbook/webview"), kept);
    }
    app.kill();

    let app = desk.open();
    app.see_title("Long form");
    see_scroll(&app, 400);
    app.see("What you had filled in before is still here.");
    see_answer(&app, "half an answer");
    app.check_accessibility("a form from before a crash");
    app.click_button("Start over");
    app.see_no("What you had filled in before is still here.");
    see_answer(&app, "");
}

#[test]
fn closing_the_window_in_the_middle_of_a_clone_leaves_nothing() {
    let desk = Desk::new();
    let app = in_the_middle_of_a_clone(&desk);
    app.close();
    desk.server.release();
    let left = fs::read_dir(desk.home.projects()).expect("it is there").count();
    assert_eq!(left, 0, "the clone left something behind");
}

fn in_the_middle_of_a_clone(desk: &Desk) -> App {
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/first-service/create");
    app.see_title("Create the project");
    desk.server.behave(Behaviour::HoldAfter(100));
    ask_for_the_project(&app, desk);
    desk.server.wait_until_held();
    app
}

fn tools(app: &App) {
    app.see_title("Check your tools");
    see_task(app, "todo");
    app.click_button("Check tools");
    app.see("22.4.0");
    see_task(app, "passed");
    app.see("This step is done.");
    app.click_link("Next: Create the project");
}

fn create(app: &App, desk: &Desk) {
    app.see_title("Create the project");
    desk.server.behave(Behaviour::HoldAfter(100));
    ask_for_the_project(app, desk);
    desk.server.wait_until_held();
    app.see_role("progressbar", Name::Any);
    app.click_button("Cancel");
    app.see("Nothing was left behind");
    let left = fs::read_dir(desk.home.projects()).expect("it is there").count();
    assert_eq!(left, 0, "the cancelled clone left something behind");
    see_task(app, "todo");

    desk.server.release();
    desk.server.behave(Behaviour::Serve);
    app.click_button("Create project");
    app.see("is ready in");
    see_task(app, "passed");
    assert!(desk.home.projects().join("sample/app/main.txt").is_file());
    app.click_link("Next: Verify the project");
}

fn ask_for_the_project(app: &App, desk: &Desk) {
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.fill("Name of the project's folder", "sample");
    app.click_button("Create project");
}

fn verify(app: &App, desk: &Desk) {
    app.see_title("Verify the project");
    let project = desk.home.projects().join("sample");
    fs::write(project.join("README.md"), "Nobody.\n").expect("it can be written");
    app.click_button("Check it");
    app.see_role("dialog", "Run this command?");
    app.see("cat app/main.txt");
    app.click_button("Check without it");
    see_task(app, "failed");
    app.see("README.md does not contain");
    app.see("Not committed yet: README.md");
    app.see("Create the project in the step before.");
    app.see_no("Hello from the sample app.");
    app.click_button(Name::has("Show a hint"));
    app.see("The project is in the folder that you chose.");
    app.see_no("A fresh project has nothing uncommitted.");
    app.check_accessibility("a check that is not met");

    let restored = desk.home.git(["checkout", "--quiet", "."]).in_folder(&project);
    drop(restored.expect_code(0));
    app.click_button("Check again");
    app.click_button("Run the command");
    app.see_role("region", "Output");
    app.see("Hello from the sample app.");
    see_task(app, "passed");
    app.see_no("Create the project in the step before.");
    app.see("This step is done.");
}

fn quiz(app: &App) {
    app.click_link("Next: Who runs it");
    app.see_title("Who runs it");
    app.click("radio", "The platform team");
    app.click_button("Check answer");
    app.see("That is not it yet");
    app.see("The platform team runs the platform.");
    see_task(app, "failed");
    app.click_button("Try again");
    app.click("radio", "The team that builds it");
    app.click_button("Check answer");
    app.see("That is right.");
    app.see("You build it, you run it.");
    see_task(app, "passed");
    app.check_accessibility("an answered question");
}

fn confirm(app: &App) {
    app.click_link("Next: Meet your buddy");
    app.see_title("Meet your buddy");
    app.click("checkbox", Name::has("I have met my buddy"));
    see_task(app, "passed");
}

fn read(app: &App) {
    app.click_link("Next: Look back");
    app.see_title("Look back");
    app.see_no("You have finished");
    app.click_button("Mark as done");
    app.see("You have finished “Ship the sample”");
    app.check_accessibility("a finished path");
    app.click_link("Go on: A second look");
    app.see_title("A second look");
    app.click_link("Home");
    app.see_role("heading", "Finished");
    app.see("sample");
}

fn see_task(app: &App, state: &str) {
    app.wait(&format!("the task to be {state}"), |window| {
        window.find(&format!("section.task[data-state={state}]"))
    });
}

/// A starter whose form is longer than its window.
fn long_form() -> String {
    let fields: Vec<_> = (1..=24)
        .map(|number| format!("        q{number}: {{ title: Question {number}, type: string }}\n"))
        .collect();
    format!(
        "apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {{ name: long, title: Long form }}
spec:
  type: note
  owner: platform-team
  parameters:
    - title: The note
      properties:
{}  steps:
    - {{ id: fetch, name: Write the files, action: 'fetch:template', input: {{ url: ./skeleton }} }}
",
        fields.concat()
    )
}

fn see_scroll(app: &App, offset: i64) {
    app.wait(&format!("the page to be {offset} px down"), |window| {
        let found = window.script("return Math.round(scrollY)", &json!([]))?;
        if found == offset {
            Ok(())
        } else {
            Err(not_yet(format!("it is {found} px down")))
        }
    });
}

/// Waits until the second question has this answer.
fn see_answer(app: &App, answer: &str) {
    app.wait(&format!("the answer {answer:?}"), |window| {
        let fields = window.by_role("textbox", &Name::has("Question 2 "))?;
        let field = fields.first().ok_or_else(|| not_yet("there is no field".into()))?;
        let found = window.script("return arguments[0].value", &json!([field.argument()]))?;
        if found == answer {
            Ok(())
        } else {
            Err(not_yet(format!("it is {found}")))
        }
    });
}

fn not_yet(message: String) -> WindowError {
    WindowError {
        kind: "not yet".into(),
        message,
    }
}

/// Waits until a file in this folder holds the text as a web view writes it: a byte a letter, or UTF-16.
fn wait_until_on_disk(folder: &Path, text: &str) {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = until(DEADLINE, || {
        let held = holds(folder, text.as_bytes()) || holds(folder, &wide);
        if held { Ok(()) } else { Err(()) }
    });
    assert!(
        found.is_ok(),
        "{text:?} is not in {} within {DEADLINE:?}",
        folder.display()
    );
}

fn holds(folder: &Path, wanted: &[u8]) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, wanted);
        }
        fs::read(path).is_ok_and(|bytes| bytes.windows(wanted.len()).any(|part| part == wanted))
    })
}
