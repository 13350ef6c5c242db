//! This machine's system, its package manager, and the tool managers that are there.

use std::fs;

use serde::Deserialize;

use crate::{Environment, locate};

/// What decides which fix helps here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// The operating system.
    pub os: Os,
    /// The package managers, the one to use first.
    pub packages: Vec<PackageManager>,
    /// The tool managers, best first.
    pub managers: Vec<ToolManager>,
}

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Linux, of any distribution.
    Linux,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
    /// Another one.
    #[serde(skip)]
    Other,
}

/// What installs packages for the whole machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackageManager {
    /// Debian, Ubuntu and their kin.
    Apt,
    /// Fedora, RHEL and their kin.
    Dnf,
    /// Arch and its kin.
    Pacman,
    /// Homebrew.
    Brew,
    /// Windows' own.
    Winget,
    /// Scoop, for one user of Windows.
    Scoop,
}

/// What installs versions of tools for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolManager {
    /// mise-en-place.
    Mise,
    /// asdf.
    Asdf,
    /// Rust's.
    Rustup,
    /// Node's; a shell function, so its folder is looked for.
    Nvm,
    /// Python's.
    Uv,
    /// Python applications.
    Pipx,
    /// Node packages.
    Npm,
    /// Rust crates.
    Cargo,
}

impl Os {
    /// The system that this program was built for.
    pub const fn current() -> Self {
        if cfg!(target_os = "linux") {
            Self::Linux
        } else if cfg!(target_os = "macos") {
            Self::Macos
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Other
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Macos => "macOS",
            Self::Windows => "Windows",
            Self::Other => "this system",
        }
    }
}

impl Platform {
    /// This machine, with the managers on the environment's search path.
    pub fn current(environment: &Environment) -> Self {
        let os = Os::current();
        let there = |program: &str| locate::is_there(program, environment);
        let mut packages = Vec::new();
        match os {
            Os::Linux => {
                let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
                packages.extend(package_manager(&release));
                let known = [
                    ("apt-get", PackageManager::Apt),
                    ("dnf", PackageManager::Dnf),
                    ("pacman", PackageManager::Pacman),
                ];
                if packages.is_empty() {
                    packages.extend(
                        known
                            .into_iter()
                            .find(|(program, _)| there(program))
                            .map(|(_, manager)| manager),
                    );
                }
                if there("brew") {
                    packages.push(PackageManager::Brew);
                }
            }
            Os::Macos => packages.push(PackageManager::Brew),
            Os::Windows => {
                packages.push(PackageManager::Winget);
                if there("scoop") {
                    packages.push(PackageManager::Scoop);
                }
            }
            Os::Other => {}
        }
        let nvm = environment
            .folder("NVM_DIR")
            .or_else(|| environment.home().map(|home| home.join(".nvm")))
            .is_some_and(|folder| folder.join("nvm.sh").is_file());
        let managers = [
            (ToolManager::Mise, there("mise")),
            (ToolManager::Asdf, there("asdf")),
            (ToolManager::Rustup, there("rustup")),
            (ToolManager::Nvm, nvm),
            (ToolManager::Uv, there("uv")),
            (ToolManager::Pipx, there("pipx")),
            (ToolManager::Npm, there("npm")),
            (ToolManager::Cargo, there("cargo")),
        ];
        Self {
            os,
            packages,
            managers: managers
                .into_iter()
                .filter(|(_, there)| *there)
                .map(|(manager, _)| manager)
                .collect(),
        }
    }
}

/// By the distribution's name or that of its parent (os-release(5)).
fn package_manager(release: &str) -> Option<PackageManager> {
    let field = |name: &str| {
        let value = release
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches(['"', '\'']).to_ascii_lowercase()
    };
    let names = format!("{} {}", field("ID"), field("ID_LIKE"));
    names.split_whitespace().find_map(|name| match name {
        "debian" | "ubuntu" => Some(PackageManager::Apt),
        "fedora" | "rhel" | "centos" => Some(PackageManager::Dnf),
        "arch" => Some(PackageManager::Pacman),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_its_name_or_its_parent() {
        let cases = [
            ("NAME=\"Debian GNU/Linux\"\nID=debian\n", Some(PackageManager::Apt)),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Some(PackageManager::Apt)),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
                Some(PackageManager::Dnf),
            ),
            ("ID=manjaro\nID_LIKE=arch\n", Some(PackageManager::Pacman)),
            ("ID=nixos\n", None),
            ("", None),
        ];
        for (release, manager) in cases {
            assert_eq!(package_manager(release), manager, "{release}");
        }
    }
}
