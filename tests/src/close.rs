//! The close button of a window, on a display without a window manager.

use x11rb::connection::Connection;
use x11rb::errors::{ReplyError, ReplyOrIdError};
use x11rb::protocol::xproto::{Atom, AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::rust_connection::RustConnection;

use crate::display::Display;

/// Sends the windows of a process what a window manager sends when its close button is pressed: `WM_DELETE_WINDOW`
/// (Inter-Client Communication Conventions Manual, 4.2.8.1).
///
/// # Panics
/// When the process has no window there.
pub(crate) fn ask_to_close(display: &Display, pid: u32) {
    let (server, screen) = RustConnection::connect(Some(display.name())).expect("the display accepts connections");
    let root = server.setup().roots[screen].root;
    let asked = ask(&server, root, pid).expect("the display answers");
    assert!(asked > 0, "process {pid} has no window to close");
}

fn ask(server: &RustConnection, root: Window, pid: u32) -> Result<usize, ReplyOrIdError> {
    let protocols = atom(server, "WM_PROTOCOLS")?;
    let delete = atom(server, "WM_DELETE_WINDOW")?;
    let owner = atom(server, "_NET_WM_PID")?;
    let mut asked = 0;
    for window in server.query_tree(root)?.reply()?.children {
        let takes = words(server, window, protocols, AtomEnum::ATOM.into())?.contains(&delete);
        let of_process = words(server, window, owner, AtomEnum::CARDINAL.into())?.contains(&pid);
        if takes && of_process {
            let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
            server.send_event(false, window, EventMask::NO_EVENT, message)?;
            asked += 1;
        }
    }
    // A round trip, so that the display has seen all of it before the connection ends.
    server.get_input_focus()?.reply()?;
    Ok(asked)
}

fn atom(server: &RustConnection, name: &str) -> Result<Atom, ReplyError> {
    Ok(server.intern_atom(false, name.as_bytes())?.reply()?.atom)
}

/// A property's numbers; none where the window has no such property.
fn words(server: &RustConnection, window: Window, property: Atom, kind: Atom) -> Result<Vec<u32>, ReplyError> {
    let reply = server.get_property(false, window, property, kind, 0, 64)?.reply()?;
    Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
}
