//! Expressions as the package renders them that Backstage uses, and as we do.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

use crate::book::Book;

const CASES: &str = include_str!("nunjitsu/cases.json");

#[test]
fn expressions_are_rendered_as_in_backstage() {
    let Some(node) = Node::find() else { return };
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let mut compared = 0;
    for (group, sources) in cases["groups"].as_object().unwrap() {
        let sources: Vec<&str> = sources
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_str().unwrap())
            .collect();
        let differ = match group.as_str() {
            "errors" => errors(&node, &cases["values"], &sources),
            "values" => values(&node, &cases["values"], &sources),
            group => texts(&node, &cases["values"], &sources, group),
        };
        assert!(differ.is_empty(), "{group}:\n{}", differ.join("\n"));
        compared += sources.len();
    }
    println!(
        "compared with nunjitsu {}: {compared} templates and expressions, no difference",
        node.version
    );
}

/// Cases of files: all are one skeleton.
fn texts(node: &Node, values: &Value, sources: &[&str], group: &str) -> Vec<String> {
    let mut options = Map::new();
    for option in ["trimBlocks", "lstripBlocks"] {
        options.insert(option.to_owned(), group.contains(option).into());
    }
    options.insert("cookiecutterCompat".to_owned(), (group == "cookiecutter").into());
    let name = if group == "cookiecutter" {
        "cookiecutter"
    } else {
        "values"
    };
    let expected = node.render(&json!({ name: values }), sources, &json!({ "renderer": options }));

    let book = Book::new();
    for (index, source) in sources.iter().enumerate() {
        book.write(&format!("starters/demo/skeleton/{index}.txt"), source);
    }
    options.insert("url".to_owned(), "./skeleton".into());
    options.insert("values".to_owned(), values.clone());
    let step = json!([{ "action": "fetch:template", "input": options }]);
    book.template("demo", &format!("    {step}\n"), "    {}\n");
    let created = book
        .create("starters/demo", &json!({}))
        .unwrap_or_else(|e| panic!("{group}: {e}"));
    let made = (0..sources.len()).map(|index| {
        let bytes = std::fs::read(created.folder.join(format!("{index}.txt"))).unwrap();
        json!({ "text": String::from_utf8(bytes).unwrap() })
    });
    differences(sources, &expected, made)
}

/// Cases of a step's input: what keeps its type.
fn values(node: &Node, values: &Value, sources: &[&str]) -> Vec<String> {
    let sources: Vec<String> = sources
        .iter()
        .map(|source| source.replace("values.", "each.value."))
        .collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let context = json!({ "each": { "key": "0", "value": values } });
    let expected = node.render(&context, &sources, &json!({ "value": true }));

    let book = Book::new();
    let steps: Vec<Value> = sources
        .iter()
        .enumerate()
        .map(|(index, source)| {
            json!({
                "each": [values],
                "action": "catalog:write",
                "input": { "filePath": format!("{index}.yaml"), "entity": { "value": source } },
            })
        })
        .collect();
    book.template("demo", &format!("    {}\n", json!(steps)), "    {}\n");
    let created = book.create("starters/demo", &json!({})).unwrap();
    let made = (0..sources.len()).map(|index| {
        let text = std::fs::read_to_string(created.folder.join(format!("{index}.yaml"))).unwrap();
        let entity: Value = serde_saphyr::from_str(&text).unwrap();
        match entity.get("value") {
            None => json!({ "undefined": true }),
            Some(value) => json!({ "value": value }),
        }
    });
    differences(&sources, &expected, made)
}

/// Cases that both refuse, each in words of its own.
fn errors(node: &Node, values: &Value, sources: &[&str]) -> Vec<String> {
    let expected = node.render(&json!({ "values": values }), sources, &json!({}));
    let mut differ = Vec::new();
    for (source, expected) in sources.iter().zip(expected) {
        let book = Book::new();
        book.write("starters/demo/skeleton/a.txt", source);
        let step = json!([{ "action": "fetch:template", "input": { "url": "./skeleton", "values": values } }]);
        book.template("demo", &format!("    {step}\n"), "    {}\n");
        let refused = book.create("starters/demo", &json!({})).is_err();
        if !refused || expected.get("error").is_none() {
            differ.push(format!("{source:?}: refused: {refused}, expected: {expected}"));
        }
    }
    differ
}

fn differences(sources: &[&str], expected: &[Value], made: impl Iterator<Item = Value>) -> Vec<String> {
    let cases = sources.iter().zip(expected).zip(made);
    cases
        .filter(|((_, expected), made)| *expected != made)
        .map(|((source, expected), made)| format!("{source:?}: expected {expected}, made {made}"))
        .collect()
}

struct Node {
    /// Where the package is installed.
    folder: PathBuf,
    version: String,
}

impl Node {
    /// The Node.js that has the package; says so where there is none.
    fn find() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/conformance/nunjitsu");
        let folder = std::env::var_os("ROADBOOK_NUNJITSU").map_or(root, PathBuf::from);
        let package = std::fs::read_to_string(folder.join("node_modules/nunjitsu/package.json"));
        let runs = Command::new("node").arg("--version").output().is_ok();
        let (Ok(package), true) = (package, runs) else {
            println!(
                "not compared: there is no Node.js with the package nunjitsu (ROADBOOK_NUNJITSU names its folder)"
            );
            return None;
        };
        let package: Value = serde_json::from_str(&package).unwrap();
        Some(Self {
            version: package["version"].as_str().unwrap().to_owned(),
            folder,
        })
    }

    fn render(&self, context: &Value, cases: &[&str], options: &Value) -> Vec<Value> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/nunjitsu/render.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let asked = json!({ "context": context, "cases": cases, "options": options });
        child
            .stdin
            .take()
            .unwrap()
            .write_all(asked.to_string().as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "node says no");
        serde_json::from_slice(&output.stdout).unwrap()
    }
}
