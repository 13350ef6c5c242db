//! `roadbook check`

mod sarif;

use std::path::{Component, Path};

use engine::wire::DiagnosticRow;
use engine::{Engine, Options};

use crate::arguments::{Arguments, Check, Format};
use crate::{Found, Outcome, output};

pub(crate) fn run(check: &Check, arguments: &Arguments) -> Outcome {
    let folder = check
        .folder
        .clone()
        .or_else(|| arguments.book.clone())
        .unwrap_or_else(|| ".".into());
    let engine = Engine::open(Options {
        book: Some(folder.clone()),
        folders: None,
    })?;
    let rows = engine.diagnostics();
    match check.format {
        Format::Human if !arguments.json => rows.iter().for_each(human),
        Format::Human | Format::Json => output::json(&rows),
        Format::Github => below(&folder, rows.clone()).iter().for_each(github),
        Format::Sarif => output::json(&sarif::log(&below(&folder, rows.clone()))),
    }
    let count = |severity: &str| rows.iter().filter(|row| row.severity == severity).count();
    let (errors, warnings) = (count("error"), count("warning"));
    eprintln!(
        "{}, {}.",
        output::plural(errors, "error"),
        output::plural(warnings, "warning")
    );
    Ok(if errors > 0 { Found::Finding } else { Found::Fine })
}

/// The same with files named from the working folder, as a CI job in a repository's root has to name them. A folder
/// outside of it has no such name, and files keep theirs.
fn below(folder: &Path, mut rows: Vec<DiagnosticRow>) -> Vec<DiagnosticRow> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut above = String::new();
    for component in folder.strip_prefix(&here).unwrap_or(folder).components() {
        match component {
            Component::Normal(word) => {
                above.push_str(&word.to_string_lossy());
                above.push('/');
            }
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return rows,
        }
    }
    for row in &mut rows {
        row.file.insert_str(0, &above);
    }
    rows
}

fn human(row: &DiagnosticRow) {
    let place = match (row.line, row.column) {
        (0, _) => row.file.clone(),
        (line, 0) => format!("{}:{line}", row.file),
        (line, column) => format!("{}:{line}:{column}", row.file),
    };
    output::line(&format!("{}[{}]: {}", row.severity, row.code, row.message));
    output::line(&format!("  at {place}"));
    if !row.help.is_empty() {
        output::line(&format!("  help: {}", row.help));
    }
}

/// As GitHub Actions reads it from a job's output ("Workflow commands", docs.github.com).
fn github(row: &DiagnosticRow) {
    let level = match row.severity.as_str() {
        "info" => "notice",
        other => other,
    };
    let place = match (row.line, row.column) {
        (0, _) => String::new(),
        (line, 0) => format!(",line={line}"),
        (line, column) => format!(",line={line},col={column}"),
    };
    let text = data(&format!("{} {}", row.message, row.help));
    output::line(&format!(
        "::{level} file={}{place},title={}::{text}",
        property(&row.file),
        property(&row.code)
    ));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_working_folder() {
        let files = |folder: &str| {
            let row = DiagnosticRow {
                code: String::new(),
                severity: String::new(),
                message: String::new(),
                file: "library/a.md".to_owned(),
                line: 0,
                column: 0,
                help: String::new(),
            };
            let rows = below(Path::new(folder), vec![row]);
            rows.into_iter().map(|row| row.file).collect::<String>()
        };

        assert_eq!(files("."), "library/a.md");
        assert_eq!(files("./docs/roadbook/"), "docs/roadbook/library/a.md");
        assert_eq!(files("../elsewhere"), "library/a.md");
        assert_eq!(files("/elsewhere"), "library/a.md");
    }

    #[test]
    fn annotations_are_escaped_as_github_asks() {
        assert_eq!(data("100% \n"), "100%25 %0A");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
