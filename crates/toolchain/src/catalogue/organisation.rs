//! An organisation's own tools: data that somebody else wrote, so little may be said.

use std::collections::{BTreeMap, BTreeSet};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Issue;
use crate::{Kind, Scheme, Stream, Tool};

const ARGUMENTS: [&str; 5] = ["--version", "-V", "-v", "version", "-version"];
const SYSTEMS: [&str; 4] = ["any", "linux", "macos", "windows"];
/// Programs that some systems run whatever their arguments say, that take an argument for the name of a package or of
/// another program and run it, that end other processes, and that write to everybody.
const NEVER: [&str; 22] = [
    "reboot", "halt", "poweroff", "shutdown", "init", "telinit", "killall5", "logout", "npx", "bunx", "pnpx", "uvx",
    "dlx", "sudo", "doas", "su", "runas", "pkexec", "pkill", "killall", "kill", "wall",
];
/// Programs that take a word for a host, an address, a file or another program.
const NO_WORD: [&str; 16] = [
    "ssh", "curl", "wget", "ping", "open", "xdg-open", "explorer", "start", "env", "xargs", "nohup", "nice", "timeout",
    "setsid", "watch", "yarn",
];

/// Adds what `tools_toml` says to the tools; gives back what was left out.
pub(super) fn add(tools: &mut Vec<Tool>, tools_toml: &str, file: &str) -> Vec<Issue> {
    let mut reading = Reading {
        text: tools_toml,
        file,
        issues: Vec::new(),
    };
    let parsed = DeTable::parse(tools_toml);
    let without = match &parsed {
        Err(error) if error.message() == "duplicate key" => reading.without_second_tables(),
        _ => String::new(),
    };
    let parsed = if without.is_empty() {
        parsed
    } else {
        DeTable::parse(&without)
    };
    let table = match parsed {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reading.leave_out(
                at,
                &format!("cannot be read: {}", error.message()),
                "Correct the TOML at this line.",
            );
            return reading.issues;
        }
    };
    for (id, row) in table.get_ref() {
        reading.row(tools, id.get_ref(), id.span().start, row.get_ref());
    }
    reading.issues
}

struct Reading<'a> {
    text: &'a str,
    file: &'a str,
    issues: Vec<Issue>,
}

/// What one table says.
#[derive(Default)]
struct Row {
    title: Option<String>,
    program: Option<String>,
    argument: Option<String>,
    link: Option<String>,
    fixes: BTreeMap<String, String>,
}

