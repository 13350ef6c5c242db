//! What cannot be read or understood, and what is never opened.

use std::fs;

use proptest::prelude::*;
use toolchain::{Carried, requirements_in};

use crate::{carried, folder};

#[test]
fn an_empty_folder_and_one_that_is_not_there_ask_for_nothing() {
    assert_eq!(carried(&[]), Carried::default());
    assert_eq!(
        requirements_in(std::path::Path::new("/no/such/folder")),
        Carried::default()
    );
}

#[test]
fn what_cannot_be_understood_is_a_problem_with_its_line() {
    let cases = [
        ("package.json", "{\n  \"engines\": {\n", 2),
        ("mise.toml", "[tools]\nnode = \n", 2),
        ("mise.toml", "[tools]\nnode = 20\n", 2),
        (".tool-versions", "nodejs\n", 1),
        (".tool-versions", "\nno-such-tool 1.0\n", 2),
        (".nvmrc", "# nothing\n", 1),
        (".sdkmanrc", "java 17\n", 1),
        ("package.json", "{ \"packageManager\": \"9.1.0\" }", 1),
    ];
    for (file, text, line) in cases {
        let carried = carried(&[(file, text)]);
        assert_eq!(carried.problems.len(), 1, "{text}: {carried:?}");
        let problem = &carried.problems[0];
        assert_eq!(
            (problem.file.as_str(), problem.line),
            (file, line),
            "{text}: {problem:?}"
        );
        assert!(problem.message.starts_with(file) && problem.message.ends_with('.') && !problem.help.is_empty());
    }
}

#[test]
fn a_file_that_is_too_large_or_no_text_is_a_problem() {
    let folder = folder(&[(".nvmrc", "20")]);
    fs::write(folder.path().join(".tool-versions"), vec![b'#'; 1024 * 1024 + 1]).unwrap();
    fs::write(folder.path().join(".ruby-version"), [0xff, 0xfe, 0x33, 0x00]).unwrap();
    fs::create_dir(folder.path().join(".go-version")).unwrap();

    let carried = requirements_in(folder.path());

    let messages: Vec<_> = carried
        .problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            ".tool-versions is larger than 1 MiB, so it was not read.",
            ".ruby-version is not UTF-8 text, so it was not read.",
        ]
    );
    assert_eq!(carried.requirements.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let outside = folder(&[("secret", "20")]);
    let inside = folder(&[("versions/node", "22")]);
    std::os::unix::fs::symlink(outside.path().join("secret"), inside.path().join(".nvmrc")).unwrap();
    std::os::unix::fs::symlink("versions/node", inside.path().join(".node-version")).unwrap();
    std::os::unix::fs::symlink("nowhere", inside.path().join(".go-version")).unwrap();

    let carried = requirements_in(inside.path());

    let asked: Vec<_> = carried.requirements.iter().map(|one| one.range.as_str()).collect();
    assert_eq!(asked, ["22"]);
    assert_eq!(carried.problems.len(), 2);
    assert!(
        carried.problems[0].message.contains("leads out of the folder"),
        "{:?}",
        carried.problems
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_in_any_file_breaks_the_reading(
        words in prop::collection::vec("[ -~]{0,6}|<java\\.version>|</java\\.version>|<!--|jvmToolchain\\(|\\[tools\\]\n|\"|=|:|\\{|\\}|\\$\\{|\n|\t|\u{e9}|go |FROM |ruby \"|node|@|-|1\\.2|,", 0..40),
    ) {
        let text = words.concat();
        let names = [
            "mise.toml", ".tool-versions", ".nvmrc", ".java-version", "rust-toolchain", ".sdkmanrc", "global.json",
            "package.json", "Cargo.toml", "pyproject.toml", "go.mod", "Gemfile", "main.tf", ".devcontainer.json", "Dockerfile",
            "pom.xml", "build.gradle", "go.work", "pnpm-workspace.yaml", "gradle/wrapper/gradle-wrapper.properties",
        ];
        let files: Vec<_> = names.iter().map(|name| (*name, text.as_str())).collect();

        let carried = carried(&files);

        for one in &carried.requirements {
            prop_assert!(toolchain::Range::parse(&one.range).is_ok(), "{one:?}");
            prop_assert!(one.line >= 1 && one.line <= text.lines().count().max(1), "{one:?}");
        }
    }
}
