//! A process that is killed in the middle of a new project: never half of one under its name, and nothing for good.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use tests::{DEADLINE, GitServer, Home, Run, incompressible};

/// How often each kind of start is killed.
const TIMES: u64 = 50;

#[test]
fn a_killed_clone_leaves_nothing_for_good() {
    let home = Home::new();
    let files: Vec<(String, Vec<u8>)> = (0..80)
        .map(|n| (format!("src/{}/file-{n}.bin", n % 9), incompressible(500 + n)))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (&**path, &**bytes)).collect();
    let server = GitServer::start().with_binary_repository("shop", &files);
    let book = home.root().join("book");
    home.write("book/roadbook.toml", "format = 1\nid = \"kill\"\ntitle = \"Kill\"\n");
    home.write(
        "book/starters/shop/starter.toml",
        &format!(
            "title = \"Shop\"\nsummary = \"A shop.\"\nrepository = \"{}\"\n",
            server.url("shop")
        ),
    );
    let book = book.display().to_string();
    kill_at_random(&home, &|| home.roadbook(["--book", &book, "start", "shop", "demo"]));
}

#[test]
fn a_killed_rendering_leaves_nothing_for_good() {
    let home = Home::new();
    kill_at_random(&home, &|| {
        home.roadbook([
            "start",
            "rust-service",
            "demo",
            "--set",
            "name=demo",
            "--set",
            "owner=team-orders",
        ])
    });
}

/// Kills the command at moments spread over its work in the folder, and looks at what is there each time.
fn kill_at_random(home: &Home, start: &dyn Fn() -> Run) {
    let target = home.projects().join("demo");
    let (looks, expected) = undisturbed(home, start, &target);
    let mut random = Random::new();
    let (mut killed, mut whole) = (0, 0);
    for _ in 0..TIMES {
        let running = start().spawn();
        let before = left_behind(home);
        watch(|| left_behind(home) != before || target.exists());
        // A little more than it takes, so that some are killed after the end too.
        let mut moment = random.below(looks + looks / 5 + 2);
        watch(|| {
            moment = moment.saturating_sub(1);
            // The same look as the one that was counted, so that it takes as long.
            let _ = left_behind(home).is_empty() || target.exists();
            moment == 0
        });
        drop(running.kill());
        assert!(
            left_behind(home).len() <= 2,
            "each start removes what the one before left: {:?}",
            left_behind(home)
        );
        if target.exists() {
            assert_eq!(files_of(home, &target), expected);
            fs::remove_dir_all(&target).expect("it can be removed");
            whole += 1;
        } else {
            killed += 1;
        }
    }
    eprintln!("killed {killed} in the middle and {whole} after it was whole, of {TIMES}");
    assert!(killed > TIMES / 5, "hardly a moment was in the middle of the work");

    start().expect_code(0);

    assert_eq!(files_of(home, &target), expected);
    assert_eq!(left_behind(home), Vec::<PathBuf>::new(), "the last start cleans up");
}

/// One start to its end: how many looks it takes from the first sign of it, and what it makes.
fn undisturbed(home: &Home, start: &dyn Fn() -> Run, target: &Path) -> (u64, String) {
    let running = start().spawn();
    watch(|| !left_behind(home).is_empty() || target.exists());
    let mut looks = 0;
    watch(|| {
        looks += 1;
        left_behind(home).is_empty() || target.exists()
    });
    running.wait().expect_code(0);
    let expected = files_of(home, target);
    fs::remove_dir_all(target).expect("it can be removed");
    (looks, expected)
}

/// The names of a whole project's files; fails on one that is not whole.
fn files_of(home: &Home, project: &Path) -> String {
    let git = |arguments: &[&str]| {
        let run = home.git(arguments.iter().copied()).in_folder(project);
        run.expect_code(0).stdout
    };
    git(&["fsck", "--strict"]);
    assert_eq!(git(&["status", "--porcelain"]), "");
    assert_eq!(git(&["rev-list", "--count", "HEAD"]), "1\n");
    git(&["ls-files"])
}

fn left_behind(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.projects()).expect("it is there").flatten();
    let mut found: Vec<_> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// Looks again and again, without a pause, until it is so.
fn watch(mut so: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !so() {
        assert!(Instant::now() < end, "it did not come to that within {DEADLINE:?}");
    }
}

/// Numbers that differ from run to run; `ROADBOOK_SEED` repeats a run.
struct Random(u64);

impl Random {
    fn new() -> Self {
        let seed = std::env::var("ROADBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
        let seed = seed.unwrap_or(u64::from(now.subsec_nanos()) | 1);
        eprintln!("ROADBOOK_SEED={seed}");
        Self(seed.max(1))
    }

    fn below(&mut self, limit: u64) -> u64 {
        // xorshift64: Marsaglia, "Xorshift RNGs", 2003.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}
