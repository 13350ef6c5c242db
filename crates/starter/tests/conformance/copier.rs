//! Copier's own output against ours.

use serde_json::{Value, json};

use crate::book::Book;
use crate::lane::{Template, compare_own};
use crate::python::Python;

#[test]
fn copier_templates_make_the_same_files() {
    let Some(python) = Python::with("copier") else {
        return;
    };
    let counts = compare_own(templates(), |book, answers| {
        python.copier(book.root(), "starters/demo", answers, book.home())
    });
    println!("compared with copier {}: {counts}, no difference", python.version);
}

fn templates() -> Vec<Template> {
    vec![
        (everything, json!({})),
        (
            everything,
            json!({
                "project_name": "Peanut: Butter #1", "replicas": 7, "ratio": 0.5, "use_docs": false, "use_ci": true,
                "database": "pg", "regions": ["us", "eu"], "settings": "{list: [1, two], b: yes}", "path": "a/b",
                "notes": "first line\nsecond  line, which is long enough to be broken somewhere by what writes it into the answers file\n"
            }),
        ),
        (subfolder, json!({})),
        (all_files, json!({})),
        (written_yaml, json!({})),
    ]
}

/// Every kind of question, of paths and of files.
fn everything(book: &Book) {
    let write = |file: &str, text: &str| book.write(&format!("starters/demo/{file}"), text);
    write(
        "copier.yml",
        r#"
# Questions
project_name:
  type: str
  help: How is {{ 'it' }} called?
  default: My Shop
  validator: "{% if project_name|length > 40 %}It is too long{% endif %}"
slug:
  type: str
  default: "{{ project_name|lower|regex_replace('[^a-z0-9]+', '-') }}"
replicas: { type: int, default: "{{ 1 + 2 }}" }
ratio: { type: float, default: 2.5 }
use_docs: yes
use_ci: { type: bool, default: "{{ not use_docs }}" }
database:
  type: str
  choices:
    No database: none
    PostgreSQL: { value: pg }
    Oracle: { value: ora, validator: "{% if use_docs %}not with docs{% endif %}" }
  default: none
licence:
  type: str
  choices: [MIT, Apache-2.0, ["The GPL", GPL-3.0]]
  default: GPL-3.0
regions:
  type: str
  multiselect: true
  choices: [eu, us, ap]
  default: [eu]
port:
  type: int
  choices: "[{{ replicas }}, 8080]"
  default: 8080
version: { type: str, default: "1.0" }
date: { type: str, default: "2026-01-31" }
empty: { type: str, default: "" }
path: { type: path, default: "src/{{ slug }}" }
notes: { type: str, multiline: true, default: "it's: a #note" }
settings:
  type: yaml
  default: "{name: {{ slug }}, list: [1, 2.0, x, null, yes], empty: [], nested: {a: [[b]], d: {}}}"
data: { type: json, default: '{"b": [1, {"x": "y"}], "a": null}' }
hidden: { type: str, default: "{{ slug }}!", when: false }
only_pg: { type: str, default: pg, when: "{{ database == 'pg' }}" }
token: { type: str, secret: true, default: s3cret }
_skip_if_exists: [kept.txt]
_message_after_copy: "Now run {{ slug }}"
_tasks:
  - "echo {{ slug }}"
  - command: [echo, "x"]
    when: "{{ use_docs }}"
"#,
    );
    write(
        "{{ _copier_conf.answers_file }}.jinja",
        "# Changes here will be overwritten\n{{ _copier_answers|to_nice_yaml -}}\n",
    );
    write(
        "README.md.jinja",
        "# {{ project_name }} {{ slug }}\r\n{{ replicas + 1 }} {{ ratio }} {{ use_docs }} {{ use_ci }} {{ database }} {{ licence }}\n\
         {{ regions }} {{ port }} {{ version }} {{ empty }}| {{ path }} {{ settings }} {{ data }} {{ hidden }} [{{ only_pg }}] [{{ nobody }}]\n\
         {{ settings|to_nice_yaml(indent=2) }}{{ data|to_json }}\n{{ data|to_nice_json }}\n{{ settings.list|to_json }}\n\
         {{ _copier_conf.answers_file }} {{ _copier_answers._src_path }} {{ token }} {{ _folder_name }}\n\
         {{ use_docs|ternary('a', 'b') }} {{ 'yes'|bool }} {{ 'a b'|quote }} {{ 'x/y.tar'|basename }} {{ 'x/y.tar'|dirname }}\n\
         {{ 'ab12'|regex_replace('([a-z]+)([0-9]+)', '\\\\2-\\\\1') }} {{ 'ab12'|regex_search('[0-9]+') }} {{ 'a1b2'|regex_findall('[0-9]') }}\n\
         {{ pathjoin('a', 'b', 'c.txt') }} {{ [[1], [2, [3]]]|flatten }} {{ '{a: 1}'|from_yaml }} {{ '[1]'|from_json }}\n\n",
    );
    write("included.txt.jinja", "{% include 'parts/part.txt' %}\n");
    write("parts/part.txt", "part of {{ slug }}");
    write("plain.txt", "{{ not rendered }}\r\n");
    write("both.txt", "the plain one\n");
    write("both.txt.jinja", "the template {{ slug }}\n");
    write(
        "{{ slug }}/{{ project_name|lower|replace(':', '') }}/a.txt.jinja",
        "{{ slug }}\n",
    );
    write("{% if use_docs %}docs{% endif %}/index.md", "docs\n");
    write("sub/{% if use_ci %}ci.yml{% endif %}.jinja", "on: {{ slug }}\n");
    write("kept.txt", "kept\n");
    write("left.pyc", "left out\n");
    write("~left", "left out\n");
    write("sub/__pycache__/left.txt", "left out\n");
    write("no-end.jinja", "{{ slug }}");
    write("run.sh.jinja", "#!/bin/sh\necho {{ slug }}\n");
    book.make_executable("starters/demo/run.sh.jinja");
    book.write_bytes("starters/demo/logo.png", b"\x89PNG\r\n\x1a\n\0\0{{ slug }}");
    book.link("starters/demo/link.txt", "plain.txt");
}

