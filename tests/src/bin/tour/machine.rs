//! The machine as the tour's app sees it: folders of its own, and the tools that are really there.

use std::env;
use std::path::PathBuf;

use tests::Home;

/// What programs need of the real environment to find their parts, a proxy, or certificates.
const KEPT: [&str; 14] = [
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
    "LIBCLANG_PATH",
];

/// A new home with the real search path.
pub(crate) fn home() -> Home {
    let mut home = Home::new();
    for name in KEPT {
        if let Some(value) = env::var_os(name) {
            home = home.with_variable(name, value);
        }
    }
    // rustup's programs look for their toolchains in the home folder, and this is another one.
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let real = env::var_os("HOME").map(|real| PathBuf::from(real).join(folder));
        if let Some(real) = real.filter(|real| env::var_os(name).is_none() && real.is_dir()) {
            home = home.with_variable(name, real);
        }
    }
    let search = env::var_os("PATH").unwrap_or_default();
    // A login shell would otherwise set a search path of its own.
    home.write(
        "home/.profile",
        &format!("PATH='{}'\n", search.to_string_lossy().replace('\'', "'\\''")),
    );
    home.with_variable("PATH", search)
}
