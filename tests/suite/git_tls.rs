//! Cloning over TLS: whom the system trusts is asked, and nobody else.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use tests::{Authority, Behaviour, GitServer, Home, Run};

/// A home that trusts this file of certificates.
fn home_trusting(file: &Path) -> Home {
    Home::new()
        .with_variable("SSL_CERT_FILE", file)
        .with_variable("SSL_CERT_DIR", "/nonexistent")
}

fn server(authority: &Authority) -> GitServer {
    GitServer::start_tls(authority, "localhost").with_repository("shop", &[("README.md", "# Shop\n")])
}

fn clone(home: &Home, url: &str) -> Run {
    home.roadbook(["start", url, "shop"])
}

#[test]
fn a_server_of_a_trusted_authority_is_cloned_from() {
    let authority = Authority::new();
    let (home, server) = (home_trusting(&authority.file()), server(&authority));

    clone(&home, &server.url_by_name("shop")).expect_code(0);

    let readme = fs::read_to_string(home.projects().join("shop/README.md")).expect("it was cloned");
    assert_eq!(readme, "# Shop\n");
}

#[test]
fn a_server_of_an_unknown_authority_is_refused() {
    let (trusted, other) = (Authority::new(), Authority::new());
    let (home, server) = (home_trusting(&trusted.file()), server(&other));

    let refused = clone(&home, &server.url_by_name("shop")).expect_code(2);

    refused
        .stderr_has("certificate of localhost is not trusted")
        .stderr_has("root certificate");
    assert!(!home.projects().join("shop").exists());
    assert_eq!(
        server.asked(),
        Vec::<String>::new(),
        "nothing was asked over a line that is not trusted"
    );
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let home = home_trusting(&authority.file());
    let (by_name, other) = (server(&authority), GitServer::start_tls(&authority, "git.example"));

    for url in [by_name.url("shop"), other.url_by_name("shop")] {
        clone(&home, &url)
            .expect_code(2)
            .stderr_has("is not trusted on this machine");
        assert!(!home.projects().join("shop").exists());
    }
    assert_eq!((by_name.asked(), other.asked()), (Vec::new(), Vec::new()));
}

#[test]
fn a_move_to_http_is_refused() {
    let authority = Authority::new();
    let (home, secure) = (home_trusting(&authority.file()), server(&authority));
    let plain = GitServer::start().with_repository("shop", &[("README.md", "# Not this one\n")]);
    secure.behave(Behaviour::Redirect(plain.base().replace("127.0.0.1", "localhost")));

    let refused = clone(&home, &secure.url_by_name("shop")).expect_code(2);

    refused.stderr_has("sent the request on to another address");
    assert_eq!(plain.asked(), Vec::<String>::new());
}

#[test]
fn a_move_to_https_on_the_same_host_is_followed() {
    let authority = Authority::new();
    let (home, secure) = (home_trusting(&authority.file()), server(&authority));
    let plain = GitServer::start();
    plain.behave(Behaviour::Redirect(secure.base().replace("127.0.0.1", "localhost")));
    let url = plain.url("shop").replace("127.0.0.1", "localhost");

    clone(&home, &url).expect_code(0);

    let readme = fs::read_to_string(home.projects().join("shop/README.md")).expect("it was cloned");
    assert_eq!(readme, "# Shop\n");
}

#[test]
fn a_move_to_another_host_is_refused_and_one_on_the_same_host_is_followed() {
    let home = Home::new();
    let target = GitServer::start().with_repository("shop", &[("README.md", "# Shop\n")]);
    let source = GitServer::start();
    source.behave(Behaviour::Redirect(target.base().replace("127.0.0.1", "localhost")));

    let refused = clone(&home, &source.url("shop")).expect_code(2);

    refused
        .stderr_has("sent the request on to another address")
        .stderr_has("the address that the repository has now");
    assert_eq!(target.asked(), Vec::<String>::new());

    source.behave(Behaviour::Redirect(target.base()));
    clone(&home, &source.url("shop")).expect_code(0);
    let settings = fs::read_to_string(home.projects().join("shop/.git/config")).expect("it was cloned");
    assert!(
        !settings.to_lowercase().contains("redirect") && !settings.contains("[http]"),
        "{settings}"
    );
}
