//! What the form of a Backstage template asks depends on the answers, and what it takes on the whole schema.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/book.rs"]
mod book;
#[path = "../../git/tests/support/git_server.rs"]
mod git_server;

use book::Book;
use serde_json::{Value, json};
use starter::{Field, Input, Starter, form_with, validate};

const STEPS: &str = "    - { id: log, action: debug:log, input: { message: '${{ parameters | dump }}' } }\n";

fn starter(form: &str) -> Starter {
    let book = Book::new();
    book.template("demo", STEPS, form);
    book.read("starters/demo")
}

fn fields(starter: &Starter, answers: &Value) -> Vec<Field> {
    let pages = form_with(starter, answers.as_object().unwrap());
    pages.into_iter().flat_map(|page| page.fields).collect()
}

fn asked(starter: &Starter, answers: &Value) -> Vec<String> {
    let mark = |field: Field| field.name + if field.required { "!" } else { "" };
    fields(starter, answers).into_iter().map(mark).collect()
}

fn complaint(starter: &Starter, answers: &Value) -> String {
    let errors = validate(starter, answers.as_object().unwrap());
    errors.first().map(|error| error.message.clone()).unwrap_or_default()
}

#[test]
fn a_dependency_of_branches_follows_the_answer() {
    let starter = starter(
        "    properties:
      database: { type: string, enum: [none, postgres], default: none }
    dependencies:
      database:
        oneOf:
          - properties: { database: { enum: [none] } }
          - properties:
              database: { enum: [postgres] }
              size: { type: integer, minimum: 1, default: 5 }
              owner: { type: string }
            required: [owner]
",
    );

    assert_eq!(starter.warnings, []);
    assert_eq!(asked(&starter, &json!({})), ["database"]);
    let with = json!({ "database": "postgres" });
    assert_eq!(asked(&starter, &with), ["database", "size", "owner!"]);
    assert_eq!(complaint(&starter, &with), "owner is needed.");
    let unasked = complaint(&starter, &json!({ "owner": "me" }));
    assert_eq!(unasked, "There is no field `owner`. The fields are database.");
}

#[test]
fn a_condition_holds_for_texts_from_the_command_line_too() {
    let starter = starter(
        "    properties:
      named: { type: boolean }
    dependencies:
      named:
        allOf:
          - if: { properties: { named: { const: true } } }
            then:
              properties: { last: { title: Last name, type: string } }
              required: [last]
",
    );

    assert_eq!(asked(&starter, &json!({})), ["named"]);
    assert_eq!(asked(&starter, &json!({ "named": true })), ["named", "last!"]);
    assert_eq!(asked(&starter, &json!({ "named": "true" })), ["named", "last!"]);
}

#[test]
fn defaults_of_fields_that_were_brought_up_bring_up_others() {
    let starter = starter(
        "    properties: { kind: { type: string, default: web } }
    allOf:
      - if: { properties: { kind: { const: web } }, required: [kind] }
        then: { properties: { proxy: { type: string, default: nginx } } }
        else: { properties: { queue: { type: string } } }
      - if: { properties: { proxy: { const: nginx } }, required: [proxy] }
        then: { properties: { workers: { type: integer } } }
",
    );

    assert_eq!(asked(&starter, &json!({})), ["kind", "proxy", "workers"]);
    assert_eq!(asked(&starter, &json!({ "kind": "job" })), ["kind", "queue"]);
    // What is left over from an answer that was changed brings up nothing.
    assert_eq!(
        asked(&starter, &json!({ "kind": "job", "proxy": "nginx" })),
        ["kind", "queue"]
    );
}

#[test]
fn conditions_look_at_the_answers_of_other_pages() {
    let starter = starter(
        "    - title: One
      properties: { cloud: { type: boolean, default: true } }
    - title: Two
      properties: { name: { type: string } }
      if: { properties: { cloud: { const: true } } }
      then: { properties: { region: { type: string } }, required: [region] }
",
    );

    assert_eq!(asked(&starter, &json!({})), ["cloud", "name", "region!"]);
    assert_eq!(asked(&starter, &json!({ "cloud": false })), ["cloud", "name"]);
}

