#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::{Kind, Stream, Version, fixes, text::readable};

#[test]
fn every_file_of_the_catalogue_is_read() {
    assert_eq!(CATALOGUE.1, Vec::<String>::new());
    assert!(Catalogue::builtin().tools().len() >= 90);
}

#[test]
fn every_sample_gives_its_version() {
    for tool in Catalogue::builtin().tools() {
        let needs_none = !matches!(tool.kind, Kind::Program | Kind::DockerDaemon);
        assert!(needs_none || !tool.samples.is_empty(), "{} has no sample", tool.id);
        for sample in &tool.samples {
            let (out, err) = (readable(sample.out.as_bytes()), readable(sample.err.as_bytes()));
            let texts = match tool.stream {
                Stream::Stdout => [out.as_str(), ""],
                Stream::Stderr => [err.as_str(), ""],
                Stream::Either => [out.as_str(), err.as_str()],
            };
            let found = tool.version_in(texts, false).map(|(version, _)| version);
            assert_eq!(found, Some(sample.version.as_str()), "{}: {sample:?}", tool.id);
            assert!(Version::parse(&sample.version, tool.scheme).is_some(), "{}", tool.id);
        }
    }
}

#[test]
fn every_row_can_be_looked_up_and_run_safely() {
    let mut names = BTreeSet::new();
    for tool in Catalogue::builtin().tools() {
        for name in tool.aliases.iter().chain([&tool.id]) {
            assert!(names.insert(name), "{name} is there twice");
        }
        for program in &tool.programs {
            assert!(
                !program.is_empty() && !program.contains(['/', '\\', ':', ' ']),
                "{}: {program}",
                tool.id
            );
        }
        if let Some(needs) = &tool.needs {
            assert!(Catalogue::builtin().tool(needs).is_some(), "{} needs {needs}", tool.id);
        }
        assert!(
            tool.link.as_ref().is_some_and(|link| link.starts_with("https://")),
            "{} has no link",
            tool.id
        );
        for way in tool.fixes.keys() {
            assert!(fixes::is_way(way), "{}: unknown way {way}", tool.id);
        }
        for system in tool.commands.keys() {
            assert!(
                [
                    "any", "linux", "macos", "windows", "apt", "dnf", "pacman", "brew", "scoop"
                ]
                .contains(&system.as_str()),
                "{}: {system}",
                tool.id
            );
        }
    }
}

#[test]
fn tools_are_found_by_their_other_names() {
    let catalogue = Catalogue::builtin();
    assert_eq!(catalogue.tool("rust").unwrap().id, "rustc");
    assert_eq!(catalogue.tool("python").unwrap().id, "python3");
    assert_eq!(catalogue.tool("github-cli").unwrap().id, "gh");
    assert_eq!(catalogue.tool("bazelisk").unwrap().id, "bazel");
    for id in ["flutter", "nx", "scoop", "xcode-select"] {
        assert!(catalogue.tool(id).is_some(), "{id}");
    }
    assert!(catalogue.tool("no-such-tool").is_none());
}

#[test]
fn an_organisation_adds_its_own_tools_and_hints() {
    let text = "[acme]\ntitle = \"Acme CLI\"\nprogram = \"acme\"\nargument = \"version\"\nlink = \"https://acme.example\"\nfixes = { any = \"acme-setup\" }\n[git]\nfixes = { any = \"acme-setup git\" }\n";

    let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");

    assert_eq!(issues, []);
    let acme = catalogue.tool("acme").unwrap();
    assert_eq!(
        (acme.title.as_str(), acme.programs[0].as_str(), acme.args[0].as_str()),
        ("Acme CLI", "acme", "version")
    );
    assert_eq!(catalogue.tool("git").unwrap().commands["any"], "acme-setup git");
    assert_eq!(catalogue.tool("git").unwrap().programs, ["git"]);
}

