//! One child, from start to end: no terminal, no input, a limit on time and output, and no process left behind.

use std::{collections::BTreeMap, ffi::OsString, io, path::Path, pin::pin, process::Stdio, time::Duration};

use process_wrap::tokio::{ChildWrapper, CommandWrap};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

/// How long a child that is gone may keep its output open through children of its own.
const DRAIN: Duration = Duration::from_millis(100);
/// How long a killed child may take to be gone.
const REAP: Duration = Duration::from_secs(1);

/// What is run, and how far it may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) program: &'a Path,
    pub(crate) arguments: &'a [String],
    /// All of the child's variables.
    pub(crate) variables: &'a BTreeMap<OsString, OsString>,
    pub(crate) folder: &'a Path,
    pub(crate) time: Duration,
    /// Bytes kept of each stream.
    pub(crate) output: usize,
}

/// What a child printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) end: End,
}

/// How a child ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// By itself, with this code; `None` where a signal ended it.
    Exited(Option<i32>),
    /// Killed at the limit of time.
    TimedOut,
    /// Killed at the limit of output.
    Flooded,
    /// Killed because nobody wants the answer any more.
    Cancelled,
}

/// Runs a program to its end or to the first limit, then kills what is left of its group.
///
/// # Errors
/// Where the program cannot be started.
pub(crate) async fn run(call: Call<'_>, cancel: &CancellationToken) -> io::Result<Run> {
    let deadline = Instant::now() + call.time;
    let mut group = start(call).await?;
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let out = group.child.stdout().take();
    let err = group.child.stderr().take();
    let end = {
        let mut reading =
            pin!(async { tokio::try_join!(fill(out, &mut stdout, call.output), fill(err, &mut stderr, call.output)) });
        let mut read = false;
        let mut exited = None;
        let mut drained = deadline;
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => break End::Cancelled,
                done = &mut reading, if !read => match done {
                    Err(Full) => break End::Flooded,
                    Ok(_) => read = true,
                },
                // The program itself, not its group: what it left running must not be waited for.
                status = group.child.inner_mut().wait(), if exited.is_none() => {
                    exited = Some(status?.code());
                    drained = deadline.min(Instant::now() + DRAIN);
                }
                () = sleep_until(drained) => break exited.map_or(End::TimedOut, End::Exited),
            }
            if let (true, Some(code)) = (read, exited) {
                break End::Exited(code);
            }
        }
    };
    group.kill();
    // Only reaps; a child that cannot be killed is left to the system.
    let _ = timeout(REAP, group.child.inner_mut().wait()).await;
    Ok(Run { stdout, stderr, end })
}

/// A child and all that it started; killed when dropped, so that no way out leaves it running.
struct Group {
    child: Box<dyn ChildWrapper>,
    killed: bool,
}

impl Group {
    fn kill(&mut self) {
        if !self.killed {
            self.killed = true;
            // Fails where the group is gone already, which is what is wanted.
            let _ = self.child.start_kill();
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn start(call: Call<'_>) -> io::Result<Group> {
    let mut attempts = 0;
    loop {
        match command(call).spawn() {
            Ok(child) => {
                return Ok(Group { child, killed: false });
            }
            // An installer is just writing the file.
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && attempts < 20 => {
                attempts += 1;
                sleep(Duration::from_millis(10)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

fn command(call: Call<'_>) -> CommandWrap {
    let mut command = CommandWrap::with_new(call.program, |command| {
        command
            .args(call.arguments)
            .env_clear()
            .envs(call.variables)
            .current_dir(call.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    });
    command.wrap(process_wrap::tokio::KillOnDrop);
    // A session of its own has no terminal to ask at.
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessSession);
    #[cfg(windows)]
    command.wrap(process_wrap::tokio::JobObject).wrap(no_window::NoWindow);
    command
}

/// More was printed than is kept.
struct Full;

async fn fill(stream: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>, limit: usize) -> Result<(), Full> {
    let Some(mut stream) = stream else {
        return Ok(());
    };
    let mut chunk = vec![0; 8192];
    loop {
        // An unreadable pipe has ended as far as we are concerned.
        let Ok(count @ 1..) = stream.read(&mut chunk).await else {
            return Ok(());
        };
        let room = limit - kept.len();
        kept.extend_from_slice(&chunk[..count.min(room)]);
        if count > room {
            return Err(Full);
        }
    }
}

#[cfg(windows)]
mod no_window {
    use std::io;

    use process_wrap::tokio::{CommandWrap, CommandWrapper};
    use tokio::process::Command;

    const CREATE_SUSPENDED: u32 = 0x0000_0004;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;

    /// No console flashes up. Comes after `JobObject`, which needs the child suspended and sets only that.
    #[derive(Debug)]
    pub(super) struct NoWindow;

    impl CommandWrapper for NoWindow {
        fn pre_spawn(&mut self, command: &mut Command, _core: &CommandWrap) -> io::Result<()> {
            command.creation_flags(CREATE_SUSPENDED | CREATE_NO_WINDOW);
            Ok(())
        }
    }
}
