//! A virtual display of its own for every window under test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::programs::find_program;

/// An X server without a screen, ended with this value.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts one of 1360 by 900 pixels on a number that is free.
    ///
    /// # Panics
    /// When Xvfb is missing or does not start, saying what to install.
    pub fn start() -> Self {
        let program = find_program("Xvfb").unwrap_or_else(|| {
            panic!("Xvfb is not on the search path: install it (`apt-get install xvfb`, `dnf install xorg-x11-server-Xvfb`)")
        });
        let mut server = Command::new(program)
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1360x900x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        // It prints the number once it accepts connections.
        let mut number = String::new();
        let stdout = server.stdout.take().expect("stdout is piped");
        BufReader::new(stdout)
            .read_line(&mut number)
            .expect("Xvfb prints its number");
        let number = number.trim();
        assert!(
            !number.is_empty(),
            "Xvfb ended before it had a display: run `Xvfb -displayfd 1` to see why"
        );
        Self {
            name: format!(":{number}"),
            server,
        }
    }

    /// For the variable `DISPLAY`, such as `:3`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
