//! What a terminal would have: an app started from a dock or menu gets a short search path, so the login shell is
//! asked for its own.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{Environment, folders};
use crate::process::{self, Call, End};

/// Printed before and after the variables; start-up files may print what they like around it.
const MARK: &str = "--roadbook-environment--";
/// Variables that say something about the shell that answered, not about the person's environment.
const OWN: &[&str] = &[
    "_",
    "SHLVL",
    "PWD",
    "OLDPWD",
    "TERM",
    "DISABLE_AUTO_UPDATE",
    "ROADBOOK_READING_ENVIRONMENT",
];
const OUTPUT: usize = 1024 * 1024;

/// The environment of the login shell; that of `current` with the usual folders where it does not answer.
pub(super) async fn environment(current: Environment, limit: Duration) -> Environment {
    match answer(&current, limit).await {
        Ok((variables, origin)) => merged(current, variables, origin),
        Err(name) => {
            let origin = format!("The usual folders, because the login shell ({name}) did not answer");
            merged(current, BTreeMap::new(), origin)
        }
    }
}

/// The environment of the login shell; `before` with the usual folders that are there by now where it does not answer.
pub(super) async fn again(before: &Environment, current: Environment, limit: Duration) -> Environment {
    match answer(&current, limit).await {
        Ok((variables, origin)) => merged(current, variables, origin),
        Err(_) => merged(before.clone(), BTreeMap::new(), before.origin.clone()),
    }
}

/// The shell's variables, and where they came from for display.
///
/// # Errors
/// The shell's name, where it does not answer.
async fn answer(current: &Environment, limit: Duration) -> Result<(BTreeMap<OsString, OsString>, String), String> {
    let shell = shell(current);
    let name = shell.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let started = Instant::now();
    for arguments in attempts(&name) {
        if let Some(variables) = ask(&shell, &arguments, current, limit).await {
            let origin = format!("Login shell ({name}, {} ms)", started.elapsed().as_millis());
            return Ok((variables, origin));
        }
    }
    tracing::warn!(shell = %shell.display(), "the login shell did not tell its environment");
    Err(name)
}

/// The arguments to try, the most telling first: people set their search path in files that only an interactive shell
/// reads, and some of these files wait for a terminal.
fn attempts(shell: &str) -> Vec<Vec<String>> {
    let posix = format!("printf '%s' '{MARK}'; /usr/bin/env -0; printf '%s' '{MARK}'");
    let with = |flags: &[&str], script: &str| {
        let flags = flags.iter().map(|flag| (*flag).to_owned());
        flags.chain([script.to_owned()]).collect()
    };
    match shell {
        "bash" | "zsh" => vec![with(&["-ilc"], &posix), with(&["-lc"], &posix)],
        "nu" => vec![with(
            &["-l", "-c"],
            &format!("print -n '{MARK}'; ^/usr/bin/env -0; print -n '{MARK}'"),
        )],
        "csh" | "tcsh" => vec![with(&["-c"], &posix)],
        _ => vec![with(&["-lc"], &posix)],
    }
}

async fn ask(
    shell: &Path,
    arguments: &[String],
    current: &Environment,
    limit: Duration,
) -> Option<BTreeMap<OsString, OsString>> {
    let mut variables = current.variables().clone();
    for (name, value) in [
        ("DISABLE_AUTO_UPDATE", "true"),
        ("TERM", "dumb"),
        ("ROADBOOK_READING_ENVIRONMENT", "1"),
    ] {
        variables.insert(name.into(), value.into());
    }
    let call = Call {
        program: shell,
        arguments,
        variables: &variables,
        folder: &current.home().unwrap_or_else(|| PathBuf::from("/")),
        time: limit,
        output: OUTPUT,
    };
    let run = process::run(call, &CancellationToken::new()).await.ok()?;
    match run.end {
        End::Exited(_) => variables_in(&run.stdout),
        End::TimedOut | End::Flooded | End::Cancelled => None,
    }
}

