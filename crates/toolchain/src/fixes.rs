//! What to do about a tool on this machine: commands to copy, never run.

mod versioned;

use std::collections::HashSet;

use crate::{Fix, Os, PackageManager, Platform, Range, Tool, Version};

/// The commands that install or set right a tool here, best first: by a tool manager that is present, then by the
/// package manager, then other commands that its makers give.
///
/// Where the newest version is not in the `range`, tool managers are given one that is. What only ever installs the
/// newest is left out where the version that is there, `found`, is too new already.
pub fn fixes_for(tool: &Tool, range: &Range, found: Option<&Version>, platform: &Platform) -> Vec<Fix> {
    let line = range.line(tool.scheme);
    let too_new = found.is_some_and(|found| range.is_before(found));
    let manager = platform
        .managers
        .iter()
        .filter_map(|manager| versioned::by_manager(tool, *manager, line.as_deref(), too_new));
    let package = platform
        .packages
        .iter()
        .filter(|_| !too_new)
        .filter_map(|manager| by_package(tool, *manager));
    // A cask of Homebrew is an application for macOS.
    let package = package.filter(|fix| platform.os == Os::Macos || !fix.command.contains("--cask"));
    let system = match platform.os {
        Os::Linux => "linux",
        Os::Macos => "macos",
        Os::Windows => "windows",
        Os::Other => "any",
    };
    let own = [system, "any"]
        .into_iter()
        .filter_map(|system| tool.commands.get(system));
    // The command that installs rustup brings every version of Rust within reach.
    let own = own.take(1).filter(|_| !too_new || tool.fixes.contains_key("rustup"));
    let own = own.map(|command| Fix {
        with: match platform.os {
            Os::Windows => "PowerShell".to_owned(),
            Os::Linux | Os::Macos | Os::Other => "Terminal".to_owned(),
        },
        command: command.clone(),
    });
    let mut fixes: Vec<Fix> = if found.is_some() {
        // What is too old often came from the system's packages, which then have no newer one.
        manager.chain(own).chain(package).collect()
    } else {
        manager.chain(package).chain(own).collect()
    };
    let mut seen = HashSet::new();
    fixes.retain(|fix| seen.insert(fix.command.clone()));
    fixes
}

/// Whether the catalogue may name this way of installing.
#[cfg(test)]
pub(crate) fn is_way(way: &str) -> bool {
    let ways = ["debian", "fedora", "arch", "macos", "windows", "scoop"];
    let managers = ["mise", "asdf", "rustup", "nvm", "uv", "pipx", "npm", "cargo"];
    ways.contains(&way) || managers.contains(&way)
}

