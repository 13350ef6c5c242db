//! Work that talks to a server, on a thread of its own that can be left behind.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::progress::Pulse;
use crate::{Error, Progress, explain, staging};

/// How often the one who waits looks at the token.
const LOOK: Duration = Duration::from_millis(20);
/// How long a cancelled worker may take to end by itself.
const GRACE: Duration = Duration::from_millis(120);

/// What is watched.
pub(crate) struct Watched<'a> {
    /// The server, for messages.
    pub(crate) host: &'a str,
    /// How long it may be silent.
    pub(crate) silence: Duration,
    /// The folder under construction, and how many parents were made for it.
    pub(crate) folder: (PathBuf, usize),
}

enum Message<T> {
    Progress(Progress),
    Done(Box<Result<T, Error>>),
}

/// Where the worker tells how far it is.
pub(crate) struct Told<T>(Sender<Message<T>>);

impl<T> Told<T> {
    pub(crate) fn tell(&self, progress: Progress) {
        // A send fails only when nobody listens any more.
        drop(self.0.send(Message::Progress(progress)));
    }
}

/// Waits for the work; answers within a fifth of a second after a cancel, and when the server is silent for too long.
///
/// libgit2 cannot be interrupted while it waits for a server. A worker that does not end by itself is left to its
/// own time limits; its folder is removed at once, and what it still writes when it ends.
pub(crate) fn watch<T: Send + 'static>(
    watched: &Watched<'_>,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
    work: impl FnOnce(&Pulse, &Told<T>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let pulse = Arc::new(Pulse::new());
    let (sender, receiver) = mpsc::channel();
    let worker = {
        let pulse = Arc::clone(&pulse);
        move || {
            let told = Told(sender);
            let result = work(&pulse, &told);
            // Nobody listens any more after a cancel; the folder goes with the message.
            drop(told.0.send(Message::Done(Box::new(result))));
        }
    };
    thread::Builder::new()
        .name("git".to_owned())
        .spawn(worker)
        .map_err(|e| explain::io("Cannot start a thread for", &watched.folder.0, e))?;

    let mut given_up: Option<(Instant, Error)> = None;
    loop {
        if given_up.is_none() {
            if cancel.is_cancelled() {
                given_up = Some((Instant::now(), Error::Cancelled));
            } else if pulse.silence() >= watched.silence {
                let (host, seconds) = (watched.host.to_owned(), watched.silence.as_secs());
                given_up = Some((Instant::now(), Error::Silent { host, seconds }));
            }
            if given_up.is_some() {
                pulse.stop();
            }
        }
        match receiver.recv_timeout(LOOK) {
            Ok(Message::Progress(progress)) if given_up.is_none() => tell(progress),
            Ok(Message::Done(result)) => {
                return match given_up {
                    Some((_, error)) => Err(error),
                    None if cancel.is_cancelled() => Err(Error::Cancelled),
                    None => *result,
                };
            }
            Ok(Message::Progress(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(ended_early(&watched.folder.0)),
        }
        if let Some((since, error)) = given_up.take() {
            if since.elapsed() >= GRACE {
                staging::abandon(&watched.folder.0, watched.folder.1);
                return Err(error);
            }
            given_up = Some((since, error));
        }
    }
}

fn ended_early(folder: &Path) -> Error {
    Error::Git {
        what: format!("Cannot build in {}", folder.display()),
        detail: "the worker ended early".to_owned(),
    }
}
