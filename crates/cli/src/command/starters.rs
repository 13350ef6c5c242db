//! `roadbook starters`

use engine::Engine;
use serde::Serialize;

use crate::{Found, output};

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    summary: String,
    kind: String,
}

pub(crate) fn run(engine: &Engine, json: bool) -> Found {
    let cards = engine.starter_cards();
    if json {
        let rows = cards.into_iter().map(|card| Row {
            id: card.id,
            title: card.title,
            summary: card.summary,
            kind: card.kind,
        });
        output::json(&rows.collect::<Vec<_>>());
        return Found::Fine;
    }
    for card in cards {
        output::line(&format!("{:<24} {:<12} {}", card.id, card.kind, card.title));
    }
    Found::Fine
}
