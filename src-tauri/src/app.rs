//! The app, built in one place: Tauri keeps only the last of what is set twice.

use tauri::Manager;

use crate::arguments::{self, Arguments};
use crate::commands;
use crate::opened::Opened;
use crate::{protocol, window};

macro_rules! handler {
    ($($name:ident),* $(,)?) => { tauri::generate_handler![$(commands::$name),*] };
}

/// Runs the app until its window is closed.
pub(crate) fn run(arguments: Arguments) -> tauri::Result<()> {
    let opened = Opened::begin(&arguments);
    let pictures = opened.clone();
    let mut builder = tauri::Builder::default();
    // A home of its own is an app of its own; otherwise a second start shows the first one's window.
    if std::env::var_os("ROADBOOK_HOME").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            let words = words.into_iter().skip(1).map(Into::into);
            let route = arguments::parse(words).ok().and_then(|arguments| arguments.route());
            window::show(app, route.as_deref());
        }));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .manage(opened)
        .register_asynchronous_uri_scheme_protocol("content", move |_, request, responder| {
            let (pictures, path) = (pictures.clone(), request.uri().path().to_owned());
            tauri::async_runtime::spawn(async move {
                responder.respond(protocol::respond(&pictures, &path).await);
            });
        })
        .invoke_handler(with_commands!(handler))
        .setup(move |app| Ok(window::open(app.app_handle(), arguments.route().as_deref())?))
        .run(tauri::generate_context!())
}
