//! The first start in the real window, and what is kept for the next.

use serde_json::json;
use tests::{App, Name};

use crate::desk::Desk;

#[test]
fn the_first_start_asks_for_a_role_once_and_settings_change_it() {
    let desk = Desk::new();
    let app = desk.open();
    app.see_role("heading", Name::has("Welcome"));
    app.see("Backend engineer");
    app.see("Frontend engineer");
    app.click("radio", Name::has("Backend engineer"));
    app.click_button("Show my paths");
    app.see_role("link", "Start: Check your tools");
    app.see_role("heading", "Ship the sample");

    app.click_link("Settings");
    app.see_title("Settings");
    app.click("radio", "Frontend engineer");
    app.see("Role saved.");
    app.click_link("Home");
    app.see_role("link", "A second look");
    app.see_no_role("link", "Start: Check your tools");
    app.kill();

    let app = desk.open();
    app.see_role("link", "A second look");
    assert_eq!(app.count("heading", Name::has("Welcome")), 0, "it asks again");
}

#[test]
fn the_role_need_not_be_told() {
    let desk = Desk::new();
    let app = desk.open();
    app.click_button("Skip for now");
    app.see_role("link", "Ship the sample");
    app.see_role("link", "A second look");
}

#[test]
fn the_dark_theme_is_kept_and_set_before_anything_is_painted() {
    let desk = Desk::new();
    let app = desk.open_as_backend_engineer();
    app.click_link("Settings");
    app.see_title("Settings");
    assert!(brightness(&app) > 200, "the light theme is {}", brightness(&app));
    app.click("radio", "Dark");
    app.see("Theme saved.");
    assert!(brightness(&app) < 60, "the dark theme is {}", brightness(&app));
    app.kill();

    let app = desk.open();
    assert!(brightness(&app) < 60, "after a restart it is {}", brightness(&app));
    // A script in the head that is no module and waits for nothing runs before the page has a body to paint.
    let blocking = "const script = document.querySelector('head > script');
        return script.src.endsWith('/theme.js') && !script.defer && !script.async && script.type !== 'module'";
    assert_eq!(app.script(blocking, &json!([])), true);
}

/// The mean of the background's red, green and blue, 0 to 255.
fn brightness(app: &App) -> i64 {
    let mean = "const [red, green, blue] = getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number);
        return Math.round((red + green + blue) / 3)";
    app.script(mean, &json!([])).as_i64().expect("a colour has three parts")
}
