//! `.sdkmanrc`, and the wrappers that bring a build tool along.

use std::sync::LazyLock;

use regex::Regex;

use super::reading::Reading;

static DISTRIBUTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(gradle|maven)-(\d+(?:\.\d+)*(?:-(?:rc|milestone|alpha|beta)-?\d+)?)-(?:bin|all)\.").ok()
});

/// A candidate and its version on each line.
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

/// `distributionUrl` of a wrapper's properties.
pub(super) fn wrapper(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("#") {
        let address = text
            .split_once('=')
            .filter(|(name, _)| name.trim() == "distributionUrl");
        let Some((_, address)) = address else { continue };
        let Some(captures) = DISTRIBUTION.as_ref().and_then(|known| known.captures(address)) else {
            continue;
        };
        let (tool, version) = (&captures[1], &captures[2]);
        let script = if tool == "gradle" { "gradlew" } else { "mvnw" };
        let note = format!("The project's {script} brings it by itself.");
        reading.hint_because(tool, line, version, version, Some(&note));
    }
}
