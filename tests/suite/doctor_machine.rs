//! The real tools of this machine: doctor names each that is there, and says what the tool itself says.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tests::{Home, Outcome, repository_root};

use crate::desk::{rows, text};

/// A row of the table in `docs/toolchain.md`.
struct Tool {
    id: String,
    /// What prints the version; the first whose program is there counts.
    commands: Vec<String>,
}

#[test]
fn doctor_says_of_every_tool_on_the_search_path_what_the_tool_says_itself() {
    let tools = documented_tools();
    assert!(tools.len() > 90, "only {} tools are documented", tools.len());
    let home = home_with_this_machines_tools();
    let ids = tools.iter().map(|tool| tool.id.as_str());
    let found = home.roadbook(["--json", "doctor"]).with(ids).run().stdout_json();
    let found: BTreeMap<String, Value> = rows(&found).into_iter().map(|row| (text(&row, "tool"), row)).collect();

    let (mut compared, mut wrong, mut missing, mut slow) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for tool in &tools {
        let row = &found[&tool.id];
        let Some((program, arguments)) = on_search_path(tool) else {
            if row["version"].is_string() {
                wrong.push(format!("{} is not on the search path, and doctor says {row}", tool.id));
            }
            continue;
        };
        if row["detail"]
            .as_str()
            .is_some_and(|why| why.contains("did not answer within"))
        {
            slow.push(tool.id.as_str());
            continue;
        }
        let said = home.program(&program, &arguments).run();
        match expected(&tool.id, &said) {
            // The program is another one's, or a stand-in without the tool: nobody can know a version.
            None if row["version"].is_null() => missing.push(tool.id.as_str()),
            Some(version)
                if row["version"] == version.as_str() && row["path"] == program.display().to_string().as_str() =>
            {
                compared.push(format!("{} {version}", tool.id));
            }
            expected => wrong.push(format!(
                "{expected:?} at {}, not {row}\n{}",
                program.display(),
                said.shown()
            )),
        }
    }
    eprintln!(
        "{} tools compared with what they say themselves: {}. No version of their own to say: {missing:?}. \
         Too slow for doctor at this moment: {slow:?}.",
        compared.len(),
        compared.join(", ")
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    // Git, a shell's ssh and curl are what every machine that builds Roadbook has.
    assert!(compared.len() >= 3, "{compared:?}");
}

#[test]
fn what_a_tool_says_is_read_without_the_catalogue() {
    let home = Home::new();
    let said = |script: &str| home.program("sh", ["-c", script]).run();
    let cases = [
        ("git", "echo git version 2.47.3", "2.47.3"),
        ("java", "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2", "17.0.15"),
        ("go", "echo go version go1.22 linux/amd64", "1.22"),
        ("jq", "echo jq-1.6", "1.6"),
        ("openssl", "echo OpenSSL 1.1.1w  11 Sep 2023", "1.1.1w"),
        ("just", "echo just 1.59.0", "1.59.0"),
    ];
    for (tool, script, version) in cases {
        assert_eq!(expected(tool, &said(script)).as_deref(), Some(version), "{tool}");
    }
    assert_eq!(expected("just", &said("echo just 1.59.0; exit 3")), None);
    assert_eq!(expected("just", &said("echo hello")), None);
}

/// The search path of those who run the tests, and the folders in which version managers look for their tools.
fn home_with_this_machines_tools() -> Home {
    let search = env::var_os("PATH").expect("there is a search path");
    let own = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let folder = |name: &str, usual: &str| env::var_os(name).unwrap_or_else(|| own.join(usual).into());
    let mut home = Home::new().with_variable("PATH", &search);
    for (name, usual) in [
        ("RUSTUP_HOME", ".rustup"),
        ("CARGO_HOME", ".cargo"),
        ("PYENV_ROOT", ".pyenv"),
        ("RBENV_ROOT", ".rbenv"),
        ("ASDF_DATA_DIR", ".asdf"),
        ("MISE_DATA_DIR", ".local/share/mise"),
        ("VOLTA_HOME", ".volta"),
    ] {
        home = home.with_variable(name, folder(name, usual));
    }
    // The tools are run by the test too, and may download no more than doctor lets them.
    for (name, value) in [
        ("RUSTUP_AUTO_INSTALL", "0"),
        ("GOTOOLCHAIN", "local"),
        ("COREPACK_ENABLE_NETWORK", "0"),
        ("COREPACK_ENABLE_DOWNLOAD_PROMPT", "0"),
        ("MISE_OFFLINE", "1"),
        ("CHECKPOINT_DISABLE", "1"),
        ("NO_UPDATE_NOTIFIER", "1"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("COMPOSER_ALLOW_SUPERUSER", "1"),
        ("NO_COLOR", "1"),
    ] {
        home = home.with_variable(name, value);
    }
    home.write("home/.profile", &format!("PATH='{}'\n", search.to_string_lossy()));
    home
}

/// The tools that print a version, from the page that is written from the catalogue.
fn documented_tools() -> Vec<Tool> {
    let page = fs::read_to_string(repository_root().join("docs/toolchain.md")).expect("the page is in the repository");
    let table = page.lines().skip_while(|line| *line != "## Tools").skip(1);
    let lines = table
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            Tool {
                id: code_in(cells[0]).remove(0),
                commands: code_in(cells[2]),
            }
        })
        .filter(|tool| !beyond_versions(&tool.id))
        .collect()
}

