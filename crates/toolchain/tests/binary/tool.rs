//! A tool that does what the file next to it says, one instruction a line.
//!
//! `out TEXT`, `err TEXT`, `wait MILLISECONDS`, `child MILLISECONDS` (leaves a process behind that keeps the output
//! open), `flood`, `exit CODE`. It notes each run in a second file.

use std::{
    env, fs,
    io::{Write, stderr, stdout},
    path::PathBuf,
    process::{Command, exit},
    thread::sleep,
    time::Duration,
};

fn main() {
    let own = PathBuf::from(env::args_os().next().unwrap());
    if env::args().nth(1).as_deref() == Some("sleep-as-child") {
        sleep(milliseconds(&env::args().nth(2).unwrap()));
        return;
    }
    let mut runs = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(own.with_extension("runs"))
        .unwrap();
    runs.write_all(b"run\n").unwrap();
    for line in fs::read_to_string(own.with_extension("fake")).unwrap().lines() {
        let (verb, text) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "out" => writeln!(stdout(), "{text}").unwrap(),
            "err" => writeln!(stderr(), "{text}").unwrap(),
            "wait" => sleep(milliseconds(text)),
            "child" => drop(Command::new(&own).args(["sleep-as-child", text]).spawn().unwrap()),
            "flood" => while writeln!(stdout(), "{}", "a".repeat(80)).is_ok() {},
            "exit" => exit(text.parse().unwrap()),
            _ => exit(99),
        }
    }
}

fn milliseconds(text: &str) -> Duration {
    Duration::from_millis(text.parse().unwrap())
}
