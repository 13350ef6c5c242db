//! The second question: what a tool is in a project's folder.

use std::{fs, time::Duration};

use toolchain::{Finding, State};

use crate::fake::{Machine, requirements};

/// A stand-in that answers by the folder, as those of version managers do.
const BY_FOLDER: &str = "if [ -f .node-version ]; then echo \"v$(cat .node-version)\"; else echo v22.4.0; fi";

/// With a project in which a version file pins a Node.js.
fn machine(pin: &str) -> Machine {
    Machine::with_folder(".nodenv/shims")
        .tool("node", &format!("PATH=/usr/bin:/bin\n{BY_FOLDER}"))
        .file("projects/shop/.node-version", pin)
}

async fn in_shop(machine: &Machine, asked: &str) -> Finding {
    machine.check_in_shop(&requirements(&[asked])).await.remove(0)
}

#[tokio::test]
async fn a_version_that_only_the_project_gets_passes_there() {
    let finding = in_shop(&machine("18.20.4"), "node 18").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (
            State::Passed,
            "Node.js 18.20.4 is what this project gets; 18 is asked for. Elsewhere on this machine it is 22.4.0."
        )
    );
    let here = finding.in_project.unwrap();
    assert_eq!(
        (finding.version.as_deref(), here.version.as_deref()),
        (Some("22.4.0"), Some("18.20.4"))
    );
    assert_eq!(
        (here.state, here.command.as_str(), here.output.as_str()),
        (State::Passed, "node -v", "v18.20.4")
    );
    assert!(here.folder.ends_with("projects/shop") && here.path.is_some());
}

#[tokio::test]
async fn a_version_that_fits_elsewhere_and_not_in_the_project_fails() {
    let finding = in_shop(&machine("18.20.4"), "node >=20").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (
            State::Failed,
            "In this project, Node.js 18.20.4 is older than 20. Elsewhere on this machine it is 22.4.0."
        )
    );
}

#[tokio::test]
async fn the_same_version_everywhere_is_told_once() {
    let finding = in_shop(&machine("22.4.0"), "node >=20").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (State::Passed, "Node.js 22.4.0 is here; 20 or newer is asked for.")
    );
    assert_eq!(finding.in_project.unwrap().detail, "It is 22.4.0 in this project.");
}

#[tokio::test]
async fn a_pin_that_is_not_installed_fails_though_the_shim_falls_through() {
    let script = "[ -f .python-version ] && echo \"pyenv: version \\`3.9.1' is not installed (set by $PWD/.python-version)\" >&2; echo Python 3.11.2";
    let machine = Machine::with_folder(".pyenv/shims")
        .tool("python3", script)
        .file("projects/shop/.python-version", "3.9.1");

    let finding = in_shop(&machine, "python >=3.9").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (
            State::Failed,
            "Python in the version that this project asks for is not installed. Elsewhere it is 3.11.2."
        )
    );
    let here = finding.in_project.unwrap();
    assert_eq!((here.state, here.version), (State::Failed, None));
    assert!(here.output.contains("`3.9.1' is not installed"), "{}", here.output);
    assert_eq!(
        (finding.fixes[0].with.as_str(), finding.fixes[0].command.as_str()),
        ("pyenv, in the project's folder", "pyenv install")
    );
}

#[tokio::test]
async fn a_shim_that_falls_through_quietly_fails_by_the_version_it_gives() {
    let machine = Machine::with_folder(".pyenv/shims")
        .tool(
            "python3",
            "[ -f .python-version ] && { echo Python 3.11.2; exit; }; echo Python 3.12.1",
        )
        .file("projects/shop/.python-version", "3.9.1");

    let findings = machine
        .check_in_shop(&requirements(&["python 3.9.1", "python >=3.12"]))
        .await;

    assert_eq!((findings[0].state, findings[1].state), (State::Failed, State::Failed));
    assert_eq!(findings[0].fixes[0].command, "pyenv install");
    assert!(findings[1].fixes.iter().all(|fix| fix.command != "pyenv install"));
}

#[tokio::test]
async fn rustup_that_lacks_the_toolchain_of_the_project_fails() {
    let script = "[ -f rust-toolchain.toml ] && { echo \"error: toolchain '1.80.1' is not installed\" >&2; exit 1; }; echo rustc 1.95.0";
    let machine = Machine::with_folder(".cargo/bin").tool("rustc", script).file(
        "projects/shop/rust-toolchain.toml",
        "[toolchain]\nchannel = \"1.80.1\"\n",
    );

    let finding = in_shop(&machine, "rust >=1.74").await;

    assert_eq!(finding.state, State::Failed);
    assert_eq!(finding.fixes[0].command, "rustup toolchain install");
    assert_eq!(finding.version.as_deref(), Some("1.95.0"));
}

#[tokio::test]
async fn a_version_manager_without_a_version_of_its_own_passes_by_the_projects() {
    let script =
        "[ -f .tool-versions ] && { echo v20.11.1; exit; }; echo 'No version is set for command node' >&2; exit 126";
    let machine = Machine::with_folder(".asdf/shims")
        .tool("node", script)
        .file("projects/shop/.tool-versions", "nodejs 20.11.1\n");

    let finding = in_shop(&machine, "node 20").await;

    assert_eq!(
        (finding.state, finding.detail.as_str()),
        (
            State::Passed,
            "Node.js 20.11.1 is what this project gets; 20 is asked for."
        )
    );
    assert_eq!(finding.version, None);
}

