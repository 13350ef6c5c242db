//! Whether a tool may be asked in a project's folder: not where files there could make a version manager run a program
//! of the project's own.
//!
//! rustup and .NET take a folder for a version, asdf and mise a `path:`, old pyenv a name with `..` in it (CVE-2022-35861),
//! and mise runs what the templates and hooks of a trusted `mise.toml` say. The files of the folders above count too, up
//! to the home folder: from there on they are the person's own.

use std::{fs, path::Path};

use toml::de::{DeTable, DeValue};

use crate::{
    Tool,
    carried::{file, reading::at},
    shim,
};

/// Folders above a project that are looked at; a path that is deeper is no project's.
const MOST: usize = 64;

const VERSION_FILES: [&str; 10] = [
    ".tool-versions",
    ".nvmrc",
    ".node-version",
    ".python-version",
    ".ruby-version",
    ".java-version",
    ".go-version",
    ".terraform-version",
    ".opentofu-version",
    ".deno-version",
];
const TOOLCHAIN_FILES: [&str; 2] = ["rust-toolchain.toml", "rust-toolchain"];
/// Folders in which mise looks for files whose names it makes out of the environment's.
const MISE_FOLDERS: [&str; 7] = [
    "",
    "mise",
    ".mise",
    ".config",
    ".config/mise",
    ".config/mise/conf.d",
    ".mise/conf.d",
];

/// Why the tool may not be asked in the project; the beginning of a sentence.
pub(crate) fn objection(tool: &Tool, program: &Path, project: &Path, home: Option<&Path>) -> Option<String> {
    let project = project.canonicalize().ok()?;
    let home = home.and_then(|home| home.canonicalize().ok());
    let by_mise = shim::installer(program) == Some("mise install");
    let folders = project
        .ancestors()
        .take_while(|folder| home.as_deref() != Some(folder))
        .take(MOST);
    folders.into_iter().find_map(|folder| {
        let told = VERSION_FILES
            .iter()
            .find_map(|name| objects(folder, name, names_a_place));
        told.or_else(|| match tool.id.as_str() {
            "rustc" | "cargo" => TOOLCHAIN_FILES
                .iter()
                .find_map(|name| objects(folder, name, toolchain_is_a_folder)),
            "dotnet" => objects(folder, "global.json", |text| text.contains("\"paths\"")),
            _ => None,
        })
        .or_else(|| {
            let files = MISE_FOLDERS.iter().filter(|_| by_mise);
            let mut files = files.flat_map(|sub| mise_files(folder, sub));
            files.find_map(|name| objects(folder, &name, does_more_than_name_tools))
        })
    })
}

/// A file that cannot be read is not trusted either.
fn objects(folder: &Path, name: &str, distrusted: fn(&str) -> bool) -> Option<String> {
    match file::read(folder, name) {
        Ok(Some(text)) if distrusted(&text) => Some(format!("`{name}` asks for more than a version")),
        Ok(_) => None,
        Err(reason) => Some(format!("`{name}` {reason}")),
    }
}

fn names_a_place(text: &str) -> bool {
    let place = |word: &str| {
        word.starts_with(['/', '.', '~'])
            || word.contains("path:")
            || word.contains("..")
            || word.contains('\\')
            || word.contains("{{")
            || word.contains("{%")
    };
    text.split_whitespace().any(place)
}

fn toolchain_is_a_folder(text: &str) -> bool {
    match DeTable::parse(text) {
        Ok(table) => at(table.get_ref(), &["toolchain", "path"]).is_some(),
        // The old format: a name on one line, in which a separator makes a folder of it.
        Err(_) => text.contains(['/', '\\', '=']),
    }
}

/// Anything but literal versions in `[tools]`, and tasks, which nobody runs here.
fn does_more_than_name_tools(text: &str) -> bool {
    let Ok(table) = DeTable::parse(text) else {
        return true;
    };
    let known = |key: &str| ["tools", "tasks", "min_version"].contains(&key);
    let others = table.get_ref().keys().any(|key| !known(key.get_ref()));
    let placed = at(table.get_ref(), &["tools"]).is_some_and(|tools| has_place(tools.get_ref()));
    others || placed || text.contains("{{") || text.contains("{%")
}

