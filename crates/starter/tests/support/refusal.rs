//! Templates that are refused, and leave nothing behind.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

use std::fs;

use crate::book::Book;

/// A book whose template runs these steps, with a skeleton of one file and a secret beside the book.
pub fn with_steps(steps: &str) -> Book {
    let book = Book::new();
    book.template(
        "demo",
        steps,
        "    properties:\n      name: { type: string, default: x }\n",
    );
    book.write("starters/demo/skeleton/a.txt", "a");
    fs::write(book.home().join("secret"), "secret").unwrap();
    book
}

/// The template is refused, with these words, and nothing is left or changed.
pub fn refused(book: &Book, values: &serde_json::Value, words: &str) {
    let error = book.create("starters/demo", values).unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
    assert!(book.projects_are_empty());
    assert_eq!(fs::read_to_string(book.home().join("secret")).unwrap(), "secret");
    let mut names: Vec<_> = fs::read_dir(book.home())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["book", "secret"]);
}

pub const FETCH: &str =
    "    - { action: fetch:template, input: { url: ./skeleton, values: { name: '${{ parameters.name }}' } } }\n";
