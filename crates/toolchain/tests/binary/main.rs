//! Checks against real binaries: no shell is between the check and the tool, and their answers may be remembered.
#![allow(clippy::unwrap_used)]

mod running;

use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    sync::OnceLock,
    time::{Duration, Instant, SystemTime},
};

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use toolchain::{Cache, Catalogue, Environment, Finding, Limits, Requirement, Setting, State, check_in};

/// The fake tool, compiled once a run.
fn binary() -> PathBuf {
    static BINARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BINARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tool").with_extension(env::consts::EXE_EXTENSION);
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/binary/tool.rs");
        let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let done = Command::new(compiler)
            .args(["--edition", "2024", "-C", "debuginfo=0", "-o"])
            .arg(&path)
            .arg(source)
            .status();
        assert!(done.unwrap().success());
        (folder, path)
    });
    path.clone()
}

/// A search path with nothing but fake tools, and what is known of them.
struct Machine {
    folder: TempDir,
    path: PathBuf,
    cache: Cache,
    limits: Limits,
}

impl Machine {
    fn new() -> Self {
        Self::with_folder("bin")
    }

    /// The tools lie in a folder of that name.
    fn with_folder(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::create_dir(&path).unwrap();
        let limits = Limits {
            time: Duration::from_secs(30),
            ..Limits::default()
        };
        Self {
            folder,
            path,
            cache: Cache::default(),
            limits,
        }
    }

    fn tool(self, name: &str, instructions: &str) -> Self {
        fs::copy(binary(), self.program(name)).unwrap();
        self.instruct(name, instructions);
        self
    }

    fn program(&self, name: &str) -> PathBuf {
        self.path.join(name).with_extension(env::consts::EXE_EXTENSION)
    }

    fn instruct(&self, name: &str, instructions: &str) {
        fs::write(self.path.join(name).with_extension("fake"), instructions).unwrap();
    }

    fn runs(&self, name: &str) -> usize {
        let runs = fs::read_to_string(self.path.join(name).with_extension("runs"));
        runs.unwrap_or_default().lines().count()
    }

    async fn check(&self, tool: &str) -> Finding {
        let environment = Environment::from_vars([("PATH", &self.path)], "test");
        let (asked, never) = ([Requirement::new(tool, "", "A test")], CancellationToken::new());
        let setting = Setting {
            catalogue: Catalogue::builtin(),
            environment: &environment,
            limits: self.limits,
            cache: &self.cache,
            project: None,
        };
        let mut findings = check_in(&asked, &setting, &never, |_| {}).await;
        findings.remove(0)
    }
}

#[tokio::test]
async fn a_tool_whose_file_is_the_same_is_not_run_again() {
    let machine = Machine::new().tool("git", "out git version 2.47.3\n");

    let first = machine.check("git").await;
    let again = machine.check("git").await;

    assert_eq!((first.state, machine.runs("git")), (State::Passed, 1));
    assert_eq!(
        Finding {
            took: first.took,
            ..again
        },
        first
    );
}

#[tokio::test]
async fn a_tool_that_was_replaced_is_run_again() {
    let machine = Machine::new().tool("git", "out git version 2.47.3\n");
    machine.check("git").await;

    let file = fs::OpenOptions::new()
        .append(true)
        .open(machine.program("git"))
        .unwrap();
    file.set_modified(SystemTime::now() - Duration::from_hours(1)).unwrap();
    drop(file);
    machine.instruct("git", "out git version 2.48.0\n");

    assert_eq!(machine.check("git").await.version.as_deref(), Some("2.48.0"));
    assert_eq!((machine.runs("git"), machine.cache.len()), (2, 1));
}

#[tokio::test]
async fn what_was_saved_saves_a_run_next_time() {
    let mut machine = Machine::new().tool("node", "out v22.1.0\n");
    machine.check("node").await;

    machine.cache = Cache::load(&machine.cache.to_json());

    assert_eq!(machine.check("node").await.version.as_deref(), Some("22.1.0"));
    assert_eq!(machine.runs("node"), 1);
}

