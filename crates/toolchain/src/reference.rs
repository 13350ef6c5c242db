//! The page about what can be asked for and which files are read, written from the catalogue and the table of formats.

use crate::{
    Catalogue, Kind, Os, Tool,
    carried::FORMATS,
    report::{cell, code},
};

/// The reference in Markdown: the tools of the built-in catalogue, ranges, and the files that repositories carry.
pub fn reference() -> String {
    let mut lines = vec![
        "# Tools and requirement files".to_owned(),
        String::new(),
        "Written from the catalogue and the readers in `crates/toolchain`; do not edit it by hand.".to_owned(),
        "`UPDATE=1 cargo test --workspace --exclude tests --test reference` writes it anew.".to_owned(),
    ];
    lines.extend(ranges());
    lines.extend(catalogue());
    lines.extend(formats());
    lines.join("\n") + "\n"
}

/// How a range is written, and what it means.
const RANGES: [(&str, &str); 10] = [
    ("`>=1.20`", "1.20 or newer; `>`, `<`, `<=` likewise"),
    ("`1.2`", "every 1.2.x"),
    ("`=1.2.3`", "just 1.2.3"),
    ("`!=1.3`", "all but 1.3.x"),
    ("`^1.2`", "1.2 or newer, before 2"),
    ("`~1.2`", "1.2 or newer, before 1.3"),
    (
        "`~>1.2`, `~=1.2`",
        "1.2 or newer, before 2: all but the last part stay (Ruby, Terraform, PEP 440)",
    ),
    ("`>=1 <2`, `>=1,<2`", "both"),
    ("`18 \\|\\| >=20`", "one of them"),
    ("`*`, or nothing", "any version"),
];

fn ranges() -> Vec<String> {
    let mut lines = section(
        "Ranges",
        "A pre-release comes just before its release: `1.97.0-nightly` meets `>=1.85`, and `2.0.0-rc.1` meets neither `>=2` nor `<2`.",
        "| Written | Means |",
    );
    lines.push("|---|---|".to_owned());
    lines.extend(RANGES.iter().map(|(written, means)| format!("| {written} | {means} |")));
    lines
}

fn catalogue() -> Vec<String> {
    let tools = Catalogue::builtin().tools();
    let mut sorted: Vec<_> = tools.iter().collect();
    sorted.sort_by_key(|tool| &tool.id);
    let about = format!(
        "{} tools. A `tools` block of a step asks for one by its name or another name; an organisation adds its own in `tools.toml`. In a project, those that are marked are asked a second time in its folder, because version managers choose by the files there; the others would give the same answer, or could run what the folder holds.",
        tools.len()
    );
    let mut lines = section(
        "Tools",
        &about,
        "| Name | Title | Checked with | Asked in a project | Systems | Installed with |",
    );
    lines.push("|---|---|---|---|---|---|".to_owned());
    lines.extend(sorted.into_iter().map(row));
    lines
}

fn row(tool: &Tool) -> String {
    let names: Vec<_> = [&tool.id]
        .into_iter()
        .chain(&tool.aliases)
        .map(|name| code(name))
        .collect();
    let title = match &tool.link {
        Some(link) => format!("[{}]({link})", cell(&tool.title)),
        None => cell(&tool.title),
    };
    let systems: Vec<_> = tool.os.iter().map(|os| Os::title(*os)).collect();
    let ways: Vec<_> = tool.fixes.keys().map(String::as_str).collect();
    format!(
        "| {} | {title} | {} | {} | {} | {} |",
        names.join(", "),
        checked_with(tool),
        if tool.in_project.is_some() { "yes" } else { "no" },
        if systems.is_empty() {
            "all".to_owned()
        } else {
            systems.join(", ")
        },
        if ways.is_empty() {
            "a command of its own".to_owned()
        } else {
            ways.join(", ")
        },
    )
}

fn checked_with(tool: &Tool) -> String {
    let call = |program: &String| code(&format!("{program} {}", tool.args.join(" ")));
    match tool.kind {
        Kind::SshKey => "a public key in `~/.ssh`".to_owned(),
        Kind::DiskSpace => "at least 5 GB free in the home folder".to_owned(),
        Kind::GitIdentity => "`git config user.name`, `git config user.email`".to_owned(),
        Kind::Program | Kind::DockerDaemon | Kind::DeveloperTools | Kind::SshAgent | Kind::GitCredentialHelper => {
            tool.programs.iter().map(call).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn formats() -> Vec<String> {
    let about = "`roadbook doctor --repo DIR` reads these files of a project's folder, those that outrank others first, and except for containers those of the members of its Cargo, npm, pnpm, Go or Maven workspace. Nothing in them is run, links out of the folder are not followed, and each is read up to 1 MiB. A **pin** is the version that the project is built with, a **range** any of several, a **minimum** that one or a newer one; a **hint** is never a failure. A value that only a version manager can resolve (`lts/*`, `latest`, `system`) counts as any version. Files that no version of a tool meets together are told as a conflict.";
    let mut lines = section(
        "Files that a repository carries",
        about,
        "| Files | What is read | Kind |",
    );
    lines.push("|---|---|---|".to_owned());
    for format in FORMATS {
        let files: Vec<_> = format.files.iter().map(|file| code(file)).collect();
        lines.push(format!("| {} | {} | {} |", files.join(", "), format.reads, format.kind));
    }
    lines
}

fn section(title: &str, about: &str, head: &str) -> Vec<String> {
    vec![
        String::new(),
        format!("## {title}"),
        String::new(),
        about.to_owned(),
        String::new(),
        head.to_owned(),
    ]
}
