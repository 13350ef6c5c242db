//! Git's credential helpers: asked without a terminal or a window, bounded, and their answers told to nobody.

use std::fs;

use tests::{Behaviour, DEADLINE, GitServer, Home, until};

fn server() -> GitServer {
    GitServer::start()
        .with_repository("shop", &[("README.md", "# Shop\n")])
        .with_behaviour(Behaviour::SignIn("ada".into(), "sw0rdfish".into()))
}

/// A home whose Git asks this program for names and passwords.
fn home_with_helper(script: &str) -> Home {
    let home = Home::new().with_tool("git-credential-test", script);
    home.git(["config", "--global", "credential.helper", "test"])
        .expect_code(0);
    home
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    until(DEADLINE, || if holds() { Ok(()) } else { Err(what) }).expect(what);
}

fn nothing_is_left(home: &Home) -> bool {
    fs::read_dir(home.projects()).is_ok_and(|mut entries| entries.next().is_none())
}

#[test]
fn a_helper_that_knows_signs_in_for_a_clone_and_a_copy() {
    let home = home_with_helper("[ \"$1\" = get ] && printf 'username=ada\\npassword=sw0rdfish\\n'");
    let server = server();

    let cloned = home.roadbook(["start", &server.url("shop"), "shop"]).expect_code(0);

    assert!(!cloned.shown().contains("sw0rdfish"), "{}", cloned.shown());
    assert!(home.projects().join("shop/README.md").is_file());
    home.write("book/roadbook.toml", "format = 1\nid = \"git\"\ntitle = \"Git\"\n");
    home.write(
        "book/starters/shop/starter.toml",
        &format!(
            "title = \"Shop\"\nsummary = \"A shop.\"\nrepository = \"{}\"\n",
            server.url("shop")
        ),
    );
    let book = home.path("book").display().to_string();
    home.roadbook(["--book", &book, "fetch", "shop"]).expect_code(0);
}

#[test]
fn one_that_does_not_know_or_asks_on_a_terminal_is_a_sign_in_to_do() {
    for script in [
        "exit 1",
        "read name < /dev/tty && echo username=$name",
        "echo password=wrong",
    ] {
        let home = home_with_helper(script);

        let refused = home.roadbook(["start", &server().url("shop"), "shop"]).expect_code(2);

        refused.stderr_has("sign").stderr_has("git clone");
        assert!(nothing_is_left(&home), "{script}");
    }
}

#[test]
fn one_that_never_answers_is_stopped_with_the_clone() {
    let home = home_with_helper("echo $$ > \"$HOME/asked\"; exec tail -f /dev/null");
    let server = server();
    let clone = home.roadbook(["start", &server.url("shop"), "shop"]).spawn();
    let asked = home.path("home/asked");
    wait_until("the helper is asked", || {
        fs::read_to_string(&asked).is_ok_and(|pid| !pid.is_empty())
    });
    let pid = fs::read_to_string(&asked).expect("it is there");

    clone.interrupt();

    clone.wait().expect_code(2);
    assert!(nothing_is_left(&home));
    let stat = format!("/proc/{}", pid.trim());
    wait_until("the helper is gone", || !std::path::Path::new(&stat).exists());
}
