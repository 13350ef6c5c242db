//! The tools that can be asked for.

mod organisation;
mod row;

use std::sync::LazyLock;

use crate::Tool;

/// The tools that Roadbook knows, and those of an organisation on top.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    tools: Vec<Tool>,
}

/// Something in a `tools.toml` that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// `duplicate-tool` where a tool is there twice, `tools-toml` otherwise.
    pub code: &'static str,
    /// What is wrong, with the file's name.
    pub message: String,
    /// The line it is on, from 1.
    pub line: usize,
    /// What to write instead.
    pub help: String,
}

/// Rows by field, one table a tool.
const BUILT_IN: [(&str, &str); 11] = [
    ("build.toml", include_str!("../catalogue/build.toml")),
    ("cloud.toml", include_str!("../catalogue/cloud.toml")),
    ("command-line.toml", include_str!("../catalogue/command-line.toml")),
    ("containers.toml", include_str!("../catalogue/containers.toml")),
    ("databases.toml", include_str!("../catalogue/databases.toml")),
    ("javascript.toml", include_str!("../catalogue/javascript.toml")),
    ("jvm.toml", include_str!("../catalogue/jvm.toml")),
    ("languages.toml", include_str!("../catalogue/languages.toml")),
    ("machine.toml", include_str!("../catalogue/machine.toml")),
    ("python.toml", include_str!("../catalogue/python.toml")),
    ("source-control.toml", include_str!("../catalogue/source-control.toml")),
];

static CATALOGUE: LazyLock<(Catalogue, Vec<String>)> = LazyLock::new(|| {
    let mut catalogue = Catalogue::default();
    let mut problems = Vec::new();
    for (file, text) in BUILT_IN {
        match row::tools(text) {
            Ok(tools) => catalogue.tools.extend(tools),
            Err(problem) => {
                tracing::error!(file, %problem, "a built-in catalogue could not be read");
                problems.push(format!("{file}: {problem}"));
            }
        }
    }
    (catalogue, problems)
});

impl Catalogue {
    /// The catalogue that ships with Roadbook.
    pub fn builtin() -> &'static Self {
        &CATALOGUE.0
    }

    /// The tool of that id or alias.
    pub fn tool(&self, name: &str) -> Option<&Tool> {
        let by_id = self.tools.iter().find(|tool| tool.id == name);
        by_id.or_else(|| {
            self.tools
                .iter()
                .find(|tool| tool.aliases.iter().any(|alias| alias == name))
        })
    }

    /// All tools; those of an organisation last.
    pub fn tools(&self) -> &[Tool] {
        &self.tools
    }

    /// This catalogue with the tools and hints of an organisation's `tools.toml` on top, and what had to be left out.
    /// `file` is its name for messages.
    ///
    /// A table's name is the tool's id. Its own tools name a bare `program` and one of the fixed version arguments
    /// `--version`, `-V`, `-v`, `version` and `-version` (`argument`); for tools that are built in it may only set
    /// `fixes` and `link`. Nothing else in the file has an effect on what is run.
    #[must_use]
    pub fn with_organisation(&self, tools_toml: &str, file: &str) -> (Self, Vec<Issue>) {
        let mut catalogue = self.clone();
        let issues = organisation::add(&mut catalogue.tools, tools_toml, file);
        (catalogue, issues)
    }
}

#[cfg(test)]
mod tests;
