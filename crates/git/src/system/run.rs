//! Running git with nothing of the environment that could change what it does, and ending it with all it started.

use std::cell::RefCell;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::progress::Progress;
use super::{Because, program, ssh, stderr};
use crate::options::{CONNECT, SILENCE};
use crate::session::Session;
use crate::{Address, Error, Transport, explain};

/// How often the one who waits looks whether it shall go on.
const LOOK: Duration = Duration::from_millis(20);
/// What is kept of what a program prints.
const MOST: usize = 1 << 20;

/// The `git` of this machine, ready to talk to one server.
pub(crate) struct Call<'a, 's> {
    git: PathBuf,
    address: &'a Address,
    session: &'a Session<'s>,
    submodule: RefCell<String>,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The `git` of this machine, if there is one that runs.
pub(crate) fn find() -> Option<PathBuf> {
    let git = program("git")?;
    // Before its developer tools are installed, macOS has only a stand-in that opens a window.
    let stand_in = cfg!(target_os = "macos") && git == Path::new("/usr/bin/git");
    let there = || {
        Command::new("xcode-select")
            .arg("-p")
            .output()
            .is_ok_and(|output| output.status.success())
    };
    (!stand_in || there()).then_some(git)
}

impl<'a, 's> Call<'a, 's> {
    pub(crate) fn new(address: &'a Address, because: &Because, session: &'a Session<'s>) -> Result<Self, Error> {
        let git = find().ok_or_else(|| Error::GitMissing {
            url: address.shown(),
            because: because.clone(),
        })?;
        Ok(Self {
            git,
            address,
            session,
            submodule: RefCell::default(),
        })
    }

    /// Runs git; a failure of git itself is told in the answer.
    pub(crate) fn run(&self, arguments: &[&str], folder: &Path) -> Result<Ran, Error> {
        let mut command = Command::new(&self.git);
        command.current_dir(folder);
        self.set(&mut command);
        command.args(arguments);
        run(command, self.session)
    }

    /// Runs git to talk to the server, which may not be silent for long.
    pub(crate) fn ask(&self, arguments: &[&str], folder: &Path) -> Result<Ran, Error> {
        self.session.pulse.wait_for_server(true);
        let ran = self.run(arguments, folder);
        self.session.pulse.wait_for_server(false);
        ran
    }

    /// Runs git to talk to the server, and explains what it says when it fails. Answers with what it printed.
    pub(crate) fn expect(&self, arguments: &[&str], folder: &Path) -> Result<String, Error> {
        let ran = self.ask(arguments, folder)?;
        if ran.success {
            return Ok(ran.stdout);
        }
        self.submodule.replace(stderr::submodule_of(&ran.stderr));
        Err(stderr::explain(&ran.stderr, self.address, folder))
    }

    /// As [`Call::expect`]; a host key that is not known is shown, or remembered where the person accepts it.
    pub(crate) fn expect_trusted(&self, arguments: &[&str], folder: &Path) -> Result<String, Error> {
        let error = match self.expect(arguments, folder) {
            Err(error @ Error::HostKey { .. }) => error,
            other => return other,
        };
        self.session.pulse.wait_for_server(true);
        let shown = ssh::shown_key(self.address, self.session);
        self.session.pulse.wait_for_server(false);
        let Some(key) = shown? else {
            return Err(error);
        };
        if self.session.accept != Some(&*key.fingerprint) {
            return Err(Error::UnknownHostKey {
                host: self.address.host().to_owned(),
                key_type: key.kind,
                fingerprint: key.fingerprint,
            });
        }
        key.remember().map_err(|e| explain::io("Cannot write", &key.file, e))?;
        self.expect(arguments, folder)
    }

    /// The submodule that the last failure was about.
    pub(crate) fn last_submodule(&self) -> String {
        self.submodule.borrow().clone()
    }

    fn set(&self, command: &mut Command) {
        for setting in [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "init.defaultRefFormat=files",
            // Git cannot follow on the same host only, as libgit2 does.
            "http.followRedirects=false",
            "http.lowSpeedLimit=1",
            &format!("http.lowSpeedTime={}", SILENCE.as_secs()),
            "fetch.fsckObjects=true",
            "submodule.recurse=false",
            "advice.detachedHead=false",
        ] {
            command.args(["-c", setting]);
        }
        clean(command);
        // http is for this machine only, unless the person typed the address; see `Address`.
        let allowed = match self.address.transport() {
            Transport::Http => "https:ssh:http",
            Transport::Git => "https:ssh:git",
            Transport::Local => "https:ssh:file",
            Transport::Https | Transport::Ssh => "https:ssh",
        };
        command
            .env("GIT_ALLOW_PROTOCOL", allowed)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "")
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .env("GCM_INTERACTIVE", "never");
        if self.session.config().get_string("core.sshCommand").is_err() {
            command.env(
                "GIT_SSH_COMMAND",
                format!(
                    "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout={} -o ServerAliveInterval={}",
                    CONNECT.as_secs(),
                    CONNECT.as_secs()
                ),
            );
        }
    }
}

/// Takes out what changes what git and ssh do, and what could open a prompt; messages come in English.
pub(crate) fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().to_ascii_uppercase().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .env_remove("SSH_ASKPASS")
        .env("SSH_ASKPASS_REQUIRE", "never")
        .env("LC_ALL", "C")
        .env_remove("LANGUAGE");
}

/// Runs a program to its end, telling progress that git prints; it ends with all it started when nobody waits
/// any more.
pub(crate) fn run(mut command: Command, session: &Session<'_>) -> Result<Ran, Error> {
    let folder = command.get_current_dir().map(Path::to_owned).unwrap_or_default();
    // The child holds the lock of the folder that it builds in: it may outlive this process for a moment.
    let input = session.lock().map_or_else(Stdio::null, Stdio::from);
    command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawn(command).map_err(|e| explain::io("Cannot run git in", &folder, e))?;
    let (sender, receiver) = mpsc::channel();
    let output = child.stdout().take().map(collect);
    if let Some(mut pipe) = child.stderr().take() {
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
    }
    let mut progress = Progress::default();
    let mut open = true;
    let status = loop {
        match receiver.recv_timeout(LOOK) {
            Ok(bytes) => {
                session.pulse.beat();
                for phase in progress.read(&bytes) {
                    session
                        .pulse
                        .wait_for_server(matches!(phase, crate::Phase::Receiving { .. }));
                    session.tell(phase);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                open = false;
                thread::sleep(LOOK / 10);
            }
        }
        if session.pulse.stopped() {
            drop(child.kill());
            return Err(Error::Cancelled);
        }
        // A connection that ssh shares stays open, and the pipe with it: the program's own end is what counts.
        if let Ok(Some(status)) = child.try_wait() {
            while let Ok(bytes) = receiver.recv_timeout(if open { LOOK } else { Duration::ZERO }) {
                drop(progress.read(&bytes));
            }
            break status;
        }
    };
    Ok(Ran {
        success: status.success(),
        stdout: output
            .map(|output| output.recv_timeout(LOOK * 10).unwrap_or_default())
            .unwrap_or_default(),
        stderr: progress.into_text(),
    })
}

fn spawn(command: Command) -> std::io::Result<Box<dyn ChildWrapper>> {
    let mut command = CommandWrap::from(command);
    // A session of its own: no terminal to ask a person on.
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessSession);
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    command.spawn()
}

/// Reads a pipe to its end on a thread of its own.
fn collect(mut pipe: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = (&mut pipe).take(MOST as u64).read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}
