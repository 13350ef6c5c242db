//! Whatever a tool does, the answer comes in time and nothing is left running.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;
use toolchain::{Catalogue, Event, State, check};

use crate::fake::{Machine, SHORT, requirements, running};

#[tokio::test]
async fn a_tool_that_hangs_is_an_error_in_time_and_killed() {
    let machine = Machine::new()
        .tool("git", "echo starting; \"$HERE/sleeper\" 600")
        .limit(SHORT);

    let finding = machine.check("git").await;

    assert_eq!(finding.state, State::Error);
    assert_eq!(finding.detail, "Git did not answer within 300 milliseconds.");
    assert!(
        finding.took >= SHORT && finding.took < Duration::from_secs(5),
        "{:?}",
        finding.took
    );
    machine.assert_nothing_runs().await;
}

#[tokio::test]
async fn a_child_that_keeps_the_output_open_does_not_hold_up_the_answer() {
    let machine = Machine::new().tool("git", "\"$HERE/sleeper\" 600 & echo git version 2.47.3");

    let finding = machine.check("git").await;

    assert_eq!(
        (finding.state, finding.version.as_deref()),
        (State::Passed, Some("2.47.3"))
    );
    assert!(finding.took < Duration::from_secs(10), "{:?}", finding.took);
    machine.assert_nothing_runs().await;
}

#[tokio::test]
async fn a_tool_that_floods_is_stopped_at_the_limit_of_output() {
    let machine = Machine::new().tool(
        "git",
        "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
    );

    let finding = machine.check("git").await;

    assert_eq!(finding.state, State::Error);
    assert_eq!(
        finding.detail,
        "Git printed more than 64 KiB without naming its version."
    );
    machine.assert_nothing_runs().await;
}

#[tokio::test]
async fn a_probe_gets_no_input_no_downloads_and_an_empty_folder() {
    let script = "read -r line && exit 4\n[ \"$GOTOOLCHAIN\" = local ] || exit 5\nfor file in * .[!.]*; do [ -e \"$file\" ] && exit 6; done\necho git version 2.47.3";

    let finding = Machine::new().tool("git", script).check("git").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Passed, "Git 2.47.3 is here.")
    );
}

#[tokio::test]
async fn no_more_run_at_once_than_allowed_and_each_starts_and_finishes_once() {
    let names = ["git", "node", "curl", "jq", "make"];
    let mut machine = names
        .iter()
        .fold(Machine::new(), |machine, name| machine.tool(name, "echo 1.2.3"));
    machine.limits.at_once = 2;

    let (_, events) = machine.check_all(&names).await;

    let (mut running, mut most, mut finished) = (0_usize, 0, Vec::new());
    for event in events {
        match event {
            Event::Started(_) => running += 1,
            Event::Finished(at, _) => {
                running -= 1;
                finished.push(at);
            }
        }
        most = most.max(running);
    }
    finished.sort_unstable();
    assert_eq!((running, most, finished), (0, 2, vec![0, 1, 2, 3, 4]));
}

#[tokio::test]
async fn cancelling_kills_what_runs_and_answers_at_once() {
    let script = "echo > \"$HERE/started\"; \"$HERE/sleeper\" 600";
    let machine = Machine::new().tool("git", script);
    let cancel = CancellationToken::new();
    let stop = cancel_when_there(machine.here().join("started"), cancel.clone());

    let (requirements, environment) = (requirements(&["git"]), machine.environment());
    let checking = check(
        &requirements,
        Catalogue::builtin(),
        &environment,
        &machine.limits,
        &cancel,
        |_| {},
    );
    let (findings, ()) = tokio::join!(checking, stop);

    assert_eq!(
        (findings[0].state, findings[0].detail.as_str()),
        (State::Error, "The check was stopped before Git answered.")
    );
    assert!(findings[0].took < Duration::from_secs(20));
    machine.assert_nothing_runs().await;
}

#[tokio::test]
async fn a_check_that_is_dropped_leaves_nothing_running() {
    let machine = Machine::new().tool("git", "echo > \"$HERE/started\"; \"$HERE/sleeper\" 600");
    let started = CancellationToken::new();
    let (requirements, environment, never) = (requirements(&["git"]), machine.environment(), CancellationToken::new());
    let checking = check(
        &requirements,
        Catalogue::builtin(),
        &environment,
        &machine.limits,
        &never,
        |_| {},
    );

    tokio::select! {
        _ = checking => unreachable!("the tool hangs"),
        () = cancel_when_there(machine.here().join("started"), started) => {}
    }

    machine.assert_nothing_runs().await;
}

async fn cancel_when_there(file: impl AsRef<Path>, cancel: CancellationToken) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !file.as_ref().exists() {
        assert!(Instant::now() < deadline, "the fake tool never started");
        tokio::task::yield_now().await;
    }
    cancel.cancel();
}

#[test]
fn a_process_that_is_there_is_noticed() {
    let machine = Machine::new();
    let mark = machine.here().display().to_string();
    let mut child = std::process::Command::new(machine.here().join("sleeper"))
        .arg("600")
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while running(&mark) == 0 {
        assert!(Instant::now() < deadline, "a running process was not noticed");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(running(&mark), 0);
}