/// The variables between the two marks; `None` where they are not complete.
fn variables_in(output: &[u8]) -> Option<BTreeMap<OsString, OsString>> {
    let mark = MARK.as_bytes();
    let find = |bytes: &[u8]| bytes.windows(mark.len()).position(|window| window == mark);
    let start = find(output)? + mark.len();
    let end = start + find(&output[start..])?;
    let variables: BTreeMap<OsString, OsString> = output[start..end]
        .split(|byte| *byte == 0)
        .filter_map(|variable| {
            let equals = variable.iter().position(|byte| *byte == b'=')?;
            let (name, value) = (&variable[..equals], &variable[equals + 1..]);
            Some((OsString::from_vec(name.to_vec()), OsString::from_vec(value.to_vec())))
        })
        .collect();
    variables.contains_key(OsStr::new("PATH")).then_some(variables)
}

/// The shell's variables over those of `current`, and all the search paths one after the other.
fn merged(current: Environment, shell: BTreeMap<OsString, OsString>, origin: String) -> Environment {
    let path = shell.get(OsStr::new("PATH")).cloned().unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(current.folders.iter().cloned());
    folders.extend(folders::usual(current.home().as_deref()));
    let mut merged = current;
    let told = shell
        .into_iter()
        .filter(|(name, _)| !OWN.iter().any(|own| name.as_bytes() == own.as_bytes()));
    merged.variables.extend(told);
    merged.origin = origin;
    merged.set_folders(folders);
    merged
}

