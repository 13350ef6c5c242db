//! The environment of an app that stays open: tools are installed meanwhile, and the search path changes with them.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::Environment;

/// A reading that is younger counts as new: checks of several folders may follow one another at once.
const YOUNG: Duration = Duration::from_secs(5);

/// What the login shell said last.
#[derive(Debug)]
pub struct LatestEnvironment {
    /// Held while the shell is asked, so that checks that begin together ask once.
    asking: tokio::sync::Mutex<()>,
    last: Mutex<Option<Reading>>,
}

#[derive(Debug, Clone)]
struct Reading {
    environment: Arc<Environment>,
    at: Instant,
}

impl LatestEnvironment {
    /// Nothing was read yet.
    pub const fn new() -> Self {
        Self {
            asking: tokio::sync::Mutex::const_new(()),
            last: Mutex::new(None),
        }
    }

    /// The last reading, without asking.
    pub fn known(&self) -> Option<Arc<Environment>> {
        self.lock().as_ref().map(|reading| Arc::clone(&reading.environment))
    }

    /// The last reading; [`Environment::login_shell`] where there is none.
    pub async fn read(&self, limit: Duration) -> Arc<Environment> {
        match self.known() {
            Some(environment) => environment,
            None => self.read_again(limit).await,
        }
    }

    /// What the login shell says now, or said a moment ago; as [`Environment::read_again`] where it does not answer.
    pub async fn read_again(&self, limit: Duration) -> Arc<Environment> {
        let read = async |last: Option<Arc<Environment>>| match last {
            Some(last) => last.read_again(limit).await,
            None => Environment::login_shell(limit).await,
        };
        self.newer(Instant::now(), read).await
    }

    /// The last reading where it is young at `now`, otherwise what `read` makes of it.
    async fn newer<F>(&self, now: Instant, read: impl FnOnce(Option<Arc<Environment>>) -> F) -> Arc<Environment>
    where
        F: Future<Output = Environment>,
    {
        let _asking = self.asking.lock().await;
        let last = self.lock().clone();
        let young = |reading: &&Reading| now.saturating_duration_since(reading.at) < YOUNG;
        if let Some(reading) = last.as_ref().filter(young) {
            return Arc::clone(&reading.environment);
        }
        let environment = Arc::new(read(last.map(|reading| reading.environment)).await);
        *self.lock() = Some(Reading {
            environment: Arc::clone(&environment),
            // A shell may take longer to answer than its answer counts as new.
            at: now.max(Instant::now()),
        });
        environment
    }

    /// A reading is whole at every moment, so a panic elsewhere does no harm.
    fn lock(&self) -> MutexGuard<'_, Option<Reading>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for LatestEnvironment {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn environment(origin: &str) -> Environment {
        Environment::from_vars([("PATH", "/usr/bin")], origin)
    }

    #[tokio::test]
    async fn a_reading_that_is_young_is_not_made_again_and_an_old_one_is() {
        let latest = LatestEnvironment::new();
        assert!(latest.known().is_none());
        let first = latest.newer(Instant::now(), async |_| environment("first")).await;

        let young = latest.newer(Instant::now(), async |_| environment("young")).await;
        let later = Instant::now() + YOUNG;
        let old = latest.newer(later, async |last| {
            environment(&format!("after {}", last.unwrap().origin()))
        });

        assert_eq!((first.origin(), young.origin()), ("first", "first"));
        assert_eq!(old.await.origin(), "after first");
        assert_eq!(latest.known().unwrap().origin(), "after first");
    }

    #[tokio::test]
    async fn checks_that_begin_together_ask_once() {
        let latest = LatestEnvironment::new();
        let now = Instant::now();
        let slow = async |_| {
            tokio::task::yield_now().await;
            environment("first")
        };

        let (one, other) = tokio::join!(
            latest.newer(now, slow),
            latest.newer(now, async |_| environment("second"))
        );

        assert_eq!((one.origin(), other.origin()), ("first", "first"));
    }
}
