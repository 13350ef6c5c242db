//! Handing a folder to an editor, a terminal or the file manager.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ::toolchain::Environment;

use crate::wire::{Code, Failure, Opener};

/// Editors by the program that opens a folder.
const EDITORS: &[(&str, &str)] = &[
    ("code", "Visual Studio Code"),
    ("codium", "VSCodium"),
    ("cursor", "Cursor"),
    ("zed", "Zed"),
    ("idea", "IntelliJ IDEA"),
    ("rustrover", "RustRover"),
    ("pycharm", "PyCharm"),
    ("webstorm", "WebStorm"),
    ("goland", "GoLand"),
    ("subl", "Sublime Text"),
    ("kate", "Kate"),
];

/// Terminals that start in the folder they are started from; the first that is there is offered.
#[cfg(target_os = "linux")]
const TERMINALS: &[&str] = &[
    "x-terminal-emulator",
    "gnome-terminal",
    "konsole",
    "xfce4-terminal",
    "kitty",
    "alacritty",
    "foot",
    "xterm",
];
#[cfg(windows)]
const TERMINALS: &[&str] = &["wt", "powershell"];
#[cfg(not(any(target_os = "linux", windows)))]
const TERMINALS: &[&str] = &[];

/// The ways to open a folder that are there on this machine.
pub(crate) fn openers(environment: &Environment) -> Vec<Opener> {
    let editors = EDITORS
        .iter()
        .filter(|(program, _)| {
            find(program, environment)
                .or_else(|| app(program, environment))
                .is_some()
        })
        .map(|(program, title)| Opener {
            id: format!("editor:{program}"),
            title: (*title).to_owned(),
            kind: "editor".to_owned(),
        });
    let terminal = if cfg!(target_os = "macos") {
        Some("Terminal")
    } else {
        TERMINALS
            .iter()
            .find(|program| find(program, environment).is_some())
            .copied()
    };
    let terminal = terminal.map(|program| Opener {
        id: format!("terminal:{program}"),
        title: "Terminal".to_owned(),
        kind: "terminal".to_owned(),
    });
    let files = Opener {
        id: "files".to_owned(),
        title: files_title().to_owned(),
        kind: "files".to_owned(),
    };
    editors.chain(terminal).chain([files]).collect()
}

/// Opens a folder.
pub(crate) fn open(folder: &Path, opener: &str, environment: &Environment) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::new(
            Code::NotFound,
            format!("The folder {} is not there any more.", folder.display()),
            "It may have been moved or deleted. Create the project again, or choose its new folder in the step.",
        ));
    }
    let known = openers(environment).into_iter().any(|known| known.id == opener);
    let program = opener.split_once(':').map(|(_, program)| program);
    let command = program.and_then(|program| find(program, environment));
    let started = match (program, command) {
        _ if !known => Err("it is not on this machine".to_owned()),
        (None, _) => ::open::that_detached(folder).map_err(|error| error.to_string()),
        (Some("Terminal"), _) => start_app(Path::new("Terminal"), folder, environment),
        (Some(_), Some(command)) if opener.starts_with("editor:") => start(&command, &["."], folder, environment),
        (Some(_), Some(command)) => start(&command, &[], folder, environment),
        (Some(program), None) => match app(program, environment) {
            Some(app) => start_app(&app, folder, environment),
            None => Err("it is not on the search path".to_owned()),
        },
    };
    started.map_err(|reason| {
        Failure::new(
            Code::Failed,
            format!(
                "{} could not be opened with {}: {reason}.",
                folder.display(),
                program.unwrap_or("the file manager")
            ),
            format!("Open the folder by hand: {}", folder.display()),
        )
    })
}

/// Opens an https or mailto address in the system's browser or mail program.
pub(crate) fn open_address(url: &str) -> Result<(), Failure> {
    let lower = url.to_ascii_lowercase();
    let allowed = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    if !allowed || url.chars().any(char::is_control) {
        return Err(Failure::new(
            Code::Invalid,
            format!("{url} is not opened: only web and mail addresses are."),
            "Tell the owner of the page.",
        ));
    }
    ::open::that_detached(url).map_err(|error| {
        Failure::new(
            Code::Failed,
            format!("No browser could be started for {url}: {error}."),
            "Copy the address and open it by hand.",
        )
    })
}

/// macOS starts an app by its name, or by where it is.
fn start_app(app: &Path, folder: &Path, environment: &Environment) -> Result<(), String> {
    start(
        Path::new("open"),
        &["-a", &app.to_string_lossy(), "."],
        folder,
        environment,
    )
}

fn start(program: &Path, arguments: &[&str], folder: &Path, environment: &Environment) -> Result<(), String> {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(environment.variables())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|mut child| {
            // Waited for off this thread, so that no zombie stays behind.
            std::thread::spawn(move || child.wait());
        })
        .map_err(|error| error.to_string())
}

fn find(program: &str, environment: &Environment) -> Option<PathBuf> {
    let path = std::env::join_paths(environment.path_folders()).ok()?;
    which::which_in(program, Some(path), "/").ok()
}

/// Where macOS keeps an editor that put no command on the search path, as most do not by themselves.
fn app(program: &str, environment: &Environment) -> Option<PathBuf> {
    if !cfg!(target_os = "macos") {
        return None;
    }
    let (_, title) = EDITORS.iter().find(|(editor, _)| *editor == program)?;
    let own = environment.home().map(|home| home.join("Applications"));
    [Some(PathBuf::from("/Applications")), own]
        .into_iter()
        .flatten()
        .map(|folder| folder.join(format!("{title}.app")))
        .find(|app| app.is_dir())
}

fn files_title() -> &'static str {
    if cfg!(target_os = "macos") {
        "Finder"
    } else if cfg!(windows) {
        "File Explorer"
    } else {
        "Files"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_are_opened() {
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://x\n",
            "vscode://x",
            "-x",
        ] {
            assert_eq!(open_address(url).unwrap_err().code, Code::Invalid, "{url}");
        }
    }

    #[test]
    fn a_folder_that_is_gone_is_told() {
        let environment = Environment::from_vars([("PATH", "")], "test");

        let failure = open(Path::new("/nowhere/hello"), "files", &environment).unwrap_err();

        assert_eq!(failure.code, Code::NotFound);
        assert!(failure.message.contains("/nowhere/hello"));
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_that_is_there_is_offered_and_opens_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let (programs, project) = (home.path().join("bin"), home.path().join("hello"));
        std::fs::create_dir_all(&programs).unwrap();
        std::fs::create_dir_all(&project).unwrap();
        let program = programs.join("code");
        std::fs::write(&program, "#!/bin/sh\necho \"$1\" >> opened\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let environment = Environment::from_vars([("PATH", &programs)], "test");

        let offered: Vec<_> = openers(&environment).into_iter().map(|opener| opener.id).collect();
        assert_eq!(offered, ["editor:code", "files"]);
        open(&project, "editor:code", &environment).unwrap();

        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while std::fs::read_to_string(project.join("opened")).unwrap_or_default() != ".\n" {
            assert!(std::time::Instant::now() < deadline, "the editor was not started");
            std::thread::yield_now();
        }
        assert!(
            open(&project, "editor:zed", &environment)
                .unwrap_err()
                .message
                .contains("zed")
        );
    }
}
