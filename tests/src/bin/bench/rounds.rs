//! Measuring two things side by side: in turns, so that a busy moment of the machine meets both.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The medians of two measures, taken in turns after one round that only warms up.
pub(crate) fn side_by_side(rounds: usize, mut ours: impl FnMut() -> f64, mut other: impl FnMut() -> f64) -> (f64, f64) {
    let (mut mine, mut theirs) = (Vec::new(), Vec::new());
    ours();
    other();
    for round in 0..rounds {
        // Who comes first changes, so that neither always finds what the other left in a cache.
        if round % 2 == 0 {
            mine.push(ours());
            theirs.push(other());
        } else {
            theirs.push(other());
            mine.push(ours());
        }
    }
    (median(mine), median(theirs))
}

/// The milliseconds that a command takes.
///
/// # Panics
/// When it cannot run or fails: a failing command's time says nothing.
pub(crate) fn milliseconds(command: &mut Command) -> f64 {
    milliseconds_until(command, &[0])
}

/// As [`milliseconds`], where other exit codes are as good.
pub(crate) fn milliseconds_until(command: &mut Command, good: &[i32]) -> f64 {
    let began = Instant::now();
    let ended = command.stdin(Stdio::null()).output().expect("the command starts");
    let took = began.elapsed().as_secs_f64() * 1000.0;
    assert!(
        ended.status.code().is_some_and(|code| good.contains(&code)),
        "{command:?} ended with {}: {}",
        ended.status,
        String::from_utf8_lossy(&ended.stderr)
    );
    took
}

/// The milliseconds until a command has printed its first line; it is then run to its end.
pub(crate) fn first_line(command: &mut Command) -> f64 {
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let mut output = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut line = String::new();
    output.read_line(&mut line).expect("the command prints a line");
    let took = began.elapsed().as_secs_f64() * 1000.0;
    std::io::copy(&mut output, &mut std::io::sink()).expect("the command prints to its end");
    assert!(child.wait().expect("the command ends").success(), "{command:?} failed");
    took
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
