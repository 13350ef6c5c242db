//! The budgets of the design, measured as ratios within one run: ours and what it is compared with, in turns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)]

mod clone;
mod probes;
mod rounds;
mod row;
mod template;
mod window;

use std::env;
use std::process::ExitCode;

use row::Row;

/// Runs per measure.
const ROUNDS: usize = 9;

type Lane = (&'static str, fn(usize) -> Vec<Row>);

const LANES: [Lane; 4] = [
    ("window", window::rows),
    ("probes", probes::rows),
    ("template", template::rows),
    // Last: the thousands of names that it gives up make the disk slow for a while.
    ("clone", clone::rows),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| LANES.iter().all(|(lane, _)| lane != name)) {
        let lanes: Vec<&str> = LANES.iter().map(|(lane, _)| *lane).collect();
        eprintln!("There is no lane {unknown}. The lanes: {}.", lanes.join(", "));
        return ExitCode::from(2);
    }
    let mut over = 0;
    for (lane, rows) in LANES {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == lane) {
            continue;
        }
        println!("{lane}");
        for row in rows(ROUNDS) {
            println!("  {row}");
            over += usize::from(!row.holds());
        }
    }
    if over == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}
