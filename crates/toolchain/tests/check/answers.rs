//! What a tool says, and what the finding makes of it.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use toolchain::{Severity, State};

use crate::fake::Machine;

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
async fn a_package_manager_that_corepack_would_have_to_download_is_missing() {
    let script = "echo \"Internal Error: Network access disabled by the environment; can't reach npm repository https://registry.npmjs.org/pnpm\" >&2; exit 1";
    let machine = Machine::with_folder("corepack").tool("pnpm", script);

    let finding = machine.check("pnpm").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (
            State::Failed,
            "pnpm is only a stand-in of a version manager here, and the version it stands for is not installed."
        )
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
async fn a_launcher_may_not_download_what_it_launches() {
    let script = "[ \"$USE_BAZEL_FALLBACK_VERSION\" = error: ] && [ \"$https_proxy\" = http://127.0.0.1:9 ] || { echo bazel 9.9.9; exit; }\necho '2026/11/27 could not resolve the version: not allowed to use fallback version \"latest\"' >&2; exit 1";
    let machine = Machine::new().tool("bazel", script);

    let finding = machine.check("bazel").await;

    assert_eq!(finding.state, State::Failed);
    let program = machine.here().join("bin/bazel");
    assert_eq!(
        finding.detail,
        format!("Bazel itself is not installed: {} only launches it.", program.display())
    );
}

#[tokio::test]
async fn of_several_sdks_any_that_fits_will_do() {
    let sdks = "echo '6.0.428 [/usr/share/dotnet/sdk]'; echo '8.0.404 [/usr/share/dotnet/sdk]'; echo '9.0.100 [/usr/share/dotnet/sdk]'";
    let machine = Machine::new().tool("dotnet", sdks);

    let (findings, _) = machine
        .check_all(&["dotnet >=8 <9", "dotnet 6", "dotnet", "dotnet 7"])
        .await;

    let found: Vec<_> = findings
        .iter()
        .map(|finding| (finding.state, finding.version.as_deref().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            (State::Passed, "8.0.404"),
            (State::Passed, "6.0.428"),
            (State::Passed, "9.0.100"),
            (State::Failed, "9.0.100"),
        ]
    );
    assert_eq!(findings[0].output, "8.0.404 [/usr/share/dotnet/sdk]");

    let finding = Machine::new().tool("dotnet", "exit 0").check("dotnet").await;
    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Failed, "dotnet is there, but no .NET SDK is installed.")
    );
    assert!(!finding.fixes.is_empty() || finding.link.is_some());
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
async fn a_tool_that_is_asked_for_twice_is_probed_once() {
    let machine = Machine::new().tool("rustc", "echo run >> \"$HERE/runs\"; echo rustc 1.95.0");

    let (findings, _) = machine.check_all(&["rust >=1.85", "rustc <1.0"]).await;

    assert_eq!((findings[0].state, findings[1].state), (State::Passed, State::Failed));
    assert_eq!(fs::read_to_string(machine.here().join("runs")).unwrap(), "run\n");
}
