//! Which files cookiecutter copies and does not render: those that its package binaryornot takes for no text.
//!
//! The package decides by endings, first bytes and a trained tree. Here, the endings and first bytes are the same, and
//! the tree's answers for UTF-8 were measured; what is no UTF-8 cannot be rendered in any case.

/// Bytes at the start of a file that are looked at.
const CHUNK: usize = 512;

/// Endings of files that are never a text.
const ENDINGS: &str = "3ds blend dae fbx glb stl usdz dwg dwf dxb step stp \
    7z bz2 cab gz jar lz lz4 lzma rar tar xz z zip zst dmg img iso qcow2 vdi vhd vmdk \
    aac aif aiff alac ape flac m4a mid midi mp3 ogg opus wav wma avi flv m4v mkv mov mp4 mpeg mpg ogv webm wmv \
    class dll o pyc pyo so wasm com exe msi bin fw rom gba n64 nds nes pak sav sfc smc \
    accdb db dbf mdb sqlite sqlite3 arrow avro fit fits hdf5 mat npy npz parquet pcap pcapng shp shx \
    doc docx epub mobi odt pages pdf ppt pptx xls xlsx eot otf ttc ttf woff woff2 \
    avif bmp cr2 cr3 dng gif heic heif ico jfif jp2 jpeg jpg jxl nef orf png psd raw tif tiff webp xcf";

/// First bytes of kinds of files that are also valid UTF-8.
const STARTS: [&str; 30] = [
    "GIF87a",
    "GIF89a",
    "BM",
    "%PDF-1.",
    "MZ",
    "RIFF",
    "OggS",
    "fLaC",
    "wOFF",
    "OTTO",
    "wOF2",
    "ID3",
    "BZh",
    "MThd",
    "8BPS",
    "PAR1",
    "PACK",
    "bplist",
    "ARROW1",
    "070701",
    "MM\0*",
    "II*\0",
    "PK\u{3}\u{4}",
    "\u{7f}ELF",
    "dex\n",
    "!<arch>\n",
    "Obj\u{1}",
    "Rar!\u{1a}\u{7}",
    "]\0\0",
    "SQLite format 3\0",
];

/// Whether the file is copied as it is.
pub(super) fn is_binary(name: &str, bytes: &[u8]) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    // A leading dot starts a name and no ending.
    let ending = name
        .trim_start_matches('.')
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    if ending.is_some_and(|ending| ENDINGS.split_whitespace().any(|known| known == ending)) {
        return true;
    }
    let chunk = &bytes[..bytes.len().min(CHUNK)];
    if chunk.is_empty() {
        return false;
    }
    if STARTS.iter().any(|start| chunk.starts_with(start.as_bytes())) || std::str::from_utf8(bytes).is_err() {
        return true;
    }
    let controls = chunk
        .iter()
        .filter(|byte| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r'))
        .count();
    #[expect(clippy::cast_precision_loss, reason = "at most 512")]
    let share = controls as f64 / chunk.len() as f64;
    // As measured: a few control characters make a file binary, more of them do not, up to nearly a half.
    controls > 0 && !(0.006_22..=0.45).contains(&share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_programs_are_binary_and_texts_are_not() {
        let with_feeds = |feeds: usize| "\u{c}".repeat(feeds) + &"word ".repeat(100);
        for (name, bytes, expected) in [
            ("a/logo.PNG", b"text".to_vec(), true),
            ("a.txt", Vec::new(), false),
            (".gitignore", b"*.o\n".to_vec(), false),
            (".db", b"text".to_vec(), false),
            ("a.txt", "Grüße, 世界\n".repeat(99).into_bytes(), false),
            ("a.txt", vec![0xff, 0xd8, 0xff, 0xe0], true),
            ("font", b"wOF2text".to_vec(), true),
            ("a.txt", with_feeds(1).into_bytes(), true),
            ("a.txt", with_feeds(9).into_bytes(), false),
        ] {
            assert_eq!(is_binary(name, &bytes), expected, "{name} {bytes:?}");
        }
    }
}
