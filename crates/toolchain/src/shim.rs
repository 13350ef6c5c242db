//! Shims: small programs of a version manager that stand in for a tool, and run another version, or none, when the one
//! asked for is not installed.

use std::path::Path;

/// What a shim says about a version that is not there; `None` where it found one, or is no shim.
pub(crate) fn complaint<'a>(program: &Path, stderr: &'a str) -> Option<&'a str> {
    if !is_shim(program) {
        return None;
    }
    let missing = |line: &&str| {
        let line = line.to_ascii_lowercase();
        let signs = [
            "is not installed",
            "not installed",
            "no version is set",
            "command not found",
            "cannot download",
            "is not a valid shim",
            "error when performing the request",
        ];
        signs.iter().any(|sign| line.contains(sign))
    };
    stderr.lines().map(str::trim).find(missing)
}

/// pyenv, rbenv, asdf and mise keep shims in a folder of that name; rustup, corepack and Volta link to themselves.
pub(crate) fn is_shim(program: &Path) -> bool {
    let in_shims = program
        .parent()
        .and_then(Path::file_name)
        .is_some_and(|folder| folder == "shims");
    let linked = || {
        let real = program.canonicalize().unwrap_or_default();
        let corepack = real.components().any(|part| part.as_os_str() == "corepack");
        let name = real.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        corepack || matches!(name, "rustup" | "volta-shim" | "mise")
    };
    // Where rustup is installed by hard links, its proxies are real files next to it.
    let beside_rustup = || {
        program
            .parent()
            .and_then(Path::file_name)
            .is_some_and(|folder| folder == "bin")
            && program
                .parent()
                .and_then(Path::parent)
                .and_then(Path::file_name)
                .is_some_and(|folder| folder == ".cargo")
    };
    in_shims || linked() || beside_rustup()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shim_that_falls_through_is_noticed() {
        let stderr = "pyenv: version `3.9.1' is not installed (set by /home/ada/.python-version)\n";
        assert_eq!(
            complaint(Path::new("/home/ada/.pyenv/shims/python3"), stderr),
            Some(stderr.trim())
        );
        assert_eq!(complaint(Path::new("/usr/bin/python3"), stderr), None);
    }

    #[test]
    fn a_shim_that_found_its_tool_is_not() {
        assert_eq!(complaint(Path::new("/home/ada/.asdf/shims/node"), ""), None);
        assert_eq!(complaint(Path::new("/home/ada/.asdf/shims/node"), "a warning"), None);
    }

    #[test]
    fn rustup_names_a_toolchain_that_is_missing() {
        let stderr = "error: toolchain '1.80.1-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup toolchain install`\n";
        assert!(complaint(Path::new("/home/ada/.cargo/bin/rustc"), stderr).is_some());
    }
}
