//! The main job, as a new engineer does it.

use std::fs;
use std::time::Duration;

use serde_json::json;
use tests::{App, Name, find_program, until};

use crate::guide::Guide;

/// A new project compiles about fifty crates before its first test.
const FIRST_BUILD: Duration = Duration::from_mins(5);

/// Where the task of a step is, by what it is for.
const TASK: &str = "section.task";

/// First start: the role, and Home.
pub(crate) fn welcome(guide: &mut Guide) {
    guide.app.see_role("radio", Name::has("Backend engineer"));
    guide.picture("welcome", "The first start asks for a role");
    guide.app.click("radio", Name::has("Backend engineer"));
    guide.app.click_button("Show my paths");
    guide.app.see_role("heading", Name::has("Paths for"));
    guide.readme_picture("home-light", "Home");
}

/// The list of paths, and one of them.
pub(crate) fn path(guide: &mut Guide) {
    guide.app.click_link("Paths");
    guide.app.see_title("Paths");
    guide.picture("paths", "All paths");
    guide.app.click_link("Ship your first service");
    guide.app.see_title("Ship your first service");
    guide.app.see_role("heading", "The route");
    guide.readme_picture("path-light", "A path: outcome, time, owner, route");
}

/// The steps of the path, from reading to the finish.
pub(crate) fn steps(guide: &mut Guide) {
    guide.app.click_link(Name::has("Start: "));
    guide.app.see_title("What you will build, and with what");
    guide.picture("reading", "A step to read");
    tools(guide);
    create(guide);
    verify(guide);
    let tested = command(guide);
    runbook(guide);
    question(guide);
    if tested {
        guide.app.see("You have finished “Ship your first service”");
        guide.scroll_to("#path-end");
        guide.picture("finished", "The path is finished, and says what comes next");
        guide.app.open_route("#/");
        guide.app.see_role("heading", "Your projects");
        guide.picture("home-later", "Home, later");
    } else {
        guide.app.see("Still open:");
    }
}

fn tools(guide: &mut Guide) {
    guide.scroll_to(TASK);
    guide.app.click_button("Check tools");
    guide.app.see_role("button", "Check again");
    state(&guide.app, "passed");
    guide.scroll_to(TASK);
    guide.readme_picture("tools-light", "Its tools, checked on this machine");
    next(guide, "Create the project");
}

fn create(guide: &mut Guide) {
    guide.app.fill("Name", "greeter");
    guide
        .app
        .fill("Description", "Greets a customer by name, for the shop's start page.");
    guide.app.fill("Owner", "orders");
    guide.scroll_to(TASK);
    guide.picture("starter-form", "The form of a starter");
    guide.app.click_button("Next");
    guide.app.see_role("textbox", "Port");
    guide.app.click_button("Next");
    guide.app.fill("Folder", "~/projects");
    guide.app.click_button("Preview the files");
    guide.app.see_role("treeitem", "README.md");
    guide.app.settle();
    guide.picture("preview", "What will be made, before anything is written");
    guide.app.click_button("Close");
    guide.app.see_no_role("dialog", Name::Any);
    guide.app.click_button("Create project");
    guide.app.see("is ready in");
    guide.scroll_to(TASK);
    guide.picture("created", "The project is made");
    next(guide, "Read what you got");
}

fn verify(guide: &mut Guide) {
    guide.scroll_to(TASK);
    guide.app.click_button("Check it");
    state(&guide.app, "passed");
    guide.scroll_to(TASK);
    guide.picture("verified", "The outcome is checked");
    // Runs in another window; its step is optional.
    next(guide, "Run it");
    next(guide, "Test it");
}

/// The check that runs a command; whether it passed.
fn command(guide: &mut Guide) -> bool {
    guide.app.click_button("Check it");
    guide.app.see_role("heading", "Run this command?");
    guide.picture("consent", "A command runs only after consent");
    let passed = if find_program("cargo").is_some() {
        run(guide)
    } else {
        guide.app.press("Escape");
        guide.note("cargo is not on the search path, so the new project was not built");
        false
    };
    // Needs a container engine; its step is optional.
    next(guide, "Put it into a container");
    next(guide, "Let CI check every change");
    guide.app.click_button("Check it");
    state(&guide.app, "passed");
    passed
}

fn run(guide: &mut Guide) -> bool {
    guide.app.click_button("Run the command");
    guide.app.see_role("region", "Output");
    guide.picture("running", "Its output while it runs");
    let ended = until(FIRST_BUILD, || match task_state(&guide.app).as_str() {
        "passed" => Ok(true),
        "failed" | "error" => Ok(false),
        _ => Err(()),
    });
    if ended.is_err() {
        guide.app.click_button("Stop");
    }
    guide.scroll_to(TASK);
    guide.readme_picture("verify-light", "What came of it");
    let passed = ended == Ok(true);
    if !passed {
        guide.note("`cargo test` did not pass in the new project: it needs crates.io and a C compiler");
    }
    passed
}

