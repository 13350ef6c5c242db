//! Fake tools on a search path of their own.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use toolchain::{Cache, Catalogue, Environment, Event, Finding, Limits, Requirement, Setting, check_in};

/// A limit that a tool that hangs is held to.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

/// A search path with nothing but the tools that a test puts there.
pub(crate) struct Machine {
    folder: TempDir,
    path: PathBuf,
    pub(crate) limits: Limits,
}

impl Machine {
    pub(crate) fn new() -> Self {
        Self::with_folder("bin")
    }

    /// The tools lie in a folder of that name.
    pub(crate) fn with_folder(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::create_dir_all(&path).unwrap();
        std::os::unix::fs::symlink("/bin/sleep", folder.path().join("sleeper")).unwrap();
        Self {
            folder,
            path,
            limits: Limits {
                time: Duration::from_secs(30),
                ..Limits::default()
            },
        }
    }

    /// A tool that does what the shell script says; `$HERE` is the machine's own folder, and `sleeper` in it sleeps.
    pub(crate) fn tool(self, name: &str, script: &str) -> Self {
        let here = self.folder.path().display();
        let file = self.path.join(name);
        fs::write(&file, format!("#!/bin/sh\nHERE='{here}'\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let file = self.folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    pub(crate) fn limit(mut self, time: Duration) -> Self {
        self.limits.time = time;
        self
    }

    pub(crate) fn here(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn environment(&self) -> Environment {
        Environment::from_vars(
            [("PATH", self.path.as_os_str()), ("HOME", self.here().as_os_str())],
            "test",
        )
    }

    /// The finding on one tool, with any version or as in `git >=2.40`.
    pub(crate) async fn check(&self, asked: &str) -> Finding {
        self.check_all(&[asked]).await.0.remove(0)
    }

    pub(crate) async fn check_all(&self, asked: &[&str]) -> (Vec<Finding>, Vec<Event>) {
        self.check_requirements(&requirements(asked), None).await
    }

    /// The findings in the folder `projects/shop` of the machine.
    pub(crate) async fn check_in_shop(&self, requirements: &[Requirement]) -> Vec<Finding> {
        self.check_requirements(requirements, Some(&self.here().join("projects/shop")))
            .await
            .0
    }

    async fn check_requirements(
        &self,
        requirements: &[Requirement],
        project: Option<&Path>,
    ) -> (Vec<Finding>, Vec<Event>) {
        let (environment, cache) = (self.environment(), Cache::default());
        let setting = Setting {
            catalogue: Catalogue::builtin(),
            environment: &environment,
            limits: self.limits,
            cache: &cache,
            project,
        };
        let mut events = Vec::new();
        let never = CancellationToken::new();
        let findings = check_in(requirements, &setting, &never, |event| events.push(event)).await;
        assert_eq!(findings.len(), requirements.len());
        (findings, events)
    }

    /// Fails where a process of this machine is still there after a while.
    pub(crate) async fn assert_nothing_runs(&self) {
        let mark = self.here().display().to_string();
        let deadline = Instant::now() + Duration::from_secs(10);
        while running(&mark) > 0 {
            assert!(Instant::now() < deadline, "a process is left behind");
            tokio::task::yield_now().await;
        }
    }
}

pub(crate) fn requirements(asked: &[&str]) -> Vec<Requirement> {
    let requirement = |asked: &&str| {
        let (tool, range) = asked.split_once(' ').unwrap_or((asked, ""));
        Requirement::new(tool, range, "A test")
    };
    asked.iter().map(requirement).collect()
}

/// How many processes have the mark in their command line; those that only wait to be reaped have none.
#[cfg(target_os = "linux")]
pub(crate) fn running(mark: &str) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    lines
        .filter(|line| String::from_utf8_lossy(line).contains(mark))
        .count()
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn running(mark: &str) -> usize {
    let processes = std::process::Command::new("ps")
        .args(["-A", "-o", "args"])
        .output()
        .unwrap();
    String::from_utf8_lossy(&processes.stdout)
        .lines()
        .filter(|line| line.contains(mark))
        .count()
}
