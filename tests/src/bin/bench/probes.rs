//! A check of the toolchain beside the same commands run four at a time by xargs, and beside envinfo.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use tests::{Fixture, Home, built_program, repository_root, target_folder};

use crate::rounds::{first_line, milliseconds, milliseconds_until, side_by_side};
use crate::row::Row;

const PROBES: usize = 40;

/// Forty fake tools that take 20 to 200 ms, and this machine's own.
pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let mut rows = fakes(rounds);
    rows.extend(this_machine(rounds.div_ceil(3)));
    rows
}

fn fakes(rounds: usize) -> Vec<Row> {
    let home = Home::new();
    let names: Vec<String> = (0..PROBES).map(|number| format!("probe-{number}")).collect();
    let mut tools = String::new();
    for name in &names {
        writeln!(tools, "[{name}]\ntitle = \"{name}\"\nprogram = \"{name}\"").expect("a text can be written to");
    }
    let book = Fixture::minimal().file("tools.toml", &tools);
    let install = || {
        // Written anew, so that no answer is known from the round before.
        for (number, name) in names.iter().enumerate() {
            let pause = 20 + (number * 73) % 181; // 20 to 200 ms, neither sorted nor in groups
            home.install_tool(name, &format!("sleep 0.{pause:03}\necho {name} 1.2.3"));
        }
    };
    let list = home.write("probes", &names.join("\n"));
    let roadbook = built_program("roadbook", "ROADBOOK_BIN", "cli");
    let ours = || {
        install();
        let mut command = clean(&home, &roadbook);
        milliseconds(
            command
                .args(["--json", "--book", &book.argument(), "doctor"])
                .args(&names),
        )
    };
    let xargs = || {
        let mut command = clean(&home, "xargs");
        milliseconds(command.arg("-a").arg(&list).args(["-P", "4", "-n", "1", "env"]))
    };
    let (ours, other) = side_by_side(rounds, ours, xargs);
    let all = Row {
        moment: format!("{PROBES} probes of 20 to 200 ms"),
        ours,
        unit: "ms",
        than: "xargs -P 4".into(),
        other,
        budget: Some(1.2),
    };
    let first = || {
        install();
        let mut command = clean(&home, &roadbook);
        first_line(command.args(["--book", &book.argument(), "doctor"]).args(&names))
    };
    let (ours, other) = side_by_side(rounds, first, || 100.0);
    let first = Row {
        moment: "the first row of them".into(),
        ours,
        unit: "ms",
        than: "what is felt as at once".into(),
        other,
        budget: Some(1.0),
    };
    vec![all, first]
}

/// All of the catalogue on this machine beside envinfo, which knows fewer tools; none where it is not installed.
fn this_machine(rounds: usize) -> Option<Row> {
    let envinfo = target_folder().join("bench/node_modules/envinfo/dist/cli.js");
    if !envinfo.is_file() {
        println!("  envinfo is not compared: {} is not there", envinfo.display());
        return None;
    }
    let roadbook = built_program("roadbook", "ROADBOOK_BIN", "cli");
    let tools = catalogue();
    let ours = || {
        let home = Home::new(); // knows no answers yet
        let mut command = clean(&home, &roadbook);
        command.env("PATH", env::var_os("PATH").unwrap_or_default());
        // Tools that are missing here are findings, and no failure of the command.
        milliseconds_until(command.args(["--json", "doctor"]).args(&tools), &[0, 1])
    };
    let other = || milliseconds(Command::new("node").arg(&envinfo).arg("--json"));
    let (ours, other) = side_by_side(rounds, ours, other);
    Some(Row {
        moment: "every tool of the catalogue on this machine".into(),
        ours,
        unit: "ms",
        than: "envinfo".into(),
        other,
        budget: None,
    })
}

/// The name of every tool, from the page that is written from the catalogue.
fn catalogue() -> Vec<String> {
    let page = fs::read_to_string(repository_root().join("docs/toolchain.md")).expect("the page is in the repository");
    let rows = page.lines().skip_while(|line| *line != "## Tools").skip(1);
    let rows = rows.take_while(|line| !line.starts_with("## "));
    rows.filter_map(|row| Some(row.strip_prefix("| `")?.split_once('`')?.0.to_owned()))
        .collect()
}

pub(crate) fn clean(home: &Home, program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    command.env_clear().envs(home.variables()).current_dir(home.projects());
    command
}
