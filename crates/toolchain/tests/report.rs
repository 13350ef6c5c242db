//! A report can be shared: it says what was found, and neither who nor where somebody is.
#![allow(clippy::unwrap_used)]

use std::{path::PathBuf, time::Duration};

use toolchain::{Environment, Finding, Fix, InProject, Redactor, ReportFormat, Severity, State, report};

fn finding(tool: &str, state: State) -> Finding {
    Finding {
        tool: tool.to_owned(),
        title: tool.to_owned(),
        state,
        severity: Severity::Required,
        version: None,
        path: None,
        required: String::new(),
        source: "Your first day".to_owned(),
        why: None,
        detail: String::new(),
        command: String::new(),
        output: String::new(),
        took: Duration::from_millis(12),
        fixes: Vec::new(),
        link: None,
        in_project: None,
    }
}

fn environment() -> Environment {
    let variables = [
        ("HOME", "/home/adalove"),
        ("USERPROFILE", "/home/adalove"),
        ("USER", "adalove"),
        ("HOSTNAME", "analytical-engine.example.org"),
        ("PATH", "/home/adalove/.cargo/bin:/usr/bin"),
    ];
    Environment::from_vars(variables, "Login shell (zsh, 240 ms)")
}

fn both(finding: &Finding) -> [String; 2] {
    [ReportFormat::Markdown, ReportFormat::Json]
        .map(|format| report(std::slice::from_ref(finding), &environment(), format))
}

#[cfg(unix)]
#[test]
fn a_report_says_what_was_found_and_what_to_do() {
    let findings = [
        Finding {
            title: "Rust".to_owned(),
            version: Some("1.95.0".to_owned()),
            path: Some(PathBuf::from("/home/adalove/.cargo/bin/rustc")),
            required: ">=1.85 || 2".to_owned(),
            ..finding("rustc", State::Passed)
        },
        Finding {
            detail: "docker-daemon is not running.".to_owned(),
            command: "docker version".to_owned(),
            output: "Cannot connect | to the daemon".to_owned(),
            fixes: vec![Fix {
                with: "Linux".to_owned(),
                command: "sudo systemctl start docker".to_owned(),
            }],
            ..finding("docker-daemon", State::Failed)
        },
    ];

    let markdown = report(&findings, &environment(), ReportFormat::Markdown);

    let expected = [
        "# Toolchain report",
        "- Environment: Login shell (zsh, 240 ms)",
        "- Search path: `~/.cargo/bin`, `/usr/bin`",
        "1 of 2 passed.",
        r"| passed | Rust | 1.95.0 | `>=1.85 \|\| 2` | `~/.cargo/bin/rustc` | 12 ms |",
        "| failed | docker-daemon |  | any |  | 12 ms |",
        "## docker-daemon: failed",
        "docker-daemon is not running.",
        "- Asked for by: Your first day",
        "- Run: `docker version`",
        r"- Output: `Cannot connect \| to the daemon`",
        "- Linux: `sudo systemctl start docker`",
    ];
    let lines: Vec<_> = markdown.lines().collect();
    for line in expected {
        assert!(lines.contains(&line), "{line}\nis not in\n{markdown}");
    }
}

#[test]
fn the_report_for_machines_has_every_field() {
    let findings = [Finding {
        version: Some("2.47.3".to_owned()),
        required: ">=2.40".to_owned(),
        ..finding("git", State::Passed)
    }];

    let json = report(&findings, &environment(), ReportFormat::Json);

    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let row = &value["findings"][0];
    assert_eq!(
        (row["tool"].as_str(), row["state"].as_str()),
        (Some("git"), Some("passed"))
    );
    assert_eq!(
        (row["severity"].as_str(), row["ms"].as_u64()),
        (Some("required"), Some(12))
    );
    assert_eq!(
        (row["version"].as_str(), row["required"].as_str()),
        (Some("2.47.3"), Some(">=2.40"))
    );
    assert!(row["path"].is_null() && row["fixes"].is_array() && value["system"].is_string());
}