impl Reading<'_> {
    fn row(&mut self, tools: &mut Vec<Tool>, id: &str, at: usize, value: &DeValue<'_>) {
        let DeValue::Table(table) = value else {
            self.leave_out(
                at,
                &format!("`{id}` is not a table"),
                "Write a table per tool, such as [acme-cli].",
            );
            return;
        };
        let Some(row) = self.fields(id, table) else {
            return;
        };
        let is_named = |tool: &&mut Tool| tool.id == id || tool.aliases.iter().any(|alias| alias == id);
        if let Some(known) = tools.iter_mut().find(is_named) {
            if row.program.is_some() || row.argument.is_some() || row.title.is_some() {
                let help =
                    "Only `fixes` and `link` may be set for a tool that is built in; choose another name for your own.";
                self.twice(at, &format!("`{id}` is already in the built-in catalogue"), help);
                return;
            }
            known.link = row.link.or_else(|| known.link.take());
            if !row.fixes.is_empty() {
                known.fixes.clear();
                known.commands = row.fixes;
            }
            return;
        }
        let Some(program) = row.program.filter(|program| is_bare(program)) else {
            let help = "Name the program alone, without folder, arguments or extension: program = \"acme-cli\".";
            self.leave_out(at, &format!("`{id}` names no program that may be run"), help);
            return;
        };
        let argument = row.argument.unwrap_or_else(|| "--version".to_owned());
        if !ARGUMENTS.contains(&argument.as_str()) {
            let help = format!("The argument has to be one of {}.", ARGUMENTS.join(", "));
            self.leave_out(at, &format!("`{id}` may not be run with `{argument}`"), &help);
            return;
        }
        if argument == "version" && is_one_of(&NO_WORD, &program) {
            let help = "Write argument = \"--version\"; this program does something else with a word.";
            self.leave_out(at, &format!("`{id}` may not be run with `{argument}`"), help);
            return;
        }
        tools.push(Tool {
            title: row.title.unwrap_or_else(|| id.to_owned()),
            id: id.to_owned(),
            aliases: Vec::new(),
            kind: Kind::Program,
            programs: vec![program],
            args: vec![argument],
            stream: Stream::Either,
            pattern: None,
            side_by_side: false,
            absent: None,
            scheme: Scheme::Semver,
            in_project: None,
            env: BTreeMap::new(),
            os: Vec::new(),
            needs: None,
            fixes: BTreeMap::new(),
            commands: row.fixes,
            link: row.link,
            samples: Vec::new(),
        });
    }

    /// The fields of a table; `None` where one of them makes the tool unusable.
    fn fields(&mut self, id: &str, table: &DeTable<'_>) -> Option<Row> {
        let mut row = Row::default();
        for (key, value) in table {
            let at = key.span().start;
            let name: &str = key.get_ref();
            match name {
                "title" => row.title = Some(self.string(id, name, value)?),
                "program" => row.program = Some(self.string(id, name, value)?),
                "argument" => row.argument = Some(self.string(id, name, value)?),
                "link" => {
                    let link = self.string(id, name, value)?;
                    if link.starts_with("https://") {
                        row.link = Some(link);
                    } else {
                        self.leave_out(
                            at,
                            &format!("the link of `{id}` is not a web address"),
                            "Start it with https://.",
                        );
                    }
                }
                "fixes" => row.fixes = self.commands(id, value),
                _ => {
                    let help = "A tool has title, program, argument, fixes and link.";
                    self.leave_out(at, &format!("`{id}` has an unknown field `{name}`"), help);
                }
            }
        }
        Some(row)
    }

    fn commands(&mut self, id: &str, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, String> {
        let mut commands = BTreeMap::new();
        let DeValue::Table(table) = value.get_ref() else {
            let help = "Write fixes = { macos = \"brew install acme/tap/acme-cli\", any = \"…\" }.";
            self.leave_out(
                value.span().start,
                &format!("the fixes of `{id}` are not a table"),
                help,
            );
            return commands;
        };
        for (system, command) in table {
            let name: &str = system.get_ref();
            if !SYSTEMS.contains(&name) {
                let help = format!("A fix is for one of {}.", SYSTEMS.join(", "));
                self.leave_out(
                    system.span().start,
                    &format!("`{id}` has a fix for an unknown system `{name}`"),
                    &help,
                );
            } else if let Some(command) = self.string(id, name, command) {
                commands.insert(name.to_owned(), command);
            }
        }
        commands
    }

    fn string(&mut self, id: &str, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref()
            && !text.chars().any(char::is_control)
        {
            return Some(text.to_string());
        }
        self.leave_out(
            value.span().start,
            &format!("`{name}` of `{id}` is not a line of text"),
            "Write it in quotes, on one line.",
        );
        None
    }

    /// The text with blanks in the place of each table whose name was there before; that is told.
    fn without_second_tables(&mut self) -> String {
        let (mut seen, mut without, mut second) = (BTreeSet::new(), String::new(), false);
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let header = line.trim_start().strip_prefix('[');
            if let Some((id, _)) = header.and_then(|header| header.split_once(']')) {
                let id = id.trim().trim_matches(['"', '\'']);
                second = !seen.insert(id.to_owned());
                if second {
                    let help = "Keep one of the two tables; until then the first one counts.";
                    self.twice(at, &format!("`{id}` is there twice"), help);
                }
            }
            if second {
                without.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            } else {
                without.push_str(line);
            }
            at += line.len();
        }
        without
    }

    fn leave_out(&mut self, at: usize, what: &str, help: &str) {
        self.tell("tools-toml", at, what, help);
    }

    fn twice(&mut self, at: usize, what: &str, help: &str) {
        self.tell("duplicate-tool", at, what, help);
    }

    fn tell(&mut self, code: &'static str, at: usize, what: &str, help: &str) {
        let before = self.text.get(..at).unwrap_or(self.text);
        self.issues.push(Issue {
            code,
            message: format!("{}: {what}", self.file),
            line: before.matches('\n').count() + 1,
            help: help.to_owned(),
        });
    }
}

/// A name that can only be looked up on the search path.
fn is_bare(program: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    program.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && program.chars().all(plain)
        && !is_one_of(&NEVER, program)
}

/// As Windows sees it: upper and lower case alike, with or without the extension.
fn is_one_of(programs: &[&str], program: &str) -> bool {
    let lower = program.to_ascii_lowercase();
    let name = [".exe", ".cmd", ".bat", ".com", ".ps1"]
        .into_iter()
        .find_map(|extension| lower.strip_suffix(extension));
    programs.contains(&name.unwrap_or(&lower))
}
