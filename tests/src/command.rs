//! Running a real program, and asking about what it printed.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use crate::home::{Home, normalise};
use crate::process::kill;
use crate::wait::until;

/// A command that takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(2);

/// A program with its arguments, about to be run.
#[derive(Debug)]
#[must_use = "nothing runs before `run`, `expect_code` or `spawn`"]
pub struct Run {
    command: Command,
    line: String,
    root: PathBuf,
    stdin: Vec<u8>,
    patience: Duration,
}

impl Run {
    pub(crate) fn new(home: &Home, program: OsString, arguments: Vec<OsString>) -> Self {
        let name = Path::new(&program)
            .file_name()
            .unwrap_or(&program)
            .to_string_lossy()
            .into_owned();
        let words: Vec<String> = arguments
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(home.variables())
            .current_dir(home.projects());
        Self {
            command,
            line: home.normalise(&format!("{name} {}", words.join(" "))),
            root: home.root().to_owned(),
            stdin: Vec::new(),
            patience: PATIENCE,
        }
    }

    /// Runs it in this folder.
    pub fn in_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets a variable for this run.
    pub fn with_variable(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.command.env(name, value.into());
        self
    }

    /// Adds arguments.
    pub fn with<A: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        for argument in arguments {
            let argument = argument.into();
            self.line = format!("{} {}", self.line, normalise(&argument.to_string_lossy(), &self.root));
            self.command.arg(argument);
        }
        self
    }

    /// What it reads; otherwise its input is at its end at once.
    pub fn with_input(mut self, text: &str) -> Self {
        self.stdin = text.into();
        self
    }

    /// How long it may take, for commands that build something.
    pub fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Outcome {
        self.spawn().wait()
    }

    /// Runs it and asserts its exit code, showing what it printed when it is another one.
    pub fn expect_code(self, code: i32) -> Outcome {
        self.run().expect_code(code)
    }

    /// Starts it and goes on.
    pub fn spawn(mut self) -> Running {
        // A group of its own, so that a hanging command ends with all that it started.
        self.command
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self
            .command
            .spawn()
            .unwrap_or_else(|error| panic!("`{}` cannot start: {error}", self.line));
        let mut input = child.stdin.take().expect("stdin is piped");
        let text = std::mem::take(&mut self.stdin);
        thread::spawn(move || input.write_all(&text));
        let stdout = collect(child.stdout.take().expect("stdout is piped"));
        let stderr = collect(child.stderr.take().expect("stderr is piped"));
        Running {
            group: Group(child),
            stdout,
            stderr,
            line: self.line,
            root: self.root,
            patience: self.patience,
        }
    }
}

/// A program that is running; it does not outlive this value.
#[derive(Debug)]
pub struct Running {
    group: Group,
    stdout: JoinHandle<Vec<u8>>,
    stderr: JoinHandle<Vec<u8>>,
    line: String,
    root: PathBuf,
    patience: Duration,
}

impl Running {
    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.group.0.id()
    }

    /// Sends `INT`, as Ctrl+C in a terminal does.
    pub fn interrupt(&self) {
        let sent = Command::new("kill")
            .args(["-INT", "--", &format!("-{}", self.group.0.id())])
            .status();
        assert!(
            sent.is_ok_and(|status| status.success()),
            "`{}` could not be interrupted",
            self.line
        );
    }

    /// Ends it and all it started at once, as a crash would.
    pub fn kill(mut self) -> Outcome {
        kill(-i64::from(self.group.0.id()));
        let status = self.group.0.wait().expect("a killed process ends");
        self.outcome(status)
    }

    /// Waits for its end.
    pub fn wait(mut self) -> Outcome {
        let ended = until(self.patience, || match self.group.0.try_wait() {
            Ok(Some(status)) => Ok(status),
            _ => Err(()),
        });
        let Ok(status) = ended else {
            let (line, patience) = (self.line.clone(), self.patience);
            let so_far = self.kill();
            panic!("`{line}` did not end within {patience:?}. {}", so_far.shown());
        };
        self.outcome(status)
    }

    fn outcome(self, status: ExitStatus) -> Outcome {
        let text = |reader: JoinHandle<Vec<u8>>| {
            let bytes = reader.join().expect("reading a pipe does not panic");
            normalise(&String::from_utf8_lossy(&bytes), &self.root)
        };
        Outcome {
            line: self.line,
            code: status.code(),
            stdout: text(self.stdout),
            stderr: text(self.stderr),
        }
    }
}

/// The process that leads a group of its own.
#[derive(Debug)]
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            kill(-i64::from(self.0.id()));
            drop(self.0.wait());
        }
    }
}

/// What a program printed and how it ended, with the home's path written as `[HOME]`.
#[derive(Debug, Clone)]
pub struct Outcome {
    line: String,
    code: Option<i32>,
    /// What it printed as data.
    pub stdout: String,
    /// What it told the person.
    pub stderr: String,
}

impl Outcome {
    /// Its exit code; `None` when a signal ended it.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// Asserts the exit code.
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "the exit code (right: expected). {}",
            self.shown()
        );
        self
    }

    /// Standard output as JSON.
    pub fn stdout_json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("standard output is not JSON ({error}). {}", self.shown()))
    }

    /// Asserts that standard output holds the text.
    pub fn stdout_has(self, text: &str) -> Self {
        assert!(
            self.stdout.contains(text),
            "standard output lacks {text:?}. {}",
            self.shown()
        );
        self
    }

    /// Asserts that standard error holds the text.
    pub fn stderr_has(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "standard error lacks {text:?}. {}",
            self.shown()
        );
        self
    }

    /// Asserts that neither stream holds the text.
    pub fn says_nothing_of(self, text: &str) -> Self {
        let said = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(!said, "the output holds {text:?}. {}", self.shown());
        self
    }

    /// Asserts that there is no data.
    pub fn stdout_is_empty(self) -> Self {
        assert!(self.stdout.is_empty(), "standard output is not empty. {}", self.shown());
        self
    }

    /// Asserts that there is no message.
    pub fn stderr_is_empty(self) -> Self {
        assert!(self.stderr.is_empty(), "standard error is not empty. {}", self.shown());
        self
    }

    /// The command, how it ended and both streams, for a failure's message.
    pub fn shown(&self) -> String {
        let code = self.code.map_or("a signal".to_owned(), |code| format!("code {code}"));
        format!(
            "`{}` ended with {code}\n--- stdout\n{}\n--- stderr\n{}\n---",
            self.line,
            self.stdout.trim_end(),
            self.stderr.trim_end()
        )
    }
}

fn collect(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A stream that breaks off still holds what came before.
        drop(stream.read_to_end(&mut bytes));
        bytes
    })
}
