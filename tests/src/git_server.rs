//! A Git server on this machine: git's own `http-backend` behind a small HTTP server.

use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tiny_http::{Header, Request, Response, Server};

use crate::home::Home;
use crate::repository::{bare_repository, bare_repository_of};
use crate::wait::{DEADLINE, until};

/// How the server answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Behaviour {
    /// As a good server does.
    #[default]
    Serve,
    /// Only with this name and password (HTTP basic).
    SignIn(String, String),
    /// 404 for everything.
    NotFound,
    /// A web page with status 200 for everything, as a portal or a login page does.
    Html,
    /// Accepts, and never answers.
    Stall,
    /// Sends this many bytes of a pack, then holds until [`GitServer::release`].
    HoldAfter(usize),
    /// Sends this many bytes of a pack as if they were all of it.
    CutAfter(usize),
    /// Sends every request on to this address, with the same path.
    Redirect(String),
    /// This status for everything.
    Status(u16),
}

/// A server on 127.0.0.1, ended with this value.
#[derive(Debug)]
pub struct GitServer {
    scheme: &'static str,
    address: String,
    home: Home,
    state: Arc<State>,
    server: Arc<Listener>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Now {
    behaviour: Behaviour,
    released: bool,
    holding: usize,
    asked: Vec<String>,
}

struct Listener(Server);

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.server_addr())
    }
}

impl GitServer {
    /// Starts one on a port that is free, without repositories.
    pub fn start() -> Self {
        Self::on(
            Server::http("127.0.0.1:0").expect("a port of this machine can be opened"),
            "http",
        )
    }

    /// As [`GitServer::start`], over TLS, with a certificate for the host of this name.
    #[cfg(target_os = "linux")]
    pub fn start_tls(authority: &crate::Authority, name: &str) -> Self {
        let config = authority.certificate(name);
        let server = Server::https("127.0.0.1:0", config).expect("a port of this machine can be opened");
        Self::on(server, "https")
    }

    fn on(server: Server, scheme: &'static str) -> Self {
        let home = Home::new();
        let server = Arc::new(Listener(server));
        let address = server.0.server_addr().to_string();
        let state = Arc::new(State::default());
        let thread = {
            let (server, state, root) = (Arc::clone(&server), Arc::clone(&state), home.projects());
            let variables = home.variables().clone();
            thread::spawn(move || {
                for request in server.0.incoming_requests() {
                    let backend = Backend {
                        root: root.clone(),
                        variables: variables.clone(),
                    };
                    let state = Arc::clone(&state);
                    // A thread each, so that a held answer does not hold the next; a client that went away is fine.
                    thread::spawn(move || drop(state.answer(request, &backend)));
                }
            })
        };
        Self {
            scheme,
            address,
            home,
            state,
            server,
            thread: Some(thread),
        }
    }

    /// Adds a repository with one commit of these files on `main`.
    #[must_use]
    pub fn with_repository(self, name: &str, files: &[(&str, &str)]) -> Self {
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        self.with_binary_repository(name, &files)
    }

    /// As [`GitServer::with_repository`], with files of any bytes.
    #[must_use]
    pub fn with_binary_repository(self, name: &str, files: &[(&str, &[u8])]) -> Self {
        drop(bare_repository(&self.home, &self.home.projects(), name, files));
        self
    }

    /// As [`GitServer::with_binary_repository`], in the SHA-256 format, which libgit2 does not read.
    #[must_use]
    pub fn with_sha256_repository(self, name: &str, files: &[(&str, &[u8])]) -> Self {
        let more = ["--object-format=sha256"];
        drop(bare_repository_of(
            &self.home,
            &self.home.projects(),
            name,
            files,
            &more,
        ));
        self
    }

    /// Adds a repository whose `large.bin` is kept with Git LFS; needs `git-lfs`.
    #[must_use]
    pub fn with_large_file(self, name: &str, bytes: &[u8]) -> Self {
        let file = self.home.path("tmp").join("large.bin");
        std::fs::write(&file, bytes).expect("a file can be written");
        let pointer = self
            .home
            .git(["lfs", "pointer", "--file"])
            .with([&file])
            .expect_code(0)
            .stdout;
        let oid = pointer
            .lines()
            .find_map(|line| line.strip_prefix("oid sha256:"))
            .expect("a pointer has an id");
        let files = [
            (
                ".gitattributes",
                "*.bin filter=lfs diff=lfs merge=lfs -text\n".as_bytes(),
            ),
            ("large.bin", pointer.as_bytes()),
        ];
        let folder = bare_repository(&self.home, &self.home.projects(), name, &files);
        let kept = folder.join(LARGE);
        std::fs::create_dir(&kept).expect("a folder can be made");
        std::fs::write(kept.join(oid), bytes).expect("a file can be written");
        self
    }

