//! Quotes, and the callouts that are written as quotes.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use super::blocks::Writer;
use crate::callout::{self, Callout};

impl Writer<'_, '_, '_, '_> {
    /// Opens the quote that starts at an event; the index to go on from.
    pub(super) fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        self.depth += 1;
        let known = kind.map(|kind| match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        });
        if let Some(word) = known {
            self.out.push_str(&Callout::new(word, "").opening());
            self.quotes.push(Callout::CLOSING);
            return at + 1;
        }
        self.titled_callout(at).unwrap_or_else(|| {
            self.out.push_str("<blockquote>\n");
            self.quotes.push("</blockquote>\n");
            at + 1
        })
    }

    /// A quote whose first line is `[!word] Title`.
    fn titled_callout(&mut self, at: usize) -> Option<usize> {
        let Event::Start(Tag::Paragraph) = self.event_at(at + 1)? else {
            return None;
        };
        let Event::Text(text) = self.event_at(at + 2)? else {
            return None;
        };
        let (word, _) = callout::marker(text)?;
        let line_end = (at + 2..self.document.events.len()).find(|&at| {
            matches!(
                self.event_at(at),
                Some(Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph))
            )
        })?;
        let line = self.words(at + 2, line_end);
        let (_, title) = callout::marker(&line)?;
        let opening = Callout::new(word, title).opening();
        self.out.push_str(&opening);
        self.quotes.push(Callout::CLOSING);
        if !matches!(self.event_at(line_end), Some(Event::End(_))) {
            self.out.push_str("<p>");
            self.depth += 1;
        }
        Some(line_end + 1)
    }
}
