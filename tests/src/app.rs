//! The real desktop app in a real window.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread;

use serde_json::json;

use crate::close;
use crate::driver::Driver;
use crate::evidence;
use crate::home::Home;
use crate::process::{kill, parent_of};
use crate::programs::built_program;
use crate::wait::{DEADLINE, until};
use crate::webdriver::{Window, WindowError};

/// The app, ended with this value. What it was asked to do and could not is a panic, and the window's picture is
/// kept.
#[derive(Debug)]
pub struct App {
    window: Window,
    program: PathBuf,
}

/// How the app is to be started.
#[derive(Debug)]
#[must_use = "nothing starts before `start`"]
pub struct Launch<'home> {
    home: &'home Home,
    arguments: Vec<String>,
    variables: Vec<(String, OsString)>,
}

impl Launch<'_> {
    /// With the roadbook in this folder in place of the built-in one.
    pub fn book(self, folder: &Path) -> Self {
        self.argument("--book").argument(&folder.display().to_string())
    }

    /// With one more argument.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// With one more variable; `GTK_THEME` = `Adwaita:dark` is a dark system.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Starts it, and waits until the first screen is there.
    pub fn start(self) -> App {
        let program = built_program("roadbook-desktop", "ROADBOOK_DESKTOP_BIN", "roadbook-desktop");
        let app = self.start_program(program);
        app.wait("the app shows its first screen", |window| {
            let ready = "return document.readyState === 'complete' && !!document.querySelector('main h1')";
            if window.script(ready, &json!([]))? == true {
                Ok(())
            } else {
                Err(not_yet("no heading in main"))
            }
        });
        app
    }

    /// Starts another program with a web view in the app's place; for the tests of this kit.
    pub fn start_program(self, program: PathBuf) -> App {
        let driver = Driver::start(self.home, &self.variables);
        match Window::open(driver, &program, &self.arguments) {
            Ok(window) => App { window, program },
            Err(error) => panic!("{} shows no window: {error}", program.display()),
        }
    }
}

impl App {
    /// The app in this home, not started yet.
    pub fn on(home: &Home) -> Launch<'_> {
        Launch {
            home,
            arguments: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// Starts the app in this home, with the roadbook in `book` or else the built-in one.
    pub fn start(home: &Home, book: Option<&Path>) -> Self {
        let launch = Self::on(home);
        book.map_or_else(|| Self::on(home), |folder| launch.book(folder))
            .start()
    }

    /// Ends the app's process at once, as a crash would (`kill -9`). [`App::start`] in the same home starts it again.
    pub fn kill(self) {
        let pid = self.pid();
        kill(i64::from(pid));
        let gone = until(DEADLINE, || parent_of(pid).map_or(Ok(()), Err));
        assert!(gone.is_ok(), "process {pid} survived kill -9");
    }

    /// Closes the window as a person does, and waits until the app is gone.
    pub fn close(self) {
        let pid = self.pid();
        close::ask_to_close(self.window.driver().display(), pid);
        let gone = until(DEADLINE, || parent_of(pid).map_or(Ok(()), Err));
        assert!(gone.is_ok(), "process {pid} outlived its window");
    }

    /// The number of the app's process.
    pub fn pid(&self) -> u32 {
        self.window
            .driver()
            .driven(&self.program)
            .unwrap_or_else(|| panic!("{} is not running any more", self.program.display()))
    }

    /// The window, for what has no word here.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Goes to a route of the app, such as `#/tools`.
    pub fn open_route(&self, route: &str) {
        self.script("location.hash = arguments[0]", &json!([route]));
    }

    /// The route that the app is at.
    pub fn route(&self) -> String {
        self.script("return location.hash", &json!([]))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Runs the body of a function in the page.
    pub fn script(&self, body: &str, args: &serde_json::Value) -> serde_json::Value {
        self.window
            .script(body, args)
            .unwrap_or_else(|error| panic!("a script failed: {error}\n{body}"))
    }

    /// Looks at the window until `look` answers `Ok`, and fails the test with its last error and with what the
    /// window offers when that takes more than [`DEADLINE`].
    pub fn wait<T>(&self, what: &str, mut look: impl FnMut(&Window) -> Result<T, WindowError>) -> T {
        match until(DEADLINE, || look(&self.window)) {
            Ok(value) => value,
            Err(error) => {
                let offered = self.window.offered().unwrap_or_default();
                let route = self
                    .window
                    .script("return location.hash", &json!([]))
                    .unwrap_or_default();
                let focused = self.window.focused().unwrap_or_default();
                panic!(
                    "waited {DEADLINE:?} for: {what}\nat {route}: {error}\nthe focus is on: {focused}\n\
                     the window offers:\n{offered}"
                )
            }
        }
    }
}

impl Drop for App {
    #[allow(clippy::print_stderr)] // the person who reads the failed test has to know where to look
    fn drop(&mut self) {
        if thread::panicking() {
            let folder = evidence::save(&self.window);
            eprintln!("the window as it was is kept in {}", folder.display());
        }
    }
}

/// The error of a look that has to be taken again.
pub(crate) fn not_yet(found: impl Into<String>) -> WindowError {
    WindowError {
        kind: "not yet".into(),
        message: found.into(),
    }
}
