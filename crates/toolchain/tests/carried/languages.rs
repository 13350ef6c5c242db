//! The files of languages, one version or a range of them.

use crate::{carried, found};

#[test]
fn rust_has_a_toolchain_and_an_oldest_version() {
    assert_eq!(
        found(&[("rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n")]),
        ["rustc 1.80 pin rust-toolchain.toml:2"]
    );
    assert_eq!(
        found(&[("rust-toolchain", "1.80.1\n")]),
        ["rustc 1.80.1 pin rust-toolchain:1"]
    );
    assert_eq!(
        found(&[("rust-toolchain", "[toolchain]\nchannel = \"stable\"\n")]),
        ["rustc any pin rust-toolchain:2"]
    );
    assert_eq!(
        found(&[("Cargo.toml", "[package]\nname = \"a\"\nrust-version = \"1.74\"\n")]),
        ["rustc >=1.74 minimum Cargo.toml:3"]
    );
    let inherited = "[package]\nrust-version.workspace = true\n[workspace.package]\nrust-version = \"1.85\"\n";
    assert_eq!(
        found(&[("Cargo.toml", inherited)]),
        ["rustc >=1.85 minimum Cargo.toml:4"]
    );
    assert_eq!(
        found(&[("Cargo.toml", "[workspace]\nmembers = []\n")]),
        <[String; 0]>::default()
    );
    let elsewhere = carried(&[("Cargo.toml", "[package]\nname = \"a\"\nrust-version.workspace = true\n")]);
    assert_eq!((elsewhere.problems[0].line, elsewhere.requirements.len()), (3, 0));
}

#[test]
fn node_has_a_pin_in_a_file_of_its_own() {
    let cases = [
        (".nvmrc", "v20\n", "node 20 pin .nvmrc:1"),
        (".nvmrc", "# for the build\r\n20.11.1\r\n", "node 20.11.1 pin .nvmrc:2"),
        (".nvmrc", "\u{feff}18", "node 18 pin .nvmrc:1"),
        (".nvmrc", "a=b\n20\n", "node 20 pin .nvmrc:2"),
        (".nvmrc", "lts/*\n", "node any pin .nvmrc:1"),
        (".node-version", "20.11.1", "node 20.11.1 pin .node-version:1"),
    ];
    for (file, text, expected) in cases {
        assert_eq!(found(&[(file, text)]), [expected], "{text:?}");
    }
}

#[test]
fn package_json_speaks_in_four_fields() {
    let text = r#"{
  "engines": { "node": ">=18.12 <21 || >=22", "npm": ">= 9", "vscode": "^1.80" },
  "packageManager": "pnpm@9.1.0+sha512.0123abcd",
  "devEngines": {
    "runtime": { "name": "node", "version": "^20.0.0", "onFail": "error" },
    "packageManager": [{ "name": "pnpm", "version": "9.x" }, { "name": "yarn", "version": "4.x" }]
  },
  "volta": { "node": "20.11.1", "yarn": "1.22.22" }
}"#;
    assert_eq!(
        found(&[("package.json", text)]),
        [
            "node 20.11.1 pin package.json:8",
            "yarn 1.22.22 pin package.json:8",
            "node ^20.0.0 range package.json:5",
            "pnpm 9.x hint package.json:6",
            "yarn 4.x hint package.json:6",
            "pnpm 9.1.0 pin package.json:3",
            "node >=18.12 <21 || >=22 range package.json:2",
            "npm >= 9 minimum package.json:2",
        ]
    );
    let below = r#"{ "engines": { "node": ">=16 <21.0.0-0" } }"#;
    assert_eq!(
        found(&[("package.json", below)]),
        ["node >=16 <21.0.0-0 range package.json:1"]
    );
    let other = r#"{ "engines": ["node >= 0.8"], "devEngines": { "runtime": [{ "name": "node", "version": "20" }, { "name": "node", "version": "22" }] } }"#;
    assert_eq!(
        found(&[("package.json", other)]),
        ["node 20 || 22 range package.json:1"]
    );
}

