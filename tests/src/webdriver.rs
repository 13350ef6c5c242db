//! A small client of the W3C `WebDriver` protocol.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;

use crate::driver::Driver;
use crate::element::{ELEMENT, Element};
use crate::picture;
use crate::wait::{DEADLINE, until};

/// Longer than any single answer takes on a busy machine, a start of the program included.
const PATIENCE: Duration = Duration::from_mins(1);

/// A page as HTML is the largest answer.
const LARGEST_ANSWER: u64 = 64 * 1024 * 1024;

/// A program's window under a driver.
#[derive(Debug)]
pub struct Window {
    agent: Agent,
    session: String,
    driver: Driver,
}

/// Position and size in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
}

/// The driver's refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowError {
    /// A name of the protocol's, such as `no such element`; empty where no answer came.
    pub kind: String,
    /// The driver's words.
    pub message: String,
}

impl std::fmt::Display for WindowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl Window {
    /// Starts `program` with these arguments under the driver.
    ///
    /// # Errors
    /// The driver's words and its log, where the program does not start or shows no web view.
    pub fn open(driver: Driver, program: &Path, arguments: &[String]) -> Result<Self, WindowError> {
        let agent = Agent::new_with_config(
            Agent::config_builder()
                .http_status_as_error(false)
                .proxy(None) // the driver is on this machine
                .timeout_global(Some(PATIENCE))
                .build(),
        );
        let mut window = Self {
            agent,
            session: String::new(),
            driver,
        };
        until(DEADLINE, || window.call("GET", "/status", None)).map_err(|error| window.with_log(error))?;
        // No browserName: the driver takes a web view's program by any name only when none is asked for.
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": { "binary": program, "args": arguments },
            "timeouts": { "script": 30_000, "implicit": 0 },
        } } });
        let session = window
            .call("POST", "/session", Some(&wanted))
            .map_err(|error| window.with_log(error))?;
        session["sessionId"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut window.session);
        Ok(window)
    }

    /// Runs the body of a function in the page and gives what it returns; `arguments` holds `args`.
    ///
    /// # Errors
    /// What the script threw.
    pub fn script(&self, body: &str, args: &Value) -> Result<Value, WindowError> {
        self.post("execute/sync", &json!({ "script": body, "args": list(args) }))
    }

    /// As [`Window::script`] for work that takes time: the script ends by calling its last argument.
    ///
    /// # Errors
    /// What the script threw, or that it took more than 30 seconds.
    pub fn script_async(&self, body: &str, args: &Value) -> Result<Value, WindowError> {
        self.post("execute/async", &json!({ "script": body, "args": list(args) }))
    }

    /// Opens an address; only for pages that are not the app's own.
    ///
    /// # Errors
    /// When it cannot be loaded.
    pub fn navigate(&self, url: &str) -> Result<(), WindowError> {
        self.post("url", &json!({ "url": url })).map(drop)
    }

    /// The first element that the CSS selector matches.
    ///
    /// # Errors
    /// `no such element`.
    pub fn find(&self, css: &str) -> Result<Element, WindowError> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }))?;
        Element::read(&found).ok_or_else(|| unexpected(&found))
    }

    /// Clicks where a person would.
    ///
    /// # Errors
    /// When the element is gone, out of sight or covered.
    pub fn click(&self, element: &Element) -> Result<(), WindowError> {
        self.post(&format!("element/{}/click", element.id()), &json!({}))
            .map(drop)
    }

    /// Types text into the element, after what it holds.
    ///
    /// # Errors
    /// When the element is gone or takes no keys.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<(), WindowError> {
        self.post(&format!("element/{}/value", element.id()), &json!({ "text": text }))
            .map(drop)
    }

    /// Empties a field.
    ///
    /// # Errors
    /// When the element is gone or is no field.
    pub fn clear(&self, element: &Element) -> Result<(), WindowError> {
        self.post(&format!("element/{}/clear", element.id()), &json!({}))
            .map(drop)
    }

    /// Sends keys to whatever has the focus, as the protocol's actions.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn act(&self, actions: &Value) -> Result<(), WindowError> {
        self.post("actions", &json!({ "actions": actions })).map(drop)
    }

    /// Where the window is and how large.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn rect(&self) -> Result<Rect, WindowError> {
        let rect = self.call("GET", &self.path("window/rect"), None)?;
        let number = |name: &str| rect[name].as_f64().unwrap_or_default();
        Ok(Rect {
            x: number("x"),
            y: number("y"),
            width: number("width"),
            height: number("height"),
        })
    }

    /// Gives the window another size.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), WindowError> {
        self.post("window/rect", &json!({ "width": width, "height": height }))
            .map(drop)
    }

    /// Writes a picture of what the display shows of the window, PNG, making its folder.
    ///
    /// # Errors
    /// When the window is gone or the file cannot be written.
    pub fn screenshot(&self, file: &Path) -> Result<(), WindowError> {
        picture::take(self.driver.display(), file).map_err(|error| WindowError {
            kind: String::new(),
            message: format!("{}: {error}", file.display()),
        })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn source(&self) -> Result<String, WindowError> {
        let answer = self.call("GET", &self.path("source"), None)?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// The driver that the window runs under.
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    fn post(&self, command: &str, body: &Value) -> Result<Value, WindowError> {
        self.call("POST", &self.path(command), Some(body))
    }

    fn path(&self, command: &str) -> String {
        format!("/session/{}/{command}", self.session)
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, WindowError> {
        let url = format!("{}{path}", self.driver.address());
        let answer = match (method, body) {
            (_, Some(body)) => self
                .agent
                .post(&url)
                .content_type("application/json")
                .send(&body.to_string()),
            ("DELETE", None) => self.agent.delete(&url).call(),
            _ => self.agent.get(&url).call(),
        };
        let lost = |error: ureq::Error| WindowError {
            kind: String::new(),
            message: format!("{method} {path}: {error}"),
        };
        let mut answer = answer.map_err(lost)?;
        let failed = !answer.status().is_success();
        let text = answer
            .body_mut()
            .with_config()
            .limit(LARGEST_ANSWER)
            .read_to_string()
            .map_err(lost)?;
        let mut json: Value = serde_json::from_str(&text).unwrap_or_default();
        let value = json["value"].take();
        if failed {
            let word = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            return Err(WindowError {
                kind: word("error"),
                message: word("message"),
            });
        }
        Ok(value)
    }

    fn with_log(&self, error: WindowError) -> WindowError {
        let message = format!("{}\n--- the driver's log\n{}", error.message, self.driver.log());
        WindowError { message, ..error }
    }
}

/// Arguments are a list; anything else is the only argument.
fn list(args: &Value) -> Value {
    if args.is_array() { args.clone() } else { json!([args]) }
}

fn unexpected(answer: &Value) -> WindowError {
    WindowError {
        kind: "unexpected answer".into(),
        message: format!("no {ELEMENT} in {answer}"),
    }
}
