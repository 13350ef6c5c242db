//! Footnotes: numbered by their first reference, gathered at the end, with links there and back.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
    ops::Range,
};

use pulldown_cmark::{Event, Tag};

use crate::{
    escape::html,
    links::page_href,
    model::Page,
    slug::{Anchors, slug},
};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    defined: HashSet<String>,
    /// Labels with their names in anchors, in the order of their first references.
    referenced: Vec<(String, String)>,
    /// Label to its place in `referenced`.
    numbers: HashMap<String, usize>,
    texts: HashMap<String, String>,
    anchors: Anchors,
}

impl Notes {
    /// The notes that a document defines.
    pub(super) fn of(events: &[(Event<'_>, Range<usize>)]) -> Self {
        let defined = events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
            _ => None,
        });
        Self {
            defined: defined.collect(),
            ..Self::default()
        }
    }

    /// The mark in the text.
    pub(super) fn reference(&mut self, label: &str, page: Option<&Page>) -> String {
        if !self.defined.contains(label) {
            return html(&format!("[^{label}]"));
        }
        let known = self.numbers.get(label).copied();
        let number = known.unwrap_or_else(|| {
            self.referenced.push((label.to_owned(), self.anchors.take(slug(label))));
            let number = self.referenced.len() - 1;
            self.numbers.insert(label.to_owned(), number);
            number
        });
        let name = &self.referenced[number].1;
        let number = number + 1;
        // Only the first reference is where the way back leads.
        let id = if known.is_none() {
            format!(" id=\"fnref-{}\"", html(name))
        } else {
            String::new()
        };
        let Some(page) = page else {
            return format!("<sup class=\"footnote-ref\"{id}>{number}</sup>");
        };
        let href = html(&page_href(page, &format!("fn-{name}")));
        format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"{href}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        )
    }

    /// The text of a note.
    pub(super) fn define(&mut self, label: &str, text: String) {
        self.texts.entry(label.to_owned()).or_insert(text);
    }

    /// The list at the end of the page; empty where nothing was referenced.
    pub(super) fn section(&self, page: Option<&Page>) -> String {
        if self.referenced.is_empty() {
            return String::new();
        }
        let mut out = "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n".to_owned();
        for (label, name) in &self.referenced {
            let text = self.texts.get(label).map_or("", |text| text.trim_end());
            let back = page.map(|page| {
                let href = html(&page_href(page, &format!("fnref-{name}")));
                format!(" <a class=\"footnote-back\" href=\"{href}\" aria-label=\"Back to the text\">↩</a>")
            });
            let back = back.unwrap_or_default();
            // The way back stands at the end of the last line, where there is one.
            let body = match text.strip_suffix("</p>") {
                Some(inner) => format!("{inner}{back}</p>"),
                None => format!("{text}{back}"),
            };
            let _ = writeln!(out, "<li id=\"fn-{}\">{body}</li>", html(name));
        }
        out.push_str("</ol></section>\n");
        out
    }
}