#[test]
fn secrets_are_taken_out_wherever_they_stand() {
    let secrets = [
        ("remote: ghp_0123456789abcdefghij0123456789abcdef", "ghp_0123"),
        ("github_pat_11ABCDEFG0123456789_abcdef", "11ABCDEFG"),
        ("using glpat-AbCdEf0123456789_-xy", "AbCdEf"),
        ("key AKIAIOSFODNN7EXAMPLE here", "IOSFODNN7"),
        ("https://ada:hunter2pass@git.example/x.git", "hunter2pass"),
        ("https://0123tokenalone@git.example/x.git", "0123tokenalone"),
        ("registry token=QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "QWxhZGRpb"),
        ("\"password\": \"correct-horse\"", "correct-horse"),
        ("CLIENT_SECRET='s3cr3tvalue'", "s3cr3tvalue"),
        ("Authorization: Bearer abc.def.ghijkl", "abc.def"),
        ("run with --api-token deadbeefcafe", "deadbeefcafe"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "eyJzdWIi"),
        ("xoxb-123456789012-abcdefABCDEF", "123456789012"),
        ("npm_0123456789abcdefghijABCDEFGHIJ012345", "0123456789abcdefghij"),
        ("https://ada:hunt/er2pass@git.example/x.git", "er2pass"),
        ("https://ada:hunt@er2pass@git.example/x.git", "er2pass"),
        ("using glpat-AbCdEf0123456789_-xyAbCdEf01.01.0z1y2x3w4", "0z1y2x3w4"),
        (
            "docker login with dckr_pat_0123456789abcdefghijABCDEFG",
            "0123456789abc",
        ),
        ("token is ya29.a0AfB_byC0123456789abcdefghij", "0123456789abc"),
        (
            "curl https://hooks.slack.com/services/T00000000/B00000000/XXXXabcdXXXX",
            "XXXXabcdXXXX",
        ),
        ("xapp-1-A0123456789-0123456789-abcdef", "A0123456789"),
        ("//registry.example/:_auth=QWxhZGRpbjpvcGVu", "QWxhZGRpb"),
        ("{ \"auth\": \"QWxhZGRpbjpvcGVu\" }", "QWxhZGRpb"),
        (
            "https://acme.blob.example/x?sv=2024&sig=aB3%2Fsecret%3D&se=1",
            "aB3%2Fsecret",
        ),
        (
            "SG.abcdefghij0123456789AB.abcdefghij0123456789ABCDEFGHIJ012345",
            "abcdefghij0123",
        ),
        (
            "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0S3JN5",
            "QQPZRY9X8",
        ),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----",
            "b3BlbnNz",
        ),
    ];
    for (text, secret) in secrets {
        assert!(text.contains(secret));
        let finding = Finding {
            output: text.to_owned(),
            detail: format!("It said {text}"),
            why: Some(text.to_owned()),
            source: text.to_owned(),
            ..finding("git", State::Failed)
        };
        for report in both(&finding) {
            assert!(!report.contains(secret), "{report}");
            assert!(report.contains("[redacted]"), "{report}");
        }
    }
}

#[test]
fn names_of_the_person_and_the_machine_are_taken_out() {
    let host = gethostname();
    let finding = Finding {
        path: Some(PathBuf::from("/home/adalove/bin/git")),
        detail: "Git signs your commits as Ada Lovelace <ada.lovelace@example.org>.".to_owned(),
        output: "Ada Lovelace ada.lovelace@example.org".to_owned(),
        command: format!("ssh ADALOVE@analytical-engine.example.org, analytical-engine, {host}"),
        ..finding("git-identity", State::Failed)
    };
    for report in both(&finding) {
        for name in [
            "adalove",
            "ADALOVE",
            "Lovelace",
            "ada.lovelace",
            "analytical-engine",
            &host,
        ] {
            assert!(!report.contains(name), "{name} is in {report}");
        }
        assert!(report.contains("~/bin/git"), "{report}");
    }
}

#[test]
fn what_a_tool_is_in_a_project_is_told_without_names_too() {
    let secret = "ghp_0123456789abcdefghij0123456789abcdef";
    let finding = Finding {
        in_project: Some(InProject {
            folder: PathBuf::from("/home/adalove/shop"),
            state: State::Failed,
            version: None,
            path: Some(PathBuf::from("/home/adalove/.pyenv/shims/python3")),
            command: "python3 --version".to_owned(),
            output: format!("not installed (set by /home/adalove/shop/.python-version) {secret}"),
            detail: "adalove lacks it.".to_owned(),
            took: Duration::from_millis(3),
        }),
        ..finding("python3", State::Failed)
    };

    let [markdown, json] = both(&finding);

    for told in [&markdown, &json] {
        assert!(!told.contains("adalove") && !told.contains(secret), "{told}");
        assert!(told.contains("(set by ~/shop/.python-version)"), "{told}");
    }
    assert!(
        markdown.contains("- Run in the project: `python3 --version`"),
        "{markdown}"
    );
    let redactor = Redactor::new(&environment(), std::slice::from_ref(&finding));
    let here = redactor.finding(&finding).in_project.unwrap();
    assert_eq!(
        (here.folder, here.detail.as_str()),
        (PathBuf::from("~/shop"), "[user] lacks it.")
    );
}

#[test]
fn words_that_only_look_alike_stay() {
    let text = "adalovely /home/adalovelace git@git.example node@20.1.0 tokens are 12, key: none https://registry.example:5000/@acme/cli signature=none author: x";
    let finding = Finding {
        detail: text.to_owned(),
        ..finding("git", State::Failed)
    };
    for report in both(&finding) {
        assert!(report.contains(text), "{report}");
    }
}

/// This machine's name, which no variable has to say.
fn gethostname() -> String {
    gethostname::gethostname().into_string().unwrap()
}
