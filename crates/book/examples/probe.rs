fn main() {
    let dialect = std::env::args().nth(1).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let piece = std::env::args().nth(3).unwrap().replace("\\n", "\n");
    let text = format!("{}{}", std::env::args().nth(4).unwrap_or_default().replace("\\n", "\n"), piece.repeat(n / piece.len()));
    let dir = std::env::temp_dir().join("probe");
    for d in ["library", "paths/p"] { std::fs::create_dir_all(dir.join(d)).unwrap(); }
    std::fs::write(dir.join("roadbook.toml"), format!("format=1\nid='a'\ntitle='b'\ndialect='{dialect}'\n")).unwrap();
    std::fs::write(dir.join("library/a.md"), &text).unwrap();
    std::fs::write(dir.join("paths/p/index.md"), "# P\n").unwrap();
    std::fs::write(dir.join("paths/p/10-s.md"), format!("# S\n\n{text}")).unwrap();
    let t = std::time::Instant::now();
    let book = book::load(&dir).unwrap().book;
    let loaded = t.elapsed();
    let mut times = vec![];
    for id in ["library/a", "p/s"] {
        let t = std::time::Instant::now();
        let page = book.page(id).unwrap();
        std::hint::black_box(book::render(&book, page, ""));
        times.push(t.elapsed());
        let t = std::time::Instant::now();
        std::hint::black_box(book::passages(&book, page));
        times.push(t.elapsed());
    }
    println!("{piece:?} load {loaded:?} render,passages {times:?}");
    let _ = std::fs::remove_dir_all(dir);
}
