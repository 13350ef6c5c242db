//! Placeholders that systems put in a program's place; running one opens a dialog that asks to install it.

use std::path::Path;

use crate::Environment;

/// Whether this is such a placeholder.
pub(crate) fn is_stub(program: &Path, environment: &Environment) -> bool {
    #[cfg(target_os = "macos")]
    {
        let developer = environment.folder("DEVELOPER_DIR");
        macos::is_stub(program, Path::new("/"), developer.as_deref())
    }
    #[cfg(windows)]
    {
        let _ = environment;
        windows::is_stub(program)
    }
    #[cfg(not(any(target_os = "macos", windows)))]
    {
        let _ = (program, environment);
        false
    }
}

/// What to do about one, for a person at this system.
pub(crate) fn advice() -> &'static str {
    if cfg!(target_os = "macos") {
        "macOS has only a placeholder for it until the command line tools (xcode-select --install) or the tool itself are installed"
    } else {
        "Windows has only a placeholder for it that leads to the Store"
    }
}

#[cfg(any(target_os = "macos", test))]
mod macos {
    use std::{fs, path::Path};

    const DEVELOPER: &[&str] = &[
        "c++",
        "c99",
        "cc",
        "clang",
        "clang++",
        "g++",
        "gcc",
        "git",
        "gm4",
        "gnumake",
        "ld",
        "lldb",
        "m4",
        "make",
        "nm",
        "pip3",
        "python3",
        "swift",
        "swiftc",
        "xcodebuild",
    ];
    const JAVA: &[&str] = &["java", "javac", "jar", "javadoc", "jshell"];

    /// `root` is `/`, and another folder in tests.
    pub(super) fn is_stub(program: &Path, root: &Path, developer: Option<&Path>) -> bool {
        if program.parent() != Some(&root.join("usr/bin")) {
            return false;
        }
        let name = program.file_name().unwrap_or_default();
        if JAVA.iter().any(|java| name == *java) {
            let machines = fs::read_dir(root.join("Library/Java/JavaVirtualMachines"));
            return machines.map_or(true, |mut machines| machines.next().is_none());
        }
        let chosen = fs::read_link(root.join("var/db/xcode_select_link")).is_ok_and(|link| root.join(link).is_dir());
        DEVELOPER.iter().any(|tool| name == *tool)
            && !chosen
            && !developer.is_some_and(Path::is_dir)
            && !root.join("Applications/Xcode.app/Contents/Developer").is_dir()
            && !root.join("Library/Developer/CommandLineTools").is_dir()
    }
}

#[cfg(any(windows, test))]
mod windows {
    use std::{fs, path::Path};

    /// The Store's aliases are empty files in a folder of their own; applications that are installed have theirs
    /// there too, but Python is the one that answers by opening the Store.
    pub(super) fn is_stub(program: &Path) -> bool {
        let alias = program
            .parent()
            .and_then(Path::file_name)
            .is_some_and(|folder| folder.eq_ignore_ascii_case("WindowsApps"));
        let python = program
            .file_stem()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.to_ascii_lowercase().starts_with("python"));
        alias && python && fs::symlink_metadata(program).is_ok_and(|file| file.len() == 0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::*;

    #[test]
    fn macos_has_placeholders_until_the_command_line_tools_are_there() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let git = root.join("usr/bin/git");
        assert!(macos::is_stub(&git, root, None));
        assert!(macos::is_stub(&root.join("usr/bin/java"), root, None));
        assert!(!macos::is_stub(&root.join("usr/bin/curl"), root, None));
        assert!(!macos::is_stub(&root.join("opt/homebrew/bin/git"), root, None));

        fs::create_dir_all(root.join("Library/Developer/CommandLineTools")).unwrap();
        fs::create_dir_all(root.join("Library/Java/JavaVirtualMachines/jdk-21.jdk")).unwrap();

        assert!(!macos::is_stub(&git, root, None));
        assert!(!macos::is_stub(&root.join("usr/bin/java"), root, None));
    }

    #[test]
    fn the_python_alias_of_the_windows_store_is_a_placeholder() {
        let folder = tempfile::tempdir().unwrap();
        let apps = folder.path().join("WindowsApps");
        fs::create_dir(&apps).unwrap();
        let file = |path: &Path, text: &str| fs::write(path, text).map(|()| path.to_owned()).unwrap();

        assert!(windows::is_stub(&file(&apps.join("python3.exe"), "")));
        assert!(!windows::is_stub(&file(&apps.join("python.exe"), "MZ")));
        assert!(!windows::is_stub(&file(&apps.join("winget.exe"), "")));
        assert!(!windows::is_stub(&file(&folder.path().join("python3.exe"), "")));
    }
}