fn by_package(tool: &Tool, manager: PackageManager) -> Option<Fix> {
    let (with, own, way, install) = match manager {
        PackageManager::Apt => ("apt", "apt", "debian", "sudo apt install"),
        PackageManager::Dnf => ("dnf", "dnf", "fedora", "sudo dnf install"),
        PackageManager::Pacman => ("pacman", "pacman", "arch", "sudo pacman -S"),
        PackageManager::Brew => ("Homebrew", "brew", "macos", "brew install"),
        PackageManager::Winget => ("winget", "winget", "windows", "winget install --exact --id"),
        PackageManager::Scoop => ("Scoop", "scoop", "scoop", "scoop install"),
    };
    if let Some(command) = tool.commands.get(own) {
        // The makers' own command need not be one of the package manager.
        let with = if command.split_whitespace().any(|word| word == own) {
            with
        } else {
            "Terminal"
        };
        return Some(Fix {
            with: with.to_owned(),
            command: command.clone(),
        });
    }
    Some(Fix {
        with: with.to_owned(),
        command: format!("{install} {}", tool.fixes.get(way)?),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{Catalogue, ToolManager};

    fn commands(tool: &str, os: Os, packages: &[PackageManager], managers: &[ToolManager]) -> Vec<String> {
        commands_for(tool, "", None, &platform(os, packages, managers))
    }

    fn platform(os: Os, packages: &[PackageManager], managers: &[ToolManager]) -> Platform {
        Platform {
            os,
            packages: packages.to_vec(),
            managers: managers.to_vec(),
        }
    }

    fn commands_for(tool: &str, range: &str, found: Option<&str>, platform: &Platform) -> Vec<String> {
        let tool = Catalogue::builtin().tool(tool).unwrap();
        let found = found.map(|found| Version::parse(found, tool.scheme).unwrap());
        let fixes = fixes_for(tool, &Range::parse(range).unwrap(), found.as_ref(), platform);
        fixes.into_iter().map(|fix| fix.command).collect()
    }

    #[test]
    fn each_package_manager_has_its_own_command() {
        assert_eq!(
            commands("git", Os::Linux, &[PackageManager::Apt], &[]),
            ["sudo apt install git"]
        );
        assert_eq!(
            commands("git", Os::Linux, &[PackageManager::Dnf], &[]),
            ["sudo dnf install git"]
        );
        assert_eq!(
            commands("git", Os::Linux, &[PackageManager::Pacman], &[]),
            ["sudo pacman -S git"]
        );
        assert_eq!(
            commands("git", Os::Windows, &[PackageManager::Winget], &[])[0],
            "winget install --exact --id Git.Git"
        );
    }

    #[test]
    fn a_command_that_is_not_the_package_managers_does_not_bear_its_name() {
        let platform = platform(Os::Linux, &[PackageManager::Apt], &[]);
        let with = |tool: &str| {
            let tool = Catalogue::builtin().tool(tool).unwrap();
            fixes_for(tool, &Range::parse("").unwrap(), None, &platform)[0]
                .with
                .clone()
        };
        assert_eq!(with("git"), "apt");
        assert_eq!(with("code"), "apt");
        assert_eq!(with("helm"), "Terminal");
    }

    #[test]
    fn where_the_systems_package_is_too_old_its_own_installer_comes_first() {
        let platform = platform(Os::Linux, &[PackageManager::Apt], &[]);
        let missing = commands_for("node", ">=22", None, &platform);
        assert!(
            missing[0].starts_with("sudo apt install") && missing[1].contains("nvm install"),
            "{missing:?}"
        );
        let old = commands_for("node", ">=22", Some("20.20.2"), &platform);
        assert!(
            old[0].contains("nvm install") && old[1].starts_with("sudo apt install"),
            "{old:?}"
        );
    }

    #[test]
    fn a_tool_manager_that_is_there_comes_first() {
        let found = commands(
            "node",
            Os::Linux,
            &[PackageManager::Apt],
            &[ToolManager::Mise, ToolManager::Nvm],
        );
        assert_eq!(found[..2], ["mise use --global node@lts", "nvm install --lts"]);
        assert!(found[2].starts_with("sudo apt install"), "{found:?}");
        let rust = commands("rust", Os::Linux, &[PackageManager::Apt], &[ToolManager::Rustup]);
        assert_eq!(rust[0], "rustup update stable");
    }

    #[test]
    fn the_version_that_is_asked_for_is_the_one_that_is_installed() {
        let cases = [
            ("node", "18.20.0", ToolManager::Nvm, "nvm install 18.20.0"),
            ("node", ">=18 <21", ToolManager::Nvm, "nvm install 18"),
            ("node", ">=18", ToolManager::Nvm, "nvm install --lts"),
            ("node", "18.20.0", ToolManager::Mise, "mise use --global node@18.20.0"),
            (
                "node",
                "18.20.0",
                ToolManager::Asdf,
                "asdf plugin add nodejs && asdf install nodejs 18.20.0 && asdf set --home nodejs 18.20.0",
            ),
            (
                "node",
                "18",
                ToolManager::Asdf,
                "asdf plugin add nodejs && asdf install nodejs latest:18 && asdf set --home nodejs latest:18",
            ),
            ("python", "3.11", ToolManager::Uv, "uv python install 3.11"),
            ("python", ">=3.10,<3.13", ToolManager::Uv, "uv python install 3.10"),
            ("poetry", "1.8.3", ToolManager::Uv, "uv tool install 'poetry==1.8.3.*'"),
            ("poetry", "~1.8", ToolManager::Pipx, "pipx install 'poetry==1.8.*'"),
            ("rust", "1.80", ToolManager::Rustup, "rustup toolchain install 1.80"),
            ("rustup", "1.27.1", ToolManager::Rustup, "rustup self update"),
            ("pnpm", "9.1.0", ToolManager::Npm, "npm install --global pnpm@9.1.0"),
            ("npm", "^9", ToolManager::Npm, "npm install --global npm@9"),
            (
                "just",
                "1.40.0",
                ToolManager::Cargo,
                "cargo install --locked just --version 1.40.0",
            ),
            (
                "just",
                "1.40",
                ToolManager::Cargo,
                "cargo install --locked just --version '~1.40'",
            ),
            ("java", "17.0.9", ToolManager::Mise, "mise use --global java@temurin-17"),
            ("java", "1.8", ToolManager::Mise, "mise use --global java@temurin-8"),
            (
                "java",
                "17",
                ToolManager::Asdf,
                "asdf plugin add java && asdf install java latest:temurin-17 && asdf set --home java latest:temurin-17",
            ),
            ("npm", "9.1.0", ToolManager::Mise, "mise use --global node@lts"),
        ];
        for (tool, range, manager, command) in cases {
            let platform = Platform {
                os: Os::Linux,
                packages: Vec::new(),
                managers: vec![manager],
            };
            assert_eq!(commands_for(tool, range, None, &platform)[0], command, "{tool} {range}");
        }
    }

    #[test]
    fn the_newest_is_no_help_where_what_is_there_is_too_new() {
        let platform = Platform {
            os: Os::Linux,
            packages: vec![PackageManager::Apt],
            managers: vec![ToolManager::Mise, ToolManager::Nvm],
        };
        let node = commands_for("node", ">=18 <21", Some("24.1.0"), &platform);
        assert_eq!(node, ["mise use --global node@18", "nvm install 18"]);
        let older = commands_for("node", ">=18 <21", Some("16.20.0"), &platform);
        assert!(older.iter().any(|command| command.starts_with("sudo apt")), "{older:?}");
        assert_eq!(
            commands_for("npm", "<10", Some("11.0.0"), &platform),
            <[&str; 0]>::default()
        );
        assert_eq!(
            commands_for("git", "<2", Some("2.47.3"), &platform),
            <[&str; 0]>::default()
        );
        let rust = commands_for("rust", "1.80", Some("1.95.0"), &platform);
        assert_eq!(rust[0], "mise use --global rust@1.80");
        assert!(rust[1].contains("sh.rustup.rs"), "{rust:?}");
    }

    #[test]
    fn room_is_made_with_the_package_manager_that_is_there_before_looking_for_more() {
        let apt = commands("disk-space", Os::Linux, &[PackageManager::Apt], &[]);
        assert_eq!(apt[0], "sudo apt clean");
        assert!(apt[1].starts_with("du "), "{apt:?}");

        let brew = commands("disk-space", Os::Macos, &[PackageManager::Brew], &[]);
        assert_eq!(brew[0], "brew cleanup");
        assert!(brew[1].contains("settings.Storage"), "{brew:?}");

        let windows = commands("disk-space", Os::Windows, &[PackageManager::Winget], &[]);
        assert_eq!(windows, ["Start-Process ms-settings:storagesense"]);
    }

    #[test]
    fn a_command_of_the_makers_that_a_manager_has_too_is_told_once() {
        let managers = [ToolManager::Npm];
        assert_eq!(
            commands("wrangler", Os::Linux, &[PackageManager::Apt], &managers),
            ["npm install --global wrangler"]
        );
    }

    /// Where neither the package manager has the tool nor its makers give a command for everybody there: the link has
    /// to do.
    const WITHOUT: [(&str, PackageManager); 15] = [
        ("asdf", PackageManager::Apt),
        ("asdf", PackageManager::Dnf),
        ("composer", PackageManager::Winget),
        ("dart", PackageManager::Dnf),
        ("elixir", PackageManager::Winget),
        ("flutter", PackageManager::Winget),
        ("glab", PackageManager::Apt),
        ("gradle", PackageManager::Winget),
        ("k3d", PackageManager::Winget),
        ("kind", PackageManager::Apt),
        ("kind", PackageManager::Dnf),
        ("maven", PackageManager::Winget),
        ("redis", PackageManager::Winget),
        ("scala", PackageManager::Winget),
        ("zig", PackageManager::Apt),
    ];

    #[test]
    fn every_tool_has_a_command_on_each_system() {
        let systems = [
            (Os::Linux, PackageManager::Apt),
            (Os::Linux, PackageManager::Dnf),
            (Os::Linux, PackageManager::Pacman),
            (Os::Macos, PackageManager::Brew),
            (Os::Windows, PackageManager::Winget),
        ];
        for tool in Catalogue::builtin().tools() {
            for (os, packages) in systems {
                let applies = tool.os.is_empty() || tool.os.contains(&os);
                let helped = !commands(&tool.id, os, &[packages], &[]).is_empty();
                let known = WITHOUT.contains(&(tool.id.as_str(), packages));
                assert!(!applies || helped != known, "{} with {packages:?}", tool.id);
            }
        }
    }
}
