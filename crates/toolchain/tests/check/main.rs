//! Checks against fake tools: whatever a tool does, the answer is right, in time, and nothing is left running.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod fake;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::{Duration, Instant},
};

use fake::{Machine, requirements, running};
use tokio_util::sync::CancellationToken;
use toolchain::{Catalogue, Event, Severity, State, check};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_tool_that_fits_passes_with_all_that_explains_it() {
    let machine = Machine::new().tool("git", "echo 'git version 2.47.3'");

    let finding = machine.check("git >=2.40").await;

    assert_eq!(finding.state, State::Passed);
    assert_eq!(finding.detail, "Git 2.47.3 is here; 2.40 or newer is asked for.");
    assert_eq!(finding.version.as_deref(), Some("2.47.3"));
    assert_eq!(finding.path.as_deref(), Some(machine.here().join("bin/git").as_path()));
    assert_eq!(
        (finding.command.as_str(), finding.output.as_str()),
        ("git --version", "git version 2.47.3")
    );
    assert_eq!(
        (finding.source.as_str(), finding.required.as_str()),
        ("A test", ">=2.40")
    );
    assert_eq!(finding.severity, Severity::Required);
    assert!(finding.fixes.is_empty() && finding.took > Duration::ZERO);
}

#[tokio::test]
async fn another_version_fails_and_says_how_it_differs() {
    let machine = Machine::new()
        .tool("python3", "echo Python 3.9.1")
        .tool("node", "echo v24.1.0")
        .tool("rustc", "echo 'rustc 1.95.0 (59807616e 2026-04-14)'");

    let (findings, _) = machine
        .check_all(&["python >=3.11", "node >=18 <21", "rust >=1.85", "go"])
        .await;

    let details: Vec<_> = findings.iter().map(|finding| finding.detail.as_str()).collect();
    assert_eq!(
        details,
        [
            "Python 3.9.1 is older than 3.11.",
            "Node.js 24.1.0 is newer than what is asked for: >=18 <21.",
            "Rust 1.95.0 is here; 1.85 or newer is asked for.",
            "Go was not found on the search path.",
        ]
    );
    let states: Vec<_> = findings.iter().map(|finding| finding.state).collect();
    assert_eq!(states, [State::Failed, State::Failed, State::Passed, State::Failed]);
    assert!(findings[0].link.is_some());
}

