//! Tool managers install the version that they are told to.

use crate::{Fix, Tool, ToolManager};

/// The command of a tool manager. `line` is the version or line of versions that is asked for, where not just the newest
/// will do; `only` says that the newest would not help.
pub(super) fn by_manager(tool: &Tool, manager: ToolManager, line: Option<&str>, only: bool) -> Option<Fix> {
    let what = tool.fixes.get(way(manager))?;
    let told = line.and_then(|line| exactly(tool, manager, what, line));
    let newest = || (!only).then(|| newest(manager, what));
    Some(Fix {
        with: way(manager).to_owned(),
        command: told.or_else(newest)?,
    })
}

/// The manager's name, which is also that of its field in the catalogue.
const fn way(manager: ToolManager) -> &'static str {
    match manager {
        ToolManager::Mise => "mise",
        ToolManager::Asdf => "asdf",
        ToolManager::Rustup => "rustup",
        ToolManager::Nvm => "nvm",
        ToolManager::Uv => "uv",
        ToolManager::Pipx => "pipx",
        ToolManager::Npm => "npm",
        ToolManager::Cargo => "cargo",
    }
}

fn newest(manager: ToolManager, what: &str) -> String {
    match manager {
        ToolManager::Mise => format!("mise use --global {what}"),
        ToolManager::Asdf => asdf(what, "latest"),
        ToolManager::Rustup => format!("rustup {what}"),
        ToolManager::Nvm => format!("nvm {what}"),
        ToolManager::Uv => format!("uv {what}"),
        ToolManager::Pipx => format!("pipx install {what}"),
        ToolManager::Npm => format!("npm install --global {what}"),
        ToolManager::Cargo => format!("cargo install --locked {what}"),
    }
}

/// `None` where the manager cannot be told.
fn exactly(tool: &Tool, manager: ToolManager, what: &str, line: &str) -> Option<String> {
    let whole = line.split('.').count() >= 3;
    let other = match tool.id.as_str() {
        // What is installed there is Node.js, and Bazel's launcher; both have versions of their own.
        "npm" => matches!(manager, ToolManager::Mise | ToolManager::Nvm),
        "bazel" => true,
        // npm's package of that name has stayed at 1.
        "yarn" => manager == ToolManager::Npm && !line.starts_with('1'),
        _ => false,
    };
    if other {
        return None;
    }
    Some(match manager {
        ToolManager::Mise => {
            let (name, usual) = what.split_once('@').unwrap_or((what, ""));
            // Builds of Java carry more than the version, so its first number has to do.
            match usual.split_once('-') {
                Some((vendor, _)) => format!("mise use --global {name}@{vendor}-{}", feature(line)),
                None => format!("mise use --global {name}@{line}"),
            }
        }
        ToolManager::Asdf if what == "java" => asdf(what, &format!("latest:temurin-{}", feature(line))),
        ToolManager::Asdf if whole => asdf(what, line),
        ToolManager::Asdf => asdf(what, &format!("latest:{line}")),
        ToolManager::Rustup if what.starts_with("update") => format!("rustup toolchain install {line}"),
        ToolManager::Rustup => return None,
        ToolManager::Nvm => format!("nvm install {line}"),
        ToolManager::Uv => match what.strip_prefix("tool install ") {
            Some(package) => format!("uv tool install '{}'", python(package, line)),
            None => format!("uv python install {line}"),
        },
        ToolManager::Pipx => format!("pipx install '{}'", python(what, line)),
        ToolManager::Npm => {
            let name = what.strip_suffix("@latest").unwrap_or(what);
            format!("npm install --global {name}@{line}")
        }
        ToolManager::Cargo if whole => format!("cargo install --locked {what} --version {line}"),
        ToolManager::Cargo => format!("cargo install --locked {what} --version '~{line}'"),
    })
}

/// Every release that starts so (PEP 440); a pre-release is only itself.
fn python(package: &str, line: &str) -> String {
    let open = if line.contains(|c: char| c.is_ascii_alphabetic()) {
        ""
    } else {
        ".*"
    };
    format!("{package}=={line}{open}")
}

fn asdf(plugin: &str, version: &str) -> String {
    format!("asdf plugin add {plugin} && asdf install {plugin} {version} && asdf set --home {plugin} {version}")
}

/// Java's feature release: `17` of `17.0.9`, `8` of `1.8`.
fn feature(line: &str) -> &str {
    let line = line.strip_prefix("1.").unwrap_or(line);
    line.split('.').next().unwrap_or(line)
}
