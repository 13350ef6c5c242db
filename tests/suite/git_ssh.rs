//! Cloning over ssh from a real sshd: keys of an agent, host keys, and the person's own ssh settings.

use std::fs;
use std::path::PathBuf;

use tests::{Home, Outcome, SshServer};

struct Desk {
    home: Home,
    server: SshServer,
}

impl Desk {
    /// `None` where there is no sshd.
    fn new() -> Option<Self> {
        let Some(server) = SshServer::start() else {
            eprintln!("skipped: there is no sshd on this machine (package openssh-server)");
            return None;
        };
        let server = server.with_repository("shop", &[("README.md", "# Shop\n")]);
        let home = Home::new().with_variable("SSH_AUTH_SOCK", server.agent());
        // OpenSSH finds the home of its user in the system's list of users, whatever HOME says.
        let ssh = home.path("home/.ssh");
        fs::create_dir(&ssh).expect("a folder can be made");
        fs::write(ssh.join("config"), "").expect("a file can be written");
        let ssh = ssh.display();
        home.install_tool(
            "ssh",
            &format!(
                "case \" $* \" in *UserKnownHostsFile*) ;; *) set -- -o UserKnownHostsFile={ssh}/known_hosts \"$@\" ;; esac\n\
                 case \" $* \" in *' -F none '*) ;; *) set -- -F {ssh}/config \"$@\" ;; esac\n\
                 exec /usr/bin/ssh \"$@\""
            ),
        );
        Some(Self { home, server })
    }

    fn known_hosts(&self) -> PathBuf {
        self.home.path("home/.ssh/known_hosts")
    }

    fn know_the_server(&self) {
        fs::write(self.known_hosts(), self.server.known_host()).expect("a file can be written");
    }

    /// The person's ssh settings call the server `work`, and say this too.
    fn name_the_server(&self, more: &str) {
        let port = self.server.port();
        let settings = format!("Host work\n  HostName 127.0.0.1\n  Port {port}\n{more}");
        self.home.write("home/.ssh/config", &settings);
    }

    /// As [`Self::name_the_server`], with the key that it takes: no agent is needed.
    fn name_the_server_with_its_key(&self) {
        let key = self.server.key();
        self.name_the_server(&format!("  IdentityFile {}\n  IdentitiesOnly yes\n", key.display()));
    }

    fn clone(&self, url: &str, more: &[&str]) -> Outcome {
        self.home
            .roadbook(["start", url, "shop"])
            .with(more.iter().copied())
            .run()
    }

    fn has_the_project(&self) -> bool {
        fs::read_to_string(self.home.projects().join("shop/README.md")).is_ok_and(|text| text == "# Shop\n")
    }

    fn nothing_is_left(&self) -> bool {
        fs::read_dir(self.home.projects()).is_ok_and(|mut entries| entries.next().is_none())
    }
}

#[test]
fn a_key_of_the_agent_is_enough_for_a_known_server() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();

    let cloned = desk.clone(&desk.server.url("shop"), &[]).expect_code(0);

    assert!(desk.has_the_project(), "{}", cloned.shown());
    assert!(!cloned.stderr.contains("git of this machine"), "{}", cloned.shown());
}

#[test]
fn an_unknown_server_is_shown_and_trusted_only_when_its_key_is_accepted() {
    let Some(desk) = Desk::new() else { return };
    let (url, fingerprint) = (desk.server.url("shop"), desk.server.fingerprint());

    let refused = desk.clone(&url, &[]).expect_code(2);

    refused
        .stderr_has("127.0.0.1 is not known on this machine yet")
        .stderr_has(&format!("ED25519 key {fingerprint}"))
        .stderr_has(&format!("--accept-host-key {fingerprint}"));
    assert!(desk.nothing_is_left() && !desk.known_hosts().exists());

    let wrong = format!("SHA256:{}", "A".repeat(43));
    desk.clone(&url, &["--accept-host-key", &wrong])
        .expect_code(2)
        .stderr_has("is not known");
    assert!(desk.nothing_is_left() && !desk.known_hosts().exists());

    let cloned = desk.clone(&url, &["--accept-host-key", &fingerprint]).expect_code(0);
    assert!(desk.has_the_project(), "{}", cloned.shown());
    let known = fs::read_to_string(desk.known_hosts()).expect("it was remembered");
    assert_eq!(known, desk.server.known_host());
}

#[test]
fn a_changed_host_key_is_never_accepted() {
    let Some(desk) = Desk::new() else { return };
    let other = SshServer::start().expect("the first one was found").known_host();
    let key = other.split_once(' ').expect("a name and a key").1;
    let known = format!("[127.0.0.1]:{} {key}", desk.server.port());
    fs::write(desk.known_hosts(), &known).expect("a file can be written");
    let url = desk.server.url("shop");

    for more in [&[][..], &["--accept-host-key", &desk.server.fingerprint()]] {
        let refused = desk.clone(&url, more).expect_code(2);
        refused.stderr_has("has changed").stderr_has("ssh-keygen -R");
        assert!(desk.nothing_is_left());
    }
    assert_eq!(fs::read_to_string(desk.known_hosts()).expect("it is there"), known);
}

