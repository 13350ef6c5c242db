use book::{Check, Quiz, TaskKind};

use crate::fixture::Fixture;

const EVERY_KIND: &str = r#"---
title: S
---
Text.

```tools
- git >=2.40
- rust>=1.85
- node
- tool: docker
  version: 1.10
  why: For the database.
  required: false
```

1. In a list:

   ```starter
   starter: go/api
   ```

```verify
- file: Cargo.toml
- contains: { file: README.md, text: "Owner:" }
- git: { branch: main, clean: true }
- http: { url: "http://127.0.0.1:8080/health", status: 204 }
- http: http://localhost:8080
- command: cargo test          # shown first
  timeout: 5m
- command: cargo build
failed: If it stops, install the compiler.
hints:
  - First.
  - "Second: run it."
```

```quiz
id: who
question: Who runs it?
choices:
  - { text: no, correct: true, why: "Yes." }
  - { text: The platform team, why: "Another." }
```

~~~confirm
I have met my buddy.
~~~
"#;

fn findings(step: &str) -> String {
    Fixture::new()
        .file("starters/go/api/template.yaml", "")
        .step(step)
        .findings()
}

#[test]
fn every_kind_of_task_is_read() {
    let fixture = Fixture::new()
        .file("starters/go/api/template.yaml", "")
        .step(EVERY_KIND);

    let loaded = fixture.load();

    assert_eq!(loaded.diagnostics, []);
    let (_, step) = loaded.book.step("p/s").unwrap();
    insta::assert_debug_snapshot!(step.tasks);
}

#[test]
fn a_task_knows_its_line() {
    let fixture = Fixture::new().step("---\ntitle: S\n---\n\n```confirm\nDone\n```\n");

    let book = fixture.load().book;

    assert_eq!(book.step("p/s").unwrap().1.tasks[0].line, 5);
}

#[test]
fn a_verify_block_may_be_one_mapping() {
    let fixture = Fixture::new().step("```verify\nid: built\nchecks:\n  - file: a\nfailed: No.\n```\n");

    let book = fixture.load().book;

    let task = &book.step("p/s").unwrap().1.tasks[0];
    let TaskKind::Verify(verify) = &task.kind else {
        panic!("{task:?}")
    };
    assert_eq!(
        (task.id.as_str(), &verify.checks[..]),
        ("built", &[Check::File("a".to_owned())][..])
    );
}

#[test]
fn quizzes_say_whether_several_choices_are_right() {
    let book = Fixture::new()
        .step(
            "```quiz\nquestion: Q\nchoices:\n- {text: a, correct: true, why: w}\n- {text: b, correct: true, why: \
             w}\n```\n",
        )
        .load()
        .book;

    let TaskKind::Quiz(quiz) = &book.step("p/s").unwrap().1.tasks[0].kind else {
        panic!()
    };
    assert!(Quiz::multiple(quiz));
}

#[test]
fn a_yaml_error_names_its_line_in_the_file() {
    insta::assert_snapshot!(findings(
        "---\ntitle: S\n---\n\nText.\n\n```quiz\nquestion: Who: me?\n```\n\n- item\n\n  ```verify\n  - file: a\n  \
         hints: [\n  ```\n"
    ));
}

#[test]
fn broken_tasks_are_left_out_and_told() {
    let blocks = [
        "tools\ngit",
        "tools\n- ../sh",
        "tools\n- tool: git\n  required: often\n- { version: 1 }",
        "tools\n- { tool: git, reason: x }",
        "starter\nname: x",
        "starter\nstarter: nope",
        "verify\n",
        "verify\nfailed: x",
        "verify\n- file: ../../etc/passwd",
        "verify\n- file: .git/config",
        "verify\n- file: ",
        "verify\n- contains: README.md",
        "verify\n- git: {}",
        "verify\n- git: { clean: maybe }",
        "verify\n- http: { url: \"https://example.org\" }",
        "verify\n- http: { status: 200 }",
        "verify\n- http: { url: \"http://localhost\", status: 99 }",
        "verify\n- command: |\n    a\n    b",
        "verify\n- command: a\n  timeout: soon",
        "verify\n- file: a\n  command: b",
        "verify\n- file: a\n  timeout: 5m\nhelp: x",
        "quiz\nchoices: []",
        "quiz\nquestion: Q",
        "quiz\nquestion: Q\nchoices: [{ text: a, correct: true, why: w }]",
        "quiz\nquestion: Q\nchoices: [{ text: a, why: w }, { text: b, why: w }]",
        "quiz\nquestion: Q\nchoices: [{ why: w }, { text: b, why: w }]",
        "quiz\nquestion: Q\nchoices: [{ text: a, correct: 1, why: w }, { text: b, why: w }]",
        "quiz\nid: a b\nquestion: Q\nchoices: [{ text: a, correct: true }, { text: b, why: w }]",
        "confirm\n",
    ];
    let found: Vec<String> = blocks
        .iter()
        .map(|block| format!("{block:?}\n{}\n", findings(&format!("# S\n\n```{block}\n```\n"))))
        .collect();

    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn a_repeated_task_id_gets_another() {
    let fixture =
        Fixture::new().step("# S\n\n```starter\nid: a\nstarter: go/api\n```\n\n```verify\n- file: x\nid: a\n```\n");
    let fixture = fixture.file("starters/go/api/template.yaml", "");

    insta::assert_snapshot!(fixture.findings());
    let book = fixture.load().book;
    let ids: Vec<&str> = book
        .step("p/s")
        .unwrap()
        .1
        .tasks
        .iter()
        .map(|task| task.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "verify-1-2"]);
}

#[test]
fn one_bad_tool_does_not_lose_the_others() {
    let book = Fixture::new()
        .step("```tools\n- git\n- '&&'\n- node >=20\n```\n")
        .load()
        .book;

    let TaskKind::Tools(tools) = &book.step("p/s").unwrap().1.tasks[0].kind else {
        panic!()
    };
    let tools: Vec<&str> = tools.iter().map(|tool| tool.tool.as_str()).collect();
    assert_eq!(tools, ["git", "node"]);
}
