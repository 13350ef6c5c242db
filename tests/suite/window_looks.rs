//! Every screen: readable by everybody, within its window, and within the content security policy.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::BufReader;

use serde_json::json;
use tests::{App, Name};

use crate::desk::Desk;

/// Prints a line, and ends only where the project says so.
const WAITS: &str = "test -e build/ends && cat app/main.txt || tail -f app/main.txt";

/// Each screen's route and its heading.
const SCREENS: [(&str, &str); 19] = [
    ("#/", ""),
    ("#/paths", "Paths"),
    ("#/path/first-service", "Ship the sample"),
    ("#/page/first-service/tools", "Check your tools"),
    ("#/page/first-service/create", "Create the project"),
    ("#/page/first-service/verify", "Verify the project"),
    ("#/page/first-service/quiz", "Who runs it"),
    ("#/page/first-service/confirm", "Meet your buddy"),
    ("#/page/first-service/read", "Look back"),
    ("#/library", "Library"),
    ("#/page/library/how-to", ""),
    ("#/page/library/how-to/write-a-page", "Write a page"),
    ("#/page/library/concepts/paved-path", "Paved path"),
    ("#/tools", "Tools"),
    ("#/starters", "Starters"),
    ("#/starter/hello-note", "Hello note"),
    ("#/settings", "Settings"),
    ("#/problems", "Findings in this roadbook"),
    ("#/nowhere", "This page is not in the roadbook"),
];

#[test]
fn every_screen_fits_and_is_accessible_in_light_and_dark() {
    let mut desk = Desk::new();
    desk.book = desk
        .book
        .file(
            "library/how-to/broken.md",
            "---\ntitle: [unclosed\n---\n\nStill here.\n",
        )
        .replace("paths/first-service/30-verify.md", "test -f app/main.txt", WAITS)
        .replace("paths/first-service/30-verify.md", "timeout: 30s", "timeout: 5m");
    // A project has more than one way to be opened.
    desk.home.install_tool("code", "true");
    let project = desk.create();
    let ends = desk.home.write("projects/sample/build/ends", "");
    // Some of it done, some of it not.
    desk.run(&["doctor", "--path", "first-service"]).expect_code(0);
    desk.verify(&project).expect_code(0);
    fs::remove_file(ends).expect("it was written");
    let app = desk.open();
    app.see_role("radio", Name::has("Backend engineer"));
    let mut wrong = Vec::new();
    look(&app, "welcome", &mut wrong);
    app.resize(480, 800);
    app.script("document.documentElement.dataset.theme = 'dark'", &json!([]));
    look(&app, "welcome, dark and narrow", &mut wrong);
    app.click("radio", Name::has("Backend engineer"));
    app.click_button("Show my paths");
    app.see_role("link", "Settings");
    app.script(
        "window.violated = [];
         addEventListener('securitypolicyviolation', (event) => violated.push(`${event.violatedDirective} ${event.blockedURI}`))",
        &json!([]),
    );
    for (theme, width, height) in [("Light", 1280, 860), ("Dark", 480, 800)] {
        app.resize(width, height);
        app.open_route("#/settings");
        app.click("radio", theme);
        for (route, title) in SCREENS {
            app.open_route(route);
            if title.is_empty() {
                app.see_route(route);
                app.wait("a heading", |window| window.find("main h1"));
            } else {
                app.see_title(title);
            }
            look(&app, &format!("{theme} {route}"), &mut wrong);
        }
        app.press("Ctrl+K");
        app.see_focus("combobox", "Search");
        look(&app, &format!("{theme} palette, empty"), &mut wrong);
        app.type_text("secret");
        app.see_role("option", Name::has("Rotate a secret"));
        look(&app, &format!("{theme} palette, results"), &mut wrong);
        app.press("Ctrl+A");
        app.type_text("zyzzyva");
        app.see("Nothing found for");
        look(&app, &format!("{theme} palette, no result"), &mut wrong);
        app.press("Escape");
        app.see_no_role("combobox", Name::has("Search"));
        app.press("?");
        app.see_role("dialog", Name::Any);
        look(&app, &format!("{theme} keys"), &mut wrong);
        app.press("Escape");
        app.see_no_role("dialog", Name::Any);
        app.open_route("#/page/first-service/verify");
        app.see_title("Verify the project");
        app.click_button(Name::has("Check "));
        app.see_role("dialog", Name::has("Run"));
        look(&app, &format!("{theme} consent"), &mut wrong);
        app.press("Escape");
        app.see_no_role("dialog", Name::Any);
        resets(&app, theme, &mut wrong);
        check_that_runs(&app, theme, &mut wrong);
        made_project(&app, &desk, theme, &mut wrong);
    }
    let violated = app.script("return violated.join('\\n')", &json!([]));
    assert_eq!(violated, "", "the content security policy was violated");
    // The ear works: something that the policy forbids is heard.
    app.script("new Image().src = 'https://example.com/beacon.png'", &json!([]));
    app.wait("the policy to forbid a picture from elsewhere", |window| {
        match window.script("return violated.length", &json!([]))?.as_u64() {
            Some(1) => Ok(()),
            _ => window.find("#no-violation-yet").map(drop),
        }
    });
    assert!(wrong.is_empty(), "{} screens:\n{}", wrong.len(), wrong.join("\n"));
}

