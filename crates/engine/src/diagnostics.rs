//! Everything that was found about the roadbook's content.

use ::book::{Diagnostic, Severity};
use ::starter::Finding;
use ::toolchain::Range;

use crate::Engine;
use crate::toolchain::tools_of;
use crate::wire::DiagnosticRow;

impl Engine {
    /// All findings: of loading, of links and references, of starters and tools; by file and line.
    /// Reads every page, so it takes longer than opening.
    pub fn diagnostics(&self) -> Vec<DiagnosticRow> {
        let book = self.book();
        let mut all = self.inner.diagnostics.clone();
        all.extend(self.catalogue().1.iter().cloned());
        all.extend(::book::check(book));
        for (id, read) in self.starters() {
            match read {
                Ok(starter) => all.extend(
                    starter
                        .warnings
                        .iter()
                        .map(|found| starter_finding(found, Severity::Warning)),
                ),
                Err(found) => all.push(Diagnostic {
                    message: format!("The starter \"{id}\" cannot be used: {}", found.message),
                    ..starter_finding(found, Severity::Error)
                }),
            }
        }
        all.extend(self.tool_findings());
        all.sort_by(|a, b| (&a.file, a.line, a.column, a.code).cmp(&(&b.file, b.line, b.column, b.code)));
        all.dedup();
        all.into_iter().map(row).collect()
    }

    /// Tools that nobody knows, and ranges that nobody can read.
    fn tool_findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for step in self.book().paths.iter().flat_map(|path| &path.steps) {
            let line = step
                .tasks
                .iter()
                .find(|task| matches!(task.kind, ::book::TaskKind::Tools(_)))
                .map_or(0, |task| task.line);
            for tool in tools_of(step) {
                let mut add = |code, message, help: &str| {
                    found.push(Diagnostic {
                        code,
                        severity: Severity::Error,
                        message,
                        file: step.page.file.clone(),
                        line,
                        column: 0,
                        help: help.to_owned(),
                    });
                };
                if self.catalogue().0.tool(&tool.tool).is_none() {
                    add(
                        "unknown-tool",
                        format!("The tool \"{}\" is in no catalogue.", tool.tool),
                        "Correct its name, or describe it in tools.toml.",
                    );
                }
                if let Err(error) = Range::parse(&tool.range) {
                    add(
                        "version-range",
                        error.to_string(),
                        "Write a range such as `>=1.85` or `^20`.",
                    );
                }
            }
        }
        found
    }
}

fn starter_finding(found: &Finding, severity: Severity) -> Diagnostic {
    Diagnostic {
        code: found.code,
        severity,
        message: found.message.clone(),
        file: found.file.clone(),
        line: found.line,
        column: 0,
        help: found.hint.clone(),
    }
}

fn row(diagnostic: Diagnostic) -> DiagnosticRow {
    DiagnosticRow {
        code: diagnostic.code.to_owned(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
        .to_owned(),
        message: diagnostic.message,
        file: diagnostic.file,
        line: diagnostic.line,
        column: diagnostic.column,
        help: diagnostic.help,
    }
}