/// Does by hand what the step asks for, after a first check that says what is missing.
fn runbook(guide: &mut Guide) {
    next(guide, "Give it an owner and a runbook");
    guide.app.click_button("Check it");
    state(&guide.app, "failed");
    guide.app.click_button(Name::has("Show a hint"));
    guide.scroll_to(TASK);
    guide.picture("not-yet", "A check that is not met yet, with help and a hint");
    let project = guide.home.path("home/projects/greeter");
    fs::write(project.join("docs/runbook.md"), "# Runbook: greeter\n\nOwner: orders\n").expect("docs/ is there");
    for arguments in [
        &["add", "--all"][..],
        &["commit", "--quiet", "--message", "Add a runbook"],
    ] {
        let run = guide.home.git(arguments.iter().copied()).in_folder(&project);
        drop(run.expect_code(0));
    }
    guide.app.click_button("Check again");
    state(&guide.app, "passed");
    next(guide, "Before production");
}

fn question(guide: &mut Guide) {
    let quiz = "section.task:has(form)";
    guide.app.click("radio", Name::has("Restart all instances"));
    guide.app.click_button("Check answer");
    guide.app.see("That is not it yet");
    guide.app.click_button("Try again");
    guide.app.click("radio", Name::has("Roll back now"));
    guide.app.click_button("Check answer");
    guide.app.see("That is right.");
    guide.scroll_to(quiz);
    guide.readme_picture("quiz-light", "A question, with the why of every choice");
    guide
        .app
        .click("checkbox", Name::has("I have read the service checklist"));
    guide.app.wait("the confirmation to be kept", |window| {
        window.find("section.task:has([type=checkbox])[data-state=passed]")
    });
    guide.scroll_to("section.task:has([type=checkbox])");
    guide.picture("confirmed", "Something that no program can see");
}

/// What can be looked up at any time.
pub(crate) fn look_up(guide: &mut Guide) {
    guide.app.click_link("Library");
    guide.app.see_title("Library");
    guide.picture("library", "The library");
    guide.app.click_link("Paved path");
    guide.app.see_title("Paved path");
    guide.readme_picture("page-light", "A page of it");
    guide.go("#/page/library/how-to/add-a-health-check", "Add a health check");
    guide.scroll_to(".code");
    guide.picture("code", "Code on a page");
    search(guide);
    guide.readme_picture("search-light", "The search palette");
    guide.app.press("Escape");
    guide.go("#/tools", "Tools");
    guide.app.click_button(Name::has("Check"));
    guide.app.see_role("button", "Check again");
    guide.picture("all-tools", "All tools");
    guide.go("#/starters", "Starters");
    guide.picture("starters", "The starters");
    guide.app.click_link(Name::has("TypeScript"));
    guide.app.see_role("button", "Next");
    guide.picture("starter", "A starter");
    guide.go("#/settings", "Settings");
    guide.picture("settings", "Settings");
    guide.go("#/problems", "Findings in this roadbook");
    guide.picture("findings", "Findings in the roadbook's files");
}

/// The main screens in the dark theme.
pub(crate) fn dark(guide: &mut Guide) {
    guide.go("#/settings", "Settings");
    guide.app.click("radio", "Dark");
    guide.app.see("Theme saved.");
    guide.picture("settings-dark", "Settings, dark");
    guide.app.open_route("#/");
    guide.app.see_role("heading", "Your projects");
    guide.readme_picture("home-dark", "Home, dark");
    guide.go("#/path/first-service", "Ship your first service");
    guide.readme_picture("path-dark", "The path, dark");
    guide.go(
        "#/page/first-service/before-you-start",
        "What you will build, and with what",
    );
    guide.scroll_to(TASK);
    guide.readme_picture("tools-dark", "Its tools, dark");
    guide.go("#/page/first-service/test-it", "Test it");
    guide.scroll_to(TASK);
    guide.readme_picture("verify-dark", "A check, dark");
    guide.go("#/page/first-service/before-production", "Before production");
    guide.scroll_to("section.task:has(form)");
    guide.readme_picture("quiz-dark", "A question, dark");
    guide.go("#/page/library/concepts/paved-path", "Paved path");
    guide.readme_picture("page-dark", "A page, dark");
    search(guide);
    guide.readme_picture("search-dark", "The search palette, dark");
    guide.app.press("Escape");
    guide.go("#/tools", "Tools");
    guide.picture("all-tools-dark", "All tools, dark");
}

/// The window as small as it gets.
pub(crate) fn narrow(guide: &mut Guide) {
    guide.app.resize(480, 800);
    guide.app.open_route("#/");
    guide.app.see_role("heading", "Your projects");
    guide.picture("home-narrow", "Home in a narrow window");
    guide.go(
        "#/page/first-service/before-you-start",
        "What you will build, and with what",
    );
    guide.picture("step-narrow", "A step in a narrow window");
}

fn search(guide: &Guide) {
    guide.app.press("Ctrl+K");
    guide.app.see_focus("combobox", "Search");
    guide.app.type_text("runbook");
    guide.app.see_role("option", Name::has("Write a runbook"));
}

/// Follows the link to the next step.
fn next(guide: &Guide, title: &str) {
    guide.app.click_link(format!("Next: {title}"));
    guide.app.see_title(title);
}

/// Waits until the first task of the step is in this state.
fn state(app: &App, wanted: &str) {
    app.wait(&format!("the task to be {wanted}"), |window| {
        window.find(&format!("{TASK}[data-state={wanted}]"))
    });
}

fn task_state(app: &App) -> String {
    let state = app.script(
        "const task = document.querySelector(arguments[0]);
         return task.querySelector('[role=status]')?.textContent.includes('Checking') ? 'running' : task.dataset.state",
        &json!([TASK]),
    );
    state.as_str().unwrap_or_default().to_owned()
}
