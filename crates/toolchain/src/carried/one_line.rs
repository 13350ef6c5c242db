//! Files that hold one version and nothing else.

use super::reading::Reading;

/// Which tool a file's name speaks of.
const TOOLS: [(&str, &str); 14] = [
    (".nvmrc", "node"),
    (".node-version", "node"),
    (".bun-version", "bun"),
    (".deno-version", "deno"),
    (".python-version", "python3"),
    (".ruby-version", "ruby"),
    (".java-version", "java"),
    (".go-version", "go"),
    (".swift-version", "swift"),
    (".zig-version", "zig"),
    (".terraform-version", "terraform"),
    (".opentofu-version", "tofu"),
    (".terragrunt-version", "terragrunt"),
    (".bazelversion", "bazel"),
];

/// The first line that is no comment. Lines after it are fallbacks (pyenv) or settings (`key=value`, nvm).
pub(super) fn read(reading: &mut Reading<'_>) {
    let Some((_, tool)) = TOOLS.iter().find(|(file, _)| *file == reading.name()) else {
        return;
    };
    let mut values = reading
        .lines("#")
        .filter(|(_, line)| !line.contains('=') || line.starts_with('='));
    match values.next() {
        Some((line, value)) => reading.pin(tool, line, value.split_whitespace().next().unwrap_or_default()),
        None => reading.problem(
            1,
            "is there, but names no version",
            "Write one version into it, or remove it.",
        ),
    }
}
