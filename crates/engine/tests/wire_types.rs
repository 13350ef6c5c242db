//! The TypeScript of the wire types, kept beside the interface and proved current.
//!
//! `UPDATE=1 cargo test -p engine --test wire_types` writes it anew.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use engine::wire;
use ts_rs::{Config, TS, TypeVisitor};

const FILE: &str = "../../ui/src/lib/backend/wire.gen.ts";

#[test]
fn wire_types_are_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let generated = generate();

    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &generated).unwrap();
    }

    let checked_in = std::fs::read_to_string(&file).unwrap();
    assert!(
        checked_in == generated,
        "{FILE} is stale; write it anew with: UPDATE=1 cargo test -p engine --test wire_types"
    );
}

fn generate() -> String {
    let mut types = Types::default();
    types.add::<wire::Start>();
    types.add::<wire::Home>();
    types.add::<wire::PathView>();
    types.add::<wire::PageView>();
    types.add::<wire::ToolchainView>();
    types.add::<wire::LibrarySection>();
    types.add::<wire::SearchAnswer>();
    types.add::<wire::StarterView>();
    types.add::<wire::FormView>();
    types.add::<wire::ProjectPreview>();
    types.add::<wire::NewProject>();
    types.add::<wire::StarterMirror>();
    types.add::<wire::OutdatedView>();
    types.add::<wire::CompareProject>();
    types.add::<wire::UpgradeView>();
    types.add::<wire::JobEvent>();
    types.add::<wire::DiagnosticRow>();

    let mut out = String::from(
        "// Generated from crates/engine/src/wire/; do not edit.\n\
         // UPDATE=1 cargo test -p engine --test wire_types\n",
    );
    for declaration in types.declarations.values() {
        write!(out, "\n{declaration}\n").unwrap();
    }
    out
}

#[derive(Default)]
struct Types {
    declarations: BTreeMap<String, String>,
}

impl Types {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        let config = Config::new().with_large_int("number");
        // Only our own types have a file to go to; strings, lists and options are written in place.
        if T::output_path().is_none() {
            T::visit_generics(self);
            return;
        }
        let name = T::ident(&config);
        if self.declarations.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("{docs}export {}", T::decl(&config));
        self.declarations.insert(name, declaration);
        T::visit_dependencies(self);
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}
