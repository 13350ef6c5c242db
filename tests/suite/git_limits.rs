//! Servers that stall, and people who do not want to wait: an answer at once, and nothing left.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use tests::{Behaviour, GitServer, Home, Outcome, Run, Running, incompressible};

/// How soon a cancel is answered: 0.2 seconds, and time for a busy machine to end a process.
const AT_ONCE: Duration = Duration::from_secs(1);

fn start(home: &Home, url: &str) -> Run {
    home.roadbook(["start", url, "shop"])
}

fn interrupt(clone: Running) -> (Outcome, Duration) {
    clone.interrupt();
    let begun = Instant::now();
    (clone.wait(), begun.elapsed())
}

fn nothing_is_left(home: &Home) {
    let left: Vec<_> = fs::read_dir(home.projects())
        .expect("it is there")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// A listener whose queue of connections is full: to connect takes for ever.
struct Full {
    address: SocketAddr,
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl Full {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port of this machine can be opened");
        let address = listener.local_addr().expect("it has an address");
        let mut waiting = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            waiting.push(stream);
            assert!(waiting.len() < 10_000, "the queue has no end");
        }
        Self {
            address,
            _listener: listener,
            _waiting: waiting,
        }
    }
}

#[test]
fn cancelling_while_connecting_answers_at_once() {
    let (home, full) = (Home::new(), Full::new());
    let clone = start(&home, &format!("http://{}/shop.git", full.address)).spawn();
    home.wait_for_partial();

    let (ended, took) = interrupt(clone);

    ended.expect_code(2);
    assert!(took < AT_ONCE, "{took:?}");
    nothing_is_left(&home);
}

#[test]
fn cancelling_before_the_server_answers_and_in_the_middle_of_a_pack_answers_at_once() {
    for behaviour in [Behaviour::Stall, Behaviour::HoldAfter(100_000)] {
        let home = Home::new();
        let data = incompressible(400_000);
        let server = GitServer::start()
            .with_binary_repository("shop", &[("data.bin", &data)])
            .with_behaviour(behaviour.clone());
        let clone = start(&home, &server.url("shop")).spawn();
        server.wait_until_held();

        let (ended, took) = interrupt(clone);

        ended.expect_code(2);
        assert!(took < AT_ONCE, "{behaviour:?}: {took:?}");
        nothing_is_left(&home);
    }
}

#[test]
fn cancelling_the_systems_git_ends_it_with_all_it_started() {
    let home = Home::new();
    // A repository of a format that only git reads, on a server that stops in the middle.
    let data = incompressible(400_000);
    let server = GitServer::start()
        .with_sha256_repository("shop", &[("data.bin", &data)])
        .with_behaviour(Behaviour::HoldAfter(100_000));
    let clone = start(&home, &server.url("shop")).spawn();
    server.wait_until_held();
    let started = tests::descendants(clone.pid());
    assert!(
        started.iter().any(|(_, program)| program.contains("git")),
        "{started:?}"
    );

    let (ended, took) = interrupt(clone);

    ended.expect_code(2);
    assert!(took < AT_ONCE, "{took:?}");
    nothing_is_left(&home);
    for (pid, program) in started {
        let gone = tests::until(tests::DEADLINE, || match tests::parent_of(pid) {
            None => Ok(()),
            Some(_) => Err(()),
        });
        assert!(gone.is_ok(), "{program} is still running");
    }
}
