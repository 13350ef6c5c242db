//! A Tauri window with one line of text and nothing behind it: what `./dev bench` compares the app's start and memory
//! with. Built from the same crates with the same profile.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/empty-window/tauri.conf.json"))
}
