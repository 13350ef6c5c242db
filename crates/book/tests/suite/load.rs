use std::path::Path;

use book::{Kind, LoadError, Status};

use crate::fixture::{Fixture, MANIFEST};

#[test]
fn a_whole_roadbook_is_read() {
    let loaded = Fixture::empty()
        .file(
            "roadbook.toml",
            format!(
                "{MANIFEST}\n[owner]\nname = \"Platform\"\ncontacts = [{{ kind = \"chat\", label = \"#help\", url = \
                 \"https://chat.example\" }}]\n"
            )
            .replace("title =", "review_every = \"26w\"\ntitle ="),
        )
        .file(
            "paths/first/index.md",
            "---\ntitle: First\nsummary: One.\nroles: [backend]\nrequires: [day]\nnext: day\nstatus: draft\nowner: \
             me\nreviewed: 2026-11-01\n---\n\nIntro.\n",
        )
        .file(
            "paths/first/20-create.md",
            "---\ntitle: Create\nminutes: 10\nwhen: { os: [linux, macos], role: [backend] }\noptional: true\n---\nx\n",
        )
        .file(
            "paths/first/3-before.md",
            "\u{feff}---\r\nminutes: 5\r\n---\r\n# Before\r\n",
        )
        .file("paths/first/readme.md", "# Unnumbered\n")
        .file("paths/day/index.md", "# Day\n")
        .file("paths/day/1-a.md", "# A\n")
        .file(
            "library/concepts/b.md",
            "---\ntitle: B\nrelated: [concepts/a, a.md]\npaths: [day]\n---\n",
        )
        .file(
            "library/concepts/a.md",
            "---\ntitle: A\nkind: reference\nstatus: deprecated\nreplaced_by: concepts/b\n---\n",
        )
        .file("library/index.md", "# Library\n")
        .file("starters/go/api/template.yaml", "")
        .file("starters/web/starter.toml", "")
        .load();

    assert_eq!(loaded.diagnostics, []);
    let book = loaded.book;
    let roles: Vec<&str> = book.manifest.roles.iter().map(|role| role.id.as_str()).collect();
    assert_eq!(
        (roles, book.manifest.review_every),
        (vec!["frontend", "backend"], Some(182))
    );
    let ids: Vec<&str> = book.pages().map(|page| page.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "day",
            "day/a",
            "first",
            "first/before",
            "first/create",
            "first/readme",
            "library",
            "library/concepts/a",
            "library/concepts/b"
        ]
    );
    let first = book.path("first").unwrap();
    assert_eq!(
        (&first.roles[..], &first.requires[..], &first.next[..]),
        (
            &["backend".to_owned()][..],
            &["day".to_owned()][..],
            &["day".to_owned()][..]
        )
    );
    assert_eq!(
        (
            first.page.owner.as_deref(),
            first.page.status,
            first.page.reviewed.as_deref()
        ),
        (Some("me"), Status::Draft, Some("2026-11-01"))
    );
    let (_, create) = book.step("first/create").unwrap();
    assert_eq!(
        (
            create.minutes,
            create.optional,
            &create.when.os[..],
            &create.when.role[..]
        ),
        (
            Some(10),
            true,
            &["linux".to_owned(), "macos".to_owned()][..],
            &["backend".to_owned()][..]
        )
    );
    let (_, before) = book.step("first/before").unwrap();
    assert_eq!(
        (
            before.page.title.as_str(),
            before.page.body.as_str(),
            before.page.body_line
        ),
        ("Before", "# Before\n", 3)
    );
    let a = book.page("library/concepts/a").unwrap();
    assert_eq!(
        (a.kind, a.replaced_by.as_deref(), a.owner.as_deref()),
        (Kind::Reference, Some("library/concepts/b"), Some("Platform"))
    );
    let b = book.page("library/concepts/b").unwrap();
    assert_eq!(
        (b.kind, &b.related[..], &b.paths[..]),
        (
            Kind::Concept,
            &["library/concepts/a".to_owned()][..],
            &["day".to_owned()][..]
        )
    );
    let starters: Vec<&str> = book.starters.iter().map(|starter| starter.id.as_str()).collect();
    assert_eq!(starters, ["go/api", "web"]);
    assert!(book.starter("go/api").unwrap().dir.is_absolute());
}

#[test]
fn a_folder_that_is_no_roadbook_is_refused_in_plain_words() {
    let fixture = Fixture::empty();
    let missing = book::load(&fixture.root().join("nowhere")).unwrap_err();
    let file = book::load(Fixture::empty().file("x", "").root().join("x").as_path());

    assert!(matches!(&missing, LoadError::Missing(_)), "{missing}");
    assert!(matches!(fixture.refusal(), LoadError::NotARoadbook(_)));
    assert!(file.is_err());
    assert!(!missing.hint().is_empty());
}

