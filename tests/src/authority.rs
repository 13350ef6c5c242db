//! A certificate authority for tests, made by the `openssl` command.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use tiny_http::SslConfig;

/// An authority that nobody trusts until a test says so (`SSL_CERT_FILE`).
#[derive(Debug)]
pub struct Authority {
    folder: TempDir,
}

impl Authority {
    /// Makes a new one.
    ///
    /// # Panics
    /// Without the `openssl` command.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("authority-").expect("a temporary folder can be made");
        let authority = Self { folder };
        authority.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-days",
            "2",
            "-subj",
            "/CN=Test authority",
        ]);
        authority
    }

    /// The file with its certificate, to be trusted.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A certificate for the host of this name, and for no address.
    pub(crate) fn certificate(&self, name: &str) -> SslConfig {
        let path = self.folder.path();
        std::fs::write(path.join("names"), format!("subjectAltName=DNS:{name}\n")).expect("a file can be written");
        self.openssl(&[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
            "-subj",
            &format!("/CN={name}"),
        ]);
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        ]);
        let read = |name: &str| std::fs::read(path.join(name)).expect("openssl wrote it");
        SslConfig {
            certificate: read("server.pem"),
            private_key: read("server.key"),
        }
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .output()
            .expect("the openssl command can be run");
        assert!(
            output.status.success(),
            "openssl {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
