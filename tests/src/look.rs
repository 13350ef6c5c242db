//! What a person sees in the window, or hears of it.

use std::path::Path;

use serde_json::json;

use crate::actions::first;
use crate::app::{App, not_yet};
use crate::element::Name;

/// The visible text of the page, white space as one space.
const TEXT: &str = "return document.body.innerText.replace(/\\s+/g, ' ')";

impl App {
    /// Waits until the page shows this text.
    pub fn see(&self, text: &str) {
        self.wait(&format!("the text {text:?}"), |window| {
            let shown = window.script(TEXT, &json!([]))?;
            let shown = shown.as_str().unwrap_or_default();
            if shown.contains(text) {
                Ok(())
            } else {
                Err(not_yet(format!("the page reads: {shown}")))
            }
        });
    }

    /// Waits until the page does not show this text.
    pub fn see_no(&self, text: &str) {
        self.wait(&format!("the text {text:?} to go"), |window| {
            let shown = window.script(TEXT, &json!([]))?;
            let shown = shown.as_str().unwrap_or_default();
            if shown.contains(text) {
                Err(not_yet(format!("the page reads: {shown}")))
            } else {
                Ok(())
            }
        });
    }

    /// Waits until there is an element of this role and name.
    pub fn see_role(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.wait(&format!("a {role} {name}"), |window| first(window, role, &name));
    }

    /// Waits until there is none of this role and name.
    pub fn see_no_role(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.wait(&format!("the {role} {name} to go"), |window| {
            let found = window.by_role(role, &name)?.len();
            if found == 0 {
                Ok(())
            } else {
                Err(not_yet(format!("there are {found}")))
            }
        });
    }

    /// Waits until the page's first heading is this one.
    pub fn see_title(&self, title: &str) {
        self.wait(&format!("a page with the title {title:?}"), |window| {
            let heading = "return document.querySelector('main h1')?.innerText.trim() ?? ''";
            let found = window.script(heading, &json!([]))?;
            if found == title {
                Ok(())
            } else {
                Err(not_yet(format!("the title is {found}")))
            }
        });
    }

    /// Waits until the app is at this route.
    pub fn see_route(&self, route: &str) {
        self.wait(&format!("the route {route}"), |window| {
            let found = window.script("return location.hash", &json!([]))?;
            if found == route {
                Ok(())
            } else {
                Err(not_yet(format!("the route is {found}")))
            }
        });
    }

    /// How many elements of this role and name there are now.
    pub fn count(&self, role: &str, name: impl Into<Name>) -> usize {
        let found = self.window().by_role(role, &name.into());
        found
            .unwrap_or_else(|error| panic!("the page cannot be looked at: {error}"))
            .len()
    }

    /// The page's visible text now.
    pub fn text(&self) -> String {
        self.script(TEXT, &json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Role and accessible name of what has the focus now: `button "Continue"`, or `none`.
    pub fn focused(&self) -> String {
        self.window()
            .focused()
            .unwrap_or_else(|error| panic!("the focus cannot be told: {error}"))
    }

    /// Waits until the focus is on this role and a name that holds this text.
    pub fn see_focus(&self, role: &str, name: &str) {
        self.wait(&format!("the focus to be on the {role} {name:?}"), |window| {
            let focused = window.focused()?;
            if focused.starts_with(&format!("{role} ")) && focused.contains(name) {
                Ok(())
            } else {
                Err(not_yet(format!("the focus is on {focused}")))
            }
        });
    }

    /// Waits until nothing moves or loads: no `aria-busy`, pictures there, fonts there, motion at its end.
    pub fn settle(&self) {
        self.wait("the page to come to rest", |window| {
            let restless = "const done = arguments[arguments.length - 1];
                requestAnimationFrame(() => requestAnimationFrame(() => {
                  if (document.querySelector('[aria-busy=true]')) return done('something is busy');
                  if ([...document.images].some((image) => !image.complete)) return done('a picture loads');
                  if (document.fonts?.status === 'loading') return done('a font loads');
                  const moving = document.getAnimations().filter((one) => one.playState === 'running'
                    && one.effect?.getComputedTiming().endTime !== Infinity);
                  done(moving.length ? 'something moves' : '');
                }));";
            let answer = window.script_async(restless, &json!([]))?;
            let found = answer.as_str().unwrap_or_default();
            if found.is_empty() { Ok(()) } else { Err(not_yet(found)) }
        });
    }

    /// Writes a picture of the page at rest.
    pub fn screenshot(&self, file: &Path) {
        self.settle();
        self.window()
            .screenshot(file)
            .unwrap_or_else(|error| panic!("there is no picture: {error}"));
    }

    /// Fails when axe-core finds a violation on the page at rest; `screen` names it in the message.
    pub fn check_accessibility(&self, screen: &str) {
        self.settle();
        let found = self
            .window()
            .violations()
            .unwrap_or_else(|error| panic!("axe-core could not run: {error}"));
        let told: String = found.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{screen}: {} rules are broken\n{told}", found.len());
    }
}
