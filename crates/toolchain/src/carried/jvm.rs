//! `.sdkmanrc`: a candidate and its version on each line.

use super::reading::Reading;

pub(super) fn sdkman(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("#") {
        match text.split_once('=') {
            Some((candidate, version)) => reading.pin(candidate.trim(), line, version.trim()),
            None => reading.problem(
                line,
                &format!("has a line that cannot be read, `{text}`"),
                "Write java=17.0.9-tem.",
            ),
        }
    }
}
