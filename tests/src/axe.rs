//! Accessibility of the page as it stands, by axe-core.

use std::fmt;
use std::fs;

use serde::Deserialize;
use serde_json::json;

use crate::programs::repository_root;
use crate::webdriver::{Window, WindowError};

/// The rules asked for: WCAG 2.0 to 2.2, A and AA, and what axe calls best practice.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// A rule that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// The rule's name, such as `color-contrast`.
    pub id: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    #[serde(default)]
    pub impact: Option<String>,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<Node>,
}

/// A place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// The element.
    pub html: String,
    /// What to do about it.
    #[serde(default)]
    pub failure_summary: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} ({}): {}",
            self.id,
            self.impact.as_deref().unwrap_or("unrated"),
            self.help
        )?;
        for node in &self.nodes {
            writeln!(f, "  {}", node.html.lines().next().unwrap_or_default())?;
            for line in node.failure_summary.lines().skip(1) {
                writeln!(f, "    {}", line.trim())?;
            }
        }
        Ok(())
    }
}

impl Window {
    /// Runs axe-core over the page.
    ///
    /// # Errors
    /// When the window is gone, or axe could not run.
    ///
    /// # Panics
    /// When axe-core is not installed, saying how to install it.
    pub fn violations(&self) -> Result<Vec<Violation>, WindowError> {
        if self.script("return typeof axe", &json!([]))? != "object" {
            let file = repository_root().join("ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {error}. Run `npm ci` in ui/.", file.display()));
            self.script(&format!("{axe}\nwindow.axe = axe;"), &json!([]))?;
        }
        let run = "const [rules, done] = arguments;
            const options = { runOnly: rules, resultTypes: ['violations'] };
            axe.run(document, options).then(
              (found) => done({ violations: found.violations }), (error) => done({ error: String(error) }));";
        let mut found = self.script_async(run, &json!([RULES]))?;
        serde_json::from_value(found["violations"].take()).map_err(|_| WindowError {
            kind: "axe".into(),
            message: found["error"].to_string(),
        })
    }
}