fn has_place(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::String(text) => names_a_place(text),
        DeValue::Array(all) => all.iter().any(|one| has_place(one.get_ref())),
        DeValue::Table(table) => table.values().any(|one| has_place(one.get_ref())),
        _ => false,
    }
}

fn mise_files(folder: &Path, sub: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.join(sub)).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let own = sub.contains("mise");
    let is_toml = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let fits = names.filter(|name| is_toml(name) && (own || name.trim_start_matches('.').starts_with("mise")));
    fits.map(|name| if sub.is_empty() { name } else { format!("{sub}/{name}") })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::Catalogue;

    fn told(tool: &str, program: &str, file: &str, text: &str) -> Option<String> {
        let home = tempfile::tempdir().unwrap();
        let project = home.path().join("projects/shop/web");
        fs::create_dir_all(&project).unwrap();
        let file = home.path().join("projects/shop").join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        let tool = Catalogue::builtin().tool(tool).unwrap();
        objection(tool, Path::new(program), &project, Some(home.path()))
    }

    #[test]
    fn a_version_is_no_reason_to_object() {
        let cases = [
            ("node", ".nvmrc", "lts/*\n"),
            ("node", ".tool-versions", "nodejs 20.11.1 # ours\n"),
            ("rustc", "rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n"),
            ("rustc", "rust-toolchain", "1.80.1-x86_64-unknown-linux-gnu\n"),
            ("dotnet", "global.json", "{ \"sdk\": { \"version\": \"8.0.100\" } }"),
        ];
        for (tool, file, text) in cases {
            assert_eq!(told(tool, "/home/ada/.asdf/shims/tool", file, text), None, "{file}");
        }
        let mise = "min_version = \"2024.1\"\n[tools]\nnode = \"20\"\n[tasks.build]\nrun = \"make\"\n";
        assert_eq!(
            told("node", "/home/ada/.local/share/mise/shims/node", "mise.toml", mise),
            None
        );
    }

    #[test]
    fn a_folder_in_the_place_of_a_version_is() {
        let cases = [
            ("node", ".tool-versions", "nodejs path:./tools/node\n"),
            ("python3", ".python-version", "../evil\n"),
            ("rustc", "rust-toolchain.toml", "[toolchain]\npath = \"tools/rust\"\n"),
            ("cargo", "rust-toolchain", "./tools/rust\n"),
            ("dotnet", "global.json", "{ \"sdk\": { \"paths\": [\".dotnet\"] } }"),
        ];
        for (tool, file, text) in cases {
            let told = told(tool, "/usr/bin/tool", file, text).unwrap();
            assert_eq!(told, format!("`{file}` asks for more than a version"));
        }
    }

    #[test]
    fn mise_is_asked_only_where_its_files_name_tools_and_nothing_else() {
        let shim = "/home/ada/.local/share/mise/shims/node";
        for (file, text) in [
            ("mise.toml", "[env]\n_.source = \"./setup.sh\"\n"),
            (".mise.local.toml", "[tools]\nnode = \"{{ exec(command='./x') }}\"\n"),
            (".config/mise/conf.d/a.toml", "[hooks]\nenter = \"./x\"\n"),
            ("mise.toml", "[tools]\nnode = \"path:./node\"\n"),
            ("mise.toml", "[tools"),
        ] {
            assert!(told("node", shim, file, text).is_some(), "{file} {text}");
            assert!(
                told("node", "/home/ada/.asdf/shims/node", file, text).is_none(),
                "{file} {text}"
            );
        }
    }

    #[test]
    fn the_files_of_the_home_folder_are_the_persons_own() {
        let home = tempfile::tempdir().unwrap();
        let project = home.path().join("shop");
        fs::create_dir(&project).unwrap();
        fs::write(home.path().join(".tool-versions"), "nodejs path:/opt/node\n").unwrap();
        let node = Catalogue::builtin().tool("node").unwrap();

        let told = objection(node, Path::new("/usr/bin/node"), &project, Some(home.path()));

        assert_eq!(told, None);
    }
}
