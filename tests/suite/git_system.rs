//! What libgit2 cannot do is done by the git of this machine, by the same rules.

use std::fs;
use std::path::{Path, PathBuf};

use tests::{Behaviour, GitServer, Home, find_program, incompressible};

fn project(home: &Home) -> PathBuf {
    home.projects().join("shop")
}

fn nothing_is_left(home: &Home) -> bool {
    fs::read_dir(home.projects()).is_ok_and(|mut entries| entries.next().is_none())
}

/// A roadbook with one starter that is this repository.
fn book(home: &Home, url: &str, more: &str) -> String {
    home.write("book/roadbook.toml", "format = 1\nid = \"git\"\ntitle = \"Git\"\n");
    home.write(
        "book/starters/shop/starter.toml",
        &format!("title = \"Shop\"\nsummary = \"A shop.\"\nrepository = \"{url}\"\n{more}"),
    );
    home.path("book").display().to_string()
}

#[test]
fn a_sha256_repository_is_kept_with_its_history() {
    let home = Home::new();
    let server = GitServer::start().with_sha256_repository("shop", &[("README.md", b"# Shop\n")]);

    let cloned = home.roadbook(["start", &server.url("shop"), "shop"]).expect_code(0);

    cloned.stderr_has("Cloned by the git of this machine: the repository has a format that only git reads.");
    let format = home
        .git(["rev-parse", "--show-object-format"])
        .in_folder(project(&home))
        .expect_code(0);
    assert_eq!(format.stdout.trim(), "sha256");
    home.git(["status", "--porcelain"])
        .in_folder(project(&home))
        .expect_code(0)
        .stdout_is_empty();
}

#[test]
fn a_fresh_project_of_a_sha256_repository_has_the_usual_format() {
    let home = Home::new();
    let files: [(&str, &[u8]); 3] = [
        ("README.md", b"# Shop\n"),
        (".gitignore", b"*.log\n"),
        ("a.log", b"kept"),
    ];
    let server = GitServer::start().with_sha256_repository("shop", &files);
    let book = book(&home, &server.url("shop"), "");

    home.roadbook(["--book", &book, "start", "shop", "shop"]).expect_code(0);

    let git = |arguments: &[&str]| {
        let run = home.git(arguments.iter().copied()).in_folder(project(&home));
        run.expect_code(0).stdout
    };
    assert_eq!(git(&["rev-parse", "--show-object-format"]).trim(), "sha1");
    assert_eq!(git(&["rev-list", "--count", "HEAD"]).trim(), "1");
    assert_eq!(git(&["status", "--porcelain"]), "");
    assert_eq!(git(&["remote"]), "");
    assert!(git(&["ls-files"]).contains(".roadbook/starter.toml"));
}

#[test]
fn a_folder_with_reftable_references_is_cloned() {
    let home = Home::new();
    let source = home.path("source");
    let init = ["init", "--quiet", "--ref-format=reftable", "--initial-branch=main"];
    let made = home.git(init).with([&source]).run();
    if made.code() != Some(0) {
        eprintln!("skipped: this git knows no reftable");
        return;
    }
    fs::write(source.join("README.md"), "# Shop\n").expect("a file can be written");
    home.git(["add", "--all"]).in_folder(&source).expect_code(0);
    home.git(["commit", "--quiet", "--message", "First"])
        .in_folder(&source)
        .expect_code(0);

    let cloned = home
        .roadbook(["start", &format!("file://{}", source.display()), "shop"])
        .expect_code(0);

    cloned.stderr_has("a format that only git reads");
    assert!(project(&home).join("README.md").is_file());
}

#[test]
fn large_files_come_where_git_lfs_is_installed() {
    if find_program("git-lfs").is_none() {
        eprintln!("skipped: git-lfs is not on this machine");
        return;
    }
    let home = Home::new();
    let bytes = incompressible(50_000);
    let server = GitServer::start().with_large_file("shop", &bytes);
    let book = book(&home, &server.url("shop"), "");

    for (case, arguments) in [
        vec!["start".to_owned(), server.url("shop"), "shop".to_owned()],
        ["--book", &book, "start", "shop", "shop"].map(str::to_owned).to_vec(),
    ]
    .into_iter()
    .enumerate()
    {
        let cloned = home.roadbook(arguments).expect_code(0);

        cloned.stderr_has("large files are kept with Git LFS");
        assert_eq!(
            fs::read(project(&home).join("large.bin")).ok(),
            Some(bytes.clone()),
            "{case}"
        );
        // The commit holds the stand-in; to LFS itself the file is unchanged.
        let git = |arguments: &[&str]| {
            let run = home.git(arguments.iter().copied()).in_folder(project(&home));
            run.expect_code(0).stdout
        };
        assert!(
            git(&["cat-file", "blob", "HEAD:large.bin"]).starts_with("version https://git-lfs"),
            "{case}"
        );
        git(&["lfs", "install", "--local", "--skip-repo"]);
        git(&["add", "--renormalize", "."]);
        assert_eq!(git(&["status", "--porcelain"]), "", "{case}");
        fs::remove_dir_all(project(&home)).expect("it can be removed");
    }
}

