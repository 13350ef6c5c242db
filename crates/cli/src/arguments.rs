//! The command line's grammar; the doc comments are its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Walk your organisation's paved paths, offline: steps, tools, starters and proof that each step worked
#[derive(Debug, Parser)]
#[command(name = "roadbook", version, max_term_width = 100)]
pub(crate) struct Arguments {
    /// A roadbook folder; the built-in roadbook without it
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) book: Option<PathBuf>,
    /// Print data as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the desktop app, at a page
    Open(Open),
    /// List the paths and how far along they are
    Paths,
    /// Print a page: library/concepts/paved-path, first-service, first-service/test-it
    Show(Show),
    /// Look something up
    Search(Search),
    /// Check the tools on this machine
    Doctor(Doctor),
    /// List the starters
    Starters,
    /// Make a new project from a starter, or clone a repository
    Start(Start),
    /// Say whether a project's starter has moved on, and show what that means for the project
    Outdated(Outdated),
    /// Merge what a project's starter has become into the project, and leave the commit to you
    Upgrade(Upgrade),
    /// Keep copies of the starters' repositories, for work without a network
    Fetch(Fetch),
    /// Prove that a step's outcome is there
    Verify(Verify),
    /// Show, take along or forget progress
    Progress(Progress),
    /// Check a roadbook's content
    Check(Check),
}

impl Command {
    /// Whether it always works with a repository.
    pub(crate) fn needs_git(&self) -> bool {
        matches!(
            self,
            Self::Start(_) | Self::Outdated(_) | Self::Upgrade(_) | Self::Fetch(_)
        )
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct Open {
    /// A page, such as first-service/test-it, or a screen: paths, library, tools, starters
    pub(crate) page: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The page's id
    pub(crate) page: String,
    /// Print safe HTML in place of Markdown
    #[arg(long)]
    pub(crate) html: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// What to look for; the last word may be unfinished
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// The most hits to print
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    /// Only these tools
    #[arg(value_name = "TOOL")]
    pub(crate) tools: Vec<String>,
    /// Only what this path asks for
    #[arg(long, value_name = "ID", conflicts_with = "repo")]
    pub(crate) path: Option<String>,
    /// Only what the version files of this repository ask for (.nvmrc, rust-toolchain.toml, …)
    #[arg(long, value_name = "DIR", conflicts_with = "tools")]
    pub(crate) repo: Option<PathBuf>,
    /// How findings are printed; Markdown and JSON can be shared: they name no person, machine or secret
    #[arg(long, value_enum, default_value_t = DoctorFormat::Human, conflicts_with = "json")]
    pub(crate) format: DoctorFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DoctorFormat {
    /// For people, as the tools answer
    Human,
    /// An array of findings
    Json,
    /// A report for a chat or an issue
    Markdown,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Start {
    /// The starter's id, or the address of a Git repository to clone
    #[arg(value_name = "STARTER|URL")]
    pub(crate) starter: String,
    /// The new project's folder; one named by the form's name, in this folder, without it
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// An answer of the form
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
    /// A file with answers (.json, .yaml or .toml); --set wins over it
    #[arg(long, value_name = "FILE")]
    pub(crate) values: Option<PathBuf>,
    /// Save the answers to a file (.json, .yaml or .toml) that --values reads; secrets are left out
    #[arg(long, value_name = "FILE")]
    pub(crate) save_values: Option<PathBuf>,
    /// The step that asks for this starter; it passes when the project is there
    #[arg(long, value_name = "PATH/STEP")]
    pub(crate) step: Option<String>,
    /// Print the files that would be made, and make none
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Trust an unknown ssh server that shows this host key; compare the fingerprint first
    #[arg(long, value_name = "SHA256:…")]
    pub(crate) accept_host_key: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Outdated {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}

/// A project beside its starter.
#[derive(Debug, clap::Args)]
pub(crate) struct ProjectArguments {
    /// The project's folder; this one without it
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// An answer in place of the recorded one
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
    /// Trust an unknown ssh server that shows this host key; compare the fingerprint first
    #[arg(long, value_name = "SHA256:…")]
    pub(crate) accept_host_key: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Upgrade {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
    /// Print what would become of each file, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Fetch {
    /// The starters' ids; all that are repositories without one
    #[arg(value_name = "STARTER")]
    pub(crate) starters: Vec<String>,
    /// Print which copies there are, how old and how large, and fetch nothing
    #[arg(long, conflicts_with = "starters")]
    pub(crate) list: bool,
    /// Trust an unknown ssh server that shows this host key; compare the fingerprint first
    #[arg(long, value_name = "SHA256:…")]
    pub(crate) accept_host_key: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// The step, such as first-service/test-it
    #[arg(value_name = "PATH/STEP")]
    pub(crate) step: String,
    /// The project's folder; remembered for the path
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// Run the step's commands without asking
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub(crate) struct Progress {
    /// Write the progress to a file ("-" for standard output)
    #[arg(long, value_name = "FILE")]
    pub(crate) export: Option<PathBuf>,
    /// Take in progress that was exported elsewhere; of two outcomes the later one stays
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,
    /// Forget the progress of a path or a step
    #[arg(long, value_name = "PATH[/STEP]")]
    pub(crate) reset: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The roadbook's folder
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// An array of findings
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// A SARIF 2.1.0 log, for code scanning
    Sarif,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not of the form NAME=VALUE"))?;
    if name.is_empty() {
        return Err("the name before the equals sign is missing".to_owned());
    }
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn answers_are_pairs() {
        assert_eq!(pair("name=a=b"), Ok(("name".to_owned(), "a=b".to_owned())));
        assert!(pair("name").is_err());
        assert!(pair("=x").is_err());
    }
}