#[test]
fn what_an_organisation_may_not_say_is_left_out_with_its_line() {
    let cases = [
        ("[a]\nprogram = \"/bin/sh\"", 1, "names no program"),
        ("[a]\nprogram = \"../x\"", 1, "names no program"),
        ("[a]\nprogram = \"-c\"", 1, "names no program"),
        ("[a]\nprogram = \"reboot\"", 1, "names no program"),
        ("[a]\nprogram = \"npx\"", 1, "names no program"),
        (
            "[a]\nprogram = \"NPX.cmd\"\nargument = \"version\"",
            1,
            "names no program",
        ),
        ("[a]\nprogram = \"uvx\"", 1, "names no program"),
        ("[a]\nprogram = \"sudo\"", 1, "names no program"),
        ("[a]\nprogram = \"pkill\"", 1, "names no program"),
        ("[a]\nprogram = \"wall\"", 1, "names no program"),
        (
            "[a]\nprogram = \"ssh\"\nargument = \"version\"",
            1,
            "may not be run with `version`",
        ),
        (
            "[a]\nprogram = \"Explorer.exe\"\nargument = \"version\"",
            1,
            "may not be run with `version`",
        ),
        (
            "\n[a]\nprogram = \"a\"\nargument = \"--eval=1\"",
            2,
            "may not be run with",
        ),
        ("[a]\nprogram = [\"a\"]", 2, "is not a line of text"),
        ("[git]\nprogram = \"evil\"", 1, "already in the built-in catalogue"),
        ("a = 1", 1, "is not a table"),
        ("[a]\nprogram = ", 2, "cannot be read"),
    ];
    for (text, line, message) in cases {
        let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");
        assert_eq!(issues.len(), 1, "{text}: {issues:?}");
        assert_eq!(issues[0].line, line, "{text}");
        assert!(issues[0].message.contains(message), "{text}: {issues:?}");
        assert!(issues[0].message.starts_with("tools.toml: "));
        assert!(catalogue.tool("a").is_none(), "{text}");
    }
}

#[test]
fn a_program_that_does_something_with_a_word_may_still_be_asked_with_an_option() {
    let text = "[a]\nprogram = \"ssh\"\nargument = \"-V\"\n[b]\nprogram = \"acme\"\nargument = \"version\"\n";

    let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");

    assert_eq!(issues, []);
    assert!(catalogue.tool("a").is_some() && catalogue.tool("b").is_some());
}

#[test]
fn a_tool_that_is_there_twice_is_told_and_the_rest_is_read() {
    let text = "[acme]\nprogram = \"acme\"\n[other]\nprogram = \"other\"\n[acme]\nprogram = \"acme2\"\n[rust]\nprogram = \"evil\"\n";

    let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");

    let told: Vec<_> = issues
        .iter()
        .map(|issue| (issue.code, issue.line, issue.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("duplicate-tool", 5, "tools.toml: `acme` is there twice"),
            (
                "duplicate-tool",
                7,
                "tools.toml: `rust` is already in the built-in catalogue"
            ),
        ]
    );
    assert_eq!(catalogue.tool("acme").unwrap().programs, ["acme"]);
    assert!(catalogue.tool("other").is_some());
    assert_eq!(catalogue.tool("rust").unwrap().id, "rustc");
}

#[test]
fn a_field_that_is_there_twice_is_an_error_of_the_file() {
    let text = "[acme]\nprogram = \"acme\"\nprogram = \"acme2\"\n";

    let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");

    assert_eq!((issues.len(), issues[0].code, issues[0].line), (1, "tools-toml", 3));
    assert!(catalogue.tool("acme").is_none());
}

#[test]
fn an_unknown_field_or_system_leaves_the_rest_in_force() {
    let text =
        "[acme]\nprogram = \"acme\"\nshell = true\nlink = \"javascript:x\"\nfixes = { beos = \"x\", linux = \"y\" }\n";

    let (catalogue, issues) = Catalogue::builtin().with_organisation(text, "tools.toml");

    assert_eq!(
        issues.iter().map(|issue| issue.line).collect::<BTreeSet<_>>(),
        [3, 4, 5].into()
    );
    let acme = catalogue.tool("acme").unwrap();
    assert_eq!(acme.commands.len(), 1);
    assert_eq!(acme.link, None);
}
