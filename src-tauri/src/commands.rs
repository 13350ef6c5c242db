//! The window's commands: each calls one function of the engine.

use engine::wire::{
    Code, CompareProject, DiagnosticRow, Failure, FormView, Home, JobEvent, LibrarySection, NewProject, PageView,
    PathCard, PathView, SearchAnswer, Settings, Start, StarterCard, StarterMirror, StarterView, ToolScope,
    ToolchainView,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::jobs::tell;
use crate::memory;
use crate::opened::Opened;

type Answer<T> = Result<T, Failure>;
/// For what may take its time (the index on its first use, every page): the few workers stay free for the rest.
async fn off_the_workers<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|error| Failure {
            code: Code::Failed,
            message: format!("The work ended early: {error}."),
            hint: "Try again.".to_owned(),
        })
}

type App<'a> = State<'a, Opened>;

#[tauri::command]
pub(crate) async fn start(app: App<'_>) -> Answer<Start> {
    app.engine().await?.start()
}

#[tauri::command]
pub(crate) async fn home(app: App<'_>) -> Answer<Home> {
    app.engine().await?.home()
}

#[tauri::command]
pub(crate) async fn paths(app: App<'_>) -> Answer<Vec<PathCard>> {
    app.engine().await?.paths()
}

#[tauri::command]
pub(crate) async fn path(app: App<'_>, id: String) -> Answer<PathView> {
    app.engine().await?.path(&id)
}

#[tauri::command]
pub(crate) async fn page(app: App<'_>, id: String) -> Answer<PageView> {
    app.engine().await?.page(&id)
}

#[tauri::command]
pub(crate) async fn library(app: App<'_>) -> Answer<Vec<LibrarySection>> {
    Ok(app.engine().await?.library())
}

#[tauri::command]
pub(crate) async fn search(app: App<'_>, query: String, limit: usize) -> Answer<SearchAnswer> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.search(&query, limit)).await?
}

#[tauri::command]
pub(crate) async fn starters(app: App<'_>) -> Answer<Vec<StarterCard>> {
    Ok(app.engine().await?.starter_cards())
}

#[tauri::command]
pub(crate) async fn starter(app: App<'_>, id: String) -> Answer<StarterView> {
    app.engine().await?.starter(&id)
}

#[tauri::command]
pub(crate) async fn starter_form(
    app: App<'_>,
    id: String,
    values: serde_json::Map<String, serde_json::Value>,
) -> Answer<FormView> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.starter_form(&id, &values)).await?
}

#[tauri::command]
pub(crate) async fn code_block(app: App<'_>, path: String, text: String) -> Answer<String> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.code_block(&path, &text)).await
}

#[tauri::command]
pub(crate) async fn mirrors(app: App<'_>) -> Answer<Vec<StarterMirror>> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.mirrors()).await
}

#[tauri::command]
pub(crate) async fn remove_mirror(app: App<'_>, starter: String) -> Answer<()> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.remove_mirror(&starter)).await?
}

#[tauri::command]
pub(crate) async fn toolchain(app: App<'_>, scope: ToolScope) -> Answer<ToolchainView> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.toolchain(&scope)).await?
}

#[tauri::command]
pub(crate) async fn tools_report(app: App<'_>, scope: ToolScope) -> Answer<String> {
    app.engine().await?.tools_report_on(&scope)
}

#[tauri::command]
pub(crate) async fn diagnostics(app: App<'_>) -> Answer<Vec<DiagnosticRow>> {
    let engine = app.engine().await?;
    off_the_workers(move || engine.diagnostics()).await
}

#[tauri::command]
pub(crate) async fn save_settings(app: App<'_>, settings: Settings) -> Answer<Start> {
    app.engine().await?.save_settings(&settings)
}

#[tauri::command]
pub(crate) async fn dismiss_notice(app: App<'_>, id: String) -> Answer<()> {
    app.engine().await?.dismiss_notice(&id)
}

#[tauri::command]
pub(crate) async fn set_place(app: App<'_>, route: String) -> Answer<()> {
    app.engine().await?.set_place(&route)
}

