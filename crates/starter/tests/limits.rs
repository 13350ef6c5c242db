//! Templates that would take all memory or all time are refused, quickly and with little of either.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use std::fs;
use std::time::{Duration, Instant};

use book::Book;
use serde_json::json;
use starter::CreateErrorKind;

/// What all refused templates together may add to the memory that the process ever had, in KiB.
const ROOM: usize = 200 * 1024;
/// How long one may take to be refused: the 10 seconds that a text of Backstage has, and as much again for a busy machine,
/// which looks at the clock late.
const TIME: Duration = Duration::from_secs(20);

/// For Backstage; what stands alone is an expression.
const NUNJUCKS: [(&str, &str); 24] = [
    (
        "doubling with ~",
        "{% set x = 'xxxxxxxx' %}{% for i in range(60) %}{% set x = x ~ x %}{% endfor %}",
    ),
    (
        "doubling with +",
        "{% set x = 'xxxxxxxx' %}{% for i in range(60) %}{% set x = x + x %}{% endfor %}",
    ),
    ("a long range", "${{ range(1000000000) | join }}"),
    ("an endless range", "${{ range(0, 1, 0.000000000001) | length }}"),
    (
        "a range that stands still",
        "${{ range(9007199254740992, 9007199254740999) | length }}",
    ),
    ("center", "${{ 'x' | center(1000000000) }}"),
    ("indent", "${{ 'x' | indent(1000000000, true) }}"),
    (
        "many lines indented",
        "{% set x %}{% for i in range(90000) %}\n{% endfor %}{% endset %}${{ x | indent(100000) }}",
    ),
    (
        "replacing nothing",
        "{% set x = range(99999) | join %}${{ x | replace('', x) }}",
    ),
    (
        "replacing each",
        "{% set x = range(99999) | join %}${{ x | replace('1', x) }}",
    ),
    (
        "replacing by a pattern",
        "{% set x = range(99999) | join %}${{ x.replace(r/./g, x) }}",
    ),
    (
        "replacing by what is around",
        "{% set x = range(99999) | join %}${{ x.replace(r/./g, '$`') }}",
    ),
    (
        "joining",
        "{% set x = range(99999) | join %}${{ range(99999) | join(x) }}",
    ),
    (
        "splitting",
        "{% set x = range(99999) %}{% for i in range(99) %}${{ (x | join).split('') | length }}{% endfor %}",
    ),
    (
        "a list that doubles",
        "{% set x = [1] %}{% for i in range(60) %}{% set x = x.concat(x) %}{% endfor %}",
    ),
    (
        "a list of itself many times, printed",
        "{% set x = ['xxxxxxxx'] %}{% for i in range(40) %}{% set x = [x, x] %}{% endfor %}${{ x }}",
    ),
    (
        "a list of itself many times, as JSON",
        "{% set x = ['xxxxxxxx'] %}{% for i in range(40) %}{% set x = [x, x] %}{% endfor %}${{ x | dump }}",
    ),
    ("batch", "${{ [1] | batch(1000000000, 'x') }}"),
    ("slice", "${{ [1] | slice(1000000000) }}"),
    (
        "a loop in a loop",
        "{% for a in range(9999) %}{% for b in range(9999) %}${{ b }}{% endfor %}{% endfor %}",
    ),
    (
        "a macro that calls itself",
        "{% macro m() %}${{ m() }}${{ m() }}{% endmacro %}${{ m() }}",
    ),
    (
        "a list that grows in a loop over it",
        "{% set x = [1] %}{% for i in range(99999) %}{% if x.push(x.slice()) %}{% endif %}{% endfor %}${{ x | length }}",
    ),
    (
        "output",
        "{% set x = range(99999) | join %}{% for i in range(9999) %}${{ x }}{% endfor %}",
    ),
    (
        "escaping",
        "{% set x = '&' %}{% for i in range(24) %}{% set x = x ~ x %}{% endfor %}${{ x | forceescape | forceescape }}",
    ),
];

