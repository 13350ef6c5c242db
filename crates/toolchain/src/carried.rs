//! What a repository already asks for: the files of version managers, languages and build tools.
//!
//! Everything is read as data. Nothing is run, no template is rendered, no file outside the folder is opened, and what
//! only a version manager can resolve (`lts/*`, `latest`) counts as any version, with a note that says so.

mod conflict;
mod container;
mod dotnet;
pub(crate) mod file;
mod formats;
mod go;
mod gradle;
mod jvm;
mod maven;
mod meaning;
mod members;
mod mise;
mod node;
mod one_line;
mod python;
pub(crate) mod reading;
mod ruby;
mod rust;
mod terraform;
mod tool_versions;

use std::{collections::BTreeSet, path::Path};

use crate::{Requirement, Severity};

pub(crate) use formats::FORMATS;

/// What a repository asks of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// What its files ask for, in the order in which one outranks another: version managers, pins, manifests, hints.
    pub requirements: Vec<CarriedRequirement>,
    /// Files that cannot both be met.
    pub conflicts: Vec<Conflict>,
    /// What could not be read or understood.
    pub problems: Vec<Problem>,
}

/// One tool that a file asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedRequirement {
    /// The tool's id in the catalogue.
    pub tool: String,
    /// The versions in the grammar of [`crate::Range`]; empty for any.
    pub range: String,
    /// The value as the file has it.
    pub written: String,
    /// How binding it is.
    pub kind: CarriedKind,
    /// The file, relative to the folder, with `/`.
    pub file: String,
    /// The line it is on, from 1.
    pub line: usize,
    /// Why the value could not be taken as it is, or is only a hint; a sentence.
    pub note: Option<String>,
    /// The workspace member that the file belongs to, relative to the folder, with `/`; `None` for the folder itself.
    pub member: Option<String>,
    /// Whether version files of that member decide what its tools are.
    decided_by_member: bool,
}

/// How binding a carried requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CarriedKind {
    /// The project is built with just this version, or this line of versions.
    Pin,
    /// Any version of a range.
    Range,
    /// This version or a newer one.
    Minimum,
    /// What a container uses, or what is only suggested; never a failure.
    Hint,
}

/// Two files that ask for versions of one tool that no version meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The tool's id in the catalogue.
    pub tool: String,
    /// The one that outranks the other.
    pub first: CarriedRequirement,
    /// The other one.
    pub second: CarriedRequirement,
}

/// Something in a repository's files that could not be read or understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the folder, with `/`.
    pub file: String,
    /// The line it is on, from 1.
    pub line: usize,
    /// What is wrong; a sentence that names the file.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Reads what the files directly in `folder` (and in `.config`, `mise` and `.devcontainer`) ask for, and those of the
/// members of its Cargo, npm, pnpm, Go or Maven workspace.
///
/// Each file is read up to 1 MiB. Files that are not there are no problem.
pub fn requirements_in(folder: &Path) -> Carried {
    let mut found = Carried::default();
    // A folder that is not there carries nothing.
    let Ok(root) = folder.canonicalize() else {
        return found;
    };
    read_folder(&root, "", &mut found);
    for member in members::members(&root) {
        read_folder(&root, &member, &mut found);
    }
    let pins = found.requirements.iter().filter(|one| one.kind == CarriedKind::Pin);
    let pinned: BTreeSet<_> = pins.filter_map(|one| one.member.clone()).collect();
    for one in &mut found.requirements {
        one.decided_by_member = one.member.as_ref().is_some_and(|member| pinned.contains(member));
    }
    found.conflicts = conflict::conflicts(&found.requirements);
    found
}

/// Reads the files of the project's folder, or of a workspace member.
fn read_folder(root: &Path, member: &str, found: &mut Carried) {
    let place = reading::Place { root, member };
    let formats = FORMATS.iter().filter(|format| format.in_members || member.is_empty());
    for format in formats {
        let names = format
            .files
            .iter()
            .flat_map(|pattern| file::expand(root, member, pattern));
        for name in names {
            match file::read(root, &name) {
                Ok(Some(text)) => (format.read)(&mut reading::Reading::new(place, &name, &text, found)),
                Ok(None) => {}
                Err(reason) => found.problems.push(Problem {
                    message: format!("{name} {reason}, so it was not read."),
                    file: name,
                    line: 1,
                    help: "Roadbook reads UTF-8 files of up to 1 MiB inside the project's folder.".to_owned(),
                }),
            }
        }
    }
}

impl CarriedRequirement {
    /// Where it stands, as `file:line`.
    pub fn source(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// What to check: required, or only told where it is a hint.
    pub fn requirement(&self) -> Requirement {
        Requirement {
            severity: match self.kind {
                CarriedKind::Pin | CarriedKind::Range | CarriedKind::Minimum => Severity::Required,
                CarriedKind::Hint => Severity::Info,
            },
            why: self.note.clone(),
            member: self.member.clone().filter(|_| self.decided_by_member),
            ..Requirement::new(&self.tool, &self.range, self.source())
        }
    }
}

impl CarriedKind {
    /// Its name for people and for machines (`pin`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Range => "range",
            Self::Minimum => "minimum",
            Self::Hint => "hint",
        }
    }
}

impl Conflict {
    /// The tool's name for people.
    pub fn title(&self) -> &str {
        conflict::title(&self.tool)
    }

    /// What the two files ask for; a sentence.
    pub fn message(&self) -> String {
        let [first, second] =
            [&self.first, &self.second].map(|one| format!("{} asks for {}", one.source(), one.written));
        format!("{first} and {second}: no version of {} meets both.", self.title())
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        format!(
            "Change {} or {} so that one version meets both, or remove the one that is out of date.",
            self.first.file, self.second.file
        )
    }
}
