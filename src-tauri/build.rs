//! Tells Tauri which commands there are, so that none is allowed by default.

include!("src/handlers.rs");

macro_rules! names {
    ($($name:ident),* $(,)?) => { &[$(stringify!($name)),*] };
}

const COMMANDS: &[&str] = with_commands!(names);

fn main() {
    println!("cargo::rerun-if-changed=src/handlers.rs");
    println!("cargo::rerun-if-changed=../ui/dist");
    let capability = std::fs::read_to_string("capabilities/main.json").unwrap_or_default();
    for command in COMMANDS {
        let permission = format!("\"allow-{}\"", command.replace('_', "-"));
        assert!(
            capability.contains(&permission),
            "capabilities/main.json does not list {permission}; src/handlers.rs does"
        );
    }
    let allowed = capability.matches("\"allow-").count();
    assert!(
        allowed == COMMANDS.len(),
        "capabilities/main.json allows {allowed} commands; src/handlers.rs lists {}",
        COMMANDS.len()
    );
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}
