//! Gradle's build files, which are programs: only numbers that stand in them are read, and only as hints.

use std::sync::LazyLock;

use regex::Regex;

use super::reading::Reading;

static TOOLCHAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?:languageVersion\s*(?:=|\.set\s*\()?\s*JavaLanguageVersion\.of\s*\(\s*["']?(\d+)|\bjvmToolchain\s*\(\s*(\d+)\s*\))"#).ok()
});

const NOTE: &str = "Gradle looks for this JDK by itself, and may download it.";

/// The JDK that the project is compiled with; Gradle itself may run on another one.
pub(super) fn build(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("//") {
        let Some(captures) = TOOLCHAIN.as_ref().and_then(|toolchain| toolchain.captures(text)) else {
            continue;
        };
        if let Some(version) = captures.iter().skip(1).flatten().next() {
            reading.hint_because("java", line, version.as_str(), version.as_str(), Some(NOTE));
        }
    }
}

/// The JDK that Gradle itself runs on.
pub(super) fn daemon(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("#") {
        if let Some((name, version)) = text.split_once('=')
            && name.trim() == "toolchainVersion"
        {
            reading.hint_because("java", line, version, version.trim(), Some(NOTE));
        }
    }
}
