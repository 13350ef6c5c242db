//! A page's Markdown as events, with its headings and their anchors: what rendering, search and checks share.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::{
    findings::Place,
    raw_html,
    slug::{Anchors, loose, slug},
};

/// Names of fenced blocks that are tasks in a step.
pub(crate) const TASK_FENCES: [&str; 5] = ["tools", "starter", "verify", "quiz", "confirm"];

const FREQUENT: &str = "frequently asked questions";

/// Parsed Markdown.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    pub(crate) events: Vec<(Event<'t>, Range<usize>)>,
    pub(crate) headings: Vec<Heading>,
    /// `id` and `name` attributes of raw HTML.
    pub(crate) marks: Vec<String>,
    lines: Vec<usize>,
    text: &'t str,
}

/// The places on a page that links can name.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    exact: HashMap<String, String>,
    /// Case and doubled dashes forgotten.
    loose: HashMap<String, String>,
}

impl Targets {
    /// Those of a document.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut targets = Self::default();
        for heading in &document.headings {
            let shown = if heading.dropped {
                String::new()
            } else {
                heading.anchor.clone()
            };
            targets
                .loose
                .entry(loose(&heading.anchor))
                .or_insert_with(|| shown.clone());
            targets.exact.insert(heading.anchor.clone(), shown);
        }
        for mark in &document.marks {
            targets.exact.entry(mark.clone()).or_insert_with(|| mark.clone());
        }
        targets
    }

    /// The anchor that a link means; an empty one is the page's top.
    pub(crate) fn anchor(&self, wanted: &str) -> Option<&str> {
        self.exact
            .get(wanted)
            .or_else(|| self.loose.get(&loose(wanted)))
            .map(String::as_str)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Index of its start among the events.
    pub(crate) event: usize,
    /// 2 to 6 on the page, whose title is level 1.
    pub(crate) level: u8,
    pub(crate) anchor: String,
    /// Plain text.
    pub(crate) title: String,
    /// Whether it stands in no quote or list.
    pub(crate) top: bool,
    /// A question under "Frequently asked questions".
    pub(crate) question: bool,
    /// It repeats the page's title and is not shown.
    pub(crate) dropped: bool,
    /// The anchor it asked for by `{#id}` where that was taken.
    pub(crate) taken: Option<String>,
}

impl<'t> Document<'t> {
    /// Parses Markdown; `title` is the page's.
    pub(crate) fn parse(text: &'t str, title: &str) -> Self {
        let events: Vec<_> = TextMergeWithOffset::new(Parser::new_ext(text, options()).into_offset_iter()).collect();
        let headings = headings(&events, title);
        let marks = raw_html::marks(&events);
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            events,
            headings,
            marks,
            lines,
            text,
        }
    }

    /// Where an offset is, in the Markdown.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = self
            .text
            .get(start..offset)
            .map_or(1, |before| before.chars().count() + 1);
        Place { line, column }
    }

    /// The heading that starts at an event.
    pub(crate) fn heading_at(&self, event: usize) -> Option<&Heading> {
        self.headings
            .binary_search_by_key(&event, |heading| heading.event)
            .ok()
            .map(|at| &self.headings[at])
    }

    /// The index of the event that ends the one at `start`.
    pub(crate) fn end_of(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (at, (event, _)) in self.events.iter().enumerate().skip(start) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.events.len().saturating_sub(1)
    }

    /// The text of the code block that starts at an event.
    pub(crate) fn code(&self, start: usize) -> String {
        let mut code = String::new();
        for (event, _) in &self.events[start + 1..] {
            match event {
                Event::Text(text) => code.push_str(text),
                _ => break,
            }
        }
        code
    }
}

/// The name of a task's fence, if the block is one.
pub(crate) fn task_fence(kind: &CodeBlockKind<'_>) -> Option<&'static str> {
    let CodeBlockKind::Fenced(info) = kind else {
        return None;
    };
    let word = info.split_whitespace().next()?;
    TASK_FENCES.into_iter().find(|fence| *fence == word)
}

/// The text of the first heading.
pub(crate) fn first_heading(markdown: &str) -> Option<String> {
    let mut title: Option<String> = None;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => title = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                title = title.filter(|title| !title.trim().is_empty());
                if title.is_some() {
                    break;
                }
            }
            event => {
                if let Some(title) = &mut title {
                    push_text(title, &event);
                }
            }
        }
    }
    title.map(|title| title.trim().to_owned())
}

