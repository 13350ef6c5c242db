//! Pages of the library, the search in them and the pictures beside them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/home.rs"]
mod home;

use engine::wire::Code;
use home::Home;

#[test]
fn a_library_page_knows_its_place_its_owner_and_its_age() {
    let home = Home::new();
    let page = home.open().page("library/concepts/path").unwrap();

    let trail: Vec<_> = page.breadcrumb.iter().map(|link| link.title.as_str()).collect();
    assert_eq!(trail, ["Library", "Concepts"]);
    assert!(page.about.stale);
    assert_eq!(page.about.reviewed.as_deref(), Some("2 January 2020"));
    let owner = page.about.owner.unwrap();
    assert_eq!(owner.contacts[0].url, "https://git.example/new?title=Paved%20path");
    assert_eq!(page.paths[0].id, "first");
}

#[test]
fn search_finds_sections_and_leads_to_them() {
    let home = Home::new();
    let answer = home.open().search("why", 5).unwrap();

    assert_eq!(answer.hits[0].route, "page/library/concepts/path?at=why");
    assert_eq!(answer.hits[0].breadcrumb, "Library › Concepts › Paved path");
}

#[test]
fn pictures_are_served_from_inside_the_book_only() {
    let home = Home::new();
    home.write("book/assets/a b.svg", "<svg/>");
    home.write("secret.png", "no");
    let engine = home.open();

    assert_eq!(engine.asset("assets/a b.svg").unwrap().media_type, "image/svg+xml");
    for path in [
        "../secret.png",
        "roadbook.toml",
        "assets/missing.png",
        "/etc/passwd.png",
        "assets",
    ] {
        assert_eq!(engine.asset(path).unwrap_err().code, Code::NotFound, "{path}");
    }
}
