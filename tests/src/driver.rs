//! The `WebDriver` of the system's web view, with a display and a message bus of its own.

use std::ffi::OsString;
use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, Mutex};

use crate::display::Display;
use crate::home::Home;
use crate::process::{descendants, kill};
use crate::programs::find_program;

/// Windows open at a time over all tests: more would wait for each other's processors beyond their deadlines.
const WINDOWS: usize = 2;

static OPEN: Mutex<usize> = Mutex::new(0);
static CLOSED: Condvar = Condvar::new();

/// What makes a web view run without a screen, an accessibility bus or a graphics card.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("NO_AT_BRIDGE", "1"),
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ("GDK_BACKEND", "x11"),
    ("GSETTINGS_BACKEND", "memory"),
    ("GIO_USE_VFS", "local"),
    ("TAURI_WEBVIEW_AUTOMATION", "true"), // tauri's web view takes no orders otherwise
];

/// A running driver, ended with this value, together with the program it drives.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
    log: PathBuf,
    // Dropped after the processes that draw on it.
    display: Display,
    _place: Place,
}

impl Driver {
    /// Starts one in this home, with these variables on top.
    ///
    /// # Panics
    /// When the driver is missing, saying what to install.
    pub fn start(home: &Home, variables: &[(String, OsString)]) -> Self {
        let place = Place::take();
        let program = driver_program();
        let display = Display::start();
        // Given back at once; nobody else takes it in the moment until the driver does.
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|port| port.local_addr())
            .expect("a port is free")
            .port();
        let log = home.path("run").join(format!("driver-{port}.log"));
        let output = File::create(&log).expect("a file can be made in a temporary folder");
        let mut command = match find_program("dbus-run-session") {
            Some(session) => {
                let mut command = Command::new(session);
                command.arg("--").arg(program);
                command
            }
            None => Command::new(program),
        };
        let process = command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env_clear()
            .envs(home.variables())
            .envs(ENVIRONMENT)
            .env("DISPLAY", display.name())
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .current_dir(home.path("home"))
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("a file's handle can be doubled"))
            .stderr(output)
            .spawn()
            .expect("the driver starts");
        Self {
            process,
            port,
            log,
            display,
            _place: place,
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The process of the driven program, if it is running.
    pub fn driven(&self, program: &Path) -> Option<u32> {
        let program = program.canonicalize().ok()?.display().to_string();
        descendants(self.process.id())
            .into_iter()
            .find(|(_, path)| *path == program)
            .map(|(pid, _)| pid)
    }

    /// The display that the driven program draws on.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// What the driver and the driven program printed.
    pub fn log(&self) -> String {
        fs::read(&self.log)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let rest = descendants(self.process.id());
        kill(-i64::from(self.process.id()));
        // Some of them may have left the group.
        for (pid, _) in rest {
            kill(i64::from(pid));
        }
        drop(self.process.wait());
    }
}

/// One of the windows that may be open at a time.
#[derive(Debug)]
struct Place;

impl Place {
    fn take() -> Self {
        let mut open = OPEN.lock().unwrap();
        while *open >= WINDOWS {
            open = CLOSED.wait(open).unwrap();
        }
        *open += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *OPEN.lock().unwrap() -= 1;
        CLOSED.notify_one();
    }
}

/// Some systems keep it off the search path, beside the web view's own programs.
fn driver_program() -> PathBuf {
    let elsewhere = [
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1",
        "/usr/libexec/webkit2gtk-4.1",
        "/usr/lib/webkit2gtk-4.1",
    ];
    find_program("WebKitWebDriver")
        .or_else(|| {
            elsewhere
                .iter()
                .map(|folder| Path::new(folder).join("WebKitWebDriver"))
                .find(|file| file.is_file())
        })
        .unwrap_or_else(|| {
            panic!("WebKitWebDriver is not on this machine: install it (`apt-get install webkit2gtk-driver`)")
        })
}
