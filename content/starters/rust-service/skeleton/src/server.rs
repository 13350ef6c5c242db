//! Serving requests, and stopping without dropping any.

use std::{io, time::Duration};

use tokio::{net::TcpListener, sync::oneshot, time::sleep};

use crate::{NAME, routes::router};

/// How long requests in flight may take after the service was asked to stop.
pub const GRACE: Duration = Duration::from_secs(10);

/// Serves on `listener` until `stop` is ready, then finishes the requests in flight within [`GRACE`].
///
/// # Errors
///
/// When the listener's address cannot be read or the socket fails.
pub async fn serve(
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let (stopping, stopped) = oneshot::channel();
    let serving = axum::serve(listener, router()).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!(service = NAME, "stopping");
        // Nobody is left to tell only when the server has already ended.
        let _ = stopping.send(());
    });
    tracing::info!(
        service = NAME,
        host = %address.ip(),
        port = address.port(),
        "listening"
    );

    tokio::select! {
        result = serving.into_future() => result,
        () = deadline(stopped) => {
            tracing::warn!(service = NAME, "gave up on requests that were still running");
            Ok(())
        }
    }
}

/// Ready [`GRACE`] after the service was asked to stop.
async fn deadline(stopped: oneshot::Receiver<()>) {
    match stopped.await {
        Ok(()) => sleep(GRACE).await,
        // The sender is dropped together with the server, which then has the last word.
        Err(_) => std::future::pending().await,
    }
}

/// Ready when the process is asked to stop: SIGTERM from an orchestrator, or Ctrl-C in a terminal.
///
/// # Errors
///
/// When the system does not let the process listen for signals.
#[cfg(unix)]
pub fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ready when the process is asked to stop: Ctrl-C in a terminal, or the end of the session.
///
/// # Errors
///
/// When the system does not let the process listen for signals.
#[cfg(windows)]
pub fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::windows::{ctrl_c, ctrl_shutdown};

    let mut interrupt = ctrl_c()?;
    let mut shutdown = ctrl_shutdown()?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = shutdown.recv() => {}
        }
    })
}