#[test]
fn an_answer_may_make_others_required_and_a_condition_may_narrow_a_field() {
    let starter = starter(
        "    properties:
      card: { type: string }
      address: { type: string }
      size: { type: integer, default: 20 }
    dependencies:
      card: [address]
    if: { properties: { card: { const: gold } }, required: [card] }
    else: { properties: { size: { maximum: 10 } } }
",
    );

    assert_eq!(asked(&starter, &json!({})), ["card", "address", "size"]);
    assert_eq!(
        asked(&starter, &json!({ "card": "gold" })),
        ["card", "address!", "size"]
    );
    assert_eq!(complaint(&starter, &json!({ "size": 11 })), "size is at most 10.");
    assert_eq!(
        complaint(&starter, &json!({ "size": 11, "card": "gold", "address": "x" })),
        ""
    );
}

#[test]
fn references_order_and_hidden_fields_are_as_the_page_says() {
    let starter = starter(
        "    definitions: { name: { type: string, maxLength: 3 } }
    ui:order: [second, '*', last]
    properties:
      last: { type: string }
      third: { $ref: '#/definitions/name', title: Third }
      second: { type: string }
      internal: { type: string, 'ui:widget': hidden, default: kept }
",
    );

    assert_eq!(starter.warnings, []);
    assert_eq!(asked(&starter, &json!({})), ["second", "third", "internal", "last"]);
    let fields = fields(&starter, &json!({}));
    assert_eq!((fields[1].title.as_str(), fields[1].max_length), ("Third", Some(3)));
    assert!(fields[2].hidden && !fields[1].hidden);
}

#[test]
fn a_reference_is_followed_in_conditions_and_in_lists_too() {
    let starter = starter(
        "    definitions:
      paid: { required: [card], properties: { card: { enum: [gold, silver] } } }
      address: { required: [street], properties: { street: { type: string } } }
      region: { type: string, enum: [north, south] }
    properties:
      card: { type: string }
      regions: { type: array, items: { $ref: '#/definitions/region' } }
    if: { $ref: '#/definitions/paid' }
    then: { $ref: '#/definitions/address' }
",
    );

    assert_eq!(asked(&starter, &json!({ "card": "tin" })), ["card", "regions"]);
    assert_eq!(
        asked(&starter, &json!({ "card": "gold" })),
        ["card", "regions", "street!"]
    );
    let regions = fields(&starter, &json!({})).remove(1);
    let Input::Choices { choices } = regions.input else {
        panic!("{:?}", regions.input)
    };
    let values: Vec<_> = choices.into_iter().map(|choice| choice.value).collect();
    assert_eq!(values, [json!("north"), json!("south")]);
}

#[test]
fn a_reference_to_nothing_or_to_itself_is_a_finding() {
    for (reference, definitions) in [
        ("#/definitions/gone", "{}"),
        ("other.json#/x", "{}"),
        (
            "#/definitions/loop",
            "{ loop: { properties: { a: { $ref: '#/definitions/loop' } } } }",
        ),
    ] {
        let starter = starter(&format!(
            "    definitions: {definitions}\n    properties:\n      a: {{ type: string, $ref: '{reference}' }}\n"
        ));
        let message = &starter.warnings[0].message;
        assert!(
            message.contains(&format!("`{reference}` leads to nothing")),
            "{message}"
        );
    }
}

#[test]
fn references_that_double_end_soon() {
    use std::fmt::Write as _;
    let mut form = "    properties: { a: { $ref: '#/definitions/d0' } }\n    definitions:\n".to_owned();
    for level in 0..15 {
        let next = format!("{{ $ref: '#/definitions/d{}' }}", level + 1);
        writeln!(form, "      d{level}: {{ allOf: [{next}, {next}, {next}, {next}] }}").unwrap();
    }
    form.push_str("      d15: { type: string }\n");

    let message = starter(&form).warnings.remove(0).message;
    assert!(message.contains("The reference `#/definitions/d"), "{message}");
}