    /// Answers so from the start.
    #[must_use]
    pub fn with_behaviour(self, behaviour: Behaviour) -> Self {
        self.behave(behaviour);
        self
    }

    /// Answers so from now on.
    pub fn behave(&self, behaviour: Behaviour) {
        let mut now = self.state.now.lock().unwrap();
        now.released = false;
        now.behaviour = behaviour;
    }

    /// `http://127.0.0.1:PORT/NAME.git`.
    pub fn url(&self, name: &str) -> String {
        format!("{}/{name}.git", self.base())
    }

    /// `https://localhost:PORT/NAME.git`: by the name that a certificate is for.
    pub fn url_by_name(&self, name: &str) -> String {
        self.url(name).replacen("127.0.0.1", "localhost", 1)
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The bare repository's folder.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.home.projects().join(format!("{name}.git"))
    }

    /// Waits until a pack is held in the middle, or a request is stalled.
    pub fn wait_until_held(&self) {
        let held = until(DEADLINE, || {
            if self.state.now.lock().unwrap().holding > 0 {
                Ok(())
            } else {
                Err(())
            }
        });
        assert!(
            held.is_ok(),
            "nobody fetched from {} within {DEADLINE:?}; asked: {:?}",
            self.address,
            self.asked()
        );
    }

    /// Lets what is held go on.
    pub fn release(&self) {
        self.state.now.lock().unwrap().released = true;
        self.state.changed.notify_all();
    }

    /// What was asked for until now, such as `GET /sample.git/info/refs?service=git-upload-pack`.
    pub fn asked(&self) -> Vec<String> {
        self.state.now.lock().unwrap().asked.clone()
    }
}