#[tauri::command]
pub(crate) async fn answer_quiz(app: App<'_>, step: String, task: String, picked: Vec<usize>) -> Answer<PageView> {
    app.engine().await?.answer_quiz(&step, &task, &picked)
}

#[tauri::command]
pub(crate) async fn confirm(app: App<'_>, step: String, task: String, done: bool) -> Answer<PageView> {
    app.engine().await?.confirm(&step, &task, done)
}

#[tauri::command]
pub(crate) async fn complete_step(app: App<'_>, step: String, done: bool) -> Answer<PageView> {
    app.engine().await?.complete_step(&step, done)
}

#[tauri::command]
pub(crate) async fn reset_progress(app: App<'_>, id: String) -> Answer<usize> {
    app.engine().await?.reset_progress(&id)
}

#[tauri::command]
pub(crate) async fn set_folder(app: App<'_>, step: String, folder: String) -> Answer<PageView> {
    app.engine().await?.set_folder((&step, &folder))
}

/// Asks for a folder with the system's own dialog; `None` where the person closed it.
#[tauri::command]
pub(crate) async fn pick_folder(handle: AppHandle, start: Option<String>) -> Answer<Option<String>> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let mut dialog = handle.dialog().file();
    if let Some(start) = start.filter(|start| std::path::Path::new(start).is_dir()) {
        dialog = dialog.set_directory(start);
    }
    dialog.pick_folder(move |folder| drop(sender.send(folder)));
    Ok(receiver.await.ok().flatten().map(|folder| folder.to_string()))
}

#[tauri::command]
pub(crate) async fn open_project(app: App<'_>, id: i64, opener: String) -> Answer<()> {
    app.engine().await?.open_project(id, &opener)
}

#[tauri::command]
pub(crate) async fn open_external(app: App<'_>, url: String) -> Answer<()> {
    app.engine().await?.open_external(&url)
}

/// The first paint is done: reads ahead what the next screens need.
#[tauri::command]
pub(crate) async fn ready(app: App<'_>) -> Answer<()> {
    let engine = app.engine().await?;
    let warming = engine.clone();
    tauri::async_runtime::spawn_blocking(move || {
        warming.warm();
        memory::give_back();
    });
    tauri::async_runtime::spawn(async move { engine.read_environment().await });
    Ok(())
}

#[tauri::command]
pub(crate) async fn check_tools(
    app: App<'_>,
    job: String,
    step: Option<String>,
    only: Option<Vec<String>>,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .check_tools(&job, step.as_deref(), only.as_deref(), &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn check_repository(
    app: App<'_>,
    job: String,
    folder: std::path::PathBuf,
    only: Option<Vec<String>>,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .check_repository_tools(&job, &folder, only.as_deref(), &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn create_project(
    app: App<'_>,
    job: String,
    request: NewProject,
    accept_host_key: Option<String>,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .create_project_accepting(&job, request, accept_host_key, &tell(&events))
        .await
        .map(drop)
}

/// Clones an address that the person typed into a new folder.
#[tauri::command]
pub(crate) async fn clone_address(
    app: App<'_>,
    job: String,
    address: String,
    folder: String,
    accept_host_key: Option<String>,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .clone_address(&job, &address, folder.as_ref(), accept_host_key, &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn fetch_starters(
    app: App<'_>,
    job: String,
    starters: Vec<String>,
    accept_host_key: Option<String>,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .fetch_starters(&job, &starters, accept_host_key.as_deref(), &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn preview_project(
    app: App<'_>,
    job: String,
    request: NewProject,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .preview(&job, request, &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn outdated(
    app: App<'_>,
    job: String,
    request: CompareProject,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .outdated(&job, &request, &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn upgrade(
    app: App<'_>,
    job: String,
    request: CompareProject,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .upgrade(&job, &request, false, &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn verify(
    app: App<'_>,
    job: String,
    step: String,
    task: String,
    consent: bool,
    events: Channel<JobEvent>,
) -> Answer<()> {
    app.engine()
        .await?
        .verify(&job, &step, &task, consent, &tell(&events))
        .await
        .map(drop)
}

#[tauri::command]
pub(crate) async fn cancel(app: App<'_>, job: String) -> Answer<()> {
    app.engine().await?.cancel(&job);
    Ok(())
}
