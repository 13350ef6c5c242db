//! A Backstage template that uses every feature.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

use serde_json::{Value, json};

use crate::book::Book;

pub const EVERYTHING: &str = r"
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: everything
  title: A service
  description: Uses every feature.
  tags: [demo, service]
spec:
  type: service
  owner: group:default/platform
  parameters:
    - title: About
      description: What is it?
      required: [name, owner]
      properties:
        name:
          title: Name
          type: string
          pattern: '^[a-z][a-z0-9-]*$'
          errorMessage: lower case letters, digits and dashes
          maxLength: 20
          ui:placeholder: shop
        owner: { title: Owner, type: string, ui:field: OwnerPicker }
        about: { type: string, ui:widget: textarea }
    - title: How
      properties:
        database: { type: string, enum: [none, postgres], enumNames: [No database, PostgreSQL], default: none }
        docs: { type: boolean, default: true }
        replicas: { type: integer, minimum: 1, maximum: 9, default: 2 }
        regions: { type: array, items: { type: string, enum: [eu, us] }, default: [eu] }
        modules: { type: array, items: { type: string }, default: [core, web] }
        token: { type: string, ui:field: Secret }
        repoUrl: { type: string, ui:field: RepoUrlPicker, default: git.example?owner=team&repo=shop }
  steps:
    - id: fetch
      name: Fetch the skeleton
      action: fetch:template
      input:
        url: ./skeleton
        copyWithoutTemplating: ['.github/workflows/**']
        values:
          name: ${{ parameters.name }}
          owner: ${{ parameters.owner }}
          database: ${{ parameters.database }}
          docs: ${{ parameters.docs }}
          replicas: ${{ parameters.replicas }}
          regions: ${{ parameters.regions }}
          repo: ${{ parameters.repoUrl | parseRepoUrl }}
    - name: Documentation
      if: ${{ parameters.docs === true }}
      action: fetch:plain
      input: { url: ../../shared/docs, targetPath: ./docs }
    - name: No documentation
      if: ${{ parameters.docs !== true }}
      action: fetch:plain
      input: { url: ./nowhere }
    - name: Modules
      each: ${{ parameters.modules }}
      action: fetch:template
      input:
        url: ./module
        targetPath: modules/${{ each.value }}
        trimBlocks: true
        lstripBlocks: true
        templateFileExtension: .njk
        values: { name: '${{ each.value }}', index: '${{ each.key }}' }
    - name: Tidy
      action: fs:delete
      input: { files: [scratch, '**/*.tmp'] }
    - name: Names
      action: fs:rename
      input: { files: [{ from: main.txt, to: src/main.txt }] }
    - name: Catalog
      action: catalog:write
      input:
        entity:
          apiVersion: backstage.io/v1alpha1
          kind: Component
          metadata: { name: '${{ parameters.name }}', tags: ['${{ parameters.database }}'] }
          spec: { type: service, lifecycle: experimental, owner: '${{ parameters.owner }}' }
    - name: Say it
      action: debug:log
      input: { message: 'Made ${{ parameters.name }} with ${{ secrets.token }}' }
    - id: publish
      name: Publish
      action: publish:github
      input:
        repoUrl: ${{ parameters.repoUrl }}
        token: ${{ secrets.token }}
        title: Key s3cret for ${{ parameters.name }}
  output:
    links:
      - { title: Repository, url: '${{ steps.publish.output.remoteUrl }}' }
      - { title: Guide, url: 'https://docs.example/${{ parameters.name }}' }
      - { title: Bad, url: 'javascript:alert(1)' }
    text:
      - { title: Next, content: 'Run `make` in ${{ parameters.name }}.' }
      - { if: '${{ parameters.docs === false }}', title: Never, content: x }
";

pub fn everything() -> Book {
    let book = Book::new();
    book.write("starters/demo/template.yaml", EVERYTHING);
    for (file, text) in [
        ("README.md", "# ${{ values.name }}\n\nOwner: ${{ values.owner }}\n"),
        (
            "config.json",
            "{ \"docs\": ${{ values.docs }}, \"replicas\": ${{ values.replicas }}, \"regions\": ${{ values.regions | dump }} }\n",
        ),
        (
            "list.txt",
            "{% for region in values.regions %}\n${{ loop.index }} ${{ region | upper }}\n{% endfor %}end",
        ),
        (
            "db.txt",
            "{% if values.database === 'postgres' %}pg{% elseif values.database === 'none' %}none{% endif %}",
        ),
        (
            "${{ values.name }}/x.txt",
            "${{ values.repo.owner }}/${{ values.repo.repo }}",
        ),
        (
            "${{ 'pg' if values.database === 'postgres' else '' }}/only.sql",
            "never",
        ),
        (".github/workflows/ci.yml", "token: ${{ secrets.TOKEN }}\n"),
        ("raw.yml", "{% raw %}${{ github.sha }}{% endraw %}\n"),
        ("scratch/a", "gone"),
        ("a.tmp", "gone"),
        ("deep/b.tmp", "gone"),
        ("main.txt", "main"),
        ("run.sh", "#!/bin/sh\n"),
    ] {
        book.write(&format!("starters/demo/skeleton/{file}"), text);
    }
    book.write_bytes("starters/demo/skeleton/logo.png", b"\x89PNG\0${{ values.name }}\xff");
    book.make_executable("starters/demo/skeleton/run.sh");
    book.link("starters/demo/skeleton/latest", "README.md");
    book.write(
        "starters/demo/module/mod.txt.njk",
        "{% if true %}\n  ${{ values.index }}: ${{ values.name }}\n{% endif %}\n",
    );
    book.write("starters/demo/module/keep.txt", "${{ values.name }}");
    book.write("shared/docs/index.md", "${{ untouched }}");
    book
}

pub fn answers() -> Value {
    json!({ "name": "shop", "owner": "group:default/web", "token": "s3cret", "replicas": "3" })
}
