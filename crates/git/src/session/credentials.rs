//! Who asks: the ssh agent, keys, and the credential helpers of the person's Git settings; never a prompt.

use auth_git2::GitAuthenticator;
use git2::{Config, Cred, CredentialType, Error, ErrorClass, ErrorCode};

use crate::progress::Pulse;
use crate::system;

/// More questions than this and the server refuses what it is given: libgit2 would ask for ever.
const ATTEMPTS: u32 = 12;

/// What may be tried without asking the person. The helpers of Git's settings are left to the system's git, which runs
/// all of them, without a terminal, a window or more time than a server has; only where there is none, libgit2 does it.
pub(crate) fn authenticator() -> GitAuthenticator {
    GitAuthenticator::new_empty()
        .try_cred_helper(system::find().is_none())
        .try_ssh_agent(true)
        .add_default_username()
        .add_default_ssh_keys()
}

/// Answers libgit2's questions, a bounded number of times, each way at most once.
pub(crate) fn answer<'a>(
    authenticator: &'a GitAuthenticator,
    config: &'a Config,
    pulse: &'a Pulse,
) -> impl FnMut(&str, Option<&str>, CredentialType) -> Result<Cred, Error> + 'a {
    let mut ask = authenticator.credentials(config);
    let mut attempts = 0;
    move |url, user, allowed| {
        attempts += 1;
        if pulse.stopped() || attempts > ATTEMPTS {
            return Err(refused());
        }
        pulse.wait_for_server(false);
        let answer = ask(url, user, allowed);
        pulse.wait_for_server(true);
        answer.map_err(|_| refused())
    }
}

fn refused() -> Error {
    Error::new(ErrorCode::Auth, ErrorClass::Callback, "no sign-in was accepted")
}
