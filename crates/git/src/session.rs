//! One talk with servers: what is told, who asks, and which host keys are trusted.

mod credentials;
pub(crate) mod host_key;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::path::Path;

use auth_git2::GitAuthenticator;
use git2::{CertificateCheckStatus, Config, ErrorClass, ErrorCode, RemoteCallbacks};

use self::host_key::{HostKey, Known};
use crate::progress::{Pulse, Throttle};
use crate::{Address, Error, Phase, Progress, explain};

/// Where progress goes.
type Tell<'a> = Box<dyn FnMut(Progress) + 'a>;

/// What all downloads of one job share.
pub(crate) struct Session<'a> {
    pub(crate) pulse: &'a Pulse,
    /// Where mirrors are kept.
    pub(crate) mirrors: Option<&'a Path>,
    /// Whether no server is asked for what there is a mirror of.
    pub(crate) mirrors_first: Cell<bool>,
    /// The fingerprint of the host key that the person accepts.
    pub(crate) accept: Option<&'a str>,
    throttle: RefCell<Throttle<Tell<'a>>>,
    refused: RefCell<Option<(HostKey, Known)>>,
    lock: RefCell<Option<File>>,
    authenticator: GitAuthenticator,
    config: Config,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        pulse: &'a Pulse,
        tell: impl FnMut(Progress) + 'a,
        accept: Option<&'a str>,
        mirrors: Option<&'a Path>,
    ) -> Result<Self, Error> {
        let config = Config::open_default()
            .and_then(|mut config| config.snapshot())
            .map_err(|e| Error::Settings {
                detail: e.message().to_owned(),
            })?;
        Ok(Self {
            pulse,
            mirrors,
            mirrors_first: Cell::new(false),
            accept,
            throttle: RefCell::new(Throttle::new(Box::new(tell))),
            refused: RefCell::new(None),
            lock: RefCell::new(None),
            authenticator: credentials::authenticator(),
            config,
        })
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// Gives child processes the lock of the folder that they build in.
    pub(crate) fn hold(&self, lock: Option<File>) {
        self.lock.replace(lock);
    }

    pub(crate) fn lock(&self) -> Option<File> {
        self.lock.borrow().as_ref()?.try_clone().ok()
    }

    pub(crate) fn tell(&self, phase: Phase) {
        self.throttle.borrow_mut().tell(phase);
    }

    pub(crate) fn flush(&self) {
        self.throttle.borrow_mut().flush();
    }

    pub(crate) fn next_submodule(&self) {
        self.throttle.borrow_mut().next_submodule();
    }

    /// Ends with [`Error::Cancelled`] when nobody waits any more.
    pub(crate) fn go_on(&self) -> Result<(), Error> {
        if self.pulse.stopped() {
            Err(Error::Cancelled)
        } else {
            Ok(())
        }
    }

    /// What libgit2 asks and tells while it talks to this server.
    pub(crate) fn callbacks(&self, address: &Address) -> RemoteCallbacks<'_> {
        let (host, port) = (address.host().to_owned(), address.port());
        let mut callbacks = RemoteCallbacks::new();
        callbacks
            .credentials(credentials::answer(&self.authenticator, &self.config, self.pulse))
            .certificate_check(move |certificate, _| {
                let Some(key) = certificate.as_hostkey() else {
                    // For certificates of https libgit2's own check decides.
                    return Ok(CertificateCheckStatus::CertificatePassthrough);
                };
                match key.hostkey().zip(key.hash_sha256()) {
                    Some((raw, sha256)) => self.check(HostKey::new(&host, port, raw, sha256)),
                    None => Ok(CertificateCheckStatus::CertificatePassthrough),
                }
            })
            .sideband_progress(|_| {
                self.pulse.beat();
                !self.pulse.stopped()
            })
            .transfer_progress(|stats| {
                // Putting differences together is work of this machine.
                let waiting = stats.received_objects() < stats.total_objects() || stats.total_objects() == 0;
                self.pulse.wait_for_server(waiting);
                self.throttle.borrow_mut().transfer(&stats);
                !self.pulse.stopped()
            });
        callbacks
    }

    fn check(&self, key: HostKey) -> Result<CertificateCheckStatus, git2::Error> {
        let known = host_key::known(&key);
        let accepted = known == Known::No && self.accept == Some(&*key.fingerprint);
        if accepted && let Err(error) = host_key::remember(&key) {
            tracing::warn!(%error, "the host key could not be remembered");
        }
        if accepted || known == Known::Yes {
            return Ok(CertificateCheckStatus::CertificateOk);
        }
        self.refused.replace(Some((key, known)));
        if known == Known::Revoked {
            let message = "the host key was revoked";
            return Err(git2::Error::new(ErrorCode::Certificate, ErrorClass::Ssh, message));
        }
        Ok(CertificateCheckStatus::CertificatePassthrough)
    }

    /// Explains a failure while talking to a server.
    pub(crate) fn explain(&self, error: &git2::Error, address: &Address, folder: &Path) -> Error {
        if self.pulse.stopped() {
            return Error::Cancelled;
        }
        match (explain::network(error, address, folder), &*self.refused.borrow()) {
            (Error::HostKey { host }, Some((key, known))) => key.error(&host, *known),
            (error, _) => error,
        }
    }
}
