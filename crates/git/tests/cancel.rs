//! A cancel is answered within a fifth of a second in every phase, and leaves nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/git_server.rs"]
mod git_server;
#[path = "support/home.rs"]
mod home;
#[path = "support/noise.rs"]
mod noise;

use std::time::{Duration, Instant};

use git::{CloneRequest, History, Kind, MirrorRequest, Phase, Progress};
use git_server::{FullQueue, GitServer, Manner};
use home::Home;
use noise::noise;
use tokio_util::sync::CancellationToken;

/// How soon a cancel is answered.
const LIMIT: Duration = Duration::from_millis(200);
/// A busy machine is no defect: of so many tries the quickest counts.
const TRIES: u32 = 5;

fn publish(server: &GitServer, files: u32) {
    let files: Vec<_> = (0..files)
        .map(|n| (format!("d{}/f{n}", n % 10), noise(5_000, n)))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect();
    server.publish("shop.git", &files);
}

/// Cancels when `moment` comes, and measures how long the answer takes; the quickest of some tries.
fn cancelled_at(request: &dyn Fn(&Home) -> CloneRequest, moment: impl Fn(Phase) -> bool) -> Duration {
    let measure = |_| {
        let home = Home::new();
        let (cancel, mut since) = (CancellationToken::new(), None);
        let mut tell = |progress: Progress| {
            if moment(progress.phase) && since.is_none() {
                cancel.cancel();
                since = Some(Instant::now());
            }
        };
        let error = git::clone(&request(&home), &mut tell, &cancel).unwrap_err();
        let took = since.expect("the moment came").elapsed();
        assert_eq!(error.kind(), Kind::Cancelled, "{error:?}");
        git::finish_removals();
        assert!(home.is_empty(), "something is left");
        took
    };
    (0..TRIES).map(measure).min().unwrap()
}

fn assert_at_once(took: Duration) {
    assert!(took < LIMIT, "the quickest of {TRIES} answers took {took:?}");
}

#[test]
fn while_connecting() {
    let full = FullQueue::new();
    let request = |home: &Home| CloneRequest::new(full.url(), home.target());
    assert_at_once(cancelled_at(&request, |phase| phase == Phase::Connecting));
}

#[test]
fn while_the_server_is_silent() {
    let server = GitServer::start(Manner::Silent);
    let request = |home: &Home| CloneRequest::new(server.url("shop.git"), home.target());
    assert_at_once(cancelled_at(&request, |phase| phase == Phase::Connecting));
}

#[test]
fn in_the_middle_of_a_pack() {
    let server = GitServer::start(Manner::HalfAPack);
    publish(&server, 40);
    let request = |home: &Home| CloneRequest::new(server.url("shop.git"), home.target());
    assert_at_once(cancelled_at(&request, |phase| matches!(phase, Phase::Receiving { .. })));
}

#[test]
fn while_files_are_written() {
    let server = GitServer::start(Manner::Well);
    publish(&server, 400);
    for history in [History::Fresh, History::Keep, History::Files] {
        let request = |home: &Home| CloneRequest {
            history,
            ..CloneRequest::new(server.url("shop.git"), home.target())
        };
        assert_at_once(cancelled_at(&request, |phase| {
            matches!(phase, Phase::CheckingOut { .. })
        }));
    }
}

#[test]
fn while_a_mirror_is_fetched() {
    let server = GitServer::start(Manner::HalfAPack);
    publish(&server, 40);
    let measure = |_| {
        let home = Home::new();
        let (cancel, mut since) = (CancellationToken::new(), None);
        let request = MirrorRequest::new(server.url("shop.git"), home.0.path().join("mirrors"));
        let mut tell = |progress: Progress| {
            if matches!(progress.phase, Phase::Receiving { .. }) && since.is_none() {
                cancel.cancel();
                since = Some(Instant::now());
            }
        };
        let error = git::fetch_mirror(&request, &mut tell, &cancel).unwrap_err();
        assert_eq!(error.kind(), Kind::Cancelled);
        assert!(home.is_empty());
        since.expect("the moment came").elapsed()
    };
    assert_at_once((0..TRIES).map(measure).min().unwrap());
}

#[test]
fn before_it_begins() {
    let home = Home::new();
    let cancel = CancellationToken::new();
    cancel.cancel();

    let request = CloneRequest::new("https://git.example/shop.git", home.target());
    let error = git::clone(&request, &mut |_| {}, &cancel).unwrap_err();

    assert_eq!(error.kind(), Kind::Cancelled);
    assert!(home.is_empty());
}
