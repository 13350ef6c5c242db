//! Holding a requirement against what a probe found out.

use crate::{Finding, Os, Platform, Range, Requirement, State, Tool, Version, fixes_for, probe::Probed};

/// The finding on a requirement whose tool was probed.
pub(crate) fn finding(
    requirement: &Requirement,
    range: &Range,
    tool: &Tool,
    probed: &Probed,
    platform: &Platform,
) -> Finding {
    let (state, detail) = match (&probed.version, probed.state) {
        (Some(version), State::Passed) if range.accepts(version) => (State::Passed, fits(&tool.title, version, range)),
        (Some(version), State::Passed) => (State::Failed, differs(&tool.title, version, range)),
        (_, state) => (state, probed.detail.clone()),
    };
    let open = matches!(state, State::Failed | State::Error | State::Blocked);
    Finding {
        tool: tool.id.clone(),
        title: tool.title.clone(),
        state,
        version: probed.version.as_ref().map(ToString::to_string),
        path: probed.path.clone(),
        command: probed.command.clone(),
        output: probed.output.clone(),
        took: probed.took,
        fixes: if open && probed.fixable {
            fixes_for(tool, platform)
        } else {
            Vec::new()
        },
        link: tool.link.clone(),
        ..untested(requirement, state, detail)
    }
}

/// The finding on a requirement whose tool does not exist on this system.
pub(crate) fn elsewhere(requirement: &Requirement, tool: &Tool, os: Os) -> Finding {
    let detail = format!("{} does not apply to {}.", tool.title, os.title());
    Finding {
        tool: tool.id.clone(),
        title: tool.title.clone(),
        link: tool.link.clone(),
        ..untested(requirement, State::Skipped, detail)
    }
}

/// A finding without a probe.
pub(crate) fn untested(requirement: &Requirement, state: State, detail: String) -> Finding {
    Finding {
        tool: requirement.tool.clone(),
        title: requirement.tool.clone(),
        state,
        severity: requirement.severity,
        version: None,
        path: None,
        required: requirement.range.clone(),
        source: requirement.source.clone(),
        why: requirement.why.clone(),
        detail,
        command: String::new(),
        output: String::new(),
        took: std::time::Duration::ZERO,
        fixes: Vec::new(),
        link: None,
    }
}

fn fits(title: &str, version: &Version, range: &Range) -> String {
    if range.is_any() {
        format!("{title} {version} is here.")
    } else {
        format!("{title} {version} is here; {} is asked for.", range.words())
    }
}

fn differs(title: &str, version: &Version, range: &Range) -> String {
    let words = range.words();
    if range.is_after(version) {
        match range.oldest() {
            Some(oldest) => format!("{title} {version} is older than {oldest}."),
            None => format!("{title} {version} is older than what is asked for: {words}."),
        }
    } else if range.is_before(version) {
        format!("{title} {version} is newer than what is asked for: {words}.")
    } else {
        format!("{title} {version} is not what is asked for: {words}.")
    }
}