#[test]
fn python_has_a_pin_and_a_range_of_pep_440() {
    assert_eq!(
        found(&[(".python-version", "3.12.1\n3.11\n")]),
        ["python3 3.12.1 pin .python-version:1"]
    );
    let project = |range: &str| format!("[project]\nname = \"a\"\nrequires-python = \"{range}\"\n");
    let cases = [
        (">=3.10,<3.13", ">=3.10, <3.13 range"),
        ("~=3.10", "~=3.10 range"),
        ("==3.11.*", "==3.11.* range"),
        (">=3.9", ">=3.9 minimum"),
        ("==3.11.4", "==3.11.4 pin"),
    ];
    for (range, expected) in cases {
        assert_eq!(
            found(&[("pyproject.toml", &project(range))]),
            [format!("python3 {expected} pyproject.toml:3")]
        );
    }
    let poetry = "[tool.poetry.dependencies]\npython = \"^3.10\"\n[tool.uv]\nrequired-version = \">=0.5\"\n";
    assert_eq!(
        found(&[("pyproject.toml", poetry)]),
        [
            "python3 ^3.10 range pyproject.toml:2",
            "uv >=0.5 minimum pyproject.toml:4"
        ]
    );
}

#[test]
fn go_names_its_oldest_version_and_only_the_workspace_counts() {
    let module = "module example.com/a\n\ngo 1.22 // the oldest\n\ntoolchain go1.23.4\n\nrequire (\n)\n";
    assert_eq!(
        found(&[("go.mod", module)]),
        ["go >=1.22 minimum go.mod:3", "go >=1.23.4 hint go.mod:5"]
    );
    assert_eq!(
        found(&[("go.mod", module), ("go.work", "go 1.23.0\ntoolchain default\n")]),
        ["go >=1.23.0 minimum go.work:1"]
    );
}

#[test]
fn jvm_files_name_a_vendor_that_is_left_out() {
    assert_eq!(
        found(&[(".java-version", "temurin-17.0.9\n")]),
        ["java 17.0.9 pin .java-version:1"]
    );
    assert_eq!(
        found(&[(".sdkmanrc", "# enable auto-env\njava=17.0.9-tem\ngradle = 8.5\n")]),
        ["java 17.0.9 pin .sdkmanrc:2", "gradle 8.5 pin .sdkmanrc:3"]
    );
}

#[test]
fn a_gemfile_is_read_only_where_it_is_literal() {
    assert_eq!(
        found(&[(".ruby-version", "ruby-3.3.0\n")]),
        ["ruby 3.3.0 pin .ruby-version:1"]
    );
    let gemfile = |line: &str| format!("source \"https://rubygems.org\"\n{line}\ngem \"rails\"\n");
    let cases: [(&str, &[&str]); 9] = [
        ("ruby \"3.3.0\"", &["ruby 3.3.0 pin Gemfile:2"]),
        (
            "ruby \"3.3.0\", patchlevel: \"0\", engine: \"ruby\"",
            &["ruby 3.3.0 pin Gemfile:2"],
        ),
        (
            "ruby '3.3.0', :patchlevel => '0', :engine => 'ruby'",
            &["ruby 3.3.0 pin Gemfile:2"],
        ),
        ("ruby '~> 3.3' # soon 3.4", &["ruby ~>3.3 range Gemfile:2"]),
        ("ruby(\">= 3.1\", \"< 3.4\")", &["ruby >=3.1, <3.4 range Gemfile:2"]),
        (
            "ruby \"3.1.4\", engine: \"jruby\", engine_version: \"9.4\"",
            &["ruby any range Gemfile:2"],
        ),
        ("ruby file: \".ruby-version\"", &[]),
        ("ruby ENV[\"RUBY\"]", &[]),
        ("ruby \"#{version}\"", &[]),
    ];
    for (line, expected) in cases {
        assert_eq!(found(&[("Gemfile", &gemfile(line))]), expected, "{line}");
    }
}

#[test]
fn dotnet_rolls_forward_as_far_as_it_may() {
    let cases = [
        ("", ">=8.0.104 <8.0.200 range"),
        (", \"rollForward\": \"latestFeature\"", ">=8.0.104 <8.1 range"),
        (", \"rollForward\": \"minor\"", ">=8.0.104 <9 range"),
        (", \"rollForward\": \"latestMajor\"", ">=8.0.104 minimum"),
        (", \"rollForward\": \"disable\"", "8.0.104 pin"),
    ];
    for (roll, expected) in cases {
        let text = format!("// the SDK\n{{ \"sdk\": {{ /* ours */ \"version\": \"8.0.104\"{roll}, }} }}\n");
        assert_eq!(
            found(&[("global.json", &text)]),
            [format!("dotnet {expected} global.json:2")]
        );
    }
}
