//! A real Git server on loopback: git's own `http-backend`, and servers that misbehave.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::{self, BufRead as _, BufReader, Cursor, Read, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Response, Server, StatusCode};

/// How the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it should.
    Well,
    /// With a status and a text.
    Status(u16),
    /// With a page of HTML.
    WebPage,
    /// It accepts the connection and says nothing.
    Silent,
    /// It sends half of the pack and then nothing.
    HalfAPack,
    /// It sends a part of the pack and hangs up.
    CutShort,
}

/// A server over a folder of bare repositories; it ends with the value.
pub struct GitServer {
    server: Arc<Server>,
    address: SocketAddr,
    root: tempfile::TempDir,
    release: Mutex<Option<Sender<()>>>,
}

impl Drop for GitServer {
    fn drop(&mut self) {
        // Those who are kept waiting see the channel close.
        self.release.lock().unwrap().take();
        self.server.unblock();
    }
}

impl GitServer {
    pub fn start(manner: Manner) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let root = tempfile::tempdir().unwrap();
        let (release, hold) = mpsc::channel();
        let hold = Arc::new(Mutex::new(hold));
        let (accept, folder) = (Arc::clone(&server), root.path().to_owned());
        thread::spawn(move || {
            for request in accept.incoming_requests() {
                let (folder, hold) = (folder.clone(), Arc::clone(&hold));
                thread::spawn(move || answer(request, manner, &folder, &hold));
            }
        });
        let own = server.server_addr().to_ip().unwrap();
        let address = if manner == Manner::CutShort {
            hang_up_after(20_000, own)
        } else {
            own
        };
        Self {
            server,
            address,
            root,
            release: Mutex::new(Some(release)),
        }
    }

    pub fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Publishes a repository `name` with one commit on `main` that holds these files; answers with its id.
    pub fn publish(&self, name: &str, files: &[(&str, &[u8])]) -> String {
        let work = tempfile::tempdir().unwrap();
        Self::write(work.path(), files);
        self.publish_folder(name, work.path())
    }

    /// As [`GitServer::publish`], of what is in a folder.
    pub fn publish_folder(&self, name: &str, work: &Path) -> String {
        git(work, &["init", "-q", "-b", "main"]);
        Self::commit(work, "First");
        git(work, &["clone", "-q", "--bare", ".", self.path(name).to_str().unwrap()]);
        git(work, &["rev-parse", "HEAD"])
    }

    /// Adds a commit on a branch of a published repository; answers with its id.
    pub fn push(&self, name: &str, branch: &str, files: &[(&str, &[u8])]) -> String {
        let work = tempfile::tempdir().unwrap();
        let bare = self.path(name);
        git(work.path(), &["clone", "-q", bare.to_str().unwrap(), "."]);
        git(work.path(), &["checkout", "-q", "-B", branch]);
        Self::write(work.path(), files);
        Self::commit(work.path(), "More");
        git(
            work.path(),
            &["push", "-q", "origin", &format!("HEAD:refs/heads/{branch}")],
        );
        git(work.path(), &["rev-parse", "HEAD"])
    }

    fn write(work: &Path, files: &[(&str, &[u8])]) {
        for (path, bytes) in files {
            let path = work.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn commit(work: &Path, message: &str) {
        git(work, &["add", "-A", "-f"]);
        git(work, &["commit", "-q", "--allow-empty", "-m", message]);
    }
}

/// A folder with Git settings that name `Test Person`, for the whole process.
pub fn settings() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let text = "[user]\n\tname = Test Person\n\temail = test@example.com\n";
            fs::write(folder.path().join(".gitconfig"), text).unwrap();
            folder
        })
        .path()
}

/// Runs git without the settings of this machine; answers with what it printed.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", settings().join(".gitconfig"))
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR");
    command
}

