//! Elements of a page, by what they are to somebody who cannot see it: role and accessible name.

use serde_json::{Value, json};

use crate::webdriver::{Window, WindowError};

/// The key under which the protocol names an element.
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Finds elements by role and name; a part of "Accessible Name and Description Computation" 1.2.
const ACCESSIBLE: &str = include_str!("accessible.js");

/// An element of the page as it was when it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    id: String,
}

/// Which accessible name is looked for; white space counts as one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Exactly this one.
    Is(String),
    /// One that holds this text.
    Has(String),
    /// Any.
    Any,
}

impl Name {
    /// One that holds this text.
    pub fn has(text: impl Into<String>) -> Self {
        Self::Has(text.into())
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::Is(text.to_owned())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::Is(text)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Is(text) => write!(f, "named {text:?}"),
            Self::Has(text) => write!(f, "whose name holds {text:?}"),
            Self::Any => write!(f, "of any name"),
        }
    }
}

impl Element {
    /// From the protocol's JSON.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            id: value[ELEMENT].as_str()?.to_owned(),
        })
    }

    /// For the protocol's addresses.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// For the arguments of a script.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.id })
    }
}

impl Window {
    /// Every visible element of this role (`button`, `link`, `textbox`, `heading`, `checkbox`, …) and name, in the
    /// order of the page.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn by_role(&self, role: &str, name: &Name) -> Result<Vec<Element>, WindowError> {
        let (mode, text) = match name {
            Name::Is(text) => ("is", text.as_str()),
            Name::Has(text) => ("has", text.as_str()),
            Name::Any => ("any", ""),
        };
        let found = self.script(
            &format!("{ACCESSIBLE}\nreturn find(...arguments);"),
            &json!([role, mode, text]),
        )?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Element::read)
            .collect())
    }

    /// Role and accessible name of all that can be acted on, a line each: `button "Continue"`. For messages.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn offered(&self) -> Result<String, WindowError> {
        let lines = self.script(&format!("{ACCESSIBLE}\nreturn offered();"), &json!([]))?;
        Ok(lines.as_str().unwrap_or_default().to_owned())
    }

    /// Role and accessible name of what has the focus: `button "Continue"`, or `none`.
    ///
    /// # Errors
    /// When the window is gone.
    pub fn focused(&self) -> Result<String, WindowError> {
        let line = self.script(&format!("{ACCESSIBLE}\nreturn focused();"), &json!([]))?;
        Ok(line.as_str().unwrap_or_default().to_owned())
    }
}