#[tokio::test]
async fn failures_and_engines_are_asked_again_each_time() {
    let machine = Machine::new()
        .tool("make", "err broken\nexit 3\n")
        .tool("docker", "out 28.2.2\n");

    for _ in 0..2 {
        assert_eq!(machine.check("make").await.state, State::Error);
        assert_eq!(machine.check("docker-daemon").await.state, State::Passed);
    }

    assert_eq!((machine.runs("make"), machine.runs("docker")), (2, 2));
    assert!(machine.cache.is_empty());
}

#[tokio::test]
async fn each_way_to_misbehave_gives_its_state() {
    let cases = [
        ("", "Git ran, but printed nothing."),
        ("out hello\n", "Git ran, but what it printed names no version."),
        (
            "err out of order\nexit 3\n",
            "Git ended with exit code 3 instead of naming its version.",
        ),
        ("flood\n", "Git printed more than 64 KiB without naming its version."),
    ];
    for (instructions, detail) in cases {
        let finding = Machine::new().tool("git", instructions).check("git").await;
        assert_eq!((finding.state, finding.detail.as_str()), (State::Error, detail));
    }
}

#[tokio::test]
async fn escape_codes_around_a_version_are_no_part_of_it() {
    let painted = "out \u{1b}[1mgit version 2.47.3\u{1b}[m\nerr \u{1b}]0;title\u{7}\n";

    let finding = Machine::new().tool("git", painted).check("git").await;

    assert_eq!(
        (finding.state, finding.version.as_deref()),
        (State::Passed, Some("2.47.3"))
    );
    assert_eq!(finding.output, "git version 2.47.3");
}

#[tokio::test]
async fn a_shim_without_its_version_fails_and_is_asked_again_each_time() {
    let machine = Machine::with_folder("shims").tool(
        "python3",
        "err pyenv: version `3.9.1' is not installed (set by /home/ada/.python-version)\nout Python 3.11.2\n",
    );
    let finding = machine.check("python3").await;
    assert_eq!((finding.state, finding.version.as_deref()), (State::Failed, None));

    machine.instruct("python3", "out Python 3.9.1\n");

    for _ in 0..2 {
        assert_eq!(machine.check("python3").await.version.as_deref(), Some("3.9.1"));
    }
    assert_eq!((machine.runs("python3"), machine.cache.len()), (3, 0));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_may_not_be_run_is_an_error_and_not_run() {
    use std::os::unix::fs::PermissionsExt;

    let machine = Machine::new().tool("git", "out git version 2.47.3\n");
    fs::set_permissions(machine.program("git"), fs::Permissions::from_mode(0o644)).unwrap();

    let finding = machine.check("git").await;

    assert_eq!(finding.state, State::Error);
    assert!(
        finding.detail.ends_with("is not marked as a program (executable)."),
        "{}",
        finding.detail
    );
    assert_eq!(machine.runs("git"), 0);
}

#[tokio::test]
async fn a_tool_that_hangs_is_given_up_at_the_limit() {
    let mut machine = Machine::new().tool("git", "out git\nwait 600000\n");
    machine.limits.time = Duration::from_millis(400);

    let finding = machine.check("git").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Error, "Git did not answer within 400 milliseconds.")
    );
    assert!(finding.took < Duration::from_secs(10), "{:?}", finding.took);
    running::assert_none(machine.folder.path());
}

#[tokio::test]
async fn a_child_that_keeps_the_output_open_is_not_waited_for() {
    let machine = Machine::new().tool("git", "child 600000\nout git version 2.47.3\n");
    let started = Instant::now();

    let finding = machine.check("git").await;

    assert_eq!(
        (finding.state, finding.version.as_deref()),
        (State::Passed, Some("2.47.3"))
    );
    assert!(started.elapsed() < Duration::from_secs(20));
    running::assert_none(machine.folder.path());
}
