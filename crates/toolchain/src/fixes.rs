//! What to do about a tool on this machine: commands to copy, never run.

use crate::{Fix, Os, PackageManager, Platform, Tool, ToolManager};

/// The commands that install or set right a tool here, best first: by a tool manager that is present, then by the
/// package manager, then other commands that its makers give.
pub fn fixes_for(tool: &Tool, platform: &Platform) -> Vec<Fix> {
    let manager = platform
        .managers
        .iter()
        .filter_map(|manager| by_manager(tool, *manager));
    let package = platform
        .packages
        .iter()
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
    let own = own.take(1).map(|command| Fix {
        with: match platform.os {
            Os::Windows => "PowerShell".to_owned(),
            _ => "Terminal".to_owned(),
        },
        command: command.clone(),
    });
    manager.chain(package).chain(own).collect()
}

/// Whether the catalogue may name this way of installing.
#[cfg(test)]
pub(crate) fn is_way(way: &str) -> bool {
    let ways = ["debian", "fedora", "arch", "macos", "windows", "scoop"];
    let managers = ["mise", "asdf", "rustup", "nvm", "uv", "pipx", "npm", "cargo"];
    ways.contains(&way) || managers.contains(&way)
}

fn by_manager(tool: &Tool, manager: ToolManager) -> Option<Fix> {
    let what = |way: &str| tool.fixes.get(way);
    let (with, command) = match manager {
        ToolManager::Mise => ("mise", format!("mise use --global {}", what("mise")?)),
        ToolManager::Asdf => {
            let plugin = what("asdf")?;
            (
                "asdf",
                format!("asdf plugin add {plugin} && asdf install {plugin} latest && asdf set --home {plugin} latest"),
            )
        }
        ToolManager::Rustup => ("rustup", format!("rustup {}", what("rustup")?)),
        ToolManager::Nvm => ("nvm", format!("nvm {}", what("nvm")?)),
        ToolManager::Uv => ("uv", format!("uv {}", what("uv")?)),
        ToolManager::Pipx => ("pipx", format!("pipx install {}", what("pipx")?)),
        ToolManager::Npm => ("npm", format!("npm install --global {}", what("npm")?)),
        ToolManager::Cargo => ("cargo", format!("cargo install --locked {}", what("cargo")?)),
    };
    Some(Fix {
        with: with.to_owned(),
        command,
    })
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
    let install = || Some(format!("{install} {}", tool.fixes.get(way)?));
    Some(Fix {
        with: with.to_owned(),
        command: tool.commands.get(own).cloned().or_else(install)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Catalogue;

    fn commands(tool: &str, os: Os, packages: &[PackageManager], managers: &[ToolManager]) -> Vec<String> {
        let platform = Platform {
            os,
            packages: packages.to_vec(),
            managers: managers.to_vec(),
        };
        let fixes = fixes_for(Catalogue::builtin().tool(tool).unwrap(), &platform);
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
    fn every_tool_has_something_to_do_on_each_system() {
        let systems = [
            (Os::Linux, PackageManager::Apt),
            (Os::Macos, PackageManager::Brew),
            (Os::Windows, PackageManager::Winget),
        ];
        for tool in Catalogue::builtin().tools() {
            for (os, packages) in systems {
                let applies = tool.os.is_empty() || tool.os.contains(&os);
                let helped = tool.link.is_some() || !commands(&tool.id, os, &[packages], &[]).is_empty();
                assert!(!applies || helped, "{} on {}", tool.id, os.title());
            }
        }
    }
}
