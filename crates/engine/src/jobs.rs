//! Work that takes its time: begun by an id that the caller minted, told about as it goes, stopped by a token.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::wire::{Code, Failure, JobEvent};

/// Where a job tells what happens. Called in order, from any thread.
pub type Events<'a> = &'a (dyn Fn(JobEvent) + Send + Sync);

/// The jobs that are running.
#[derive(Default)]
pub(crate) struct Jobs {
    running: Mutex<HashMap<String, CancellationToken>>,
}

impl Jobs {
    pub(crate) fn cancel(&self, job: &str) {
        if let Some(token) = self.lock().get(job) {
            token.cancel();
        }
    }

    pub(crate) fn cancel_all(&self) {
        for token in self.lock().values() {
            token.cancel();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Runs `work` as the job of that id and tells its end: `Done`, or `Failed` with the reason.
    pub(crate) async fn job<T>(
        &self,
        job: &str,
        events: Events<'_>,
        work: impl AsyncFnOnce(CancellationToken) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let token = CancellationToken::new();
        self.inner.jobs.lock().insert(job.to_owned(), token.clone());
        // Forgotten also when the caller goes away in the middle, which stops the work.
        let _ended = Ended {
            engine: self,
            job,
            token: token.clone(),
        };
        let result = work(token).await;
        match &result {
            Ok(_) => events(JobEvent::Done),
            Err(failure) => {
                if failure.code != Code::Cancelled {
                    tracing::info!(job, %failure, "a job ended without its result");
                }
                events(JobEvent::Failed {
                    failure: failure.clone(),
                });
            }
        }
        result
    }
}

struct Ended<'a> {
    engine: &'a Engine,
    job: &'a str,
    token: CancellationToken,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.token.cancel();
        self.engine.inner.jobs.lock().remove(self.job);
    }
}