fn answer(mut request: tiny_http::Request, manner: Manner, root: &Path, hold: &Mutex<Receiver<()>>) {
    match manner {
        Manner::Status(status) => {
            let mut response = Response::from_string("no").with_status_code(StatusCode(status));
            if status == 401 {
                response.add_header(header("WWW-Authenticate", "Basic realm=\"git\""));
            }
            let _ = request.respond(response);
        }
        Manner::WebPage => {
            let response =
                Response::from_string("<html>Sign in</html>").with_header(header("Content-Type", "text/html"));
            let _ = request.respond(response);
        }
        Manner::Silent => wait(hold),
        Manner::Well | Manner::HalfAPack | Manner::CutShort => {
            let (status, headers, body) = backend(&mut request, root);
            let mut response =
                Response::new(StatusCode(status), headers, Cursor::new(Vec::new()), Some(0), None).boxed();
            // The answers before the pack (references, shallow commits) are small.
            if body.len() > 10_000 && manner == Manner::HalfAPack {
                let half = body[..body.len() / 2].to_owned();
                let body = Cursor::new(half).chain(Stall(Arc::new(|| wait(hold))));
                let headers = response.headers().to_vec();
                // A fixed length would be buffered whole; in chunks it goes out as it comes.
                let _ = write_by_hand(request, status, &headers, body);
                return;
            }
            let length = body.len();
            response = response.with_data(Cursor::new(body), Some(length)).boxed();
            let _ = request.respond(response);
        }
    }
}

fn wait(hold: &Mutex<Receiver<()>>) {
    // Ends when the server is dropped.
    let _ = hold.lock().map(|hold| hold.recv());
}

struct Stall<'a>(Arc<dyn Fn() + 'a>);

impl Read for Stall<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        (self.0)();
        Ok(0)
    }
}

fn write_by_hand(request: tiny_http::Request, status: u16, headers: &[Header], mut body: impl Read) -> io::Result<()> {
    let mut writer = request.into_writer();
    head(&mut writer, status, headers)?;
    let mut buffer = vec![0; 4096];
    loop {
        let count = body.read(&mut buffer)?;
        write!(writer, "{count:x}\r\n")?;
        writer.write_all(&buffer[..count])?;
        writer.write_all(b"\r\n")?;
        writer.flush()?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// Passes on what is said, and hangs up after that many bytes of answers; answers with its own port.
fn hang_up_after(limit: u64, upstream: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(upstream).unwrap();
            let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || io::copy(&mut from, &mut to));
            thread::spawn(move || {
                let _ = io::copy(&mut (&server).take(limit), &mut &client);
                let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
            });
        }
    });
    address
}

fn head(writer: &mut impl io::Write, status: u16, headers: &[Header]) -> io::Result<()> {
    write!(
        writer,
        "HTTP/1.1 {status} OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
    )?;
    for header in headers {
        write!(writer, "{}: {}\r\n", header.field, header.value)?;
    }
    writer.write_all(b"\r\n")
}

/// Asks git's own CGI program.
fn backend(request: &mut tiny_http::Request, root: &Path) -> (u16, Vec<Header>, Vec<u8>) {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let field = |name: &'static str| {
        let found = request.headers().iter().find(|header| header.field.equiv(name));
        found.map(|header| header.value.as_str().to_owned()).unwrap_or_default()
    };
    let (content_type, encoding, protocol) = (field("Content-Type"), field("Content-Encoding"), field("Git-Protocol"));
    let mut body = Vec::new();
    request.as_reader().read_to_end(&mut body).unwrap();
    let mut child = command(root)
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("REQUEST_METHOD", request.method().as_str())
        .env("CONTENT_TYPE", content_type)
        .env("CONTENT_LENGTH", body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", encoding)
        .env("GIT_PROTOCOL", protocol)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = thread::spawn(move || drop(stdin.write_all(&body)));
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (mut status, mut headers) = (200, Vec::new());
    loop {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let line = line.trim_end();
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        if name == "Status" {
            status = value.split(' ').next().unwrap().parse().unwrap();
        } else {
            headers.push(header(name, value));
        }
    }
    let mut bytes = Vec::new();
    output.read_to_end(&mut bytes).unwrap();
    feed.join().unwrap();
    child.wait().unwrap();
    (status, headers, bytes)
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap()
}

/// A listener whose queue of connections is full: to connect to it takes for ever.
pub struct FullQueue {
    address: SocketAddr,
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl FullQueue {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
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

    pub fn url(&self) -> String {
        format!("http://{}/shop.git", self.address)
    }
}