impl Drop for GitServer {
    fn drop(&mut self) {
        self.release();
        self.server.0.unblock();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct Backend {
    root: PathBuf,
    variables: std::collections::BTreeMap<String, std::ffi::OsString>,
}

impl State {
    fn answer(&self, mut request: Request, backend: &Backend) -> io::Result<()> {
        let behaviour = {
            let mut now = self.now.lock().unwrap();
            now.asked.push(format!("{} {}", request.method(), request.url()));
            now.behaviour.clone()
        };
        match behaviour {
            Behaviour::NotFound => {
                return request.respond(Response::from_string("not here\n").with_status_code(404));
            }
            Behaviour::Html => {
                let page = Response::from_string("<!doctype html><title>Sign in</title><p>Sign in to the network.");
                return request.respond(page.with_header(header("Content-Type", "text/html; charset=utf-8")));
            }
            Behaviour::Redirect(to) => {
                let location = header("Location", &format!("{to}{}", request.url()));
                return request.respond(Response::from_string("").with_status_code(301).with_header(location));
            }
            Behaviour::Status(status) => {
                return request.respond(Response::from_string("no\n").with_status_code(status));
            }
            Behaviour::Stall => {
                self.hold();
                return Ok(()); // Dropped unanswered.
            }
            Behaviour::SignIn(name, password) if !signed_in(&request, &name, &password) => {
                let refusal = Response::from_string("sign in\n").with_status_code(401);
                return request.respond(refusal.with_header(header("WWW-Authenticate", "Basic realm=\"git\"")));
            }
            _ => {}
        }
        if let Some(answer) = large_file(&mut request, &backend.root)? {
            return request.respond(answer);
        }
        let (status, headers, body) = backend.run(&mut request)?;
        let pack = request.url().ends_with("/git-upload-pack");
        match behaviour {
            Behaviour::HoldAfter(bytes) if pack && body.len() > bytes => self.in_two(request, &body, bytes),
            _ => {
                let mut body = body;
                if let Behaviour::CutAfter(bytes) = behaviour
                    && pack
                {
                    body.truncate(bytes);
                }
                let length = body.len();
                request.respond(Response::new(
                    status.into(),
                    headers,
                    Cursor::new(body),
                    Some(length),
                    None,
                ))
            }
        }
    }

    /// The first bytes of a pack at once, the others when the test says so.
    fn in_two(&self, request: Request, body: &[u8], first: usize) -> io::Result<()> {
        let mut client = request.into_writer();
        write!(
            client,
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-result\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )?;
        client.write_all(&body[..first])?;
        client.flush()?;
        self.hold();
        client.write_all(&body[first..])?;
        client.flush()
    }

    fn hold(&self) {
        let mut now = self.now.lock().unwrap();
        now.holding += 1;
        while !now.released {
            now = self.changed.wait(now).unwrap();
        }
        now.holding -= 1;
    }
}

impl Backend {
    /// Runs `git http-backend` as RFC 3875 (CGI) says.
    fn run(&self, request: &mut Request) -> io::Result<(u16, Vec<Header>, Vec<u8>)> {
        let mut asked = Vec::new();
        request.as_reader().read_to_end(&mut asked)?;
        let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
        let mut command = Command::new("git");
        command
            .arg("http-backend")
            .env_clear()
            .envs(&self.variables)
            .env("GIT_PROJECT_ROOT", &self.root)
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("REQUEST_METHOD", request.method().as_str())
            .env("PATH_INFO", path)
            .env("QUERY_STRING", query)
            .env("CONTENT_LENGTH", asked.len().to_string())
            .env("REMOTE_ADDR", "127.0.0.1");
        for (name, variable) in [
            ("Content-Type", "CONTENT_TYPE"),
            ("Content-Encoding", "HTTP_CONTENT_ENCODING"),
            ("Git-Protocol", "GIT_PROTOCOL"),
        ] {
            if let Some(value) = value_of(request, name) {
                command.env(variable, value);
            }
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut input = child.stdin.take().expect("stdin is piped");
        let writer = thread::spawn(move || input.write_all(&asked));
        let mut output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        let (mut status, mut headers) = (200, Vec::new());
        loop {
            let mut line = String::new();
            if output.read_line(&mut line)? == 0 || line.trim().is_empty() {
                break;
            }
            let (name, value) = line.trim().split_once(": ").unwrap_or_default();
            if name == "Status" {
                status = value
                    .split(' ')
                    .next()
                    .and_then(|code| code.parse().ok())
                    .unwrap_or(500);
            } else {
                headers.push(header(name, value));
            }
        }
        let mut body = Vec::new();
        output.read_to_end(&mut body)?;
        child.wait()?;
        drop(writer.join());
        Ok((status, headers, body))
    }
}

/// The folder of a repository that holds its large files by their ids.
const LARGE: &str = "large";

/// Answers what Git LFS asks (its batch API, "basic" transfer); `None` where it is not LFS that asks.
fn large_file(request: &mut Request, root: &Path) -> io::Result<Option<Response<Cursor<Vec<u8>>>>> {
    let url = request.url().to_owned();
    if let Some(file) = url.strip_prefix('/').filter(|path| path.contains(".git/large/")) {
        return Ok(Some(Response::from_data(std::fs::read(root.join(file))?)));
    }
    let Some(repository) = url.strip_suffix("/info/lfs/objects/batch") else {
        return Ok(None);
    };
    let host = value_of(request, "Host").unwrap_or_default();
    let mut asked = String::new();
    request.as_reader().read_to_string(&mut asked)?;
    let asked: Value = serde_json::from_str(&asked)?;
    let objects: Vec<Value> = asked["objects"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|object| {
            let href = format!(
                "http://{host}{repository}/{LARGE}/{}",
                object["oid"].as_str().unwrap_or_default()
            );
            json!({ "oid": object["oid"], "size": object["size"], "actions": { "download": { "href": href } } })
        })
        .collect();
    let answer = json!({ "transfer": "basic", "objects": objects }).to_string();
    let kind = header("Content-Type", "application/vnd.git-lfs+json");
    Ok(Some(Response::from_data(answer.into_bytes()).with_header(kind)))
}

fn signed_in(request: &Request, name: &str, password: &str) -> bool {
    let expected = format!("Basic {}", STANDARD.encode(format!("{name}:{password}")));
    value_of(request, "Authorization").is_some_and(|value| value == expected)
}

fn value_of(request: &Request, name: &'static str) -> Option<String> {
    request
        .headers()
        .iter()
        .find(|header| header.field.equiv(name))
        .map(|header| header.value.to_string())
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header of ASCII")
}
