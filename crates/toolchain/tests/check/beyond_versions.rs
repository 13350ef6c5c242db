//! What is checked besides versions: engines, identities, keys, room.

use toolchain::State;

use crate::fake::{Machine, SHORT};

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

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_account_that_may_not_use_docker_is_told_how_to() {
    let denied = "[ \"$1\" = version ] && { echo 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock' >&2; exit 1; }; echo Docker version 28.2.2,";

    let finding = Machine::new().tool("docker", denied).check("docker-daemon").await;

    assert_eq!(finding.state, State::Failed);
    assert!(
        finding.detail.contains("this account may not use it"),
        "{}",
        finding.detail
    );
    let commands: Vec<_> = finding.fixes.iter().map(|fix| fix.command.as_str()).collect();
    assert_eq!(commands, ["sudo usermod -aG docker \"$USER\""]);
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
