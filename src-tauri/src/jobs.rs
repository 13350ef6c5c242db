//! From a job's closure to the window's channel, and the end of all jobs with the app.

use std::time::{Duration, Instant};

use engine::wire::JobEvent;
use tauri::ipc::Channel;
use tauri::{AppHandle, ExitRequestApi, Manager};

use crate::opened::Opened;

/// How long jobs may take to clean up behind them before the app is gone all the same.
const GRACE: Duration = Duration::from_secs(3);

/// Tells the window what a job says. A window that is gone misses nothing it could use.
pub(crate) fn tell(channel: &Channel<JobEvent>) -> impl Fn(JobEvent) + Send + Sync + use<> {
    let channel = channel.clone();
    move |event| {
        if let Err(error) = channel.send(event) {
            tracing::debug!(%error, "nobody listens to a job any more");
        }
    }
}

/// Waits for what stopped jobs left to be removed.
pub(crate) fn settle(app: &AppHandle) {
    if let Some(engine) = app.state::<Opened>().now() {
        engine.settle();
    }
}

/// Stops the jobs that are still running and lets them clean up before the app is gone.
pub(crate) fn end_before_exit(app: &AppHandle, exit: &ExitRequestApi) {
    let Some(engine) = app.state::<Opened>().now().filter(engine::Engine::is_busy) else {
        return;
    };
    exit.prevent_exit();
    let app = app.clone();
    std::thread::spawn(move || {
        engine.cancel_all();
        let deadline = Instant::now() + GRACE;
        while engine.is_busy() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        app.exit(0);
    });
}
