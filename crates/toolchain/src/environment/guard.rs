//! Printing a version is not harmless by itself: tools download, ask, report and repaint. These variables stop them.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::Path,
};

const SET: &[(&str, &str)] = &[
    // Plain text in plain English.
    ("NO_COLOR", "1"),
    ("CLICOLOR", "0"),
    ("TERM", "dumb"),
    ("LC_ALL", "C.UTF-8"),
    ("LANGUAGE", ""),
    ("WSL_UTF8", "1"),
    ("PYTHONUTF8", "1"),
    ("PAGER", "cat"),
    ("GIT_PAGER", "cat"),
    // No downloads.
    ("RUSTUP_AUTO_INSTALL", "0"),
    ("GOTOOLCHAIN", "local"),
    ("COREPACK_ENABLE_NETWORK", "0"),
    ("COREPACK_ENABLE_DOWNLOAD_PROMPT", "0"),
    ("COREPACK_ENABLE_STRICT", "0"),
    ("MISE_AUTO_INSTALL", "0"),
    ("MISE_EXEC_AUTO_INSTALL", "0"),
    ("MISE_NOT_FOUND_AUTO_INSTALL", "0"),
    ("MISE_OFFLINE", "1"),
    ("PROTO_AUTO_INSTALL", "false"),
    ("GOENV_AUTO_INSTALL", "0"),
    ("TFENV_AUTO_INSTALL", "false"),
    ("TENV_AUTO_INSTALL", "false"),
    ("UV_PYTHON_DOWNLOADS", "never"),
    ("npm_config_offline", "true"),
    ("PYTHONDONTWRITEBYTECODE", "1"),
    // No prompts.
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("SSH_ASKPASS_REQUIRE", "never"),
    ("CLOUDSDK_CORE_DISABLE_PROMPTS", "1"),
    // No update checks and no telemetry.
    ("CHECKPOINT_DISABLE", "1"),
    ("GH_NO_UPDATE_NOTIFIER", "1"),
    ("GLAB_CHECK_UPDATE", "false"),
    ("HOMEBREW_NO_AUTO_UPDATE", "1"),
    ("HOMEBREW_NO_ANALYTICS", "1"),
    ("NO_UPDATE_NOTIFIER", "1"),
    ("npm_config_update_notifier", "false"),
    ("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
    ("PULUMI_SKIP_UPDATE_CHECK", "true"),
    ("AZURE_CORE_COLLECT_TELEMETRY", "0"),
    ("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "1"),
    ("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "1"),
    ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ("DOTNET_NOLOGO", "1"),
    ("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1"),
    ("FLUTTER_SUPPRESS_ANALYTICS", "true"),
    ("POWERSHELL_UPDATECHECK", "Off"),
    ("DO_NOT_TRACK", "1"),
];

/// Where no proxy listens (the discard service, RFC 863): whoever downloads is refused at once.
const NOWHERE: &str = "http://127.0.0.1:9";
const PROXIES: [&str; 6] = [
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
];
const NO_PROXY: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// What would undo the guards, load code, or make a tool act on another project.
const REMOVED: &[&str] = &[
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_TRACE",
    "BASH_ENV",
    "ENV",
    "NODE_OPTIONS",
    "RUBYOPT",
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "JDK_JAVAC_OPTIONS",
    "OLDPWD",
];

/// The variables with the guards in place, for a child that runs in `folder`.
pub(super) fn guarded(variables: &BTreeMap<OsString, OsString>, folder: &Path) -> BTreeMap<OsString, OsString> {
    let mut guarded = variables.clone();
    for name in REMOVED {
        guarded.remove(OsStr::new(name));
    }
    for (name, value) in SET {
        guarded.insert(super::name_of((*name).into()), (*value).into());
    }
    // The neutral folder may lie inside somebody's repository; Git must not look there.
    guarded.insert(
        "GIT_CEILING_DIRECTORIES".into(),
        folder.parent().unwrap_or(folder).into(),
    );
    // Scripts of version managers look for their files from here.
    guarded.insert("PWD".into(), folder.into());
    guarded
}

/// The same for a project's folder. Some version managers have no switch against downloads.
pub(super) fn guarded_in_project(
    variables: &BTreeMap<OsString, OsString>,
    folder: &Path,
) -> BTreeMap<OsString, OsString> {
    let mut guarded = guarded(variables, folder);
    for name in NO_PROXY {
        guarded.remove(&super::name_of(name.into()));
    }
    for name in PROXIES {
        guarded.insert(super::name_of(name.into()), NOWHERE.into());
    }
    guarded
}