/// A check whose command prints and does not end, until it is stopped.
fn check_that_runs(app: &App, theme: &str, wrong: &mut Vec<String>) {
    app.open_route("#/page/first-service/verify");
    app.see_title("Verify the project");
    app.click_button(Name::has("Check "));
    app.click_button("Run the command");
    app.see("Hello from the sample app.");
    app.see_role("button", "Stop");
    look(app, &format!("{theme} check that runs"), wrong);
    app.click_button("Stop");
    app.see("Stopped.");
    look(app, &format!("{theme} check that was stopped"), wrong);
}

/// The questions before something begins again.
fn resets(app: &App, theme: &str, wrong: &mut Vec<String>) {
    app.open_route("#/page/first-service/verify");
    app.see_title("Verify the project");
    app.click_button("Reset this step…");
    app.see_role("dialog", Name::has("Reset"));
    look(app, &format!("{theme} reset of a step"), wrong);
    app.press("Escape");
    app.see_no_role("dialog", Name::Any);
    app.open_route("#/settings");
    app.see_title("Settings");
    app.click_button(Name::has("Reset progress on"));
    app.see_role("dialog", Name::has("Reset"));
    look(app, &format!("{theme} reset of a path"), wrong);
    app.press("Escape");
    app.see_no_role("dialog", Name::Any);
}

/// A project that was just made, and the ways to open it; leaves the form as it was found.
fn made_project(app: &App, desk: &Desk, theme: &str, wrong: &mut Vec<String>) {
    app.open_route("#/starter/hello-note");
    app.see_title("Hello note");
    app.fill("Name", &format!("{}-note", theme.to_lowercase()));
    app.fill("Folder", &desk.home.projects().display().to_string());
    app.click_button("Create project");
    app.see("is ready in");
    look(app, &format!("{theme} made project"), wrong);
    app.click_button(Name::has("More ways to open"));
    app.see_role("menuitem", Name::has("Open in"));
    look(app, &format!("{theme} ways to open a project"), wrong);
    app.press("Escape");
    app.see_no_role("menuitem", Name::Any);
    app.click_button("Create another one");
    app.see_role("button", "Create project");
}

#[test]
fn pictures_of_the_roadbook_load_and_nothing_beside_it_does() {
    let desk = Desk::new();
    let picture = std::fs::read_to_string(desk.book.folder().join("assets/route.svg")).expect("it is there");
    let outside = desk.home.write("outside.svg", &picture);
    let app = desk.open_as_backend_engineer();
    app.open_route("#/page/library/how-to/write-a-page");
    app.see_title("Write a page");
    app.settle();
    let pictures = app.script(
        "return [...document.querySelectorAll('main img')].map((image) => [image.src, image.naturalWidth])",
        &json!([]),
    );
    let pictures = pictures.as_array().expect("a list").clone();
    assert_eq!(pictures.len(), 1, "{pictures:?}");
    let address = pictures[0][0].as_str().expect("an address").to_owned();
    assert!(pictures[0][1].as_u64() > Some(0), "{address} did not load");

    let root = address.split("assets/").next().expect("the address names the folder");
    let elsewhere = outside.display().to_string();
    let beside = format!(
        "{}/outside.svg",
        desk.home.root().file_name().expect("a name").to_string_lossy()
    );
    assert_eq!(loads(&app, &address), true);
    for wrong in [
        format!("{root}../{beside}"),
        format!("{root}%2e%2e/{beside}"),
        format!("{root}..%2f{}", beside.replace('/', "%2f")),
        format!("{root}assets/..%2f..%2f{beside}"),
        format!("{root}{}", elsewhere.replace('/', "%2f")),
        format!("{root}/{elsewhere}"),
    ] {
        assert_eq!(loads(&app, &wrong), false, "{wrong} is shown");
    }
}

/// Whether an address is a picture for the page.
fn loads(app: &App, address: &str) -> serde_json::Value {
    let load = "const [address, done] = arguments;
        const image = new Image();
        image.onload = () => done(true);
        image.onerror = () => done(false);
        image.src = address;";
    app.window()
        .script_async(load, &json!([address]))
        .unwrap_or_else(|error| panic!("{address}: {error}"))
}

/// Adds what axe-core finds, and whether the page is wider than its window.
fn look(app: &App, screen: &str, wrong: &mut Vec<String>) {
    app.settle();
    let found = app.window().violations();
    for violation in found.unwrap_or_else(|error| panic!("{screen}: axe-core could not run: {error}")) {
        wrong.push(format!("{screen}: {violation}"));
    }
    let wide = "const inside = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= innerWidth) return '';
        return [...document.querySelectorAll('body *')]
          .filter((element) => element.getBoundingClientRect().right > inside + 1
            && !element.parentElement.closest('pre, [role=listbox]'))
          .slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' | ') || 'something'";
    let wide = app.script(wide, &json!([]));
    if wide != "" {
        wrong.push(format!("{screen}: wider than the window: {wide}"));
    }
}

#[test]
fn a_picture_shows_the_window_as_it_is() {
    let desk = Desk::new();
    let app = desk.open();
    app.see_role("radio", Name::has("Backend engineer"));
    app.resize(480, 800);
    let file = desk.home.path("tmp/picture.png");

    app.screenshot(&file);

    let picture = png::Decoder::new(BufReader::new(File::open(&file).expect("it was written")));
    let mut picture = picture.read_info().expect("it is a PNG");
    let mut pixels = vec![0; picture.output_buffer_size().expect("it is small")];
    let size = picture.next_frame(&mut pixels).expect("it has pixels");
    let colours: BTreeSet<&[u8]> = pixels.chunks_exact(3).collect();
    assert_eq!((size.width, size.height), (480, 800));
    // Smoothed letters have many greys; a window that is not painted has one or two.
    assert!(colours.len() > 30, "{} colours", colours.len());
}
