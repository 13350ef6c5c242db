//! Markdown of other systems that would be shown as it stands.

use pulldown_cmark::{Event, Tag};

use crate::{
    dialect,
    document::Document,
    findings::{Findings, Place},
    model::{Dialect, Page},
};

/// Reports lines that mean something elsewhere and nothing here. `findings` counts from the body's first line.
pub(super) fn check(page: &Page, dialect: Dialect, findings: &mut Findings<'_>) {
    let suspects: Vec<(usize, &str, &str)> = page
        .body
        .lines()
        .enumerate()
        .filter_map(|(at, line)| foreign(line, dialect).map(|(what, help)| (at + 1, what, help)))
        .collect();
    if suspects.is_empty() {
        return;
    }
    let text = dialect::to_github(&page.body, dialect);
    let document = Document::parse(&text, &page.title);
    let code: Vec<(usize, usize)> = document
        .events
        .iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| {
            (
                document.place(range.start).line,
                document.place(range.end.saturating_sub(1)).line,
            )
        })
        .collect();
    for (line, what, help) in suspects {
        if code.iter().all(|(first, last)| line < *first || line > *last) {
            findings.warning(
                "foreign-syntax",
                Place::line(line),
                format!("{what} means nothing here, and is shown as it stands."),
                help,
            );
        }
    }
}

fn foreign(line: &str, dialect: Dialect) -> Option<(&'static str, &'static str)> {
    const CALLOUT: &str = "Write `> [!NOTE]`, or set the `dialect` in roadbook.toml.";
    let line = line.trim();
    if dialect != Dialect::Mkdocs && dialect::mkdocs_opening(line).is_some() {
        return Some(("The admonition `!!!`", CALLOUT));
    }
    if dialect != Dialect::Docusaurus && dialect::docusaurus_opening(line).is_some() {
        return Some(("The admonition `:::`", CALLOUT));
    }
    if line.starts_with("=== \"") {
        return Some(("The tab `=== \"…\"`", "Write a heading for each of the tabs."));
    }
    if line.starts_with("{{#include") || line.starts_with("{{#rustdoc_include") || line.starts_with("--8<--") {
        return Some(("The include", "Copy the text into the page."));
    }
    if line.starts_with("{{<") || line.starts_with("{{%") {
        return Some(("The shortcode", "Write it in Markdown."));
    }
    None
}
