//! A step's tasks: fenced blocks with a YAML body.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use crate::{
    dialect,
    document::{Document, task_fence},
    findings::{Findings, Place},
    model::{Choice, Dialect, Quiz, Task, TaskKind, ToolRequirement},
    verify,
    yaml::{self, Node, Yaml},
};

/// Reads the tasks of a step's body, which starts after `body_line` lines of its file. A block that cannot be read is
/// left out with a diagnostic: a weaker proof than the author asked for would complete the step wrongly.
pub(crate) fn read(body: &str, body_line: usize, dialect: Dialect, findings: &mut Findings<'_>) -> Vec<Task> {
    // Parsing every step once more costs little, but most pages of a large book need not even that.
    if !body.contains("```") && !body.contains("~~~") {
        return Vec::new();
    }
    let text = dialect::to_github(body, dialect);
    let document = Document::parse(&text, "");
    let mut tasks = Vec::new();
    let mut ids = HashSet::new();
    let mut numbers = [0_usize; 5];
    for (at, (event, range)) in document.events.iter().enumerate() {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            continue;
        };
        let Some(fence) = task_fence(kind) else { continue };
        let place = document.place(range.start);
        let number = &mut numbers[crate::document::TASK_FENCES
            .iter()
            .position(|name| *name == fence)
            .unwrap_or(0)];
        *number += 1;
        // The body starts in the line after the fence, indented as the fence is.
        let mut block = findings.within(body_line + place.line, place.column - 1);
        let Some((id, kind)) = read_block(fence, &document.code(at), &mut block) else {
            continue;
        };
        let mut id = id.unwrap_or_else(|| format!("{fence}-{number}"));
        if !ids.insert(id.clone()) {
            let fallback = format!("{fence}-{number}-{}", tasks.len() + 1);
            findings.warning(
                "duplicate-task-id",
                Place::line(body_line + place.line),
                format!("Another task of this step already has the id `{id}`; this one becomes `{fallback}`."),
                "Give each task of a step an `id:` of its own.",
            );
            ids.insert(fallback.clone());
            id = fallback;
        }
        tasks.push(Task {
            id,
            line: body_line + place.line,
            kind,
        });
    }
    tasks
}

fn read_block(fence: &str, code: &str, findings: &mut Findings<'_>) -> Option<(Option<String>, TaskKind)> {
    if code.trim().is_empty() {
        findings.error(
            "empty-task",
            Place::line(1),
            format!("The `{fence}` block is empty and is left out."),
            "Write what is to be done into it, or remove it.",
        );
        return None;
    }
    match fence {
        "confirm" => Some((None, TaskKind::Confirm(code.trim().to_owned()))),
        "verify" => verify::read(code, findings).map(|(id, verify)| (id, TaskKind::Verify(verify))),
        _ => {
            let yaml = parse(fence, code, findings)?;
            let kind = match fence {
                "tools" => tools(&yaml, findings).map(TaskKind::Tools),
                "starter" => starter(&yaml, findings).map(TaskKind::Starter),
                _ => quiz(&yaml, findings).map(TaskKind::Quiz),
            }?;
            Some((id(&yaml, findings), kind))
        }
    }
}

/// The YAML of a block, or of a piece of it.
pub(crate) fn parse(fence: &str, code: &str, findings: &mut Findings<'_>) -> Option<Yaml> {
    match yaml::parse(code) {
        Ok(yaml) => Some(yaml),
        Err(error) => {
            findings.error(
                "task-yaml",
                error.place,
                format!(
                    "The `{fence}` block is not valid YAML and is left out: {}",
                    error.message
                ),
                "Put quotes around values that hold `: ` or start with a special character; indent with spaces.",
            );
            None
        }
    }
}

/// The block's own id.
pub(crate) fn id(yaml: &Yaml, findings: &mut Findings<'_>) -> Option<String> {
    let value = yaml.get("id")?;
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let id = value.text().filter(|text| !text.is_empty() && text.chars().all(plain));
    if id.is_none() {
        findings.warning(
            "bad-id",
            value.place,
            "The task's `id` cannot be used.",
            "An id has letters, digits, `-`, `_` and `.`.",
        );
    }
    id
}

/// Says which keys are not known.
pub(crate) fn unknown_keys(yaml: &Yaml, known: &[&str], findings: &mut Findings<'_>) {
    for entry in yaml.entries().unwrap_or_default() {
        if !known.contains(&entry.key.as_str()) {
            findings.warning(
                "unknown-key",
                entry.place,
                format!("`{}` means nothing here.", entry.key),
                format!("The keys are {}.", known.join(", ")),
            );
        }
    }
}

/// Something is not what it has to be; the answer is `None`.
pub(crate) fn refuse<T>(at: Place, message: String, help: &str, findings: &mut Findings<'_>) -> Option<T> {
    findings.error("task-value", at, message, help);
    None
}

fn tools(yaml: &Yaml, findings: &mut Findings<'_>) -> Option<Vec<ToolRequirement>> {
    let items = if yaml.entries().is_some() {
        unknown_keys(yaml, &["id", "tools"], findings);
        yaml.get("tools")
    } else {
        Some(yaml)
    };
    let Some(Yaml {
        node: Node::List(items),
        ..
    }) = items
    else {
        return refuse(
            yaml.place,
            "The `tools` block is not a list and is left out.".to_owned(),
            "Write a tool a line, such as `- git >=2.40`.",
            findings,
        );
    };
    let tools: Vec<ToolRequirement> = items.iter().filter_map(|item| tool(item, findings)).collect();
    (!tools.is_empty()).then_some(tools)
}

