//! Each built-in starter gives a project that builds and whose tests pass.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tests::{Home, find_program, target_folder};

#[test]
fn a_rust_service_builds_and_its_tests_pass() {
    let home = Home::new();
    let project = start(&home, "rust-service");
    if needs(&["cargo"], "rust-service") {
        // Kept between runs: what the project depends on is built once.
        let built = target_folder().join("starters/rust");
        step(&project, "cargo", &["test", "--quiet"], &[("CARGO_TARGET_DIR", &built)]);
        step(&project, "cargo", &["fmt", "--check"], &[]);
    }
}

#[test]
fn a_typescript_service_builds_and_its_tests_pass() {
    let home = Home::new();
    let project = start(&home, "typescript-service");
    if needs(&["node", "npm"], "typescript-service") {
        let cache = target_folder().join("starters/npm");
        let install = if project.join("package-lock.json").is_file() {
            "ci"
        } else {
            "install"
        };
        step(
            &project,
            "npm",
            &[install, "--prefer-offline", "--no-audit", "--no-fund"],
            &[("npm_config_cache", &cache)],
        );
        step(&project, "npm", &["test"], &[]);
    }
}

#[test]
fn a_python_service_runs_and_its_tests_pass() {
    let home = Home::new();
    let project = start(&home, "python-service");
    if needs(&["python3"], "python-service") && python_is_new_enough() {
        step(
            &project,
            "python3",
            &["-m", "unittest", "discover"],
            &[("PYTHONDONTWRITEBYTECODE", Path::new("1"))],
        );
    }
}

/// Makes the project with the real command, and looks at what every service here has.
fn start(home: &Home, starter: &str) -> PathBuf {
    let project = home.projects().join("demo-service");
    let outcome = home
        .roadbook(["start", starter, "demo-service"])
        .with(["--set", "name=demo-service", "--set", "owner=team-orders"])
        .with(["--set", "description=Shows that the starter works."])
        .expect_code(0);
    for file in ["README.md", "Dockerfile", "catalog-info.yaml", ".gitignore"] {
        assert!(
            project.join(file).is_file(),
            "{starter} gives no {file}. {}",
            outcome.shown()
        );
    }
    let catalogue = fs::read_to_string(project.join("catalog-info.yaml")).expect("catalog-info.yaml is text");
    assert!(
        catalogue.contains("demo-service") && catalogue.contains("team-orders"),
        "{catalogue}"
    );
    unrendered(&project, &project);
    let commits = home
        .git(["rev-list", "--count", "HEAD"])
        .in_folder(&project)
        .expect_code(0);
    assert_eq!(commits.stdout.trim(), "1", "one first commit");
    home.git(["status", "--porcelain"])
        .in_folder(&project)
        .expect_code(0)
        .stdout_is_empty();
    project
}

/// Fails on an expression that was not filled in; those of the CI's own language are written with `github.`.
fn unrendered(folder: &Path, project: &Path) {
    for entry in fs::read_dir(folder).expect("the project can be read") {
        let path = entry.expect("the project can be read").path();
        if path.ends_with(".git") {
            continue;
        }
        if path.is_dir() {
            unrendered(&path, project);
        } else if let Ok(text) = fs::read_to_string(&path) {
            for wrong in ["values.", "parameters."] {
                let expression = format!("${{{{ {wrong}");
                assert!(
                    !text.contains(&expression),
                    "{} holds `{expression}`",
                    path.strip_prefix(project).unwrap().display()
                );
            }
        }
    }
}

/// Whether the toolchain is there; says on standard error what is left out and why.
fn needs(programs: &[&str], starter: &str) -> bool {
    let missing: Vec<_> = programs
        .iter()
        .filter(|program| find_program(program).is_none())
        .collect();
    if !missing.is_empty() {
        eprintln!("skipped: {starter} was made and not built, because {missing:?} is not on this machine");
    }
    missing.is_empty()
}

/// Whether Python is one that the project takes; says on standard error what is left out where it is older.
fn python_is_new_enough() -> bool {
    let asked = "import sys; print(sys.version.split()[0]); sys.exit(sys.version_info < (3, 11))";
    let answer = Command::new("python3")
        .args(["-c", asked])
        .stdin(Stdio::null())
        .output()
        .expect("python3 was found");
    let version = String::from_utf8_lossy(&answer.stdout);
    if !answer.status.success() {
        eprintln!(
            "skipped: python-service was made and not tested, because it needs Python 3.11 and this is {}",
            version.trim()
        );
    }
    answer.status.success()
}

/// Runs a build step with the developer's own toolchain, outside the hermetic home.
fn step(project: &Path, program: &str, arguments: &[&str], variables: &[(&str, &Path)]) {
    let outcome = Command::new(program)
        .args(arguments)
        .current_dir(project)
        // Cargo's variables of this test run are not the project's.
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR")
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot start: {error}"));
    assert!(
        outcome.status.success(),
        "`{program} {}` in the new project ended with {}\n--- stdout\n{}\n--- stderr\n{}",
        arguments.join(" "),
        outcome.status,
        String::from_utf8_lossy(&outcome.stdout),
        String::from_utf8_lossy(&outcome.stderr)
    );
}
