//! `required_version` of Terraform and its fork, `OpenTofu`.

use std::{path::Path, sync::LazyLock};

use regex::Regex;

use super::{meaning::zero_padded, reading::Reading};

static REQUIRED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"^[^#"]*?\brequired_version\s*=\s*"([^"]*)""#).ok());

/// Every file's condition has to hold, so each is a requirement of its own.
pub(super) fn read(reading: &mut Reading<'_>) {
    let tool = if Path::new(reading.file)
        .extension()
        .is_some_and(|extension| extension == "tofu")
    {
        "tofu"
    } else if reading.is_pinned(".opentofu-version") && !reading.is_pinned(".terraform-version") {
        // Both read files of this name; the pin says which of the two does here.
        "tofu"
    } else {
        "terraform"
    };
    let mut commented = false;
    for (at, line) in reading.text.lines().enumerate() {
        let outside = !commented;
        // Comments of several lines; one that ends and begins on a line is not worth the care.
        match (line.find("/*"), line.find("*/")) {
            (Some(_), None) => commented = true,
            (None, Some(_)) => commented = false,
            _ => {}
        }
        let Some(captures) = REQUIRED.as_ref().and_then(|required| required.captures(line)) else {
            continue;
        };
        let (whole, range) = (&captures[0], &captures[1]);
        let before = whole.split('"').next().unwrap_or_default();
        if outside && !before.contains("//") && !before.contains("/*") {
            reading.range(tool, at + 1, range, &zero_padded(range));
        }
    }
}