#[test]
fn a_hashed_name_is_a_known_server() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();
    desk.home
        .program("ssh-keygen", ["-H", "-f"])
        .with([desk.known_hosts()])
        .expect_code(0);
    let hashed = fs::read_to_string(desk.known_hosts()).expect("it is there");
    assert!(hashed.starts_with("|1|"), "{hashed}");

    desk.clone(&desk.server.url("shop"), &[]).expect_code(0);

    assert!(desk.has_the_project());
}

#[test]
fn without_a_key_the_person_is_told_how_to_sign_in() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();
    let url = desk.server.url("shop");

    let refused = desk
        .home
        .roadbook(["start", &url, "shop"])
        .with_variable("SSH_AUTH_SOCK", "")
        .expect_code(2);

    refused.stderr_has("asks for a sign-in").stderr_has("ssh-add");
    assert!(desk.nothing_is_left());
}

#[test]
fn a_host_of_the_ssh_settings_is_reached_by_the_systems_git() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();
    desk.name_the_server_with_its_key();
    let url = desk.server.url_at("work", None, "shop");

    let cloned = desk
        .home
        .roadbook(["start", &url, "shop"])
        .with_variable("SSH_AUTH_SOCK", "")
        .expect_code(0);

    assert!(desk.has_the_project(), "{}", cloned.shown());
    cloned.stderr_has("Cloned by the git of this machine: your ssh settings say how to reach work.");
}

#[test]
fn the_systems_git_is_told_of_the_persons_certificates_and_of_no_others() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();
    desk.name_the_server_with_its_key();
    let told = desk.home.path("told");
    let stand_in = format!(
        "echo \"${{SSL_CERT_FILE-none}}\" >> '{}'\nexec /usr/bin/git \"$@\"",
        told.display()
    );
    desk.home.install_tool("git", &stand_in);
    let url = desk.server.url_at("work", None, "shop");
    let start = |folder: &str| {
        desk.home
            .roadbook(["start", &url, folder])
            .with_variable("SSH_AUTH_SOCK", "")
    };

    start("first").expect_code(0);
    start("second")
        .with_variable("SSL_CERT_FILE", "/own.pem")
        .expect_code(0);

    let mut told: Vec<String> = fs::read_to_string(told)
        .expect("git was asked")
        .lines()
        .map(str::to_owned)
        .collect();
    told.dedup();
    assert_eq!(told, ["none", "/own.pem"]);
}

#[test]
fn a_copy_of_what_only_git_reaches_is_used_while_it_is_current() {
    let Some(desk) = Desk::new() else { return };
    desk.know_the_server();
    desk.name_the_server_with_its_key();
    desk.home
        .write("book/roadbook.toml", "format = 1\nid = \"ssh\"\ntitle = \"Over ssh\"\n");
    let starter = format!(
        "title = \"Shop\"\nrepository = \"{}\"\n",
        desk.server.url_at("work", None, "shop")
    );
    desk.home.write("book/starters/shop/starter.toml", &starter);
    let book = desk.home.path("book").display().to_string();
    let start = |folder: &str| {
        desk.home
            .roadbook(["--book", &book, "start", "shop", folder])
            .with_variable("SSH_AUTH_SOCK", "")
            .expect_code(0)
    };
    desk.home.roadbook(["--book", &book, "fetch"]).expect_code(0);

    let same = start("same");
    let server = desk.server.with_repository("shop", &[("README.md", "# Newer shop\n")]);
    let newer = start("newer");
    drop(server);
    let offline = start("offline");

    let text = |folder: &str| fs::read_to_string(desk.home.projects().join(folder).join("README.md")).ok();
    same.stderr_has("Taken from the mirror on this machine");
    assert_eq!(text("same").as_deref(), Some("# Shop\n"));
    newer.stderr_has("Cloned by the git of this machine");
    assert_eq!(text("newer").as_deref(), Some("# Newer shop\n"));
    offline.stderr_has("Taken from the mirror on this machine");
    assert_eq!(text("offline").as_deref(), Some("# Shop\n"));
}

#[test]
fn an_unknown_server_of_the_ssh_settings_is_shown_and_accepted_too() {
    let Some(desk) = Desk::new() else { return };
    desk.name_the_server("");
    let (url, fingerprint) = (desk.server.url_at("work", None, "shop"), desk.server.fingerprint());

    let refused = desk.clone(&url, &[]).expect_code(2);

    refused.stderr_has(&format!(
        "work is not known on this machine yet: it shows the ED25519 key {fingerprint}"
    ));
    assert!(desk.nothing_is_left() && !desk.known_hosts().exists());

    desk.clone(&url, &["--accept-host-key", &fingerprint]).expect_code(0);
    assert!(desk.has_the_project());
}

#[test]
fn without_git_a_host_of_the_ssh_settings_is_a_plain_sentence() {
    let Some(desk) = Desk::new() else { return };
    desk.name_the_server("");
    let only = Home::new().with_only_tools(&["ssh"]);
    let bin = only.path("bin");
    fs::copy(desk.home.path("bin/ssh"), bin.join("ssh.copy")).expect("a file can be copied");
    fs::rename(bin.join("ssh.copy"), bin.join("ssh")).expect("a file can be renamed");
    let url = desk.server.url_at("work", None, "shop");

    let refused = only.roadbook(["start", &url, "shop"]).expect_code(2);
    refused.stderr_has("this machine has none").stderr_has("Install Git");
}