/// What is checked besides versions.
fn beyond_versions(id: &str) -> bool {
    let others = [
        "docker-daemon",
        "podman-machine",
        "git-identity",
        "git-credential-helper",
        "disk-space",
        "xcode-select",
    ];
    others.contains(&id) || id.starts_with("ssh-")
}

/// What stands between back-ticks.
fn code_in(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Looks for a tool's program as a shell does.
fn on_search_path(tool: &Tool) -> Option<(PathBuf, Vec<String>)> {
    let search = env::var_os("PATH")?;
    tool.commands.iter().find_map(|command| {
        let (name, rest) = command.split_once(' ')?;
        // Erlang's argument is a program of its own.
        let arguments = match rest.split_once("-eval ") {
            Some((before, program)) => before
                .split(' ')
                .chain(["-eval", program])
                .map(str::to_owned)
                .collect::<Vec<_>>(),
            None => rest.split(' ').map(str::to_owned).collect(),
        };
        let program = env::split_paths(&search)
            .map(|folder| folder.join(name))
            .find(|file| can_run(file))?;
        Some((
            program,
            arguments.into_iter().filter(|argument| !argument.is_empty()).collect(),
        ))
    })
}

fn can_run(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// The version in a tool's own words; `None` where it failed or named none.
fn expected(tool: &str, said: &Outcome) -> Option<String> {
    if said.code() != Some(0) {
        return None;
    }
    let (out, err) = (&said.stdout, &said.stderr);
    let word = |at: usize| out.split_whitespace().nth(at).map(str::to_owned);
    let after = |text: &str, mark: &str| {
        let rest = text.split_once(mark)?.1;
        Some(rest.split_whitespace().next()?.to_owned())
    };
    let trimmed = |version: Option<String>, mark: char| Some(version?.trim_matches(mark).to_owned());
    let plain = match tool {
        "npm" | "erlang" | "zig" => word(0),
        "node" => trimmed(word(0), 'v'),
        "rustc" | "cargo" | "curl" | "openssl" | "just" | "tmux" => word(1),
        "git" | "cmake" => word(2),
        "docker" => trimmed(word(2), ','),
        "go" => after(out, "go version go"),
        "gcc" => out.lines().next()?.split_whitespace().last().map(str::to_owned),
        "java" => err.split('"').nth(1).map(str::to_owned),
        "ssh" => after(err, "OpenSSH_")?.split('p').next().map(str::to_owned),
        "maven" => after(out, "Apache Maven ").map(|version| numbers(&version)),
        "kubectl" => after(out, "\"gitVersion\": \"v").map(|version| numbers(&version)),
        "mysql" => after(out, "Distrib ")
            .or_else(|| after(out, "Ver "))
            .map(|version| numbers(&version)),
        "adb" => after(out, "\nVersion ").map(|version| numbers(&version)),
        _ => first_numbers(out).or_else(|| first_numbers(err)),
    };
    plain.filter(|version| version.starts_with(|c: char| c.is_ascii_digit()))
}

/// The first dotted number, with what is written to it.
fn first_numbers(text: &str) -> Option<String> {
    let digit = |c: char| c.is_ascii_digit();
    let mut rest = text;
    loop {
        let start = rest.find(digit)?;
        let found = numbers(&rest[start..]);
        if found.contains('.') {
            return Some(found);
        }
        rest = rest[start..].trim_start_matches(digit);
    }
}

/// The dotted number at the front.
fn numbers(text: &str) -> String {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}
