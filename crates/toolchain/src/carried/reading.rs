//! Reading one file: its text, its place in messages, and what was found so far.

use std::path::Path;

use jsonc_parser::ast;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Carried, CarriedKind, CarriedRequirement, Problem, file,
    meaning::{self, Meaning},
};
use crate::{Catalogue, Range};

/// A file that is being read.
pub(super) struct Reading<'a> {
    /// Relative to the project's folder, for messages.
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    place: Place<'a>,
    found: &'a mut Carried,
}

/// Where a file lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The project's folder, with symbolic links resolved.
    pub(super) root: &'a Path,
    /// The workspace member, relative to it; empty for the project's folder.
    pub(super) member: &'a str,
}

impl<'a> Reading<'a> {
    pub(super) fn new(place: Place<'a>, file: &'a str, text: &'a str, found: &'a mut Carried) -> Self {
        Self {
            file,
            text,
            place,
            found,
        }
    }

    /// The file's name in the project's folder or the workspace member.
    pub(super) fn name(&self) -> &'a str {
        let name = self.file.strip_prefix(self.place.member).unwrap_or(self.file);
        name.trim_start_matches('/')
    }

    /// Whether this is the file of a workspace member.
    pub(super) fn is_member(&self) -> bool {
        !self.place.member.is_empty()
    }

    /// Reads another file of the project, named relative to this one's folder.
    ///
    /// # Errors
    /// Why it was not read, to follow its name in a sentence.
    pub(super) fn beside(&mut self, name: &str, read: impl FnOnce(&mut Reading<'_>)) -> Result<(), String> {
        let file = file::beside(self.file, name).ok_or("lies outside of the folder")?;
        let text = file::read(self.place.root, &file)?.ok_or("is not there")?;
        read(&mut Reading::new(self.place, &file, &text, self.found));
        Ok(())
    }

    /// The lines that are not blank, with their numbers from 1, without what follows `comment`.
    pub(super) fn lines(&self, comment: &'static str) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let plain = move |line: &'a str| line.split(comment).next().unwrap_or_default().trim();
        let lines = self.text.lines().enumerate();
        lines
            .map(move |(at, line)| (at + 1, plain(line)))
            .filter(|(_, line)| !line.is_empty())
    }

    /// The number of the line at a byte, from 1.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        let before = self.text.get(..byte).unwrap_or(self.text);
        before.matches('\n').count() + 1
    }

    /// The file as TOML; a problem is told where it is none.
    pub(super) fn toml(&mut self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let line = self.line_at(error.span().map_or(0, |span| span.start));
                let message = error.message().to_owned();
                self.unreadable(line, &message);
                None
            }
        }
    }

    /// The file as a JSON object, with comments and trailing commas; a problem is told where it is none.
    pub(super) fn json(&mut self) -> Option<ast::Object<'a>> {
        let options = jsonc_parser::ParseOptions {
            allow_missing_commas: false,
            allow_loose_object_property_names: false,
            allow_single_quoted_strings: false,
            ..jsonc_parser::ParseOptions::default()
        };
        match jsonc_parser::parse_to_ast(self.text, &jsonc_parser::CollectOptions::default(), &options) {
            Ok(parsed) => match parsed.value {
                Some(ast::Value::Object(object)) => Some(object),
                Some(_) => {
                    self.unreadable(1, "it is not an object");
                    None
                }
                // An empty file asks for nothing.
                None => None,
            },
            Err(error) => {
                let line = self.line_at(error.range().start);
                let message = error.kind().to_string();
                self.unreadable(line, &message);
                None
            }
        }
    }

    /// A version that the project is built with.
    pub(super) fn pin(&mut self, tool: &str, line: usize, written: &str) {
        let Some(id) = self.known(tool, line) else { return };
        let meaning = launcher(tool).unwrap_or_else(|| meaning::pinned(id, written));
        self.add(id, line, CarriedKind::Pin, written, meaning);
    }

    /// Several versions, one of which will do.
    pub(super) fn pin_one_of(&mut self, tool: &str, line: usize, written: &[&str]) {
        let Some(id) = self.known(tool, line) else { return };
        let meaning = launcher(tool).unwrap_or_else(|| meaning::one_of(id, written));
        self.add(id, line, CarriedKind::Pin, &written.join(" "), meaning);
    }

    /// A range in our grammar, which is npm's too.
    pub(super) fn range(&mut self, tool: &str, line: usize, written: &str, range: &str) {
        let Some(id) = self.known(tool, line) else { return };
        let (kind, meaning) = match Range::parse(range) {
            Ok(parsed) if parsed.is_any() => (CarriedKind::Range, Meaning::any()),
            Ok(parsed) if parsed.is_minimum() => (CarriedKind::Minimum, Meaning::range(range.trim())),
            Ok(parsed) if parsed.is_exact() => (CarriedKind::Pin, Meaning::range(range.trim())),
            Ok(_) => (CarriedKind::Range, Meaning::range(range.trim())),
            Err(_) => (CarriedKind::Range, Meaning::not_comparable(written)),
        };
        self.add(id, line, kind, written, meaning);
    }

    /// The oldest version that will do.
    pub(super) fn minimum(&mut self, tool: &str, line: usize, written: &str) {
        self.range(tool, line, written, &format!(">={}", written.trim()));
    }

    /// What is only suggested; what cannot be compared suggests nothing.
    pub(super) fn hint(&mut self, tool: &str, line: usize, written: &str, range: &str) {
        self.hint_because(tool, line, written, range, None);
    }

    /// What is only suggested, and why it is no more than that; a sentence.
    pub(super) fn hint_because(&mut self, tool: &str, line: usize, written: &str, range: &str, note: Option<&str>) {
        if let Some(tool) = Catalogue::builtin().tool(tool)
            && Range::parse(range).is_ok_and(|range| !range.is_any())
        {
            let meaning = Meaning {
                note: note.map(str::to_owned),
                ..Meaning::range(range)
            };
            self.add(&tool.id, line, CarriedKind::Hint, written, meaning);
        }
    }

    /// Something that could not be understood; the message follows the file's name in a sentence.
    pub(super) fn problem(&mut self, line: usize, message: &str, help: &str) {
        self.found.problems.push(Problem {
            file: self.file.to_owned(),
            line,
            message: format!("{} {message}.", self.file),
            help: help.to_owned(),
        });
    }

    /// Whether another file has asked for the tool already.
    pub(super) fn is_asked_by(&self, file: &str) -> bool {
        self.found.requirements.iter().any(|one| one.file == file)
    }

    /// Whether the file of that name, in the same folder or that of the project, has asked for a version.
    pub(super) fn is_pinned(&self, name: &str) -> bool {
        let own = format!("{}/{name}", self.place.member);
        self.is_asked_by(name) || self.is_asked_by(own.trim_start_matches('/'))
    }

    /// Whether a file of the same folder that was read before has asked for the tool: the one that counts, where files of
    /// one version manager override each other.
    pub(super) fn is_overridden(&self, tool: &str) -> bool {
        let id = Catalogue::builtin().tool(tool).map(|tool| tool.id.as_str());
        let member = self.is_member().then_some(self.place.member);
        self.found
            .requirements
            .iter()
            .any(|one| Some(one.tool.as_str()) == id && one.member.as_deref() == member && one.file != self.file)
    }

    fn add(&mut self, tool: &str, line: usize, kind: CarriedKind, written: &str, meaning: Meaning) {
        let one = CarriedRequirement {
            tool: tool.to_owned(),
            range: meaning.range,
            written: written.trim().to_owned(),
            kind,
            file: self.file.to_owned(),
            line,
            note: meaning.note,
            member: self.is_member().then(|| self.place.member.to_owned()),
            decided_by_member: false,
        };
        // A file that several others refer to asks once.
        let same = |other: &CarriedRequirement| (&other.tool, &other.file, other.line) == (&one.tool, &one.file, line);
        let asked = self
            .found
            .requirements
            .iter()
            .any(|other| same(other) && other.range == one.range);
        if !asked {
            self.found.requirements.push(one);
        }
    }

    /// The id of a tool in the catalogue; a problem is told where there is none.
    fn known(&mut self, tool: &str, line: usize) -> Option<&'static str> {
        let id = Catalogue::builtin().tool(tool).map(|tool| tool.id.as_str());
        if id.is_none() {
            let help = "It is left to the project's own version manager.";
            self.problem(
                line,
                &format!("asks for `{tool}`, which the catalogue does not know"),
                help,
            );
        }
        id
    }

    fn unreadable(&mut self, line: usize, reason: &str) {
        let reason = reason.lines().next().unwrap_or_default().trim_end_matches('.');
        let help = "Correct the file at this line; until then what it asks for is not checked.";
        self.problem(line, &format!("cannot be understood: {reason}"), help);
    }
}

/// What a version of Bazelisk says of Bazel; `None` for other tools.
fn launcher(tool: &str) -> Option<Meaning> {
    (tool == "bazelisk").then(|| Meaning {
        note: Some("This is the version of Bazel's launcher, so any version of Bazel counts.".to_owned()),
        ..Meaning::any()
    })
}

/// The value under a path of keys.
pub(crate) fn at<'t, 'i>(table: &'t DeTable<'i>, keys: &[&str]) -> Option<&'t Spanned<DeValue<'i>>> {
    let (first, rest) = keys.split_first()?;
    let value = table.iter().find(|(key, _)| key.get_ref() == first)?.1;
    match (rest, value.get_ref()) {
        ([], _) => Some(value),
        (_, DeValue::Table(table)) => at(table, rest),
        _ => None,
    }
}
