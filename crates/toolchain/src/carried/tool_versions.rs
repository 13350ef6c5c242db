//! `.tool-versions` of asdf and mise: a tool and its versions on each line.

use super::{mise, reading::Reading};

pub(super) fn read(reading: &mut Reading<'_>) {
    for (line, text) in reading.lines("#") {
        let mut words = text.split_whitespace();
        let Some(tool) = words.next() else { continue };
        let versions: Vec<_> = words.collect();
        let tool = mise::tool_name(tool.trim_end_matches(':'));
        if versions.is_empty() {
            let help = "Write the version after the tool: nodejs 20.11.1.";
            reading.problem(line, &format!("names no version of `{tool}`"), help);
        } else {
            // Later versions are used where the first is not installed.
            reading.pin_one_of(tool, line, &versions);
        }
    }
}
