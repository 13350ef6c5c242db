//! What a person does in the window, by the names that they read or hear.

use serde_json::json;

use crate::app::{App, not_yet};
use crate::element::{Element, Name};
use crate::keys;
use crate::webdriver::{Window, WindowError};

/// Roles that text is typed into.
const FIELDS: [&str; 4] = ["textbox", "searchbox", "spinbutton", "combobox"];

impl App {
    /// Clicks the button with this name.
    pub fn click_button(&self, name: impl Into<Name>) {
        self.click("button", name);
    }

    /// Clicks the link with this name.
    pub fn click_link(&self, name: impl Into<Name>) {
        self.click("link", name);
    }

    /// Clicks the first element of this role and name, once it is there and can be clicked.
    pub fn click(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        self.wait(&format!("a click on the {role} {name}"), |window| {
            window.click(&first(window, role, &name)?)
        });
    }

    /// Replaces what a field holds, as a person does: by selecting all of it and typing.
    pub fn fill(&self, label: impl Into<Name>, text: &str) {
        let label = label.into();
        self.wait(&format!("the field {label} to hold {text:?}"), |window| {
            let field = field(window, &label)?;
            window.clear(&field)?;
            window.type_into(&field, text)?;
            let held = window.script("return arguments[0].value", &json!([field.argument()]))?;
            if held == text {
                Ok(())
            } else {
                Err(not_yet(format!("it holds {held}")))
            }
        });
    }

    /// Picks an option of a list by its text.
    pub fn choose(&self, label: impl Into<Name>, option: &str) {
        let label = label.into();
        self.wait(&format!("the option {option:?} of {label}"), |window| {
            let pick = "const [list, text] = arguments;
                const option = [...list.options].find((option) => option.label.trim() === text);
                if (!option) return [...list.options].map((option) => option.label).join(', ');
                list.value = option.value;
                list.dispatchEvent(new Event('input', { bubbles: true }));
                list.dispatchEvent(new Event('change', { bubbles: true }));
                return null;";
            let others = window.script(pick, &json!([first(window, "combobox", &label)?.argument(), option]))?;
            if others.is_null() {
                Ok(())
            } else {
                Err(not_yet(format!("the options are {others}")))
            }
        });
    }

    /// Presses a chord such as `Ctrl+K`, `Shift+Tab` or `Enter`, wherever the focus is.
    pub fn press(&self, chord: &str) {
        self.window()
            .act(&keys::chord(chord))
            .unwrap_or_else(|error| panic!("{chord} could not be pressed: {error}"));
    }

    /// Types text wherever the focus is, a key after the other.
    pub fn type_text(&self, text: &str) {
        self.window()
            .act(&keys::text(text))
            .unwrap_or_else(|error| panic!("{text:?} could not be typed: {error}"));
    }

    /// Presses Tab until the focus is on this role and name, as somebody without a mouse does.
    pub fn tab_to(&self, role: &str, name: &str) {
        let wanted = format!("{role} {}", json!(name));
        let mut passed = Vec::new();
        // More stops than any screen has.
        for _ in 0..200 {
            self.press("Tab");
            let focused = self.focused();
            if focused == wanted {
                return;
            }
            passed.push(focused);
        }
        panic!("Tab does not reach {wanted}; it passed:\n{}", passed.join("\n"));
    }

    /// Moves the pointer towards the lower right corner, beside the scroll bar: nothing is marked because it is there.
    pub fn rest_pointer(&self) {
        // Two moves: the driver leaves out one to where this pointer was last, whatever was clicked since.
        let corner = self.script("return [innerWidth, innerHeight]", &json!([]));
        let place = |axis: usize, back: i64| corner[axis].as_i64().unwrap_or_default() - back;
        let step =
            |back: i64| json!({ "type": "pointerMove", "duration": 0, "x": place(0, back + 60), "y": place(1, back) });
        let steps = json!([step(9), step(3)]);
        let mouse = json!({ "type": "pointer", "id": "mouse", "actions": steps });
        self.window()
            .act(&json!([mouse]))
            .unwrap_or_else(|error| panic!("the pointer cannot be moved: {error}"));
    }

    /// Gives the window another size.
    pub fn resize(&self, width: u32, height: u32) {
        self.window()
            .resize(width, height)
            .unwrap_or_else(|error| panic!("the window keeps its size: {error}"));
    }
}

/// The first of this role and name.
pub(crate) fn first(window: &Window, role: &str, name: &Name) -> Result<Element, WindowError> {
    window
        .by_role(role, name)?
        .into_iter()
        .next()
        .ok_or_else(|| not_yet(format!("there is no {role} {name}")))
}

fn field(window: &Window, label: &Name) -> Result<Element, WindowError> {
    let mut last = not_yet("there is no field");
    for role in FIELDS {
        match first(window, role, label) {
            Ok(field) => return Ok(field),
            Err(error) => last = error,
        }
    }
    Err(WindowError {
        message: format!("there is no field {label}"),
        ..last
    })
}
