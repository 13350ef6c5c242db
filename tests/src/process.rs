//! Processes by number: who descends from whom, and an end without mercy.

use std::fs;
use std::process::{Command, Stdio};

/// Ends a process at once, as a crash or a loss of power would. A negative number means a process group.
pub fn kill(pid: i64) {
    // `--` keeps a group's number from being read as an option.
    let ended = Command::new("kill")
        .args(["-9", "--", &pid.to_string()])
        .stderr(Stdio::null())
        .status();
    drop(ended); // It may have ended by itself.
}

/// All that descend from `pid`, each with the path of its program, parents before children. Linux only.
pub fn descendants(pid: u32) -> Vec<(u32, String)> {
    let everyone = parents();
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut generation = vec![pid];
    while !generation.is_empty() {
        let children: Vec<u32> = everyone
            .iter()
            .filter(|(_, parent)| generation.contains(parent))
            .map(|(child, _)| *child)
            .collect();
        found.extend(children.iter().map(|&child| (child, program_of(child))));
        generation = children;
    }
    found
}

/// The parent of a process; `None` where it has ended. Linux only.
pub fn parent_of(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The program's name stands in brackets and may hold anything, so the fields are counted from behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if fields.next()? == "Z" {
        return None;
    }
    fields.next()?.parse().ok()
}

fn parents() -> Vec<(u32, u32)> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| Some((pid, parent_of(pid)?)))
        .collect()
}

fn program_of(pid: u32) -> String {
    fs::read_link(format!("/proc/{pid}/exe"))
        .map(|path| path.display().to_string())
        .unwrap_or_default()
}
