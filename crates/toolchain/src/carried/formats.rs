//! The files that are read, the ones that outrank others first.

use super::{
    container, dotnet, go, gradle, jvm, maven, mise, node, one_line, python, reading::Reading, ruby, rust, terraform,
    tool_versions,
};

/// Files of one kind, how they are read, and what is written about them in the reference.
pub(crate) struct Format {
    /// Relative to the project's folder; at most one `*`.
    pub(crate) files: &'static [&'static str],
    /// What is read in it.
    pub(crate) reads: &'static str,
    /// How binding it is.
    pub(crate) kind: &'static str,
    /// Whether it counts in the members of a workspace too.
    pub(super) in_members: bool,
    pub(super) read: fn(&mut Reading<'_>),
}

pub(crate) const FORMATS: &[Format] = &[
    Format {
        // The order in which mise lets one override the other.
        files: &[
            ".mise.local.toml",
            "mise.local.toml",
            "mise/config.local.toml",
            ".mise/config.local.toml",
            ".config/mise.local.toml",
            ".config/mise/mise.local.toml",
            ".config/mise/config.local.toml",
            ".mise.toml",
            "mise.toml",
            "mise/config.toml",
            ".mise/config.toml",
            ".config/mise.toml",
            ".config/mise/mise.toml",
            ".config/mise/config.toml",
            ".config/mise/conf.d/*.toml",
        ],
        reads: "`[tools]`: text, a list (one of them will do) or a table with `version` and `os`; a tool counts in the first file that has it; templates are not rendered",
        kind: "pin",
        in_members: true,
        read: mise::read,
    },
    Format {
        files: &[".tool-versions"],
        reads: "a tool and its versions on each line, one of which will do",
        kind: "pin",
        in_members: true,
        read: tool_versions::read,
    },
    Format {
        files: &[
            ".nvmrc",
            ".node-version",
            ".bun-version",
            ".deno-version",
            ".python-version",
            ".ruby-version",
            ".java-version",
            ".go-version",
            ".swift-version",
            ".zig-version",
            ".terraform-version",
            ".opentofu-version",
            ".terragrunt-version",
            ".bazelversion",
        ],
        reads: "the first line that is no comment; a vendor in front of or behind it is left out (`temurin-17.0.9`)",
        kind: "pin",
        in_members: true,
        read: one_line::read,
    },
    Format {
        files: &["rust-toolchain.toml", "rust-toolchain"],
        reads: "`toolchain.channel`, or the one line of the old format",
        kind: "pin",
        in_members: true,
        read: rust::toolchain,
    },
    Format {
        files: &[".sdkmanrc"],
        reads: "`candidate=version` on each line",
        kind: "pin",
        in_members: true,
        read: jvm::sdkman,
    },
    Format {
        files: &["global.json"],
        reads: "`sdk.version` and `sdk.rollForward`; comments are allowed",
        kind: "range, or pin with `disable`",
        in_members: true,
        read: dotnet::global_json,
    },
    Format {
        files: &["package.json"],
        reads: "`volta` (with the files that it `extends`), `devEngines` (one or a list), `packageManager` (its hash is left out) and `engines`",
        kind: "pin, range or minimum",
        in_members: true,
        read: node::read,
    },
    Format {
        files: &["Cargo.toml"],
        reads: "`rust-version` of the package, or of the workspace in the same file",
        kind: "minimum",
        in_members: true,
        read: rust::cargo,
    },
    Format {
        files: &["pyproject.toml"],
        reads: "`project.requires-python` (PEP 440), Poetry's `python`, and `required-version` of uv and Ruff",
        kind: "range or minimum",
        in_members: true,
        read: python::project,
    },
    Format {
        files: &["go.work", "go.mod"],
        reads: "`go`; `toolchain` is a hint; next to a `go.work`, `go.mod` does not count",
        kind: "minimum",
        in_members: true,
        read: go::read,
    },
    Format {
        files: &["Gemfile"],
        reads: "a `ruby` line with nothing but literals",
        kind: "pin, range or minimum",
        in_members: true,
        read: ruby::gemfile,
    },
    Format {
        files: &["*.tf", "*.tofu"],
        reads: "`required_version`; every file's has to hold",
        kind: "pin, range or minimum",
        in_members: true,
        read: terraform::read,
    },
    Format {
        files: &["pom.xml"],
        reads: "`maven.compiler.release` (or `target`, `source`, `java.version`), and the versions that the enforcer requires",
        kind: "minimum or range",
        in_members: true,
        read: maven::pom,
    },
    Format {
        files: &["build.gradle", "build.gradle.kts"],
        reads: "the toolchain's `languageVersion` and `jvmToolchain`, where they are numbers",
        kind: "hint",
        in_members: true,
        read: gradle::build,
    },
    Format {
        files: &["gradle/gradle-daemon-jvm.properties"],
        reads: "`toolchainVersion`",
        kind: "hint",
        in_members: true,
        read: gradle::daemon,
    },
    Format {
        files: &[
            "gradle/wrapper/gradle-wrapper.properties",
            ".mvn/wrapper/maven-wrapper.properties",
        ],
        reads: "the version in `distributionUrl`; the wrapper brings it by itself",
        kind: "hint",
        in_members: true,
        read: jvm::wrapper,
    },
    Format {
        files: &[
            ".devcontainer/devcontainer.json",
            ".devcontainer.json",
            ".devcontainer/*/devcontainer.json",
        ],
        reads: "`image` and the `version` of `features`; comments are allowed",
        kind: "hint",
        in_members: false,
        read: container::devcontainer,
    },
    Format {
        files: &["Dockerfile", "Containerfile"],
        reads: "official images after `FROM`, with `ARG`s of the file filled in",
        kind: "hint",
        in_members: false,
        read: container::dockerfile,
    },
];
