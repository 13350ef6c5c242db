//! Shims: small programs of a version manager that stand in for a tool, and run another version, or none, when the one
//! asked for is not installed.

use std::path::Path;

/// What a shim says about a version that is not there; `None` where it found one, or is no shim.
pub(crate) fn complaint<'a>(program: &Path, stderr: &'a str) -> Option<&'a str> {
    if !is_shim(program) {
        return None;
    }
    missing(stderr)
}

/// The line that says that a version is not there.
pub(crate) fn missing(text: &str) -> Option<&str> {
    let signs = [
        "not installed",
        "no version is set",
        "command not found",
        "cannot download",
        "could not download",
        "is not a valid shim",
        "error when performing the request",
        "network access disabled by the environment",
        "version could not be resolved",
        // .NET
        "a compatible .net sdk was not found",
        "a compatible installed .net",
    ];
    let says = |line: &&str| {
        let line = line.to_ascii_lowercase();
        signs.iter().any(|sign| line.contains(sign))
    };
    text.lines().map(str::trim).find(says)
}

/// The commands with which version managers install what the files of a project ask for, by the folder of the manager.
const INSTALLERS: [(&str, &str); 9] = [
    ("pyenv", "pyenv install"),
    ("rbenv", "rbenv install"),
    ("nodenv", "nodenv install"),
    ("goenv", "goenv install"),
    ("tfenv", "tfenv install"),
    ("asdf", "asdf install"),
    ("mise", "mise install"),
    ("rustup", "rustup toolchain install"),
    ("cargo", "rustup toolchain install"),
];

/// The command that installs what a project asks for, where this is the shim of a version manager.
pub(crate) fn installer(program: &Path) -> Option<&'static str> {
    if !is_shim(program) {
        return None;
    }
    let real = program.canonicalize().unwrap_or_default();
    let leads_to = |manager: &str| {
        let mut parts = program.components().chain(real.components());
        parts.any(|part| part.as_os_str().to_string_lossy().trim_start_matches('.') == manager)
    };
    let found = INSTALLERS.iter().find(|(manager, _)| leads_to(manager));
    found.map(|(_, command)| *command)
}

/// pyenv, rbenv, asdf and mise keep shims in a folder of that name, tfenv in its `bin`; rustup, corepack and Volta link
/// to themselves.
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
    // Elsewhere too, as where CARGO_HOME is another folder.
    let is_rustup = || {
        let rustup = program.with_file_name("rustup");
        program != rustup && same_file(program, &rustup)
    };
    let tfenv = || {
        let folder = program.parent().and_then(Path::parent).and_then(Path::file_name);
        folder.is_some_and(|folder| folder == ".tfenv")
    };
    in_shims || linked() || beside_rustup() || is_rustup() || tfenv()
}

/// Whether two names are links to one file.
#[cfg(unix)]
fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let place = |path: &Path| path.metadata().ok().map(|file| (file.dev(), file.ino()));
    place(one).is_some_and(|one| Some(one) == place(other))
}

/// The system does not tell without opening them.
#[cfg(not(unix))]
fn same_file(_: &Path, _: &Path) -> bool {
    false
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
    fn each_version_manager_installs_with_its_own_command() {
        let cases = [
            ("/home/ada/.pyenv/shims/python3", Some("pyenv install")),
            ("/home/ada/.asdf/shims/node", Some("asdf install")),
            ("/home/ada/.local/share/mise/shims/node", Some("mise install")),
            ("/home/ada/.cargo/bin/rustc", Some("rustup toolchain install")),
            ("/home/ada/.tfenv/bin/terraform", Some("tfenv install")),
            ("/opt/acme/shims/node", None),
            ("/usr/bin/node", None),
        ];
        for (program, command) in cases {
            assert_eq!(installer(Path::new(program)), command, "{program}");
        }
    }

    #[test]
    fn corepack_without_a_download_has_nothing_to_run() {
        let stderr = "Internal Error: Network access disabled by the environment; can't reach npm repository https://registry.npmjs.org/pnpm\n    at fetch (/usr/lib/node_modules/corepack/dist/lib/corepack.cjs:22:1)\n";
        assert_eq!(missing(stderr), stderr.lines().next());
    }

    #[test]
    fn rustup_names_a_toolchain_that_is_missing() {
        let stderr = "error: toolchain '1.80.1-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup toolchain install`\n";
        assert!(complaint(Path::new("/home/ada/.cargo/bin/rustc"), stderr).is_some());
    }
}
