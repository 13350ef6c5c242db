//! From a job's closure to the window's channel.

use engine::wire::JobEvent;
use tauri::ipc::Channel;

/// Tells the window what a job says. A window that is gone misses nothing it could use.
pub(crate) fn tell(channel: &Channel<JobEvent>) -> impl Fn(JobEvent) + Send + Sync + use<> {
    let channel = channel.clone();
    move |event| {
        if let Err(error) = channel.send(event) {
            tracing::debug!(%error, "nobody listens to a job any more");
        }
    }
}
