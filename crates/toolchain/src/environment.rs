//! The variables and the search path that children get; the process's own are never changed.

mod folders;
mod guard;
mod latest;
#[cfg(unix)]
mod login_shell;

use std::{
    collections::BTreeMap,
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    time::Duration,
};

pub use latest::LatestEnvironment;

/// The environment in which tools are looked for and run.
#[derive(Debug, Clone)]
pub struct Environment {
    variables: BTreeMap<OsString, OsString>,
    folders: Vec<PathBuf>,
    origin: String,
}

impl Environment {
    /// What this program was started with: right in a terminal, too little when started from a dock or menu.
    pub fn current() -> Self {
        Self::from_vars(env::vars_os(), "The environment this app was started with")
    }

    /// The given variables; `origin` is for display.
    pub fn from_vars<K, V>(variables: impl IntoIterator<Item = (K, V)>, origin: impl Into<String>) -> Self
    where
        K: Into<OsString>,
        V: Into<OsString>,
    {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name_of(name.into()), value.into()));
        let mut environment = Self {
            variables: variables.collect(),
            folders: Vec::new(),
            origin: origin.into(),
        };
        let path = environment.variable("PATH").unwrap_or_default().to_owned();
        environment.set_folders(env::split_paths(&path));
        environment
    }

    /// What a terminal of this person would have: the login shell's variables (bash, zsh, fish, nushell and others),
    /// its search path first, then this program's, then the folders that tools are usually installed in.
    ///
    /// `limit` is for each of at most two attempts. Where the shell does not answer, and on Windows, it is this
    /// program's environment; on Unix with the usual folders.
    pub async fn login_shell(limit: Duration) -> Self {
        #[cfg(unix)]
        return login_shell::environment(Self::current(), limit).await;
        #[cfg(not(unix))]
        {
            let _ = limit;
            Self::current()
        }
    }

    /// What [`Self::login_shell`] says by now; where the shell does not answer this time, what it said before, with the
    /// usual folders that have come to be there.
    #[must_use = "the environment itself stays as it was read"]
    pub async fn read_again(&self, limit: Duration) -> Self {
        #[cfg(unix)]
        return login_shell::again(self, Self::current(), limit).await;
        #[cfg(not(unix))]
        {
            let _ = limit;
            Self::current()
        }
    }

    /// The same with another search path, such as one that was read before; `origin` is for display.
    #[must_use]
    pub fn with_search_path(mut self, folders: impl IntoIterator<Item = PathBuf>, origin: impl Into<String>) -> Self {
        self.set_folders(folders);
        self.origin = origin.into();
        self
    }

    /// Where this came from, for display (`Login shell (zsh, 240 ms)`).
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The search path: absolute folders, each once.
    pub fn path_folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// A variable's value.
    pub fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(&name_of(name.into())).map(OsString::as_os_str)
    }

    /// All variables, with the search path as it is searched.
    pub fn variables(&self) -> &BTreeMap<OsString, OsString> {
        &self.variables
    }

    /// The person's home folder.
    pub fn home(&self) -> Option<PathBuf> {
        self.folder(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
    }

    /// A variable that names an absolute folder.
    pub(crate) fn folder(&self, name: &str) -> Option<PathBuf> {
        let folder = PathBuf::from(self.variable(name)?);
        folder.is_absolute().then_some(folder)
    }

    /// The variables for a probe in `folder`: nothing that downloads, asks, reports or paints.
    pub(crate) fn guarded(&self, folder: &Path) -> BTreeMap<OsString, OsString> {
        guard::guarded(&self.variables, folder)
    }

    /// The same for a probe in a project's folder, which may ask for what is not there: no way to the network at all.
    pub(crate) fn guarded_in_project(&self, folder: &Path) -> BTreeMap<OsString, OsString> {
        guard::guarded_in_project(&self.variables, folder)
    }

    /// Relative folders are left out: what they mean depends on where a child happens to run.
    fn set_folders(&mut self, folders: impl IntoIterator<Item = PathBuf>) {
        self.folders = Vec::new();
        for folder in folders {
            if folder.is_absolute() && !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        // A folder whose name holds the separator cannot have come from a search path.
        self.folders.retain(|folder| env::join_paths([folder]).is_ok());
        if let Ok(path) = env::join_paths(&self.folders) {
            self.variables.insert(name_of("PATH".into()), path);
        }
    }
}

/// Windows does not tell upper and lower case apart.
fn name_of(name: OsString) -> OsString {
    if cfg!(windows) { name.to_ascii_uppercase() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_path_has_absolute_folders_each_once() {
        let path = env::join_paths(["/b", "relative", "/a", "/b", "."]).unwrap_or_default();

        let environment = Environment::from_vars([("PATH", path)], "test");

        #[cfg(unix)]
        assert_eq!(environment.path_folders(), [Path::new("/b"), Path::new("/a")]);
        assert_eq!(environment.origin(), "test");
        assert_eq!(
            env::split_paths(environment.variable("PATH").unwrap_or_default()).count(),
            environment.path_folders().len()
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_search_path_of_before_takes_the_place_of_the_one_of_now() {
        let now = Environment::from_vars([("PATH", "/usr/bin"), ("USER", "ada")], "now");

        let before = now.with_search_path([PathBuf::from("/opt/acme/bin")], "Login shell (zsh, 240 ms)");

        assert_eq!(before.path_folders(), [Path::new("/opt/acme/bin")]);
        assert_eq!(before.variable("PATH"), Some(OsStr::new("/opt/acme/bin")));
        assert_eq!(before.variable("USER"), Some(OsStr::new("ada")));
        assert_eq!(before.origin(), "Login shell (zsh, 240 ms)");
    }

    #[test]
    fn a_probe_may_not_download_ask_or_paint() {
        let environment =
            Environment::from_vars([("FORCE_COLOR", "1"), ("HOME", "/home/ada"), ("LANG", "de_DE")], "test");

        let guarded = environment.guarded(Path::new("/empty/folder"));

        let value = |name: &str| guarded.get(OsStr::new(name)).and_then(|value| value.to_str());
        assert_eq!(value("RUSTUP_AUTO_INSTALL"), Some("0"));
        assert_eq!(value("GOTOOLCHAIN"), Some("local"));
        assert_eq!(value("COREPACK_ENABLE_NETWORK"), Some("0"));
        assert_eq!(
            value(name_of("npm_config_offline".into()).to_str().unwrap_or_default()),
            Some("true")
        );
        assert_eq!(value("LC_ALL"), Some("C.UTF-8"));
        assert_eq!(value("FORCE_COLOR"), None);
        assert_eq!(value("HOME"), Some("/home/ada"));
        assert_eq!(environment.variable("FORCE_COLOR"), Some(OsStr::new("1")));
    }

    #[test]
    fn a_probe_in_a_project_has_no_way_to_the_network() {
        let variables = [
            ("https_proxy", "http://proxy.example"),
            ("NO_PROXY", "*"),
            ("RUBYOPT", "-r./evil"),
        ];
        let environment = Environment::from_vars(variables, "test");

        let guarded = environment.guarded_in_project(Path::new("/projects/shop"));

        let value = |name: &str| guarded.get(&name_of(name.into())).and_then(|value| value.to_str());
        assert_eq!(value("https_proxy"), Some("http://127.0.0.1:9"));
        assert_eq!(value("HTTPS_PROXY"), Some("http://127.0.0.1:9"));
        assert_eq!((value("NO_PROXY"), value("RUBYOPT")), (None, None));
        assert_eq!(value("PWD"), Some("/projects/shop"));
        assert_eq!(value("RUSTUP_AUTO_INSTALL"), Some("0"));
    }
}
