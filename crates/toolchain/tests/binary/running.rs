//! Whether a check left something behind.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// Fails where a program below the folder still runs after a while.
pub(crate) fn assert_none(folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while runs_below(folder) {
        assert!(Instant::now() < deadline, "a process is left behind");
        thread::yield_now();
    }
}

/// By the command lines of all processes; one that only waits to be reaped has none.
#[cfg(target_os = "linux")]
fn runs_below(folder: &Path) -> bool {
    let mark = folder.display().to_string();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let mut lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.any(|line| String::from_utf8_lossy(&line).contains(&mark))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn runs_below(folder: &Path) -> bool {
    let all = std::process::Command::new("ps")
        .args(["-A", "-o", "args"])
        .output()
        .unwrap();
    String::from_utf8_lossy(&all.stdout).contains(&folder.display().to_string())
}

/// There, a program that runs cannot be removed.
#[cfg(windows)]
fn runs_below(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder.join("bin")).unwrap().flatten();
    let mut programs = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "exe"));
    programs.any(|program| std::fs::remove_file(program.path()).is_err())
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_runs_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let sleeper = folder.path().join("sleeper");
    std::os::unix::fs::symlink("/bin/sleep", &sleeper).unwrap();

    let mut child = std::process::Command::new(&sleeper).arg("600").spawn().unwrap();

    let deadline = Instant::now() + Duration::from_secs(10);
    while !runs_below(folder.path()) {
        assert!(Instant::now() < deadline, "a running process was not noticed");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!runs_below(folder.path()));
}
