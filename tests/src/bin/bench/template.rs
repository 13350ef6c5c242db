//! A template of 200 files beside cookiecutter with the same template, and beside a plain copy.

use std::cell::Cell;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use tests::{Fixture, Home, built_program};

use crate::probes::clean;
use crate::rounds::{milliseconds, side_by_side};
use crate::row::Row;

const FILES: usize = 200;

/// The same project made by three programs.
pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let mut book = Fixture::minimal().file(
        "starters/many/cookiecutter.json",
        "{\"name\": \"many\", \"owner\": \"team-lab\"}\n",
    );
    for number in 0..FILES {
        let text = "{{ cookiecutter.name }} is looked after by {{ cookiecutter.owner }}.\n".repeat(20);
        let path = format!(
            "starters/many/{{{{ cookiecutter.name }}}}/part-{}/file-{number}.md",
            number / 20
        );
        book = book.file(&path, &text);
    }
    let home = Home::new();
    let source = book.folder().join("starters/many");
    let roadbook = built_program("roadbook", "ROADBOOK_BIN", "cli");
    let made = Cell::new(0);
    let fresh = || {
        made.set(made.get() + 1);
        let folder = home.path("tmp").join(format!("made-{}", made.get()));
        fs::create_dir(&folder).expect("a folder can be made");
        folder
    };
    let ours = || {
        let folder = fresh();
        let mut command = clean(&home, &roadbook);
        let project = folder.join("many");
        timed(
            command.args(["--book", &book.argument(), "start", "many"]).arg(project),
            &folder,
        )
    };
    let copy = || {
        let folder = fresh();
        let mut command = clean(&home, "cp");
        timed(
            command
                .arg("-r")
                .arg(source.join("{{ cookiecutter.name }}"))
                .arg(folder.join("many")),
            &folder,
        )
    };
    let moment = format!("a template of {FILES} files");
    let row = |than: &str, (ours, other), budget| Row {
        moment: moment.clone(),
        ours,
        unit: "ms",
        than: than.into(),
        other,
        budget,
    };
    let mut rows = vec![row("cp -r", side_by_side(rounds, ours, copy), None)];
    match env::var_os("ROADBOOK_PYTHON") {
        Some(python) => {
            let cookiecutter = || {
                let folder = fresh();
                let mut command = clean(&home, Path::new(&python));
                command
                    .args(["-m", "cookiecutter", "--no-input", "--output-dir"])
                    .arg(&folder);
                timed(command.arg(&source), &folder)
            };
            rows.push(row("cookiecutter", side_by_side(rounds, ours, cookiecutter), Some(1.0)));
        }
        None => println!("  cookiecutter is not compared: ROADBOOK_PYTHON names no Python that has it"),
    }
    rows
}

fn timed(command: &mut Command, folder: &Path) -> f64 {
    let took = milliseconds(command);
    let last = folder.join("many/part-9/file-199.md");
    assert!(last.is_file(), "{} was not made", last.display());
    took
}