/// The words of an inline event.
pub(crate) fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) => out.push_str(text),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        _ => {}
    }
}

fn options() -> Options {
    // No smart punctuation: it rewrites `--release` in prose. No definition lists: they eat `:::`.
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

fn headings(events: &[(Event<'_>, Range<usize>)], title: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut anchors = Anchors::default();
    let mut depth = 0_usize;
    // Explicit anchors are kept free for their owners.
    let mut asked: Vec<(usize, String)> = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let words = events[at + 1..].iter().map_while(|(event, _)| match event {
                    Event::End(TagEnd::Heading(_)) => None,
                    event => Some(event),
                });
                let mut text = String::new();
                words.for_each(|event| push_text(&mut text, event));
                let text = text.trim().to_owned();
                let dropped = at == 0 && *level as u8 == 1 && text == title;
                if let Some(id) = id {
                    asked.push((headings.len(), id.to_string()));
                }
                headings.push(Heading {
                    event: at,
                    level: (*level as u8).max(2),
                    anchor: String::new(),
                    title: text,
                    top: depth == 0,
                    question: false,
                    dropped,
                    taken: None,
                });
                depth += 1;
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    for (index, id) in asked {
        let given = anchors.take(id.clone());
        headings[index].taken = (given != id).then_some(id);
        headings[index].anchor = given;
    }
    for heading in &mut headings {
        if heading.anchor.is_empty() {
            heading.anchor = anchors.take(slug(&heading.title));
        }
    }
    mark_questions(&mut headings);
    headings
}

fn mark_questions(headings: &mut [Heading]) {
    // The level of the heading above the questions, and theirs.
    let mut under: Option<(u8, Option<u8>)> = None;
    for heading in headings.iter_mut().filter(|heading| heading.top && !heading.dropped) {
        if under.is_some_and(|(level, _)| heading.level <= level) {
            under = None;
        }
        if let Some((_, questions)) = &mut under {
            heading.question = heading.level <= *questions.get_or_insert(heading.level);
        } else if heading.title.to_lowercase() == FREQUENT {
            under = Some((heading.level, None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(markdown: &str) -> Vec<String> {
        Document::parse(markdown, "T")
            .headings
            .into_iter()
            .map(|heading| heading.anchor)
            .collect()
    }

    #[test]
    fn an_explicit_anchor_wins_over_an_earlier_heading_of_that_name() {
        assert_eq!(anchors("# One\n\n## Two {#one}\n"), ["one-1", "one"]);
    }

    #[test]
    fn the_second_explicit_anchor_of_a_name_is_told() {
        let document = Document::parse("## A {#x}\n\n## B {#x}\n", "T");
        assert_eq!(document.headings[1].taken.as_deref(), Some("x"));
    }

    #[test]
    fn only_the_title_at_the_top_is_dropped() {
        let dropped = |markdown: &str| Document::parse(markdown, "T").headings[0].dropped;
        assert_eq!(
            (dropped("# T\n"), dropped("text\n\n# T\n"), dropped("## T\n")),
            (true, false, false)
        );
    }

    #[test]
    fn questions_are_the_first_level_under_their_heading() {
        let document = Document::parse(
            "## Frequently Asked Questions\n\n### Why?\n\n#### Detail\n\n### How?\n\n## After\n\n### No\n",
            "T",
        );
        let questions: Vec<bool> = document.headings.iter().map(|heading| heading.question).collect();
        assert_eq!(questions, [false, true, false, true, false, false]);
    }

    #[test]
    fn anchors_are_found_by_case_and_dashes_forgotten() {
        let document = Document::parse("# T\n\n## C & D\n\n<a name=\"old\"></a>\n", "T");
        let targets = Targets::of(&document);
        let found = ["c--d", "C-D", "old", "t", "nope"].map(|wanted| targets.anchor(wanted));
        assert_eq!(found, [Some("c--d"), Some("c--d"), Some("old"), Some(""), None]);
    }

    #[test]
    fn the_first_heading_is_found_without_its_markup() {
        assert_eq!(
            first_heading("text\n\n## The `x` *of* y {#z}\n").as_deref(),
            Some("The x of y")
        );
    }
}
