//! What `roadbook doctor` prints to be shared names no person, no machine and no secret.

use tests::Home;

use crate::desk::{rows, text};

const SECRET: &str = "ghp_0123456789abcdefghij0123456789abcdef";

/// Tools that give away more than they should.
fn talkative_home() -> Home {
    let home = Home::new()
        .with_variable("USER", "adalove")
        .with_variable("LOGNAME", "adalove")
        .with_variable("HOSTNAME", "analytical-engine.example.org");
    // In the home folder, as those of version managers are.
    home.write(
        "home/.profile",
        "PATH=$HOME/tools:/usr/bin:/bin\nHOSTNAME=analytical-engine.example.org\n",
    );
    let file = home.write(
        "home/tools/jq",
        &format!(
            "#!/bin/sh\necho \"adalove@analytical-engine.example.org: $HOME/x failed, token={SECRET}\" >&2\nexit 3\n"
        ),
    );
    let mut permissions = std::fs::metadata(&file).expect("the file is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    std::fs::set_permissions(&file, permissions).expect("permissions can be set");
    home
}

#[test]
fn every_format_that_is_shared_leaves_out_names_and_secrets() {
    let home = talkative_home();
    let shared: [&[&str]; 3] = [
        &["doctor", "jq", "git-identity", "--format", "markdown"],
        &["doctor", "jq", "git-identity", "--format", "json"],
        &["doctor", "jq", "git-identity", "--json"],
    ];
    for arguments in shared {
        let outcome = home.roadbook(arguments.iter().copied()).expect_code(1);
        let told = outcome.stdout.as_str();
        // `[HOME]` is what the test kit makes of the home's folder.
        for private in [
            SECRET,
            "adalove",
            "analytical-engine",
            "[HOME]/home",
            "Ada Tester",
            "ada@example.com",
        ] {
            assert!(!told.contains(private), "{private} is in {arguments:?}:\n{told}");
        }
        assert!(told.contains("~/tools/jq") && told.contains("[redacted]"), "{told}");
    }
}

#[test]
fn people_at_their_own_machine_see_all_of_it() {
    let outcome = talkative_home().roadbook(["doctor", "jq"]).expect_code(1);
    outcome
        .stdout_has("ran jq --version ([HOME]/home/tools/jq")
        .stdout_has("it said: adalove@analytical-engine.example.org")
        .stdout_has("asked for by You");
}

#[test]
fn each_format_is_asked_for_by_name() {
    let home = Home::new().with_tool("jq", "echo jq-1.6");
    let json = home
        .roadbook(["doctor", "jq", "--format", "json"])
        .expect_code(0)
        .stdout_json();
    assert_eq!(text(&rows(&json)[0], "version"), "1.6");
    home.roadbook(["doctor", "jq", "--format", "markdown"])
        .expect_code(0)
        .stdout_has("# Toolchain report")
        .stdout_has("| passed | jq | 1.6 |");
    home.roadbook(["doctor", "jq", "--format", "human"])
        .expect_code(0)
        .stdout_has("jq 1.6 is here.");
    home.roadbook(["doctor", "jq"])
        .expect_code(0)
        .stdout_has("jq 1.6 is here.");
    home.roadbook(["doctor", "--format", "github"]).expect_code(2);
    home.roadbook(["doctor", "--format", "markdown", "--json"])
        .expect_code(2);
}
