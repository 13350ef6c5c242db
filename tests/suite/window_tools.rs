//! The toolchain screen in the real window: of all paths, of one, and of a project's folder.

use serde_json::json;
use tests::{App, Name};

use crate::desk::Desk;

/// A desk whose roadbook asks for a Node.js that is not there.
fn desk_with_an_old_node() -> Desk {
    let mut desk = Desk::new();
    desk.book = desk.book.replace(
        "paths/first-service/10-tools.md",
        "version: \">=20\"",
        "version: \">=99\"",
    );
    desk
}

#[test]
fn what_needs_attention_is_filtered_and_checked_again_in_its_place() {
    let desk = desk_with_an_old_node();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/tools");
    app.see_title("Tools");
    app.see("2 tools, not checked yet");
    app.check_accessibility("tools that were not checked");
    app.click_button("Check tools");
    app.see("1 of 2 tools ready, 1 to look at; checked just now");
    app.see("Another version needed, recommended");
    app.check_accessibility("tools that were checked");
    assert_eq!(tools(&app), ["git Ready", "node Another version needed, recommended"]);

    app.click_button(Name::has("Needs attention"));
    app.see_no_role("heading", "Git");
    app.see_role("button", Name::has("Copy: the"));
    desk.home.install_tool("node", "echo v99.1.0");
    app.click_button("Check the one not ready");
    app.see("99.1.0");
    app.see("2 of 2 tools ready; checked");
    assert_eq!(tools(&app), ["node Ready"], "the row keeps its place under the filter");
    app.click_button(Name::has("Needs attention"));
    assert_eq!(tools(&app), ["git Ready", "node Ready"]);
    app.see_no_role("button", Name::has("Needs attention"));
}

#[test]
fn a_row_opens_to_all_that_is_known_of_it() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/tools");
    app.click_button("Check tools");
    app.see("22.4.0");
    app.see_no("What was run");
    app.click_button(Name::has("Details of Node"));
    app.see(&desk.home.path("bin/node").display().to_string());
    for text in ["What was run", "v22.4.0", "Time it took", ">=20", "Check your tools"] {
        app.see(text);
    }
    app.check_accessibility("an open row");
    app.click_button("Copy report");
    app.see("Report copied, without names and secrets.");
}

#[test]
fn the_last_findings_are_there_at_once_with_their_age() {
    let desk = Desk::new();
    desk.run(&["doctor"]).expect_code(0);
    let app = desk.open();
    app.click_button("Skip for now");
    app.open_route("#/tools");
    app.see("2 of 2 tools ready; checked just now");
    app.see("22.4.0");
    assert_eq!(app.count("button", "Check tools"), 0, "they were checked");
}

#[test]
fn a_path_and_a_folder_are_looked_at_by_themselves_and_remembered() {
    let desk = Desk::new();
    desk.home.write("projects/site/.nvmrc", "18.20.0\n");
    desk.home.write(
        "projects/site/package.json",
        "{\n  \"engines\": { \"node\": \">=20\" }\n}\n",
    );
    desk.home.write("projects/site/Dockerfile", "FROM node:21-slim\n");
    let site = desk.home.projects().join("site").display().to_string();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/tools");
    choose(&app, "Ship the sample");
    app.see_title("Tools for Ship the sample");
    app.see_role("heading", "Check your tools");
    app.check_accessibility("the tools of a path");

    app.open_route(&format!("#/tools?folder={}", encoded(&site)));
    app.see_title(&format!("Tools in {site}"));
    app.see_role("heading", "Files that disagree");
    app.see("no version of Node.js meets both");
    app.see("Pinned to 18.20.0 in .nvmrc, line 1");
    app.see("Minimum >=20 in package.json, line 2");
    app.see_role("heading", "Only hinted at");
    app.see("Hint node:21-slim in Dockerfile, line 1");
    app.click_button("Check tools");
    app.see("1 of 2 tools ready, 1 to look at; checked just now");
    app.see("Not as hinted");
    app.check_accessibility("the tools of a folder");
    app.resize(720, 860);
    app.check_accessibility("the tools of a folder, narrow");
    app.kill();

    let app = desk.open();
    app.see_title(&format!("Tools in {site}"));
    app.see("1 of 2 tools ready, 1 to look at; checked");
    choose(&app, "All paths");
    app.see_title("Tools");
    choose(&app, &site);
    app.see_title(&format!("Tools in {site}"));
}

#[test]
fn a_folder_that_asks_for_nothing_or_is_gone_says_so_and_leads_on() {
    let desk = Desk::new();
    let empty = desk.home.projects().display().to_string();
    let app = desk.open_as_backend_engineer();
    app.open_route(&format!("#/tools?folder={}", encoded(&empty)));
    app.see("No file in this folder asks for a tool.");
    app.check_accessibility("a folder that asks for nothing");
    app.open_route(&format!("#/tools?folder={}", encoded(&format!("{empty}/gone"))));
    app.see(&format!("There is no folder {empty}/gone."));
    app.check_accessibility("a folder that is gone");
    choose(&app, "All paths");
    app.see_title("Tools");
}

#[test]
fn a_created_project_is_among_the_folders() {
    let desk = Desk::new();
    let project = desk.create();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/tools");
    choose(&app, &project.display().to_string());
    app.see("No file in this folder asks for a tool.");
}

/// Opens the list of scopes and chooses one.
fn choose(app: &App, scope: &str) {
    app.click_button(Name::has("Tools for:"));
    app.see_role("menuitem", scope);
    app.check_accessibility("the list of scopes");
    app.click("menuitem", scope);
}

/// The rows as they are to somebody who sees no colour: tool and word.
fn tools(app: &App) -> Vec<String> {
    let rows = "return [...document.querySelectorAll('main li[data-tool]')]
        .map((row) => `${row.dataset.tool} ${row.querySelector('.word').innerText.trim()}`)";
    let rows = app.script(rows, &json!([]));
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| row.as_str().unwrap_or_default().to_owned()).collect()
}

/// For the query of a route.
fn encoded(path: &str) -> String {
    path.replace('/', "%2F")
}
