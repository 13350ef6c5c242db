//! `global.json`: the .NET SDK, and how far a newer one may roll forward.

use super::reading::Reading;

pub(super) fn global_json(reading: &mut Reading<'_>) {
    let Some(file) = reading.json() else { return };
    let Some(sdk) = file.get_object("sdk") else { return };
    let Some(version) = sdk.get_string("version") else {
        return;
    };
    let roll = sdk
        .get_string("rollForward")
        .map_or("patch", |roll| roll.value.as_ref());
    let line = reading.line_at(version.range.start);
    match range(&version.value, roll) {
        Some(range) => reading.range("dotnet", line, &format!("{} ({roll})", version.value), &range),
        None => reading.pin("dotnet", line, &version.value),
    }
}

/// The third part of an SDK's version is its feature band, in hundreds, and a patch within it.
fn range(version: &str, roll: &str) -> Option<String> {
    let numbers: Vec<u64> = version
        .split('-')
        .next()?
        .split('.')
        .map_while(|part| part.parse().ok())
        .collect();
    let [major, minor, patch] = numbers.as_slice() else {
        return None;
    };
    Some(match roll.to_ascii_lowercase().as_str() {
        "patch" | "latestpatch" => format!(
            ">={version} <{major}.{minor}.{}",
            (patch / 100).saturating_add(1).saturating_mul(100)
        ),
        "feature" | "latestfeature" => format!(">={version} <{major}.{}", minor.saturating_add(1)),
        "minor" | "latestminor" => format!(">={version} <{}", major.saturating_add(1)),
        "major" | "latestmajor" => format!(">={version}"),
        _ => return None,
    })
}
