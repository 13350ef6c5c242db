//! Cookiecutter's own output against ours.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use starter::{Kind, Request};
use tokio_util::sync::CancellationToken;

use crate::book::Book;
use crate::lane::{Counts, Template, compare, compare_own, files};
use crate::python::Python;

const EXPRESSIONS: &str = include_str!("expressions.txt");

#[test]
fn cookiecutter_templates_make_the_same_files() {
    let Some(python) = Python::with("cookiecutter") else {
        return;
    };
    let counts = compare_own(templates(), |book, answers| {
        let made = python.cookiecutter(&book.root().join("starters/demo"), answers, book.home())?;
        let previewed = starter::preview(&book.read("starters/demo"), answers.as_object().unwrap()).unwrap();
        let previewed: Vec<_> = previewed.into_iter().map(|file| file.path).collect();
        assert_eq!(previewed, files(&made).into_keys().collect::<Vec<_>>());
        Ok(made)
    });
    println!("compared with cookiecutter {}: {counts}, no difference", python.version);
}

#[test]
fn templates_in_use_make_the_same_files() {
    let Some(python) = Python::with("cookiecutter") else {
        return;
    };
    let Some(root) = templates_in_use() else { return };
    let mut found = Vec::new();
    find(&root, 0, &mut found);
    found.sort();
    let mut counts = Counts::default();
    for folder in found {
        let name = folder.strip_prefix(&root).unwrap().display().to_string();
        let starter = match starter::read(&root, &folder) {
            Ok(starter) => starter,
            Err(finding) => {
                println!("not compared: {name}: {finding}");
                continue;
            }
        };
        if matches!(&starter.kind, Kind::Cookiecutter(template) if !template.nested.is_empty()) {
            continue;
        }
        let book = Book::new();
        // What has no default that can be rendered is given.
        let fields = starter::form(&starter).into_iter().flat_map(|page| page.fields);
        let missing = |name: &str| {
            starter
                .warnings
                .iter()
                .any(|w| w.message.contains(&format!("default of `{name}`")))
        };
        let answers: Value = fields
            .filter(|field| missing(&field.name))
            .map(|field| (field.name, json!("1.0.0")))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let expected = match python.cookiecutter(&folder, &answers, book.home()) {
            Ok(expected) => expected,
            Err(said) => {
                println!("not compared: {name}: cookiecutter says {said}");
                continue;
            }
        };
        let request = Request {
            target: book.home().join("projects/demo"),
            ..book.request(&answers)
        };
        match starter::create(&starter, &request, &mut |_| {}, &CancellationToken::new()) {
            Ok(created) => compare(&name, &files(&expected), &files(&created.folder), &mut counts),
            Err(error)
                if starter
                    .warnings
                    .iter()
                    .any(|warning| warning.code == "starter-extension") =>
            {
                println!("not compared: {name}: {error}");
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    println!(
        "compared with cookiecutter {}: {} templates in use, {} files, {} bytes, no difference",
        python.version, counts.templates, counts.files, counts.bytes
    );
}

/// Where packages are unpacked that carry templates; says so where there are none.
fn templates_in_use() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/conformance/templates");
    if let Ok(root) = root.canonicalize() {
        return Some(root);
    }
    println!("not compared: templates in use; ./dev test fetches them to target/conformance/templates");
    None
}

/// Folders with a `cookiecutter.json`, not inside the files of another template.
fn find(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if folder.join("cookiecutter.json").is_file() {
        found.push(folder.to_owned());
    }
    if depth > 8 {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !name.contains("cookiecutter.") {
            find(&entry.path(), depth + 1, found);
        }
    }
}

fn templates() -> Vec<Template> {
    vec![
        (everything, json!({})),
        (
            everything,
            json!({
                "project_name": "Peanut Butter & Co.", "count": "7", "use_docs": false, "use_ci": true,
                "license": "Apache-2.0",
                "settings": { "db": { "name": "x", "ports": ["9"] }, "peanut_butter_co": "k" }
            }),
        ),
        (expressions, json!({})),
        (trimmed, json!({ "name": "trimmed" })),
        (delimiters, json!({})),
        (nested, json!({})),
        (nested_older, json!({})),
    ]
}

/// Every feature of `cookiecutter.json`, of paths and of files.
fn everything(book: &Book) {
    let root = "starters/demo";
    let write = |file: &str, text: &str| book.write(&format!("{root}/{file}"), text);
    let inside = |file: &str, text: &str| book.write(&format!("{root}/{{{{cookiecutter.project_slug}}}}/{file}"), text);
    let variables = json!({
        "project_name": "Über Service",
        "project_slug": "{{ cookiecutter.project_name|slugify(separator='_') }}",
        "year": "{% now 'utc', '%Y' %}",
        "next_year": "{% now 'utc' + 'years=1', '%Y' %}",
        "count": 4,
        "ratio": 1.5,
        "nothing": null,
        "empty": "",
        "use_docs": true,
        "use_ci": false,
        "license": ["MIT", "Apache-2.0", "{{ cookiecutter.project_slug }} licence"],
        "__upper": "{{ cookiecutter.project_slug|upper }}",
        "_private": "{{ this is not rendered }}",
        "_list": ["b", "a"],
        "settings": {
            "db": { "name": "{{ cookiecutter.project_slug }}", "ports": ["1", "{{ cookiecutter.count }}"] },
            "{{ cookiecutter.project_slug }}": "key"
        },
        "__derived": { "licence": "{{ cookiecutter.license }}", "on": true },
        "__prompts__": {
            "project_name": "How is it called?",
            "license": { "__prompt__": "Which licence?", "MIT": "The MIT licence" }
        },
        "_copy_without_render": ["*.html", "static", "docs/raw/*", "{{cookiecutter.project_slug}}.x[!y]"],
        "_extensions": ["jinja2.ext.loopcontrols", "cookiecutter.extensions.SlugifyExtension"],
    });
    write("cookiecutter.json", &variables.to_string());
    write("README.md", "Not part of it: {{ broken");
    write(
        "hooks/post_gen_project.py",
        "raise SystemExit(1)  # {{ cookiecutter.project_slug }}\n",
    );
    write("templates/part.txt", "part of {{ cookiecutter.project_slug }}\n");
    write(
        "templates/macros.txt",
        "{% macro big(x) %}{{ x|upper }}{% endmacro %}\n",
    );
    inside(
        "README.md",
        "# {{ cookiecutter.project_name }} ({{ cookiecutter.project_slug }}, {{ cookiecutter.__upper }})\n\
         {{ cookiecutter.year }} {{ cookiecutter.next_year }} {% now 'utc' %}{%- now 'local', ' %Y' -%}  \n\
         {{ cookiecutter.count }} {{ cookiecutter.ratio }} {{ cookiecutter.nothing }} [{{ cookiecutter.empty }}]\n\
         {{ cookiecutter.use_docs }} {{ cookiecutter.use_ci }} {{ cookiecutter.license }} {{ cookiecutter._private }}\n\
         {{ cookiecutter.settings.db.name }} {{ cookiecutter.settings|jsonify }} {{ cookiecutter.__derived|jsonify(1) }}\n\
         {% for key, value in cookiecutter.settings.items() %}{{ key }}={{ value }};{% endfor %}\n\
         {% for key in cookiecutter if not key in ['_template', '_output_dir', '_repo_dir'] %}{{ key }} {% endfor %}\n\
         {{ cookiecutter._checkout }} {{ _cookiecutter.ratio }} {{ _cookiecutter.project_slug }} {{ cookiecutter._list|sort }}\n\
         {{ random_ascii_string(9)|length }} {{ random_ascii_string(9, punctuation=True)|length }} {{ uuid4()|length }}\n\
         {% if cookiecutter.use_ci %}ci{% elif cookiecutter.use_docs %}docs{% endif %}\n\n\n",
    );
    inside(
        "included.txt",
        "{% include 'part.txt' %}{% import 'macros.txt' as macros %}{{ macros.big('x') }}\n{% include 'sub/inner.txt' %}",
    );
    inside("sub/inner.txt", "inner {{ cookiecutter.count }}");
    inside(
        "crlf.txt",
        "{{ cookiecutter.project_slug }}\r\nsecond\r\n{% if true %}\r\nthird\r\n{% endif %}\r\n",
    );
    inside("cr.txt", "{{ cookiecutter.project_slug }}\rsecond\r");
    inside("mixed.txt", "{{ cookiecutter.project_slug }}\r\nsecond\nthird");
    inside("plain-crlf.txt", "nothing to render\r\nhere\n");
    inside("no-end.txt", "{{ cookiecutter.project_slug }}");
    inside("empty.txt", "");
    inside("bom.txt", "\u{feff}{{ cookiecutter.project_slug }}\n");
    inside(
        "form-feed.txt",
        &format!("{}\u{c}{{{{ not rendered }}}}\n", "a word ".repeat(60)),
    );
    inside("unicode-Ü.txt", "{{ cookiecutter.project_name }} 世界\n");
    inside(".hidden/.file", "{{ cookiecutter.project_slug }}\n");
    inside("page.html", "{{ not rendered }}\r\n");
    inside("static/{{ cookiecutter.project_slug }}/x.txt", "{{ not rendered }}\n");
    inside("docs/raw/a.txt", "{{ not rendered }}\n");
    inside(
        "docs/{{ cookiecutter.project_slug }}.md",
        "{{ cookiecutter.project_slug }}\n",
    );
    inside("{{cookiecutter.project_slug}}.xz1", "{{ cookiecutter.project_slug }}\n");
    inside("{{cookiecutter.project_slug}}.xz", "{{ not rendered }}\n");
    inside("{% if cookiecutter.use_docs %}docs.md{% endif %}", "docs\n");
    inside(
        "sub/{% if cookiecutter.use_ci %}ci.yml{% endif %}",
        "on: ${{ '{{' }} x }}\n{% raw %}{{ x }}{% endraw %}\n",
    );
    inside(
        "{{ cookiecutter.license|lower|replace(' ', '-') }}/{{ cookiecutter.count }}/deep.txt",
        "deep\n",
    );
    inside("run.sh", "#!/bin/sh\necho {{ cookiecutter.project_slug }}\n");
    book.make_executable(&format!("{root}/{{{{cookiecutter.project_slug}}}}/run.sh"));
    inside("static/run.sh", "#!/bin/sh\n");
    book.make_executable(&format!("{root}/{{{{cookiecutter.project_slug}}}}/static/run.sh"));
    let bytes = |file: &str, bytes: &[u8]| {
        book.write_bytes(&format!("{root}/{{{{cookiecutter.project_slug}}}}/{file}"), bytes);
    };
    bytes("logo.png", b"\x89PNG\r\n\x1a\n\0\0{{ cookiecutter.project_slug }}");
    bytes(
        "{{ cookiecutter.project_slug }}.bin",
        b"{{ text with the ending of a program }}\r\n",
    );
    bytes("unknown", b"\0\x01\x02\xff\xfe{{ cookiecutter.project_slug }}");
    book.link(
        &format!("{root}/{{{{cookiecutter.project_slug}}}}/link.txt"),
        "crlf.txt",
    );
}

/// What Jinja and Python's texts can do.
fn expressions(book: &Book) {
    let c = json!({
        "name": "My Cool Project", "slug": "my_cool_project", "yes": true, "no": false, "none": null, "empty": "",
        "list": ["b", "A", "c", "a"], "nums": ["3", "1", "2"], "version": "1.2.3", "email": "a@b.c",
        "d": { "b": "2", "a": "1", "nested": { "x": ["1"] } }, "text": "line one\nline two\n\nline four",
        "html": "<a href=\"x\">T&C's</a>", "uni": "Überß straße 北京",
        "people": [
            { "name": "Zoe", "age": "3", "team": "x" },
            { "name": "Al", "age": "30", "team": "y" },
            { "name": "bo", "age": "7", "team": "x" }
        ]
    });
    let variables = json!({ "slug": "demo", "__c": c, "_extensions": ["jinja2.ext.loopcontrols", "jinja2.ext.do"] });
    book.write("starters/demo/cookiecutter.json", &variables.to_string());
    book.write("starters/demo/{{ cookiecutter.slug }}/expressions.txt", EXPRESSIONS);
    for (index, line) in EXPRESSIONS.lines().enumerate().skip(1) {
        let text = format!("{{% set c = cookiecutter.__c %}}{line}\n");
        book.write(&format!("starters/demo/{{{{ cookiecutter.slug }}}}/{index}.txt"), &text);
    }
}

/// `trim_blocks`, `lstrip_blocks` and one line end for all files.
fn trimmed(book: &Book) {
    let variables = json!({
        "name": "x", "_jinja2_env_vars": { "trim_blocks": true, "lstrip_blocks": true }, "_new_lines": "\r\n"
    });
    book.write("starters/demo/cookiecutter.json", &variables.to_string());
    book.write(
        "starters/demo/{{cookiecutter.name}}/a.txt",
        "a\n  {% if true %}\n  b {{ cookiecutter.name }}\n  {%+ if true %}\n c\n  {% endif +%}\n  {% endif %}\n\
         {# comment #}\nd\n  {% now 'utc', '%Y' %}\n  {%- now 'utc', '%Y' %}\ne\r\n",
    );
    book.write("starters/demo/{{cookiecutter.name}}/b.txt", "no expression\n");
}

/// Other delimiters, in names as well.
fn delimiters(book: &Book) {
    let variables = json!({
        "name": "x",
        "twice": "[[ cookiecutter.name * 2 ]]",
        "_jinja2_env_vars": {
            "variable_start_string": "[[", "variable_end_string": "]]",
            "block_start_string": "[%", "block_end_string": "%]",
            "comment_start_string": "[#", "comment_end_string": "#]",
            "line_statement_prefix": "%%"
        }
    });
    book.write("starters/demo/cookiecutter.json", &variables.to_string());
    book.write(
        "starters/demo/[[cookiecutter.name]]/a[[cookiecutter.twice]].txt",
        "[[ cookiecutter.twice ]] {{ x }} {% y %}[# gone #]\n[% for i in range(2) %][[ i ]][% endfor %]\n\
         %% if true\nyes\n%% endif\n[% now 'utc', '%Y' %]\n",
    );
}

/// Templates inside, of which the first is taken.
fn nested(book: &Book) {
    let variables = json!({
        "templates": {
            "service": { "path": "./service", "title": "A service" },
            "library": { "path": "./library", "title": "A library", "description": "Without a server" }
        }
    });
    book.write("starters/demo/cookiecutter.json", &variables.to_string());
    for name in ["service", "library"] {
        book.write(
            &format!("starters/demo/{name}/cookiecutter.json"),
            r#"{"slug": "demo", "port": 80}"#,
        );
        book.write(
            &format!("starters/demo/{name}/{{{{cookiecutter.slug}}}}/{name}.txt"),
            "{{ cookiecutter.slug }} {{ cookiecutter.port + '1' }}\n",
        );
    }
}

/// The older way to name templates inside.
fn nested_older(book: &Book) {
    nested(book);
    book.write(
        "starters/demo/cookiecutter.json",
        r#"{"template": ["Library (./library)", "Service (./service)"]}"#,
    );
}
