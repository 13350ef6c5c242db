//! `roadbook paths`

use engine::Engine;
use engine::wire::{PathCard, Progress, StepState};
use serde::Serialize;

use crate::{Found, Outcome, output};

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    state: Progress,
    steps: Vec<StepRow>,
}

#[derive(Serialize)]
struct StepRow {
    id: String,
    title: String,
    state: StepState,
}

pub(crate) fn run(engine: &Engine, json: bool) -> Outcome {
    let cards = engine.paths()?;
    if json {
        let rows: Result<Vec<Row>, _> = cards.into_iter().map(|card| row(engine, card)).collect();
        output::json(&rows?);
        return Ok(Found::Fine);
    }
    for card in cards {
        output::line(&format!("{:<24} {:<40} {}", card.id, card.title, standing(&card)));
    }
    Ok(Found::Fine)
}

fn row(engine: &Engine, card: PathCard) -> Result<Row, engine::wire::Failure> {
    let steps = engine.path(&card.id)?.steps.into_iter();
    Ok(Row {
        id: card.id,
        title: card.title,
        state: card.state,
        steps: steps
            .map(|step| StepRow {
                id: step.id,
                title: step.title,
                state: step.state,
            })
            .collect(),
    })
}

/// "3 of 8 steps, about 25 minutes left"; a path whose steps say no minutes has none to tell.
pub(crate) fn standing(card: &PathCard) -> String {
    let steps = output::plural(card.total, "step");
    let about = |minutes: u32, rest: &str| match minutes {
        0 => String::new(),
        _ => format!(", about {}{rest}", output::plural(minutes, "minute")),
    };
    match card.state {
        Progress::Done => "done".to_owned(),
        Progress::Todo if card.done == 0 => format!("{steps}{}", about(card.minutes, "")),
        Progress::Todo | Progress::Started => {
            format!("{} of {steps}{}", card.done, about(card.minutes_left, " left"))
        }
    }
}
