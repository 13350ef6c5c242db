fn main() {
    let which: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let stack: usize = std::env::args().nth(3).unwrap().parse().unwrap();
    let pieces = ["[", "- ", "{a: ", "a: [\n", "b: c: d\n"];
    let yaml = pieces[which].repeat(n);
    std::thread::Builder::new().stack_size(stack).spawn(move || {
        let dir = std::env::temp_dir().join(format!("probe{which}"));
        std::fs::create_dir_all(dir.join("library")).unwrap();
        std::fs::write(dir.join("roadbook.toml"), "format=1\nid='a'\ntitle='b'\n").unwrap();
        std::fs::write(dir.join("library/a.md"), format!("---\n{yaml}\n---\n# A\n")).unwrap();
        println!("{:?}", book::load(&dir).unwrap().diagnostics.len());
        let _ = std::fs::remove_dir_all(dir);
    }).unwrap().join().unwrap();
}