#[test]
fn another_format_asks_for_an_update() {
    let error = Fixture::empty()
        .file("roadbook.toml", "format = 2\nbooks = 7\n")
        .refusal();

    insta::assert_snapshot!(format!("{error}\n{}", error.hint()));
}

#[test]
fn a_broken_manifest_names_line_and_column() {
    let refusals: Vec<String> = [
        "format = 1\nid = \"a\ntitle = \"A\"\n",
        "format = 1\ntitle = \"A\"\n",
        "format = 1\nid = 7\ntitle = \"A\"\n",
        "format = \"1\"\nid = \"a\"\ntitle = \"A\"\n",
        "format = 1\nid = \"\"\ntitle = \"A\"\n",
        "",
    ]
    .into_iter()
    .map(
        |manifest| match Fixture::empty().file("roadbook.toml", manifest).refusal() {
            LoadError::Manifest {
                line, column, message, ..
            } => format!("{line}:{column} {message}"),
            other => panic!("{other}"),
        },
    )
    .collect();

    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn doubtful_values_of_the_manifest_are_left_out() {
    let fixture = Fixture::empty().file(
        "roadbook.toml",
        "format = 1\nid = \"a\"\ntitle = \"A\"\nreview_every = \"often\"\ncolour = \"red\"\ndialect = \"pandoc\"\n\
         [owner]\ncontacts = []\n",
    );

    insta::assert_snapshot!(fixture.findings());
    assert_eq!(fixture.load().book.manifest.review_every, None);
}

#[test]
fn broken_front_matter_loses_only_what_is_broken() {
    let fixture = Fixture::new().file(
        "library/a.md",
        "---\nsummary: it says: no\nowner: [a, b]\nstatus: gone\nreviewed: 2026-02-30\nlayout: wide\nkind: [\ntitle: \
         Kept\n---\n# Heading\n",
    );

    insta::assert_snapshot!(fixture.findings());
    assert_eq!(fixture.load().book.page("library/a").unwrap().title, "Kept");
}

#[test]
fn unreadable_front_matter_leaves_the_page_its_heading() {
    let fixture = Fixture::new()
        .file("library/a.md", "---\n- one\n---\ntext\n\n## The heading\n")
        .file("library/b.md", "---\ntitle: Never closed\n\n# From heading\n")
        .file("library/c.md", "---\n\nA rule above.\n");

    insta::assert_snapshot!(fixture.findings());
    let book = fixture.load().book;
    assert_eq!(book.page("library/a").unwrap().title, "The heading");
    assert_eq!(book.page("library/b").unwrap().title, "From heading");
}

#[test]
fn broken_front_matter_is_told_once() {
    let fixture = Fixture::new().file("library/d.md", "---\ntitle: [open\n---\nNo heading here.\n");

    let findings = fixture.findings();

    assert!(findings.contains("front-matter"), "{findings}");
    assert!(!findings.contains("no-title"), "{findings}");
}

#[test]
fn values_of_steps_and_paths_are_checked() {
    let fixture = Fixture::new()
        .file("paths/p/index.md", "---\ntitle: P\nroles: [backend, ops]\nrequires: [q, nope]\norder: first\n---\n")
        .file(
            "paths/p/1-s.md",
            "---\ntitle: S\nminutes: ten\noptional: perhaps\nwhen:\n  os: [linux, beos]\n  role: boss\n  moon: full\n---\n",
        )
        .file("paths/p/2-t.md", "---\ntitle: T\nwhen: linux\n---\n")
        .file("paths/q/index.md", "---\ntitle: Q\nrequires: p\n---\n")
        .file("paths/q/1-s.md", "---\ntitle: S\nrelated: [nothing]\npaths: [nowhere]\nreplaced_by: nobody\n---\n")
        .file("library/old.md", "---\ntitle: Old\nstatus: deprecated\n---\n");

    insta::assert_snapshot!(fixture.findings());
    let book = fixture.load().book;
    let requires: Vec<usize> = book.paths.iter().map(|path| path.requires.len()).collect();
    assert_eq!(requires.iter().sum::<usize>(), 1, "one side of the circle is left");
}

#[test]
fn a_path_that_requires_itself_over_others_is_told_once() {
    let path = |requires: &str| format!("---\ntitle: T\nrequires: [{requires}]\n---\n");
    let loaded = Fixture::new()
        .file("paths/a/index.md", path("b"))
        .file("paths/b/index.md", path("c"))
        .file("paths/c/index.md", path("a"))
        .load();

    let cycles: Vec<&str> = loaded
        .diagnostics
        .iter()
        .filter(|found| found.code == "requires-cycle")
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(cycles, ["The path `a` requires itself: a, b, c, a."]);
}

#[test]
fn ids_are_unique_and_free_of_tricks() {
    let fixture = Fixture::new()
        .file("paths/library/index.md", "# L\n")
        .file("paths/p/index.md", "---\ntitle: P\nid: ../up\n---\n")
        .file("paths/p/1-a.md", "# A\n")
        .file("paths/p/2-a.md", "# A again\n")
        .file("paths/p/3-b.md", "---\ntitle: B\nid: a\n---\n")
        .file("library/x.md", "---\ntitle: X\nid: y\n---\n")
        .file("library/empty.md", "words only\n");

    insta::assert_snapshot!(fixture.findings());
    assert!(fixture.load().book.page("library/y").is_some());
}

#[test]
fn paths_are_ordered_by_number_then_name() {
    let book = Fixture::new()
        .file("paths/a/index.md", "# A\n")
        .file("paths/b/index.md", "---\ntitle: B\norder: 2\n---\n")
        .file("paths/10-c/index.md", "---\ntitle: C\norder: 1\n---\n")
        .load()
        .book;

    let ids: Vec<&str> = book.paths.iter().map(|path| path.page.id.as_str()).collect();
    assert_eq!(ids, ["c", "b", "a"]);
}

#[test]
fn files_that_belong_nowhere_are_told() {
    let fixture = Fixture::new()
        .file("paths/loose.md", "# Loose\n")
        .file("paths/bare/10-s.md", "# S\n")
        .file("paths/bare/deep/20-t.md", "# T\n")
        .file("starters/half/README.md", "# Half\n")
        .file("library/.hidden.md", "# Hidden\n");

    insta::assert_snapshot!(fixture.findings());
    assert_eq!(fixture.load().book.path("bare").unwrap().page.title, "Bare");
}

#[test]
fn files_that_cannot_be_read_as_they_are_are_told() {
    let fixture = Fixture::new()
        .file("library/latin.md", b"# Caf\xe9\n\nfine\n".as_slice())
        .file("library/huge.md", vec![b'a'; 4 * 1024 * 1024 + 1])
        .file("library/nul.md", "# N\0ul\n\na\0b\n");

    insta::assert_snapshot!(fixture.findings());
    let book = fixture.load().book;
    assert!(book.page("library/huge").is_none());
    assert_eq!(book.page("library/latin").unwrap().title, "Caf\u{fffd}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_or_round_are_left_out() {
    use std::os::unix::fs::symlink;
    let secret = Fixture::empty().file("secret.md", "# Secret\n");
    let fixture = Fixture::new()
        .file("library/real.md", "# Real\n")
        .file("library/sub/x.md", "# X\n");
    let link = |target: &Path, name: &str| symlink(target, fixture.root().join(name)).unwrap();
    link(&secret.root().join("secret.md"), "library/out.md");
    link(secret.root(), "library/outside");
    link(Path::new("/nowhere/at/all"), "library/dangling.md");
    link(&fixture.root().join("library"), "library/sub/round");
    link(&fixture.root().join("library/real.md"), "library/alias.md");

    insta::assert_snapshot!(fixture.findings());
    let ids: Vec<String> = fixture.load().book.library.iter().map(|page| page.id.clone()).collect();
    assert_eq!(ids, ["library/alias", "library/real", "library/sub/x"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new()
        .file("library/closed.md", "# Closed\n")
        .file("library/open.md", "# Open\n");
    let closed = fixture.root().join("library/closed.md");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&closed).is_ok() {
        // The superuser reads everything; a folder in the place of a file is unreadable to everybody.
        std::fs::remove_dir_all(fixture.root().join("starters")).ok();
        std::fs::write(fixture.root().join("starters"), "").unwrap();
    }

    let findings = fixture.findings();

    assert!(findings.contains("Error unreadable"), "{findings}");
    assert!(fixture.load().book.page("library/open").is_some());
}

#[test]
fn a_path_without_steps_is_told() {
    let findings = Fixture::new().file("paths/p/index.md", "# P\n").findings();

    assert_eq!(
        findings,
        "paths/p/index.md:0:0 Warning empty-path: The path `p` has no steps. -> Add a file such as 10-first-step.md next \
         to index.md."
    );
}
