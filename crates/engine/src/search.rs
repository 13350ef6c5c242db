//! Looking something up.

use ::search::{Entry, Hit, Index};

use crate::Engine;
use crate::wire::{Failure, SearchAnswer, SearchHit};

impl Engine {
    /// What `query` finds, best first, at most `limit` hits. The last word may be unfinished.
    ///
    /// # Errors
    /// When the index cannot be built.
    pub fn search(&self, query: &str, limit: usize) -> Result<SearchAnswer, Failure> {
        let answer = self.index()?.search(query, limit)?;
        Ok(SearchAnswer {
            query: query.to_owned(),
            hits: answer.hits.into_iter().map(hit).collect(),
            total: answer.total,
        })
    }

    pub(crate) fn index(&self) -> Result<&Index, Failure> {
        let built = self.inner.index.get_or_init(|| {
            let mut entries = ::search::entries(self.book());
            entries.extend(self.starter_cards().into_iter().map(|starter| Entry {
                page: starter.id,
                anchor: String::new(),
                title: starter.title,
                trail: vec!["Starters".to_owned()],
                kind: "starter".to_owned(),
                text: format!("{}\n{}", starter.summary, starter.tags.join(" ")),
            }));
            Index::build(entries)
        });
        built.as_ref().map_err(|error| {
            Failure::new(
                crate::wire::Code::Failed,
                error.to_string(),
                "Everything else works; start Roadbook again to search.",
            )
        })
    }
}

fn hit(hit: Hit) -> SearchHit {
    let entry = hit.entry;
    let route = match entry.kind.as_str() {
        "starter" => format!("starter/{}", entry.page),
        "path" if entry.anchor.is_empty() => format!("path/{}", entry.page),
        _ if entry.anchor.is_empty() => format!("page/{}", entry.page),
        _ => format!("page/{}?at={}", entry.page, entry.anchor),
    };
    SearchHit {
        route,
        page: entry.page,
        anchor: entry.anchor,
        title: entry.title,
        marks: hit.marks,
        breadcrumb: entry.trail.join(" › "),
        kind: entry.kind,
        score: hit.score,
        snippet: hit.snippet,
        snippet_marks: hit.snippet_marks,
    }
}
