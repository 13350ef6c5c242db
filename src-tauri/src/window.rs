//! The one window: where it may go, and what ends with it.

use std::path::Path;
use std::time::Duration;

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::opened::Opened;

/// The window's label, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// Whether the window is shown only once its page is there, and then with its first content.
///
/// A window of WebKitGTK without compositing waits for the web process whenever it is drawn after a change of size, for
/// up to half a second; the web process asks this one for the network process when it loads its first page, and gets
/// no answer meanwhile. Shown from the beginning, every fourth start stood still for that half second.
const WAITS_FOR_PAGE: bool = cfg!(target_os = "linux");
/// After this time the window is shown as it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the window at a route, such as `/page/first-day/tools`. What the webview keeps goes below `home`, where
/// the person chose one.
pub(crate) fn open(app: &AppHandle, route: Option<&str>, home: Option<&Path>) -> tauri::Result<()> {
    let page = route.map_or_else(|| "index.html".to_owned(), |route| format!("index.html#{route}"));
    let mut builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(page.into()));
    if let Some(home) = home {
        builder = builder.data_directory(home.join("webview"));
    }
    let window = builder
        .title("Roadbook")
        .inner_size(1280.0, 860.0)
        .min_inner_size(420.0, 480.0)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .visible(!WAITS_FOR_PAGE)
        .on_page_load(|window, payload| {
            match payload.event() {
                // A page that is loaded anew has forgotten the jobs of the one before.
                PageLoadEvent::Started => cancel_jobs(&window),
                PageLoadEvent::Finished => uncover(&window),
            }
        })
        .build()?;
    if WAITS_FOR_PAGE {
        let waiting = window.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            uncover(&waiting);
        });
    }
    let closing = window.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            cancel_jobs(&closing);
        }
    });
    Ok(())
}

/// Brings the window to the front, at a route if one is given.
pub(crate) fn show(app: &AppHandle, route: Option<&str>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if let (Some(route), Ok(mut url)) = (route, window.url()) {
        url.set_fragment(Some(route));
        if let Err(error) = window.navigate(url) {
            tracing::warn!(%error, "the window did not go to the page");
        }
    }
    // A window manager may refuse; the page is shown all the same.
    let _ = window.unminimize();
    let _ = window.set_focus();
}

fn uncover(window: &WebviewWindow) {
    if matches!(window.is_visible(), Ok(false))
        && let Err(error) = window.show()
    {
        tracing::warn!(%error, "the window is not shown");
    }
}

fn cancel_jobs(window: &WebviewWindow) {
    if let Some(engine) = window.state::<Opened>().now() {
        engine.cancel_all();
    }
}

/// Whether the address is one of the app's own pages; the window never goes anywhere else.
fn is_own(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    if !own {
        tracing::warn!(%url, "a navigation away was denied");
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_pages_are_shown() {
        let own = |text: &str| Url::parse(text).is_ok_and(|url| is_own(&url));

        assert!(own("tauri://localhost/index.html#/tools"));
        assert!(own("http://tauri.localhost/"));
        for other in [
            "https://example.com/",
            "http://localhost/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
        ] {
            assert!(!own(other), "{other}");
        }
    }
}
