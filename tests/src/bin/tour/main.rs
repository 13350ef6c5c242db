//! The tour: the main job in the real window, driven from the first screen to a finished path, with a picture of
//! every screen. For machines without a display, and for the README's pictures.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// Its progress is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod guide;
mod machine;
mod walk;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use guide::Guide;

const USAGE: &str = "usage: tour [--pictures DIR]\n\n  --pictures DIR   also write the README's pictures into DIR";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let pictures = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => None,
        ["--pictures", folder] => Some(PathBuf::from(folder)),
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let home = machine::home();
    let mut guide = Guide::start(&home, pictures);
    walk::welcome(&mut guide);
    walk::path(&mut guide);
    walk::steps(&mut guide);
    walk::look_up(&mut guide);
    walk::dark(&mut guide);
    walk::narrow(&mut guide);
    guide.finish()
}
