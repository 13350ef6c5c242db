//! The engine, opened beside the window so that neither waits for the other.

use std::sync::{Arc, OnceLock};

use engine::wire::Failure;
use engine::{Engine, Options};

use crate::arguments::Arguments;

/// The engine once it is open, or why it is not.
#[derive(Clone)]
pub(crate) struct Opened {
    result: Arc<OnceLock<Result<Engine, Failure>>>,
}

impl Opened {
    /// Opens the engine on a thread of its own.
    pub(crate) fn begin(arguments: &Arguments) -> Self {
        let result = Arc::new(OnceLock::new());
        let (book, place) = (arguments.book.clone(), Arc::clone(&result));
        std::thread::spawn(move || {
            let opened = Engine::open(Options { book, folders: None });
            if let Err(failure) = &opened {
                tracing::error!(%failure, "the roadbook could not be opened");
            }
            place.get_or_init(|| opened);
        });
        Self { result }
    }

    /// The engine; waits for it during the first moments.
    ///
    /// # Errors
    /// Why the roadbook could not be opened.
    pub(crate) async fn engine(&self) -> Result<Engine, Failure> {
        if let Some(result) = self.result.get() {
            return result.clone();
        }
        let result = Arc::clone(&self.result);
        let waited = tauri::async_runtime::spawn_blocking(move || result.wait().clone()).await;
        waited.unwrap_or_else(|error| {
            Err(Failure {
                code: engine::wire::Code::Failed,
                message: format!("Opening the roadbook ended early: {error}."),
                hint: "Start Roadbook again.".to_owned(),
            })
        })
    }

    /// The engine if it is open already.
    pub(crate) fn now(&self) -> Option<Engine> {
        self.result.get()?.as_ref().ok().cloned()
    }
}