/// `$SHELL`, or the account's shell, or the system's usual one.
fn shell(current: &Environment) -> PathBuf {
    let account = || {
        let user = current.variable("USER").or_else(|| current.variable("LOGNAME"))?;
        let accounts = fs::read("/etc/passwd").ok()?;
        let line = accounts
            .split(|byte| *byte == b'\n')
            .find(|line| line.split(|byte| *byte == b':').next() == Some(user.as_bytes()))?;
        let shell = line.rsplit(|byte| *byte == b':').next()?;
        Some(PathBuf::from(OsStr::from_bytes(shell)))
    };
    let usual = if cfg!(target_os = "macos") {
        "/bin/zsh"
    } else {
        "/bin/sh"
    };
    current
        .folder("SHELL")
        .or_else(account)
        .filter(|shell| shell.is_file())
        .unwrap_or_else(|| PathBuf::from(usual))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A shell that does what the script says, with the requested command in `$2`.
    fn fake_shell(folder: &Path, name: &str, script: &str) -> Environment {
        let shell = folder.join(name);
        fs::write(&shell, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&shell, fs::Permissions::from_mode(0o755)).unwrap();
        Environment::from_vars(
            [
                ("SHELL", shell.as_os_str()),
                ("HOME", folder.as_os_str()),
                ("PATH", OsStr::new("/usr/bin:/bin")),
            ],
            "test",
        )
    }

    #[tokio::test]
    async fn the_login_shell_tells_its_variables_whatever_it_prints_around_them() {
        let folder = tempfile::tempdir().unwrap();
        let current = fake_shell(
            folder.path(),
            "zsh",
            "echo welcome; PATH=/opt/acme/bin:$PATH; export PATH\nLINES_OF='two\nlines'; export LINES_OF\neval \"$2\"; echo bye",
        );

        let environment = environment(current, Duration::from_secs(10)).await;

        assert!(
            environment.origin().starts_with("Login shell (zsh, "),
            "{}",
            environment.origin()
        );
        assert_eq!(environment.path_folders()[0], Path::new("/opt/acme/bin"));
        assert_eq!(environment.variable("LINES_OF"), Some(OsStr::new("two\nlines")));
        assert_eq!(environment.variable("DISABLE_AUTO_UPDATE"), None);
    }

    #[tokio::test]
    async fn each_shell_is_asked_in_its_own_way() {
        let answer = format!("FOUND=$0; export FOUND; printf '%s' '{MARK}'; /usr/bin/env -0; printf '%s' '{MARK}'");
        for (name, arguments) in [
            ("bash", "-ilc*"),
            ("zsh", "-ilc*"),
            ("fish", "-lc*"),
            ("nu", "'-l -c print -n'*"),
            ("tcsh", "-c*"),
            ("dash", "-lc*"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let script = format!("case \"$*\" in {arguments}) ;; *) exit 1;; esac\n{answer}");
            let current = fake_shell(folder.path(), name, &script);

            let environment = environment(current, Duration::from_secs(10)).await;

            let origin = environment.origin();
            assert!(origin.starts_with(&format!("Login shell ({name}, ")), "{origin}");
            let shell = folder.path().join(name);
            assert_eq!(environment.variable("FOUND"), Some(shell.as_os_str()));
        }
    }

    #[tokio::test]
    async fn an_interactive_shell_that_waits_is_asked_again_without_a_terminal() {
        let folder = tempfile::tempdir().unwrap();
        let current = fake_shell(
            folder.path(),
            "bash",
            "case $1 in -ilc) exec sleep 600;; esac\nFOUND=yes; export FOUND\neval \"$2\"",
        );

        let environment = environment(current, Duration::from_millis(500)).await;

        assert_eq!(environment.variable("FOUND"), Some(OsStr::new("yes")));
    }

    #[tokio::test]
    async fn without_an_answer_the_usual_folders_are_added() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".cargo/bin")).unwrap();
        let current = fake_shell(folder.path(), "fish", "exit 1");

        let environment = environment(current, Duration::from_secs(10)).await;

        assert_eq!(
            environment.origin(),
            "The usual folders, because the login shell (fish) did not answer"
        );
        assert_eq!(environment.path_folders()[0], Path::new("/usr/bin"));
        assert!(environment.path_folders().contains(&folder.path().join(".cargo/bin")));
    }

    #[tokio::test]
    async fn a_folder_that_was_made_meanwhile_is_found_when_the_shell_is_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        let (home, limit) = (folder.path(), Duration::from_secs(10));
        let script = "[ -f $HOME/new ] && PATH=$HOME/opt/bin:$PATH\nexport PATH\neval \"$2\"";
        let current = fake_shell(home, "zsh", script);
        let before = environment(current.clone(), limit).await;
        assert!(!before.path_folders().iter().any(|folder| folder.starts_with(home)));

        fs::create_dir_all(home.join(".cargo/bin")).unwrap();
        fs::write(home.join("new"), "").unwrap();
        let after = again(&before, current, limit).await;

        assert_eq!(after.path_folders()[0], home.join("opt/bin"));
        assert!(after.path_folders().contains(&home.join(".cargo/bin")));
    }

    #[tokio::test]
    async fn a_shell_that_no_longer_answers_takes_nothing_away() {
        let folder = tempfile::tempdir().unwrap();
        let (home, limit) = (folder.path(), Duration::from_secs(10));
        let answering = fake_shell(home, "zsh", "PATH=/opt/acme/bin:$PATH; export PATH\neval \"$2\"");
        let before = environment(answering, limit).await;

        let broken = fake_shell(home, "zsh", "exit 1");
        fs::create_dir_all(home.join(".cargo/bin")).unwrap();
        let after = again(&before, broken, limit).await;

        assert_eq!(after.origin(), before.origin());
        assert_eq!(after.path_folders()[0], Path::new("/opt/acme/bin"));
        assert!(after.path_folders().contains(&home.join(".cargo/bin")));
    }

    #[test]
    fn variables_that_are_cut_off_are_not_believed() {
        assert!(variables_in(format!("{MARK}PATH=/bin\0A=b").as_bytes()).is_none());
        assert!(variables_in(format!("{MARK}A=b\0{MARK}").as_bytes()).is_none());
        assert!(variables_in(format!("{MARK}PATH=/bin\0A=b=c\0{MARK}").as_bytes()).is_some());
    }
}
