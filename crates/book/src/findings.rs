//! Collecting diagnostics of one file.

use crate::diagnostic::{Diagnostic, Severity};

/// A place in a text, from 1; 0 means the whole line or file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    pub(crate) const FILE: Self = Self { line: 0, column: 0 };

    /// The first column of a line.
    pub(crate) const fn line(line: usize) -> Self {
        Self { line, column: 1 }
    }
}

/// The diagnostics of one file, or of a piece of it that starts at some line and column.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    file: &'a str,
    lines_before: usize,
    columns_before: usize,
    list: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(file: &'a str, list: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            file,
            lines_before: 0,
            columns_before: 0,
            list,
        }
    }

    /// The same for a piece of the file, whose own places count from its first line and column.
    pub(crate) fn within(&mut self, lines_before: usize, columns_before: usize) -> Findings<'_> {
        Findings {
            file: self.file,
            lines_before: self.lines_before + lines_before,
            columns_before: self.columns_before + columns_before,
            list: self.list,
        }
    }

    /// A place of the piece as a place of the file.
    pub(crate) fn in_file(&self, place: Place) -> Place {
        let line = if place.line == 0 {
            0
        } else {
            place.line + self.lines_before
        };
        let column = if place.column == 0 {
            0
        } else {
            place.column + self.columns_before
        };
        Place { line, column }
    }

    /// How many findings there are so far, in all files.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn error(&mut self, code: &'static str, at: Place, message: impl Into<String>, help: impl Into<String>) {
        self.add(code, Severity::Error, at, message.into(), help.into());
    }

    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        at: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(code, Severity::Warning, at, message.into(), help.into());
    }

    pub(crate) fn info(&mut self, code: &'static str, at: Place, message: impl Into<String>, help: impl Into<String>) {
        self.add(code, Severity::Info, at, message.into(), help.into());
    }

    fn add(&mut self, code: &'static str, severity: Severity, at: Place, message: String, help: String) {
        let Place { line, column } = self.in_file(at);
        self.list.push(Diagnostic {
            code,
            severity,
            message,
            file: self.file.to_owned(),
            line,
            column,
            help,
        });
    }
}