#[tokio::test]
async fn the_sdk_that_global_json_asks_for_is_asked_in_the_project() {
    let script = "case $1 in --list-sdks) echo '9.0.100 [/usr/share/dotnet/sdk]';; *) echo 'A compatible .NET SDK was not found.'; exit 155;; esac";
    let machine = Machine::new()
        .tool("dotnet", script)
        .file("projects/shop/global.json", "{ \"sdk\": { \"version\": \"8.0.100\" } }");

    let finding = in_shop(&machine, "dotnet").await;

    assert_eq!(finding.state, State::Failed);
    assert_eq!(finding.in_project.unwrap().command, "dotnet --version");
}

#[tokio::test]
async fn a_tool_that_breaks_only_in_the_project_could_not_be_checked() {
    let machine = Machine::new()
        .tool(
            "go",
            "[ -f go.mod ] && \"$HERE/sleeper\" 600; echo go version go1.27.3 linux/amd64",
        )
        .tool("node", "[ -f go.mod ] && exit 3; echo v22.4.0")
        .file("projects/shop/go.mod", "module shop\n")
        .limit(Duration::from_secs(2));

    let findings = machine.check_in_shop(&requirements(&["go", "node"])).await;

    let told: Vec<_> = findings
        .iter()
        .map(|finding| (finding.state, finding.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (State::Error, "In this project: Go did not answer within 2 seconds."),
            (
                State::Error,
                "In this project: Node.js ended with exit code 3 instead of naming its version."
            ),
        ]
    );
    machine.assert_nothing_runs().await;
}

#[tokio::test]
async fn tools_that_could_run_the_projects_code_are_never_asked_there() {
    let note = |version: &str| format!("echo \"$PWD\" >> \"$HERE/asked\"; echo {version}");
    let mut machine = Machine::new().file("projects/shop/package.json", "{}");
    for name in ["npm", "pnpm", "yarn", "mvn", "gradle", "bundle", "bazel"] {
        machine = machine.tool(name, &note(&format!("'{name} version 9.1.0'")));
    }
    let machine = machine
        .tool("python3", &note("pip 23.2.1"))
        .tool("node", "echo v22.4.0");

    let names = ["npm", "pnpm", "yarn", "maven", "gradle", "bundler", "bazel", "pip"];
    let findings = machine.check_in_shop(&requirements(&names)).await;

    assert!(findings.iter().all(|finding| finding.in_project.is_none()));
    let asked = fs::read_to_string(machine.here().join("asked")).unwrap();
    assert_eq!(
        (asked.lines().count(), asked.contains("projects/shop")),
        (names.len(), false),
        "{asked}"
    );
}

#[tokio::test]
async fn files_that_name_a_program_of_the_project_keep_a_tool_from_being_asked() {
    let machine = Machine::with_folder(".cargo/bin")
        .tool("rustc", "echo \"$PWD\" >> \"$HERE/asked\"; echo rustc 1.95.0")
        .file(
            "projects/shop/rust-toolchain.toml",
            "[toolchain]\npath = \"tools/rust\"\n",
        );

    let finding = in_shop(&machine, "rust").await;

    let here = finding.in_project.unwrap();
    assert_eq!((finding.state, here.state), (State::Passed, State::Skipped));
    assert_eq!(
        here.detail,
        "`rust-toolchain.toml` asks for more than a version, which could run a program of the project, so Rust was not asked there."
    );
    let asked = fs::read_to_string(machine.here().join("asked")).unwrap();
    assert!(!asked.contains("projects/shop"), "{asked}");
}

#[tokio::test]
async fn a_probe_in_a_project_may_not_download() {
    let script = "[ \"$RUSTUP_AUTO_INSTALL\" = 0 ] && [ \"$GOTOOLCHAIN\" = local ] || exit 5\n\
                  case $PWD in */projects/shop) [ \"$https_proxy\" = http://127.0.0.1:9 ] || exit 6;; esac\n\
                  read -r line && exit 4\necho v22.4.0";
    let machine = Machine::new().tool("node", script).file("projects/shop/.nvmrc", "22");

    let finding = in_shop(&machine, "node").await;

    assert_eq!(
        (finding.state, finding.in_project.unwrap().state),
        (State::Passed, State::Passed)
    );
}

#[tokio::test]
async fn a_member_with_version_files_of_its_own_decides_for_itself() {
    let machine = machine("18.20.4").file("projects/shop/web/.node-version", "20.11.1");
    let mut asked = requirements(&["node 18", "node 20"]);
    asked[1].member = Some("web".to_owned());

    let findings = machine.check_in_shop(&asked).await;

    let versions: Vec<_> = findings
        .iter()
        .map(|finding| {
            (
                finding.state,
                finding.in_project.as_ref().unwrap().version.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(versions, [(State::Passed, "18.20.4"), (State::Passed, "20.11.1")]);
}
