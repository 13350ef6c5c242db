//! `go.work` and `go.mod`: the oldest Go that is supported, and the one that is suggested.

use super::reading::Reading;

/// In a workspace only `go.work` counts; it is read first.
pub(super) fn read(reading: &mut Reading<'_>) {
    if reading.name() == "go.mod" && reading.is_asked_by("go.work") {
        return;
    }
    for (line, text) in reading.lines("//") {
        match text.split_once([' ', '\t']) {
            Some(("go", version)) => reading.minimum("go", line, version),
            Some(("toolchain", name)) => {
                let name = name.trim();
                let version = name.trim_start_matches("go").split('-').next().unwrap_or_default();
                reading.hint("go", line, name, &format!(">={version}"));
            }
            _ => {}
        }
    }
}
