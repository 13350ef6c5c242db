//! Terraform and containers.

use toolchain::Severity;

use crate::{carried, found};

#[test]
fn every_terraform_condition_is_a_requirement() {
    let main = "terraform {\n  # required_version = \"0.12\"\n  required_version = \"~> 1.5\"\n}\n";
    let other = "/*\n required_version = \"9\"\n*/\nterraform { required_version = \">= 1.6, < 2\" }\n// required_version = \"9\"\nmodule \"a\" { version = \"9\" }\n";
    assert_eq!(
        found(&[("main.tf", main), ("other.tf", other), (".terraform-version", "1.9.1")]),
        [
            "terraform 1.9.1 pin .terraform-version:1",
            "terraform ~>1.5 range main.tf:3",
            "terraform >=1.6, <2 range other.tf:4",
        ]
    );
}

#[test]
fn conditions_belong_to_opentofu_where_its_version_is_pinned() {
    let main = ("main.tf", "terraform {\n  required_version = \">= 1.6\"\n}\n");
    assert_eq!(
        found(&[main, (".opentofu-version", "1.8.0")]),
        ["tofu 1.8.0 pin .opentofu-version:1", "tofu >=1.6 minimum main.tf:2"]
    );
    assert_eq!(
        found(&[main, (".opentofu-version", "1.8.0"), (".terraform-version", "1.9.1")])[2],
        "terraform >=1.6 minimum main.tf:2"
    );
}

#[test]
fn containers_only_hint() {
    let dockerfile = "ARG NODE_VERSION=20.11\nARG OTHER\nFROM --platform=linux/amd64 node:${NODE_VERSION}-slim AS build\nFROM python:$OTHER\nFROM docker.io/library/golang:1.22@sha256:00 AS b\nFROM build\nFROM registry.example:5000/base\nFROM ruby:${R:-3.3}\nFROM scratch\n";
    assert_eq!(
        found(&[("Dockerfile", dockerfile)]),
        [
            "node 20.11 hint Dockerfile:3",
            "go 1.22 hint Dockerfile:5",
            "ruby 3.3 hint Dockerfile:8"
        ]
    );
    let container = "{\n  // ours\n  \"image\": \"mcr.microsoft.com/devcontainers/python:1-3.12-bookworm\",\n  \"features\": {\n    \"ghcr.io/devcontainers/features/node:1\": { \"version\": \"20\" },\n    \"ghcr.io/devcontainers/features/go:1\": { \"version\": \"latest\" },\n    \"ghcr.io/devcontainers/features/common-utils:2\": {},\n  },\n}\n";
    let files = [(".devcontainer/devcontainer.json", container)];
    assert_eq!(
        found(&files),
        [
            "python3 3.12 hint .devcontainer/devcontainer.json:3",
            "node 20 hint .devcontainer/devcontainer.json:5",
        ]
    );
    let hint = carried(&files).requirements[0].requirement();
    assert_eq!(
        (hint.severity, hint.source.as_str()),
        (Severity::Info, ".devcontainer/devcontainer.json:3")
    );
}
