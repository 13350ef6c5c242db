//! A file added to the built-in roadbook has to reach the program too, not only a changed one.

fn main() {
    println!("cargo::rerun-if-changed=../../content");
}