#[test]
fn large_files_of_an_address_that_content_may_not_name_stay_away() {
    if find_program("git-lfs").is_none() {
        eprintln!("skipped: git-lfs is not on this machine");
        return;
    }
    let home = Home::new();
    let secret = home.write("secret/objects/x", "x");
    let settings = format!(
        "[lfs]\n\turl = file://{}\n",
        secret.parent().expect("a folder").display()
    );
    let server = GitServer::start().with_repository(
        "shop",
        &[
            (".gitattributes", "*.bin filter=lfs\n"),
            (".lfsconfig", &settings),
            ("a.bin", "not here"),
        ],
    );

    let cloned = home.roadbook(["start", &server.url("shop"), "shop"]).expect_code(0);

    // Nothing was asked for at that address, and the person knows what is missing.
    cloned.stderr_has("Large files are still missing");
    let stand_in = fs::read_to_string(project(&home).join("a.bin")).expect("it is there");
    assert_eq!(stand_in, "not here");
}

#[test]
fn the_systems_git_runs_no_hooks_and_hears_nothing_of_the_environment() {
    let server = GitServer::start().with_sha256_repository("shop", &[("README.md", b"# Shop\n")]);
    let home = Home::new();
    let template = home.path("template");
    let witness = home.path("witness");
    let hook = home.write(
        "template/hooks/post-checkout",
        &format!("#!/bin/sh\ntouch {}\n", witness.display()),
    );
    make_executable(&hook);
    home.git(["config", "--global", "init.templateDir"])
        .with([&template])
        .expect_code(0);
    home.git(["config", "--global", "core.hooksPath"])
        .with([template.join("hooks")])
        .expect_code(0);
    // Each of these would bend what git does.
    let start = home.roadbook(["start", &server.url("shop"), "shop"]);
    let start = start
        .with_variable("GIT_DIR", "/nonexistent")
        .with_variable("GIT_WORK_TREE", "/nonexistent")
        .with_variable("GIT_TEMPLATE_DIR", template.as_os_str())
        .with_variable("GIT_ALLOW_PROTOCOL", "ext")
        .with_variable("GIT_EXEC_PATH", "/nonexistent");

    start.expect_code(0);

    assert!(project(&home).join("README.md").is_file());
    assert!(!witness.exists(), "a hook was run");
    assert!(!project(&home).join(".git/hooks/post-checkout").exists());
}

#[test]
fn submodules_of_the_systems_git_follow_the_same_rules() {
    let home = Home::new();
    let server = GitServer::start().with_sha256_repository("lib", &[("lib.txt", b"lib")]);
    let lib = server.folder("lib");
    let commit = home
        .git(["rev-parse", "HEAD"])
        .in_folder(&lib)
        .expect_code(0)
        .stdout
        .trim()
        .to_owned();
    for (case, (name, url, good)) in [
        ("lib", "../lib.git".to_owned(), true),
        ("lib", lib.display().to_string(), false),
        ("lib", format!("file://{}", lib.display()), false),
        ("lib", "ext::sh -c touch% pwned".to_owned(), false),
        ("lib", "-u./payload".to_owned(), false),
        ("../../hooks", "../lib.git".to_owned(), false),
    ]
    .into_iter()
    .enumerate()
    {
        let shop = format!("shop-{case}");
        publish_with_submodule(&home, &server, &shop, name, &url, &commit);

        let cloned = home.roadbook(["start", &server.url(&shop), "shop"]).run();

        if good {
            let cloned = cloned.expect_code(0);
            let text = fs::read_to_string(project(&home).join("lib/lib.txt")).ok();
            assert_eq!(text.as_deref(), Some("lib"), "{}", cloned.shown());
            fs::remove_dir_all(project(&home)).expect("it can be removed");
        } else {
            cloned.expect_code(2);
            assert!(nothing_is_left(&home), "{name} {url}");
        }
    }
}

#[test]
fn what_the_systems_git_says_is_explained() {
    let home = Home::new();
    let empty = GitServer::start();
    let folder = empty.folder("shop");
    home.git(["init", "--quiet", "--bare", "--object-format=sha256"])
        .with([&folder])
        .expect_code(0);
    let full = GitServer::start().with_sha256_repository("shop", &[("data.bin", &incompressible(200_000))]);

    home.roadbook(["start", &empty.url("shop"), "shop"])
        .expect_code(2)
        .stderr_has("is empty");
    full.behave(Behaviour::CutAfter(50_000));
    home.roadbook(["start", &full.url("shop"), "shop"])
        .expect_code(2)
        .stderr_has("The connection to 127.0.0.1 broke");

    assert!(nothing_is_left(&home));
}

/// Publishes a SHA-256 repository with a submodule that no well-meaning tool would write.
fn publish_with_submodule(home: &Home, server: &GitServer, shop: &str, name: &str, url: &str, commit: &str) {
    let work = home.path("tmp").join(shop);
    fs::create_dir(&work).expect("a folder can be made");
    let git = |arguments: &[&str]| drop(home.git(arguments.iter().copied()).in_folder(&work).expect_code(0));
    git(&["init", "--quiet", "--object-format=sha256", "--initial-branch=main"]);
    let text = format!("[submodule \"{name}\"]\n\tpath = lib\n\turl = {url}\n");
    fs::write(work.join(".gitmodules"), text).expect("a file can be written");
    git(&["add", "--all"]);
    git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},lib")]);
    git(&["commit", "--quiet", "--message", "First"]);
    let bare = server.folder(shop).display().to_string();
    git(&["clone", "--quiet", "--bare", ".", &bare]);
}

fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
}
