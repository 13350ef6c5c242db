//! The start and the memory of the window, beside an empty Tauri window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tests::{App, Display, Home, built_program, descendants, kill};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ChangeWindowAttributesAux, ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

use crate::rounds::side_by_side;
use crate::row::Row;

/// The colour of the app's rail and of the empty window's page, in a light system.
const PAPER: u32 = 0x00f4_f4f2;
/// A colour that no window shows, behind them.
const BEHIND: u32 = 0x00ff_00ff;
/// A point in the rail.
const POINT: (i16, i16) = (20, 500);
const PATIENCE: Duration = Duration::from_secs(30);

/// Start to first paint, and memory at rest.
pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let home = Home::new();
    let app = built_program("roadbook-desktop", "ROADBOOK_DESKTOP_BIN", "roadbook-desktop");
    let empty = built_program(
        "examples/empty-window",
        "EMPTY_WINDOW_BIN",
        "roadbook-desktop --example empty-window",
    );
    welcome(&home);
    let screen = Screen::start();
    let start = |program: &Path| screen.open(&home, program).painted * 1000.0;
    let (ours, other) = side_by_side(rounds, || start(&app), || start(&empty));
    let than = "an empty window".to_owned();
    let first = Row {
        moment: "start to first content".into(),
        ours,
        unit: "ms",
        than: than.clone(),
        other,
        budget: Some(1.15),
    };
    let rest = |program: &Path| screen.open(&home, program).memory_at_rest();
    let (ours, other) = side_by_side(rounds.div_ceil(3), || rest(&app), || rest(&empty));
    let memory = Row {
        moment: "memory at rest".into(),
        ours,
        unit: "MiB",
        than,
        other,
        budget: Some(1.25),
    };
    vec![first, memory]
}

/// The second start and every later one is measured: the first asks for a role, once.
fn welcome(home: &Home) {
    let app = App::start(home, None);
    app.click_button("Skip for now");
    app.see_title("Where you are");
    app.close();
}

struct Screen {
    display: Display,
    server: RustConnection,
    root: u32,
}

impl Screen {
    fn start() -> Self {
        let display = Display::start();
        let (server, number) = RustConnection::connect(Some(display.name())).expect("the display accepts connections");
        let root = server.setup().roots[number].root;
        let behind = ChangeWindowAttributesAux::new().background_pixel(BEHIND);
        server
            .change_window_attributes(root, &behind)
            .expect("the display answers");
        Self { display, server, root }
    }

    fn open(&self, home: &Home, program: &Path) -> Open {
        self.server
            .clear_area(false, self.root, 0, 0, 0, 0)
            .expect("the display answers");
        self.wait_for(BEHIND);
        let began = Instant::now();
        let session = Command::new("dbus-run-session")
            .arg("--")
            .arg(program)
            .env_clear()
            .envs(home.variables())
            .envs([
                ("NO_AT_BRIDGE", "1"),
                ("LIBGL_ALWAYS_SOFTWARE", "1"),
                ("GDK_BACKEND", "x11"),
                ("GSETTINGS_BACKEND", "memory"),
            ])
            .env("DISPLAY", self.display.name())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-run-session starts");
        let mut open = Open {
            session,
            program: program.to_owned(),
            painted: 0.0,
        };
        self.wait_for(PAPER);
        open.painted = began.elapsed().as_secs_f64();
        open
    }

    fn wait_for(&self, colour: u32) {
        let deadline = Instant::now() + PATIENCE;
        while self.colour() != colour {
            assert!(
                Instant::now() < deadline,
                "#{colour:06x} is never painted: is it still the rail's colour?"
            );
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn colour(&self) -> u32 {
        let image = self
            .server
            .get_image(ImageFormat::Z_PIXMAP, self.root, POINT.0, POINT.1, 1, 1, u32::MAX);
        let pixel = image
            .expect("the display answers")
            .reply()
            .expect("the point is on the screen")
            .data;
        u32::from_le_bytes([pixel[0], pixel[1], pixel[2], 0])
    }
}

/// A window that was painted; ended with this value.
struct Open {
    session: Child,
    program: PathBuf,
    /// Seconds from the start of the process.
    painted: f64,
}

impl Open {
    /// Proportional set size in MiB of the program and the web view's processes, once it does not move any more.
    fn memory_at_rest(&self) -> f64 {
        let deadline = Instant::now() + PATIENCE;
        let mut last = [0.0, 0.0, f64::MAX];
        loop {
            thread::sleep(Duration::from_millis(700));
            last = [last[1], last[2], self.memory()];
            let moved = (last[2] - last[0]).abs().max((last[2] - last[1]).abs());
            if moved < 0.5 || Instant::now() > deadline {
                return last[2];
            }
        }
    }

    fn memory(&self) -> f64 {
        let program = self.program.display().to_string();
        let everyone = descendants(self.session.id());
        let app = everyone.iter().find(|(_, path)| *path == program).map(|(pid, _)| *pid);
        let app = app.expect("the program is running");
        let parts = descendants(app).into_iter().map(|(pid, _)| pid);
        let kib: f64 = parts.chain([app]).map(proportional_set_size).sum();
        kib / 1024.0
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        for (pid, _) in descendants(self.session.id()) {
            kill(i64::from(pid));
        }
        drop(self.session.kill());
        drop(self.session.wait());
    }
}

/// In KiB; 0 for a process that has just ended.
fn proportional_set_size(pid: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0.0)
}
