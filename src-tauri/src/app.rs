//! The app, built in one place: Tauri keeps only the last of what is set twice.

use tauri::{Manager, RunEvent};

use crate::arguments::{self, Arguments};
use crate::commands;
use crate::opened::Opened;
use crate::{jobs, protocol, window};

macro_rules! handler {
    ($($name:ident),* $(,)?) => { tauri::generate_handler![$(commands::$name),*] };
}

/// Runs the app until its window is closed.
pub(crate) fn run(arguments: Arguments) -> tauri::Result<()> {
    let opened = Opened::begin(&arguments);
    let pictures = opened.clone();
    let home = engine::Folders::root_of_choice();
    let mut builder = tauri::Builder::default();
    // A home or a roadbook of its own is an app of its own; otherwise a second start shows the first one's window.
    if arguments.book.is_none() && home.is_none() {
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
        .setup(move |app| {
            Ok(window::open(
                app.app_handle(),
                arguments.route().as_deref(),
                home.as_deref(),
            )?)
        })
        .build(tauri::generate_context!())?
        .run(|app, event| match event {
            RunEvent::ExitRequested { api, .. } => jobs::end_before_exit(app, &api),
            RunEvent::Exit => jobs::settle(app),
            _ => {}
        });
    Ok(())
}