fn tool(item: &Yaml, findings: &mut Findings<'_>) -> Option<ToolRequirement> {
    const HELP: &str = "Write `- git >=2.40`, or `- tool: git` with version, why and required below it.";
    let (name, range, why, required) = if item.entries().is_some() {
        unknown_keys(item, &["tool", "version", "why", "required"], findings);
        let word = |key: &str| item.get(key).and_then(Yaml::text);
        let required = match item.get("required") {
            None => true,
            Some(Yaml {
                node: Node::Bool(required),
                ..
            }) => *required,
            Some(other) => {
                return refuse(
                    other.place,
                    "`required` is neither true nor false; the tool is left out.".to_owned(),
                    HELP,
                    findings,
                );
            }
        };
        (
            word("tool").unwrap_or_default(),
            word("version").unwrap_or_default(),
            word("why"),
            required,
        )
    } else {
        let text = item.text().unwrap_or_default();
        let text = text.trim();
        let end = text
            .find(|letter: char| letter.is_whitespace() || "<>=^~".contains(letter))
            .unwrap_or(text.len());
        (text[..end].to_owned(), text[end..].to_owned(), None, true)
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "._+-".contains(letter);
    if !name.starts_with(|letter: char| letter.is_ascii_alphanumeric()) || !name.chars().all(plain) {
        let message = match name.as_str() {
            "" => "A tool has no name, and is left out.".to_owned(),
            name => format!("`{name}` is not a tool's name, and is left out."),
        };
        return refuse(item.place, message, HELP, findings);
    }
    let why = why.map(|why| why.trim().to_owned()).filter(|why| !why.is_empty());
    Some(ToolRequirement {
        tool: name,
        range: range.trim().to_owned(),
        why,
        required,
    })
}

fn starter(yaml: &Yaml, findings: &mut Findings<'_>) -> Option<String> {
    unknown_keys(yaml, &["id", "starter"], findings);
    match yaml.get("starter").and_then(Yaml::text) {
        Some(id) => Some(id.trim().trim_matches('/').to_owned()),
        None => refuse(
            yaml.place,
            "The `starter` block names no starter and is left out.".to_owned(),
            "Write `starter: ` and the starter's id.",
            findings,
        ),
    }
}

fn quiz(yaml: &Yaml, findings: &mut Findings<'_>) -> Option<Quiz> {
    const HELP: &str = "A quiz has a `question` and at least two `choices`, each with `text` and `why`.";
    unknown_keys(yaml, &["id", "question", "choices"], findings);
    let Some(question) = yaml
        .get("question")
        .and_then(Yaml::text)
        .filter(|text| !text.trim().is_empty())
    else {
        return refuse(
            yaml.place,
            "The quiz has no question and is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    let Some(Yaml {
        node: Node::List(items),
        ..
    }) = yaml.get("choices")
    else {
        return refuse(
            yaml.place,
            "The quiz has no choices and is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    let choices: Vec<Choice> = items.iter().map(|item| choice(item, findings)).collect::<Option<_>>()?;
    if choices.len() < 2 {
        return refuse(
            yaml.place,
            "The quiz has fewer than two choices and is left out.".to_owned(),
            HELP,
            findings,
        );
    }
    if !choices.iter().any(|choice| choice.correct) {
        findings.error(
            "quiz-without-answer",
            yaml.place,
            "No choice of the quiz is correct, and it is left out.",
            "Add `correct: true` to every choice that belongs to the answer.",
        );
        return None;
    }
    Some(Quiz {
        question: question.trim().to_owned(),
        choices,
    })
}

fn choice(item: &Yaml, findings: &mut Findings<'_>) -> Option<Choice> {
    const HELP: &str = "Write `- { text: A choice, correct: true, why: \"The reason.\" }`.";
    unknown_keys(item, &["text", "correct", "why"], findings);
    let Some(text) = item
        .get("text")
        .and_then(Yaml::text)
        .filter(|text| !text.trim().is_empty())
    else {
        return refuse(
            item.place,
            "A choice has no text; the quiz is left out.".to_owned(),
            HELP,
            findings,
        );
    };
    let correct = match item.get("correct") {
        None => false,
        Some(Yaml {
            node: Node::Bool(correct),
            ..
        }) => *correct,
        Some(other) => {
            let message = "`correct` is neither true nor false; the quiz is left out.".to_owned();
            return refuse(other.place, message, HELP, findings);
        }
    };
    let why = item
        .get("why")
        .and_then(Yaml::text)
        .unwrap_or_default()
        .trim()
        .to_owned();
    if why.is_empty() {
        findings.warning(
            "quiz-without-why",
            item.place,
            format!(
                "The choice \u{201c}{}\u{201d} does not say why it is right or wrong.",
                text.trim()
            ),
            "Add `why:`; it is what people learn from.",
        );
    }
    Some(Choice {
        text: text.trim().to_owned(),
        correct,
        why,
    })
}