/// A folder of its own, another ending, other delimiters, patterns and several documents.
fn subfolder(book: &Book) {
    let write = |file: &str, text: &str| book.write(&format!("starters/demo/{file}"), text);
    write(
        "copier.yaml",
        "kind: lib\n_subdirectory: \"templates/[[ kind ]]\"\n_templates_suffix: .tmpl\n_preserve_symlinks: true\n\
         _envops:\n  variable_start_string: '[['\n  variable_end_string: ']]'\n  block_start_string: '[%'\n  \
         block_end_string: '%]'\n  comment_start_string: '[#'\n  comment_end_string: '#]'\n  trim_blocks: true\n  \
         keep_trailing_newline: false\n_answers_file: .config/answers.yml\n\
         ---\nsecond: \"[[ kind ]]-2\"\n_exclude:\n  - '*.bak'\n  - \"[% if kind == 'lib' %]bin/[% endif %]\"\n  - /top.txt\n  - '!keep.bak'\n",
    );
    write(
        "templates/lib/[[ _copier_conf.answers_file ]].tmpl",
        "[[ _copier_answers|to_nice_yaml ]]",
    );
    write(
        "templates/lib/a.txt.tmpl",
        "[% if true %]\n[[ second ]] {{ x }}\n[% endif %]\nend\n\n",
    );
    write("templates/lib/a.jinja", "{{ x }} [[ y ]]\n");
    write("templates/lib/x.bak", "left out\n");
    write("templates/lib/keep.bak", "kept\n");
    write("templates/lib/bin/x", "left out\n");
    write("templates/lib/sub/bin/x", "left out\n");
    write("templates/lib/top.txt", "left out\n");
    write("templates/lib/sub/top.txt", "kept\n");
    write("templates/lib/copier.yml", "kept\n");
    write("templates/app/never.txt", "never\n");
    book.link("starters/demo/templates/lib/link", "a.jinja");
}

