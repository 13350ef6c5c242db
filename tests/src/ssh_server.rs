//! A real `sshd` on this machine, for the person who runs the tests.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::home::Home;
use crate::repository::bare_repository;
use crate::wait::{DEADLINE, until};

/// An `sshd` with a host key of its own that lets in one key, held by an agent; both end with this value.
#[derive(Debug)]
pub struct SshServer {
    home: Home,
    port: u16,
    server: Child,
    agent: Child,
}

/// Where packages put what is not on everybody's search path.
const SSHD: &str = "/usr/sbin/sshd";

impl SshServer {
    /// Starts one on a port that is free; `None` where OpenSSH's server is not installed (package `openssh-server`).
    pub fn start() -> Option<Self> {
        if !Path::new(SSHD).is_file() {
            return None;
        }
        // The folder that a service manager makes for an sshd that runs as root; nobody else needs it or may make it.
        drop(fs::create_dir_all("/run/sshd"));
        let home = Home::new();
        let path = |name: &str| home.root().join(name);
        home.program("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f"])
            .with([path("host_key")])
            .expect_code(0);
        home.program("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f"])
            .with([path("client_key")])
            .expect_code(0);
        let serve = home.write(
            "serve",
            "#!/bin/sh\nPATH=/usr/local/bin:/usr/bin:/bin\nexport PATH\nexec sh -c \"$SSH_ORIGINAL_COMMAND\"\n",
        );
        make_executable(&serve);
        let port = free_port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nPidFile none\nAuthorizedKeysFile {key}.pub\n\
             StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             PermitRootLogin yes\nForceCommand {serve}\nLogLevel VERBOSE\n",
            host = path("host_key").display(),
            key = path("client_key").display(),
            serve = serve.display(),
        );
        let settings = home.write("sshd_config", &settings);
        let log = fs::File::create(path("sshd.log")).expect("a file can be made");
        let server = Command::new(SSHD)
            .args(["-D", "-e", "-f"])
            .arg(settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("sshd can be started");
        let agent = Command::new("ssh-agent")
            .args(["-D", "-a"])
            .arg(path("agent"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("ssh-agent can be started");
        let found = Self {
            home,
            port,
            server,
            agent,
        };
        found.wait();
        found
            .home
            .program("ssh-add", ["-q"])
            .with([path_of(&found.home, "client_key")])
            .with_variable("SSH_AUTH_SOCK", found.agent())
            .expect_code(0);
        Some(found)
    }

    /// Adds a repository with one commit of these files on `main`, in the place of one with that name.
    #[must_use]
    pub fn with_repository(self, name: &str, files: &[(&str, &str)]) -> Self {
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        drop(fs::remove_dir_all(self.home.projects().join(format!("{name}.git"))));
        drop(bare_repository(&self.home, &self.home.projects(), name, &files));
        self
    }

    /// `ssh://USER@127.0.0.1:PORT/…/NAME.git`.
    pub fn url(&self, name: &str) -> String {
        self.url_at("127.0.0.1", Some(self.port), name)
    }

    /// The same repository by another name of the host.
    pub fn url_at(&self, host: &str, port: Option<u16>, name: &str) -> String {
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let folder = self.home.projects().join(format!("{name}.git"));
        format!("ssh://{}@{host}{port}{}", user(), folder.display())
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The agent's socket, for `SSH_AUTH_SOCK`.
    pub fn agent(&self) -> PathBuf {
        path_of(&self.home, "agent")
    }

    /// The file of the key that is let in.
    pub fn key(&self) -> PathBuf {
        path_of(&self.home, "client_key")
    }

    /// The host key as `known_hosts` holds it.
    pub fn known_host(&self) -> String {
        let key = fs::read_to_string(path_of(&self.home, "host_key.pub")).expect("ssh-keygen wrote it");
        let mut words = key.split_whitespace();
        let (kind, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        format!("[127.0.0.1]:{} {kind} {key}\n", self.port)
    }

    /// The host key's fingerprint as OpenSSH prints it.
    pub fn fingerprint(&self) -> String {
        let printed = self
            .home
            .program("ssh-keygen", ["-lf"])
            .with([path_of(&self.home, "host_key.pub")])
            .expect_code(0)
            .stdout;
        let found = printed.split_whitespace().find(|word| word.starts_with("SHA256:"));
        found.expect("ssh-keygen prints a fingerprint").to_owned()
    }

    /// What the server wrote down.
    pub fn log(&self) -> String {
        fs::read_to_string(path_of(&self.home, "sshd.log")).unwrap_or_default()
    }

    fn wait(&self) {
        let up = until(DEADLINE, || {
            let listens = TcpStream::connect(("127.0.0.1", self.port)).is_ok();
            if listens && self.agent().exists() {
                Ok(())
            } else {
                Err(())
            }
        });
        assert!(up.is_ok(), "sshd did not start: {}", self.log());
    }
}

impl Drop for SshServer {
    fn drop(&mut self) {
        for child in [&mut self.server, &mut self.agent] {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

fn path_of(home: &Home, name: &str) -> PathBuf {
    home.root().join(name)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine can be opened");
    listener.local_addr().expect("it has an address").port()
}

/// The person who runs the tests: sshd without root can let in nobody else.
fn user() -> String {
    let output = Command::new("id").arg("-un").output().expect("id can be run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
}
