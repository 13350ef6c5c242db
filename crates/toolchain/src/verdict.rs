//! Holding a requirement against what a probe found out.

use crate::{
    Finding, Fix, InProject, Os, Platform, Range, Requirement, State, Tool, Version, fixes_for,
    probe::{Here, Probed},
    shim,
};

/// The finding on a requirement whose tool was probed, and asked in the project's folder where there is one.
pub(crate) fn finding(
    requirement: &Requirement,
    range: &Range,
    tool: &Tool,
    probed: &Probed,
    here: Option<&Here>,
    platform: &Platform,
) -> Finding {
    let probed = &probed.fitting(range);
    let decides = here
        .map(|here| &here.probed)
        .filter(|here| here.state != State::Skipped);
    let (state, detail) = match decides {
        Some(here) => in_project(tool, range, probed, here),
        None => on_machine(tool, range, probed),
    };
    let open = matches!(state, State::Failed | State::Error | State::Blocked);
    let mut fixes: Vec<Fix> = probed.remedy.iter().cloned().collect();
    if open && probed.fixable {
        fixes.extend(decides.and_then(|here| project_fix(here, range)));
        let found = decides.unwrap_or(probed).version.as_ref();
        fixes.extend(fixes_for(tool, range, found, platform));
    }
    Finding {
        tool: tool.id.clone(),
        title: tool.title.clone(),
        state,
        version: probed.version.as_ref().map(ToString::to_string),
        path: probed.path.clone(),
        command: probed.command.clone(),
        output: probed.output.clone(),
        took: probed.took,
        fixes,
        link: tool.link.clone(),
        in_project: here.map(told),
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
        in_project: None,
    }
}

fn on_machine(tool: &Tool, range: &Range, probed: &Probed) -> (State, String) {
    match (&probed.version, probed.state) {
        (Some(version), State::Passed) if range.accepts(version) => (State::Passed, fits(&tool.title, version, range)),
        (Some(version), State::Passed) => (State::Failed, differs(&tool.title, version, range)),
        (_, state) => (state, probed.detail.clone()),
    }
}

/// What counts is what the project gets.
fn in_project(tool: &Tool, range: &Range, probed: &Probed, here: &Probed) -> (State, String) {
    let (title, elsewhere) = (&tool.title, probed.version.as_ref());
    match (&here.version, here.state) {
        (Some(version), State::Passed) if elsewhere == Some(version) => on_machine(tool, range, probed),
        (Some(version), State::Passed) => {
            let otherwise = elsewhere.map(|version| format!(" Elsewhere on this machine it is {version}."));
            let otherwise = otherwise.unwrap_or_default();
            if !range.accepts(version) {
                let differs = differs(title, version, range);
                return (State::Failed, format!("In this project, {differs}{otherwise}"));
            }
            let asked = if range.is_any() {
                String::new()
            } else {
                format!("; {} is asked for", range.words())
            };
            let detail = format!("{title} {version} is what this project gets{asked}.{otherwise}");
            (State::Passed, detail)
        }
        (_, State::Failed) => match elsewhere {
            Some(version) => (State::Failed, format!("{} Elsewhere it is {version}.", here.detail)),
            None => (State::Failed, here.detail.clone()),
        },
        (_, state) => (state, format!("In this project: {}", here.detail)),
    }
}

/// What installs the version that the project asks for, where a version manager lacks it: it says so, or it gives
/// another version than the pinned one and keeps quiet, as pyenv does.
fn project_fix(here: &Probed, range: &Range) -> Option<Fix> {
    let lacks = here.state == State::Failed || (here.state == State::Passed && range.is_pin());
    let command = shim::installer(here.path.as_deref()?).filter(|_| lacks)?;
    let manager = command.split(' ').next().unwrap_or(command);
    Some(Fix {
        with: format!("{manager}, in the project's folder"),
        command: command.to_owned(),
    })
}

fn told(here: &Here) -> InProject {
    let probed = &here.probed;
    let detail = match &probed.version {
        Some(version) if probed.detail.is_empty() => format!("It is {version} in this project."),
        _ => probed.detail.clone(),
    };
    InProject {
        folder: here.folder.clone(),
        state: probed.state,
        version: probed.version.as_ref().map(ToString::to_string),
        path: probed.path.clone(),
        command: probed.command.clone(),
        output: probed.output.clone(),
        detail,
        took: probed.took,
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