#[tokio::test]
async fn a_version_is_read_from_the_stream_and_line_that_have_it() {
    let machine = Machine::new()
        .tool(
            "java",
            "echo 'Picked up JAVA_TOOL_OPTIONS: -Da=1.2.3' >&2; echo 'openjdk version \"17.0.15\" 2025-04-15' >&2",
        )
        .tool(
            "mvn",
            r"printf '\033[1mApache Maven 3.8.7\033[m\n'; printf '\033[0m' >&2",
        )
        .tool("node", r"printf 'v\0002\0002\000.\0001\000.\0000\000\n\000'")
        .tool("shellcheck", "echo ShellCheck; echo 'version: 0.11.0'")
        .tool("npm", "echo 'npm warn config 9.9.9' >&2; echo 11.19.1");

    let (findings, _) = machine
        .check_all(&["java 17", "maven", "node", "shellcheck", "npm"])
        .await;

    let found: Vec<_> = findings
        .iter()
        .map(|finding| (finding.state, finding.version.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        ["17.0.15", "3.8.7", "22.1.0", "0.11.0", "11.19.1"].map(|version| (State::Passed, version))
    );
    assert_eq!(findings[1].output, "Apache Maven 3.8.7");
    assert_eq!(findings[3].output, "version: 0.11.0");
}

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
async fn a_tool_that_says_nothing_of_use_is_an_error() {
    let machine = Machine::new()
        .tool("git", "exit 0")
        .tool("node", "echo hello")
        .tool("make", "echo broken: 1.2.3 >&2; exit 3")
        .tool("curl", "kill -9 $$");

    let (findings, _) = machine.check_all(&["git", "node", "make", "curl"]).await;

    assert!(
        findings
            .iter()
            .all(|finding| finding.state == State::Error && finding.version.is_none())
    );
    assert_eq!(findings[0].detail, "Git ran, but printed nothing.");
    assert_eq!(findings[1].detail, "Node.js ran, but what it printed names no version.");
    assert_eq!(
        findings[2].detail,
        "GNU Make ended with exit code 3 instead of naming its version."
    );
    assert_eq!(findings[2].output, "broken: 1.2.3");
    assert_eq!(
        findings[3].detail,
        "curl was ended by a signal instead of naming its version."
    );
}

#[tokio::test]
async fn a_file_that_is_no_program_is_an_error() {
    let machine = Machine::new()
        .file("bin/git", "git version 2.47.3")
        .file("bin/node", "#!/no/such/interpreter\n");
    fs::set_permissions(machine.here().join("bin/node"), fs::Permissions::from_mode(0o755)).unwrap();

    let (findings, _) = machine.check_all(&["git", "node"]).await;

    assert_eq!(findings[0].state, State::Error);
    assert!(
        findings[0].detail.ends_with("is not marked as a program (executable)."),
        "{}",
        findings[0].detail
    );
    assert_eq!(findings[1].state, State::Error);
    assert!(
        findings[1].detail.contains("could not be started"),
        "{}",
        findings[1].detail
    );
}

#[tokio::test]
async fn a_shim_whose_version_is_missing_fails_though_it_prints_another() {
    let script =
        "echo \"pyenv: version \\`3.9.1' is not installed (set by /home/ada/.python-version)\" >&2; echo Python 3.11.2";
    let machine = Machine::with_folder("shims").tool("python3", script);

    let finding = machine.check("python").await;

    assert_eq!((finding.state, finding.version.as_deref()), (State::Failed, None));
    assert!(
        finding.output.contains("`3.9.1' is not installed"),
        "{}",
        finding.output
    );
}

#[tokio::test]
async fn a_missing_plugin_or_module_is_a_missing_tool() {
    let machine = Machine::new()
        .tool("docker", "[ \"$1\" = compose ] && { echo 'docker: unknown command: docker compose' >&2; exit 1; }; echo Docker version 28.2.2,")
        .tool("python3", "[ \"$1\" = -m ] && { echo '/usr/bin/python3: No module named pip' >&2; exit 1; }; echo Python 3.11.2");

    let (findings, _) = machine.check_all(&["docker", "compose", "pip"]).await;

    assert_eq!(findings[0].state, State::Passed);
    assert_eq!(findings[1].state, State::Failed);
    assert_eq!(findings[1].detail, "Docker Compose was not found on the search path.");
    assert_eq!(
        (findings[2].state, findings[2].detail.as_str()),
        (State::Failed, "pip was not found on the search path.")
    );
}

#[tokio::test]
async fn the_docker_engine_is_asked_apart_from_its_command() {
    let off = "[ \"$1\" = version ] && { echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1; }; echo Docker version 28.2.2,";
    let machine = Machine::new().tool("docker", off);
    let (findings, _) = machine.check_all(&["docker", "docker-daemon"]).await;
    assert_eq!((findings[0].state, findings[1].state), (State::Passed, State::Failed));
    assert_eq!(findings[1].detail, "Docker engine is not running.");
    assert!(findings[1].output.starts_with("Cannot connect"));

    let stuck = "[ \"$1\" = version ] && exec \"$HERE/sleeper\" 600; echo Docker version 28.2.2,";
    let machine = Machine::new().tool("docker", stuck).limit(SHORT);
    let finding = machine.check("docker-daemon").await;
    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Error, "Docker engine did not answer within 300 milliseconds.")
    );

    let finding = Machine::new().check("docker-daemon").await;
    assert_eq!(finding.state, State::Blocked);
    assert_eq!(
        finding.detail,
        "Docker engine needs Docker, which was not found on the search path."
    );
}