#[test]
fn a_secret_that_is_named_by_a_reference_is_one() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { id: log, action: debug:log, input: { message: 'key ${{ secrets.key }}' } }\n",
        "    definitions: { key: { type: string, 'ui:field': Secret } }
    properties: { key: { $ref: '#/definitions/key' } }
",
    );

    let made = book.create("starters/demo", &json!({ "key": "s3cret-key" })).unwrap();

    assert_eq!(made.log, ["key ***"]);
    assert!(!book::tree(&made.folder).contains("s3cret-key"));
}

#[test]
fn a_secret_that_an_answer_brings_up_is_one() {
    let book = Book::new();
    book.template(
        "demo",
        "    - { id: log, action: debug:log, input: { message: 'key ${{ secrets.key }}' } }\n",
        "    properties: { private: { type: boolean } }
    dependencies:
      private:
        oneOf:
          - properties: { private: { const: false } }
          - properties: { private: { const: true }, key: { type: string, 'ui:field': Secret } }
",
    );

    let made = book
        .create("starters/demo", &json!({ "private": true, "key": "s3cret-key" }))
        .unwrap();

    assert_eq!(made.log, ["key ***"]);
    assert!(!book::tree(&made.folder).contains("s3cret-key"));
}

#[test]
fn a_record_that_holds_a_secret_is_not_asked_for_as_one_text() {
    let starter = starter(
        "    properties:
      database:
        type: object
        properties: { user: { type: string }, password: { type: string, 'ui:widget': password } }
",
    );

    assert_eq!(asked(&starter, &json!({})), Vec::<String>::new());
    assert_eq!(starter.warnings.len(), 1, "{:?}", starter.warnings);
}

#[test]
fn values_are_held_against_all_that_the_schema_says() {
    let starter = starter(
        "    properties:
      mail: { title: Mail, type: string, format: email, default: a@example.com }
      page: { title: Page, type: string, format: uri, default: 'https://example.com' }
      tags: { title: Tags, type: array, items: { type: string }, minItems: 1, uniqueItems: true, default: [a] }
      size: { title: Size, type: integer, multipleOf: 4, exclusiveMinimum: 0, default: 8 }
      name: { title: Name, type: string, pattern: '^(?!.*--)[a-z-]+$', errorMessage: { pattern: no double dash }, default: a-b }
      limits: { title: Limits, type: object, required: [cpu], properties: { cpu: { type: integer } }, default: { cpu: 1 } }
",
    );

    assert_eq!(starter.warnings, []);
    assert!(matches!(fields(&starter, &json!({}))[5].input, Input::Lines));
    assert_eq!(complaint(&starter, &json!({})), "");
    for (answer, told) in [
        (json!({ "mail": "nobody" }), "Mail is not written as an e-mail address."),
        (
            json!({ "page": "example" }),
            "Page is not written as a web address, such as https://example.com.",
        ),
        (json!({ "tags": ["a", "a"] }), "Tags has no entry twice."),
        (json!({ "size": 6 }), "Size is a multiple of 4."),
        (json!({ "size": 0 }), "Size is more than 0."),
        (json!({ "name": "a--b" }), "Name: no double dash"),
        (json!({ "limits": "{ \"memory\": 2 }" }), "Limits lacks \"cpu\"."),
        (
            json!({ "limits": "much" }),
            "Limits is a JSON object, such as {\"key\": \"value\"}.",
        ),
    ] {
        assert_eq!(complaint(&starter, &answer), told, "{answer}");
    }
}

#[test]
fn conditions_without_end_are_bounded() {
    // Each brings up the other's opposite.
    let starter = starter(
        "    properties: { a: { type: string } }
    allOf:
      - if: { required: [c] }
        then: {}
        else: { properties: { c: { type: string, default: x } } }
",
    );

    assert_eq!(asked(&starter, &json!({}))[0], "a");
}