/// With no ending, every text is a template.
fn all_files(book: &Book) {
    let write = |file: &str, text: &str| book.write(&format!("starters/demo/{file}"), text);
    write(
        "copier.yml",
        "name: demo\n_templates_suffix: ''\n_exclude: [copier.yml]\n_envops:\n  lstrip_blocks: true\n",
    );
    write("a.txt", "{{ name }}\n  {% if true %}\nx\n  {% endif %}\n");
    write("b.jinja", "{{ name }}\n");
    book.write_bytes("starters/demo/c.bin", b"\xff\xfe{{ name }}");
}

/// Texts that YAML has to quote, break or escape.
fn written_yaml(book: &Book) {
    let words = "words that go on and on, ".repeat(9);
    let unbroken = "x".repeat(120);
    let texts = json!([
        "plain",
        "",
        " ",
        " lead",
        "trail ",
        "two  spaces",
        "yes",
        "No",
        "null",
        "~",
        "1",
        "0x1F",
        "0o7",
        "1_000",
        "1.5",
        "1e3",
        "1.e+3",
        ".5",
        "1:30",
        "12:30:45",
        "2026-01-31",
        "2026-1-3 10:00:00",
        "=",
        "<<",
        "-",
        "- x",
        "-x",
        "--- x",
        "...",
        "?",
        "? x",
        ":",
        "a:",
        "a: b",
        "a:b",
        "a #b",
        "a#b",
        "#a",
        "[x]",
        "{x}",
        "x[y]",
        "a, b",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "'a'",
        "\"a\"",
        "it's",
        "a\\b",
        "a\nb",
        "a\n",
        "\na",
        "a\n\nb\n",
        "a \nb",
        "a\n b",
        "tab\there",
        "bell\u{7}",
        "del\u{7f}",
        "nel\u{85}x",
        "ls\u{2028}x",
        "bom\u{feff}",
        "Ü 世界 😀",
        "\u{a0}",
        "cr\rx",
        "{{ x }}",
        "/a/b",
        "a/b:c",
        "x\u{0}y",
        ".",
        "..",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
        "-1",
        "08",
        "010",
        words,
        words.trim_end(),
        format!("'{words}"),
        format!("{words}\n{words}"),
        format!("{words}\t{words}"),
        format!("{unbroken} {unbroken} y"),
        format!("{unbroken}: {unbroken}"),
        format!("\t{unbroken} a b {unbroken}  c d"),
        words.replace(' ', "  ")
    ]);
    let keyed: Value = texts
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, text)| (format!("key {at}"), text.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let keys: Value = texts
        .as_array()
        .unwrap()
        .iter()
        .take(70)
        .map(|text| (text.as_str().unwrap().to_owned(), json!(1)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let all = json!({ "list": texts, "keyed": keyed, "keys": keys, "numbers": [1, -1, 0.5, 1e20, 1e-7, 100.0, 12_345_678_901_i64] });
    // As JSON inside of a single-quoted YAML text, and kept from being rendered.
    let escaped: String = all
        .to_string()
        .encode_utf16()
        .map(|unit| match char::from_u32(unit.into()) {
            Some('\'') => "''".to_owned(),
            Some(c) if (' '..='~').contains(&c) => c.to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let default = format!("{{% raw %}}{escaped}{{% endraw %}}");
    book.write(
        "starters/demo/copier.yml",
        &format!("all:\n  type: json\n  default: '{default}'\n"),
    );
    book.write("starters/demo/two.yml.jinja", "{{ all|to_nice_yaml(indent=2) }}");
    book.write("starters/demo/four.yml.jinja", "{{ all|to_nice_yaml }}");
    book.write(
        "starters/demo/all.json.jinja",
        "{{ all|to_nice_json }}{{ all|to_json }}{{ all|tojson }}{{ all.list|to_json(ensure_ascii=false) }}",
    );
    book.write("starters/demo/scalar.txt.jinja", "{{ 'x'|to_nice_yaml }}{{ 'yes'|to_nice_yaml }}{{ none|to_nice_yaml }}{{ []|to_nice_yaml }}{{ 1.5|to_nice_yaml }}");
}
