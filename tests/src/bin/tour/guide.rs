//! Who leads the tour: the window, the camera and the clock.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::{App, Home, target_folder};

/// The app under way, and the pictures taken so far.
pub(crate) struct Guide<'home> {
    pub(crate) app: App,
    pub(crate) home: &'home Home,
    folder: PathBuf,
    readme: Option<PathBuf>,
    began: Instant,
    taken: usize,
    notes: Vec<String>,
}

impl<'home> Guide<'home> {
    /// Opens the app with the built-in roadbook.
    pub(crate) fn start(home: &'home Home, readme: Option<PathBuf>) -> Self {
        let began = Instant::now();
        let folder = target_folder().join("tour");
        // Pictures of an earlier tour would mix with these.
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).expect("the folder of the pictures can be made");
        println!("The tour's pictures go to {}", folder.display());
        Self {
            app: App::start(home, None),
            home,
            folder,
            readme,
            began,
            taken: 0,
            notes: Vec::new(),
        }
    }

    /// Takes a picture of the screen at rest, and tells which one it is.
    pub(crate) fn picture(&mut self, name: &str, what: &str) {
        self.taken += 1;
        let file = self.folder.join(format!("{:02}-{name}.png", self.taken));
        self.app.rest_pointer();
        self.app.screenshot(&file);
        println!(
            "{:>6.1} s  {:02}  {what}",
            self.began.elapsed().as_secs_f64(),
            self.taken
        );
    }

    /// As [`Guide::picture`], and the README shows it too.
    pub(crate) fn readme_picture(&mut self, name: &str, what: &str) {
        self.picture(name, what);
        if let Some(readme) = &self.readme {
            let taken = self.folder.join(format!("{:02}-{name}.png", self.taken));
            fs::create_dir_all(readme).expect("the folder of the README's pictures can be made");
            fs::copy(taken, readme.join(format!("{name}.png"))).expect("a picture can be copied");
        }
    }

    /// Something that could not be shown, and is no fault of the app.
    pub(crate) fn note(&mut self, note: &str) {
        println!("        note: {note}");
        self.notes.push(note.to_owned());
    }

    /// Brings what the selector matches to the upper edge of the window, with a little room above it.
    pub(crate) fn scroll_to(&self, css: &str) {
        self.app.wait(&format!("{css} to be in view"), |window| {
            let element = window.find(css)?;
            window.script(
                "scrollTo(0, scrollY + arguments[0].getBoundingClientRect().top - 24)",
                &json!([element.argument()]),
            )
        });
    }

    /// Goes to a route, and waits for its heading.
    pub(crate) fn go(&self, route: &str, title: &str) {
        self.app.open_route(route);
        self.app.see_title(title);
    }

    /// How long the tour has taken so far.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Says where the pictures are. Whatever did not work has ended the tour before.
    pub(crate) fn finish(self) -> ExitCode {
        println!(
            "The tour took {:.0} s. {} pictures: {}",
            self.elapsed().as_secs_f64(),
            self.taken,
            self.folder.display()
        );
        if let Some(readme) = &self.readme {
            println!("The README's pictures: {}", readme.display());
        }
        for note in &self.notes {
            println!("note: {note}");
        }
        ExitCode::SUCCESS
    }
}