/// For cookiecutter and copier.
const JINJA: [(&str, &str); 28] = [
    ("repeating", "{{ 'x' * 1000000000 }}"),
    ("repeating a list", "{{ (['x'] * 100000000) | join }}"),
    ("a power", "{{ 9 ** 999999999 }}"),
    (
        "doubling with ~",
        "{% set n = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    ),
    (
        "doubling with +",
        "{% set n = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    ),
    ("a long range", "{{ range(1000000000) | join }}"),
    (
        "ranges in ranges",
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
    ),
    ("center", "{{ 'x' | center(1000000000) }}"),
    ("a method that centers", "{{ 'x'.center(1000000000) }}"),
    ("ljust", "{{ 'x'.ljust(1000000000) }}"),
    ("ljust with a long text", "{{ 'x'.ljust(100000, 'x' * 100000) }}"),
    ("zfill", "{{ 'x'.zfill(1000000000) }}"),
    ("indent", "{{ ('\n' * 900000) | indent(100000, blank=true) }}"),
    ("format", "{{ '%1000000000d' | format(1) }}"),
    ("the method format", "{{ '{:>1000000000}'.format('x') }}"),
    (
        "the method format with a width given",
        "{{ '{:>{}}'.format('x', 1000000000) }}",
    ),
    (
        "the method format with one text many times",
        "{{ ('{0}' * 100000).format('x' * 1000000) }}",
    ),
    ("replace", "{{ ('x' * 1000000) | replace('x', 'y' * 1000000) }}"),
    (
        "the method replace",
        "{{ ('x' * 1000000).replace('x', 'y' * 1000000) }}",
    ),
    ("the method join", "{{ ('x' * 1000000).join('y' * 1000000) }}"),
    ("the method splitlines", "{{ ('\n' * 30000000).splitlines() | length }}"),
    ("jsonify", "{{ [[[1]]] | jsonify(1000000000) }}"),
    ("tojson", "{{ [[[1]]] | tojson(1000000000) }}"),
    (
        "a list of itself many times, as JSON",
        "{% set n = namespace(x=['xxxxxxxx']) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x | jsonify }}",
    ),
    (
        "a list of itself many times, escaped",
        "{% set n = namespace(x=['xxxxxxxx']) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x | forceescape }}",
    ),
    ("slugify", "{{ ('a ' * 100000) | slugify(separator='x' * 10000) }}"),
    (
        "slugify with replacements",
        "{{ ('a' * 100000) | slugify(replacements=[['a', 'b' * 100000]]) }}",
    ),
    ("a random text", "{{ random_ascii_string(1000000000) }}"),
];

/// For copier only.
const COPIER: [(&str, &str); 4] = [
    (
        "regex_replace",
        "{{ ('x' * 1000000) | regex_replace('x', 'y' * 1000000) }}",
    ),
    ("to_nice_yaml", "{{ [[[1]]] | to_nice_yaml(indent=1000000000) }}"),
    ("to_nice_json", "{{ [[[1]]] | to_nice_json(indent=1000000000) }}"),
    (
        "flatten",
        "{% set n = namespace(x=['xxxxxxxx']) %}{% for i in range(40) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x | flatten | length }}",
    ),
];

#[test]
fn greedy_templates_are_refused_quickly_and_with_little_memory() {
    let before = most_memory();
    for (name, text) in NUNJUCKS {
        let book = Book::new();
        let step = "    - { action: fetch:template, input: { url: ./skeleton } }\n";
        book.template("demo", step, "    {}\n");
        book.write("starters/demo/skeleton/a.txt", text);
        refused(&book, &format!("Backstage: {name}"));
    }
    for (name, text) in JINJA {
        let book = Book::new();
        book.write("starters/demo/cookiecutter.json", &json!({ "slug": "s" }).to_string());
        book.write("starters/demo/{{cookiecutter.slug}}/a.txt", text);
        refused(&book, &format!("cookiecutter: {name}"));
    }
    for (name, text) in COPIER {
        let book = Book::new();
        book.write("starters/demo/copier.yml", "a: b\n");
        book.write("starters/demo/a.txt.jinja", text);
        refused(&book, &format!("copier: {name}"));
    }
    if let (Some(before), Some(after)) = (before, most_memory()) {
        assert!(after < before + ROOM, "{} KiB more than before", after - before);
    }
}

fn refused(book: &Book, what: &str) {
    let began = Instant::now();
    let error = book.create("starters/demo", &json!({})).expect_err(what);
    assert_eq!(error.kind(), CreateErrorKind::Starter, "{what}: {error}");
    assert!(!error.hint().is_empty(), "{what}");
    assert!(began.elapsed() < TIME, "{what}: {:?}", began.elapsed());
    assert!(book.projects_are_empty(), "{what}");
}

/// The most memory that this process ever had, in KiB, where the system tells.
fn most_memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_step_for_each_of_very_many_comes_to_an_end() {
    for action in ["debug:log", "publish:github"] {
        let book = Book::new();
        book.template(
            "demo",
            &format!(
                "    - {{ name: Many, each: '${{{{ range(100000) }}}}', action: '{action}', input: {{ message: x }} }}\n"
            ),
            "    properties: {}\n",
        );

        let error = book.create("starters/demo", &json!({})).unwrap_err();

        assert!(error.to_string().contains("more than 1000 things to tell"), "{error}");
        assert!(book.projects_are_empty());
    }
}
