//! `roadbook fetch`

use engine::Engine;
use engine::wire::StarterMirror;

use crate::arguments::Fetch;
use crate::command::start::Phases;
use crate::{Found, Outcome, block_on, output};

pub(crate) fn run(engine: &Engine, fetch: &Fetch, json: bool) -> Outcome {
    let mirrors = if fetch.list {
        engine.mirrors()
    } else {
        let phases = Phases::default();
        let tell = |event| phases.tell(event);
        let accepted = fetch.accept_host_key.as_deref();
        block_on(engine, engine.fetch_starters("fetch", &fetch.starters, accepted, &tell))?
    };
    if json {
        output::json(&mirrors);
        return Ok(Found::Fine);
    }
    for mirror in &mirrors {
        output::line(&line(mirror));
    }
    Ok(Found::Fine)
}

fn line(mirror: &StarterMirror) -> String {
    let state = match &mirror.age {
        Some(age) => format!("{age}, {}", size(mirror.bytes)),
        None => "no copy yet".to_owned(),
    };
    format!("{:<24} {state:<28} {}", mirror.starter, mirror.repository)
}

fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a number to read")]
    let megabytes = bytes as f64 / 1e6;
    format!("{megabytes:.1} MB")
}
