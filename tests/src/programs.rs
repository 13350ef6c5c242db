//! Where the programs are: those under test, and those of the system.

use std::env;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is inside the repository")
        .to_owned()
}

/// Cargo's target folder: the one that this test binary was built into.
pub fn target_folder() -> PathBuf {
    let test = env::current_exe().expect("the test binary has a path");
    let profile = profile_folder(&test);
    profile
        .parent()
        .expect("the profile's folder is inside target/")
        .to_owned()
}

/// A program of this workspace: named by `variable`, else beside the test binary.
///
/// # Panics
/// When it was not built, saying how to build it.
pub fn built_program(name: &str, variable: &str, package: &str) -> PathBuf {
    if let Some(named) = env::var_os(variable) {
        let named = PathBuf::from(named);
        assert!(
            named.is_file(),
            "{variable} names {}, and there is no such file",
            named.display()
        );
        return named;
    }
    let test = env::current_exe().expect("the test binary has a path");
    let program = profile_folder(&test).join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not there: build it with `cargo build -p {package}`, or name another one in {variable}",
        program.display()
    );
    program
}

/// A program on the search path of this test run, absolute.
pub fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// `target/debug`, from `target/debug/deps/suite-…`.
fn profile_folder(test: &Path) -> PathBuf {
    let deps = test.parent().expect("the test binary is in a folder");
    if deps.ends_with("deps") {
        deps.parent().expect("deps/ has a parent").to_owned()
    } else {
        deps.to_owned()
    }
}
