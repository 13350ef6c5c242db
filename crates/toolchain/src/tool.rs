//! What the catalogue knows about a tool.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use crate::{Os, Scheme};

/// A program on the machine, and how its version is read.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Its name in roadbooks (`git`).
    pub id: String,
    /// Its name for people (`Git`).
    pub title: String,
    /// Other names it may be asked for by.
    pub aliases: Vec<String>,
    /// What is probed.
    pub kind: Kind,
    /// Names of programs without folder or extension, the first that is found is run.
    pub programs: Vec<String>,
    /// The arguments that make it print its version.
    pub args: Vec<String>,
    /// Where it prints the version.
    pub stream: Stream,
    /// Finds the version: the first group that matched. Without one, the first dotted number is taken.
    pub pattern: Option<Regex>,
    /// Whether several versions may be there at once, a line each; any of them will do.
    pub side_by_side: bool,
    /// What a failing run prints when the tool itself is missing (a plugin of `programs`, say).
    pub absent: Option<Regex>,
    /// How it numbers its releases.
    pub scheme: Scheme,
    /// The arguments that make it say its version in a project's folder; `None` where it is never asked there, because
    /// its answer does not depend on the folder or because it could run what the folder holds.
    pub in_project: Option<Vec<String>>,
    /// Variables added for the probe.
    pub env: BTreeMap<String, String>,
    /// Where it exists; empty for everywhere.
    pub os: Vec<Os>,
    /// The tool that has to be there first.
    pub needs: Option<String>,
    /// By the way of installing (`debian`, `mise`, …) what to install with it.
    pub fixes: BTreeMap<String, String>,
    /// By system (`linux`, `macos`, `windows`, `any`) or package manager (`apt`, `brew`, …) a whole command that helps.
    pub commands: BTreeMap<String, String>,
    /// Its home page.
    pub link: Option<String>,
    /// Real outputs, which the tests read.
    pub samples: Vec<Sample>,
}

impl Tool {
    /// All versions in what it printed, and the lines that say them: the last one is the newest.
    pub(crate) fn versions_in<'a>(&self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let all = self.pattern.iter().flat_map(|pattern| pattern.captures_iter(text));
        let version = |captures: regex::Captures<'a>| {
            let version = captures.iter().skip(1).flatten().next()?;
            Some((version.as_str(), line_at(text, version.start())))
        };
        all.filter_map(version).collect()
    }

    /// The tool's version in what it printed, and the line that says it.
    pub(crate) fn version_in<'a>(&self, texts: [&'a str; 2], guess: bool) -> Option<(&'a str, &'a str)> {
        let found = texts.into_iter().find_map(|text| {
            let mut all = self.versions_in(text);
            if self.side_by_side {
                all.pop()
            } else {
                all.into_iter().next()
            }
        });
        found.or_else(|| {
            texts.into_iter().filter(|_| guess).find_map(|text| {
                let version = crate::text::first_version(text)?;
                let line = text.lines().find(|line| line.contains(version))?;
                Some((version, line.trim()))
            })
        })
    }
}

/// What a probe looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A program that prints its version.
    #[default]
    Program,
    /// The engine behind the `docker` or `podman` command.
    DockerDaemon,
    /// The name and address that Git writes into commits.
    GitIdentity,
    /// A public key in `~/.ssh`.
    SshKey,
    /// An SSH agent that holds a key.
    SshAgent,
    /// What Git asks for passwords and tokens.
    GitCredentialHelper,
    /// The command line tools of macOS, or Xcode.
    DeveloperTools,
    /// Room in the home folder.
    DiskSpace,
}

/// Where a tool prints its version; the other stream is searched afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Standard output.
    #[default]
    Stdout,
    /// Standard error.
    Stderr,
    /// Either, depending on its version.
    Either,
}

/// What a real tool printed, and the version in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// On standard output.
    #[serde(default)]
    pub out: String,
    /// On standard error.
    #[serde(default)]
    pub err: String,
    /// The version to be read from it.
    pub version: String,
}

fn line_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}
