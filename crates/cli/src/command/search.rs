//! `roadbook search`

use engine::Engine;
use serde::Serialize;

use crate::arguments::Search;
use crate::{Found, Outcome, output};

#[derive(Serialize)]
struct Row {
    page: String,
    anchor: String,
    title: String,
    breadcrumb: String,
    kind: String,
    score: f32,
    snippet: String,
}

pub(crate) fn run(engine: &Engine, search: &Search, json: bool) -> Outcome {
    let query = search.query.join(" ");
    let answer = engine.search(&query, search.limit)?;
    let found = if answer.hits.is_empty() {
        Found::Finding
    } else {
        Found::Fine
    };
    if json {
        let rows = answer.hits.into_iter().map(|hit| Row {
            page: hit.page,
            anchor: hit.anchor,
            title: hit.title,
            breadcrumb: hit.breadcrumb,
            kind: hit.kind,
            score: hit.score,
            snippet: hit.snippet,
        });
        output::json(&rows.collect::<Vec<_>>());
        return Ok(found);
    }
    if found == Found::Finding {
        eprintln!("Nothing was found for \"{query}\".");
    }
    for hit in &answer.hits {
        let anchor = if hit.anchor.is_empty() {
            String::new()
        } else {
            format!("#{}", hit.anchor)
        };
        output::line(&format!("{} ({})", hit.title, hit.kind));
        output::line(&format!("  {}{anchor}", hit.page));
        output::line(&format!("  {}", hit.snippet));
    }
    if answer.total > answer.hits.len() {
        eprintln!("{} more; --limit shows them.", answer.total - answer.hits.len());
    }
    Ok(found)
}
