//! A command line of the content, run after consent: its output line by line, its group killed at the end.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use ::toolchain::Environment;
use process_wrap::tokio::{CommandWrap, KillOnDrop};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Bytes of a line that are shown; the rest of a longer one is left out.
const LINE: usize = 4_096;
/// Lines that are shown; a program that prints more is read on, silently.
const LINES: usize = 20_000;

/// How a command line ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// By itself, with this exit code; `None` where a signal ended it.
    Exited(Option<i32>),
    /// Stopped at its time limit.
    TimedOut,
    /// Stopped by the person.
    Cancelled,
    /// It could not be started.
    NotStarted(String),
}

/// Runs `line` in the system's shell, in `folder`, telling each line it prints.
pub(crate) async fn run(
    line: &str,
    folder: &Path,
    environment: &Environment,
    limit: Duration,
    cancel: &CancellationToken,
    tell: &(dyn Fn(String) + Send + Sync),
) -> End {
    let mut child = match shell(line, folder, environment).spawn() {
        Ok(child) => child,
        Err(error) => return End::NotStarted(error.to_string()),
    };
    let (sender, mut lines) = mpsc::channel(64);
    if let Some(out) = child.stdout().take() {
        tokio::spawn(read(out, sender.clone()));
    }
    if let Some(err) = child.stderr().take() {
        tokio::spawn(read(err, sender.clone()));
    }
    drop(sender);
    let deadline = tokio::time::Instant::now() + limit;
    let mut told = 0;
    let mut tell_next = |line: String| {
        told += 1;
        match told {
            ..LINES => tell(line),
            LINES => tell("(more output is not shown)".to_owned()),
            _ => {}
        }
    };
    let end = loop {
        tokio::select! {
            biased;
            () = cancel.cancelled() => break End::Cancelled,
            () = tokio::time::sleep_until(deadline) => break End::TimedOut,
            Some(line) = lines.recv() => tell_next(line),
            status = child.inner_mut().wait() => break match status {
                Ok(status) => End::Exited(status.code()),
                Err(error) => End::NotStarted(error.to_string()),
            },
        }
    };
    // Whatever it left running goes with it, and lets go of the pipes by that.
    let _ = child.start_kill();
    if matches!(end, End::Exited(_)) {
        let rest = async {
            while let Some(line) = lines.recv().await {
                tell_next(line);
            }
        };
        let _ = tokio::time::timeout(Duration::from_millis(500), rest).await;
    }
    let _ = tokio::time::timeout(Duration::from_secs(1), child.wait()).await;
    end
}

fn shell(line: &str, folder: &Path, environment: &Environment) -> CommandWrap {
    // One pipe for both streams: two would let lines swap places.
    let (program, flag, line) = if cfg!(windows) {
        ("cmd", "/C", format!("({line}) 2>&1"))
    } else {
        ("sh", "-c", format!("exec 2>&1\n{line}"))
    };
    let mut command = CommandWrap::with_new(program, |command| {
        command
            .arg(flag)
            .arg(&line)
            .env_clear()
            .envs(environment.variables())
            // Tools that colour their output into a pipe would fill the panel with codes.
            .env("NO_COLOR", "1")
            .env("CARGO_TERM_COLOR", "never")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    });
    command.wrap(KillOnDrop);
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::tokio::JobObject);
    command
}

async fn read(stream: impl AsyncRead + Unpin, lines: mpsc::Sender<String>) {
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    loop {
        // A line that never ends is cut into pieces, so that it cannot fill the memory.
        let (used, ended) = match reader.fill_buf().await {
            Ok([]) | Err(_) => break,
            Ok(bytes) => {
                let end = bytes.iter().position(|byte| *byte == b'\n');
                line.extend_from_slice(&bytes[..end.unwrap_or(bytes.len())]);
                (end.map_or(bytes.len(), |end| end + 1), end.is_some())
            }
        };
        reader.consume(used);
        if (ended || line.len() >= LINE) && lines.send(plain(&std::mem::take(&mut line))).await.is_err() {
            return;
        }
    }
    if !line.is_empty() {
        let _ = lines.send(plain(&line)).await;
    }
}

/// The line without escape codes, and what is left of one that a carriage return overwrote.
fn plain(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(LINE)];
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_end_matches('\r');
    let last = text.rsplit('\r').next().unwrap_or_default();
    let mut out = String::with_capacity(last.len());
    let mut letters = last.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => skip_escape(&mut letters),
            '\t' => out.push('\t'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// ECMA-48: after `ESC [` parameters up to a final byte from `@` to `~`; after `ESC ]` up to BEL or `ESC \`.
fn skip_escape(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match letters.next() {
        Some('[') => while letters.next().is_some_and(|letter| !('@'..='~').contains(&letter)) {},
        Some(']') => {
            while let Some(letter) = letters.next() {
                if letter == '\u{7}' {
                    break;
                }
                if letter == '\u{1b}' {
                    letters.next();
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_codes_and_overwritten_text_are_left_out() {
        assert_eq!(plain(b"\x1b[1;32mok\x1b[0m done\r"), "ok done");
        assert_eq!(plain(b"10%\r50%\r100%"), "100%");
        assert_eq!(plain(b"\x1b]0;title\x07text\x1b]8;;x\x1b\\!"), "text!");
        assert_eq!(plain(b"a\tb\x00"), "a\tb");
    }
}
