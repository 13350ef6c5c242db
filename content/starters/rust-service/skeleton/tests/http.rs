//! The service as its callers see it: over a real socket, on a port that the system chooses.

#![allow(clippy::unwrap_used)]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use service::{probe::probe, server::serve};
use tokio::{
    net::TcpListener,
    sync::oneshot,
    task::{JoinHandle, spawn_blocking},
    time::timeout,
};

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

async fn start() -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(serve(listener, async move { stopped.await.unwrap() }));
    Running {
        address,
        stop,
        serving,
    }
}

/// The whole answer to one request, as text.
async fn request(address: SocketAddr, method: &'static str, path: &'static str) -> String {
    spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn health_answers_200_and_ok() {
    let running = start().await;

    let answer = request(running.address, "GET", "/health").await;

    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("content-type: application/json"),
        "{answer}"
    );
    assert!(answer.ends_with(r#"{"status":"ok"}"#), "{answer}");
}

#[tokio::test]
async fn the_root_greets_with_the_name_of_the_service() {
    let running = start().await;

    let answer = request(running.address, "GET", "/").await;

    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains(&format!(r#""service":"{}""#, service::NAME)),
        "{answer}"
    );
}

#[tokio::test]
async fn an_unknown_path_answers_404_and_a_wrong_method_405() {
    let running = start().await;

    let unknown = request(running.address, "GET", "/nowhere").await;
    let wrong = request(running.address, "POST", "/health").await;

    assert!(
        unknown.starts_with("HTTP/1.1 404 Not Found\r\n"),
        "{unknown}"
    );
    assert!(
        wrong.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"),
        "{wrong}"
    );
}

#[tokio::test]
async fn the_health_check_of_the_container_passes_while_the_service_runs() {
    let running = start().await;
    let port = running.address.port();

    let result = spawn_blocking(move || probe(port)).await.unwrap();

    result.unwrap();
}

#[tokio::test]
async fn the_service_ends_when_asked_to_stop() {
    let running = start().await;
    request(running.address, "GET", "/health").await;

    running.stop.send(()).unwrap();

    let ended = timeout(Duration::from_secs(5), running.serving).await;
    ended.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(running.address).is_err());
}
