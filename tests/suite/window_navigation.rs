//! Links, and the way back.

use std::fs;

use serde_json::json;
use tests::{App, DEADLINE, Name, until};

use crate::desk::Desk;

#[test]
fn links_lead_to_pages_and_sections_and_back_again() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/library/how-to/write-a-page");
    app.see_title("Write a page");
    app.click_link("another page");
    app.see_title("Self-service");
    see_at_top(&app, "the-common-cases");
    app.click_button("Back");
    app.see_title("Write a page");
    app.click_button("Forward");
    app.see_title("Self-service");
    app.click_button("Back");
    app.see_title("Write a page");
    app.click_link("the last section");
    see_in_view(&app, "pictures");
    app.see_title("Write a page");
}

#[test]
fn a_link_outside_opens_in_the_browser_and_the_window_stays() {
    let desk = Desk::new();
    let opened = desk.home.path("opened.txt");
    for program in ["xdg-open", "gio", "gnome-open", "kde-open", "wslview"] {
        desk.home
            .install_tool(program, &format!("echo \"$@\" >> '{}'", opened.display()));
    }
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/library/how-to/write-a-page");
    app.see_title("Write a page");
    app.click_link("a place outside");
    let found = until(DEADLINE, || match fs::read_to_string(&opened) {
        Ok(text) if text.contains("https://example.com/outside") => Ok(()),
        other => Err(other),
    });
    assert!(found.is_ok(), "the browser was not asked: {found:?}");
    app.see_title("Write a page");

    // What a page could try by itself leads nowhere either.
    app.script("location.href = 'https://example.com/elsewhere'", &json!([]));
    app.script("window.open('https://example.com/popup')", &json!([]));
    app.click_link("Library");
    app.see_title("Library");
    let place = app.script("return location.protocol + '//' + location.host", &json!([]));
    assert_eq!(place, "tauri://localhost");
}

#[test]
fn a_project_opens_in_the_editor_the_terminal_and_the_file_manager() {
    let desk = Desk::new();
    let opened = desk.home.path("opened.txt");
    for program in ["code", "x-terminal-emulator", "xdg-open"] {
        let script = format!("echo \"{program} $PWD $*\" >> '{}'", opened.display());
        desk.home.install_tool(program, &script);
    }
    let project = desk.create().display().to_string();
    let app = desk.open_as_backend_engineer();
    app.open_route("#/");

    app.click("button", Name::has("Open in Visual Studio Code"));
    for other in ["Open in Terminal", "Open in Files"] {
        app.click("button", Name::has("More ways to open"));
        app.click("menuitem", Name::has(other));
        app.see_no_role("menuitem", Name::Any);
    }

    let asked = until(DEADLINE, || {
        let lines = fs::read_to_string(&opened).unwrap_or_default();
        let has = |start: &str, end: &str| {
            lines
                .lines()
                .any(|line| line.starts_with(start) && line.trim().ends_with(end))
        };
        let all = has(&format!("code {project} "), " .")
            && has(&format!("x-terminal-emulator {project}"), &project)
            && has("xdg-open ", &project);
        if all { Ok(()) } else { Err(lines) }
    });
    assert!(asked.is_ok(), "not all were asked: {asked:?}");
}

fn see_at_top(app: &App, id: &str) {
    see_within(app, id, 120);
}

fn see_in_view(app: &App, id: &str) {
    see_within(app, id, 800);
}

fn see_within(app: &App, id: &str, pixels: i32) {
    app.wait(&format!("the section {id} to be in view"), |window| {
        let place = "const box = document.getElementById(arguments[0])?.getBoundingClientRect();
            const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
            return !!box && box.top >= -2 && (box.top < arguments[1] || (atEnd && box.top < innerHeight))";
        if window.script(place, &json!([id, pixels]))? == true {
            Ok(())
        } else {
            window.find("#not-in-view-yet").map(drop)
        }
    });
}