#[tokio::test]
async fn git_identity_and_ssh_key_are_looked_for() {
    let machine = Machine::new().tool("git", "[ \"$3\" = user.name ] && echo Ada Lovelace || exit 1");
    let (findings, _) = machine.check_all(&["git-identity", "ssh-key"]).await;
    assert_eq!(
        (findings[0].state, findings[0].detail.as_str()),
        (State::Failed, "Git does not know your e-mail address yet.")
    );
    assert!(findings[0].fixes[0].command.contains("git config --global user.email"));
    assert_eq!(findings[1].state, State::Failed);
    assert!(findings[1].fixes[0].command.starts_with("ssh-keygen"));

    let machine = Machine::new()
        .tool(
            "git",
            "[ \"$3\" = user.name ] && echo Ada Lovelace || echo ada@example.com",
        )
        .file(".ssh/id_ed25519.pub", "ssh-ed25519 AAAA ada@example.com");
    let (findings, _) = machine.check_all(&["git-identity", "ssh-key"]).await;
    assert_eq!(
        findings[0].detail,
        "Git signs your commits as Ada Lovelace <ada@example.com>."
    );
    assert_eq!(findings[1].detail, "The public key id_ed25519.pub is there.");
    assert!(findings.iter().all(|finding| finding.state == State::Passed));
}

#[tokio::test]
async fn the_ssh_agent_is_asked_for_its_keys() {
    let cases = [
        (
            "echo '256 SHA256:abc ada@laptop (ED25519)'; echo '3072 SHA256:def b (RSA)'",
            State::Passed,
            "The SSH agent holds 2 keys.",
        ),
        (
            "echo 'The agent has no identities.'; exit 1",
            State::Failed,
            "The SSH agent is running, but holds no key yet.",
        ),
        (
            "echo 'Could not open a connection to your authentication agent.' >&2; exit 2",
            State::Failed,
            "No SSH agent can be reached.",
        ),
    ];
    for (script, state, detail) in cases {
        let script = format!("[ \"$1\" = -l ] || exit 9\n{script}");
        let finding = Machine::new().tool("ssh-add", &script).check("ssh-agent").await;
        assert_eq!((finding.state, finding.detail.as_str()), (state, detail));
        assert!(!finding.output.contains("ada@laptop"));
        assert_eq!(finding.fixes.is_empty(), state == State::Passed);
    }
    assert_eq!(Machine::new().check("ssh-agent").await.state, State::Failed);
}

#[tokio::test]
async fn git_is_asked_what_keeps_its_passwords() {
    let machine = Machine::new().tool("git", "echo 'credential.helper osxkeychain'");
    let finding = machine.check("git-credential-helper").await;
    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Passed, "Git asks osxkeychain for passwords and tokens.")
    );

    let finding = Machine::new()
        .tool("git", "exit 1")
        .check("git-credential-helper")
        .await;
    assert_eq!(finding.state, State::Failed);
    assert!(
        finding.fixes[0]
            .command
            .starts_with("git config --global credential.helper")
    );

    assert_eq!(
        Machine::new().check("git-credential-helper").await.state,
        State::Blocked
    );
}

#[tokio::test]
async fn the_room_in_the_home_folder_is_measured() {
    let finding = Machine::new().check("disk-space").await;
    assert!(matches!(finding.state, State::Passed | State::Failed), "{finding:?}");
    assert!(
        finding.detail.contains(" GB are free in the home folder"),
        "{}",
        finding.detail
    );
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
async fn a_tool_that_is_asked_for_twice_is_probed_once() {
    let machine = Machine::new().tool("rustc", "echo run >> \"$HERE/runs\"; echo rustc 1.95.0");

    let (findings, _) = machine.check_all(&["rust >=1.85", "rustc <1.0"]).await;

    assert_eq!((findings[0].state, findings[1].state), (State::Passed, State::Failed));
    assert_eq!(fs::read_to_string(machine.here().join("runs")).unwrap(), "run\n");
}

#[tokio::test]
async fn what_cannot_be_asked_is_an_error_that_says_why() {
    let machine = Machine::new().tool("git", "echo git version 2.47.3");

    let (findings, events) = machine.check_all(&["no-such-tool", "git >=two", "winget"]).await;

    assert_eq!((findings[0].state, findings[1].state), (State::Error, State::Error));
    assert!(findings[0].detail.contains("no tool called `no-such-tool`"));
    assert!(findings[1].detail.contains("`>=two` is not a version range"));
    assert_eq!(
        (
            findings[2].state,
            findings[2].detail.starts_with("winget does not apply to")
        ),
        (State::Skipped, true)
    );
    assert_eq!(events.len(), 6);
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
