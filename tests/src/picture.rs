//! Pictures of a window, as its display shows it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::errors::ReplyOrIdError;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat, MapState, Window};
use x11rb::rust_connection::RustConnection;

use crate::display::Display;
use crate::wait::until;

/// How long a window gets to come to rest before it is taken as it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks, one after the other, that have to show the same.
const STILL: usize = 4;

/// Writes a PNG of the largest window on the display, once it does not move any more.
///
/// The driver has a word for pictures too, and never answers it where the web view paints without layers, as it does
/// on a machine without a graphics card.
///
/// # Errors
/// When the display shows no window, or the file cannot be written.
pub(crate) fn take(display: &Display, file: &Path) -> io::Result<()> {
    let (server, screen) = RustConnection::connect(Some(display.name())).map_err(io::Error::other)?;
    let root = server.setup().roots[screen].root;
    let mut last = None;
    let mut same = 0;
    // What still moves at the end, such as a caret, is taken as it is.
    let _ = until(PATIENCE, || {
        let now = look(&server, root).map_err(io::Error::other)?;
        same = if now == last { same + 1 } else { 0 };
        last = now;
        if same < STILL {
            Err(io::Error::other("it moves"))
        } else {
            Ok(())
        }
    });
    let picture = last.ok_or_else(|| io::Error::other("the display shows no window"))?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    picture.write(file)
}

#[derive(PartialEq, Eq)]
struct Picture {
    width: u16,
    height: u16,
    /// Blue, green, red and nothing, a pixel after the other.
    pixels: Vec<u8>,
}

fn look(server: &RustConnection, root: Window) -> Result<Option<Picture>, ReplyOrIdError> {
    let mut largest = None;
    for window in server.query_tree(root)?.reply()?.children {
        let place = server.get_geometry(window)?.reply()?;
        let area = u32::from(place.width) * u32::from(place.height);
        let seen = server.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
        if seen && largest.as_ref().is_none_or(|(most, _)| area > *most) {
            largest = Some((area, place));
        }
    }
    let Some((_, place)) = largest else { return Ok(None) };
    // From the screen and not from the window: menus are windows of their own.
    let screen = server.get_geometry(root)?.reply()?;
    let (x, y) = (place.x.max(0), place.y.max(0));
    let width = place.width.min(screen.width.saturating_sub(x.unsigned_abs()));
    let height = place.height.min(screen.height.saturating_sub(y.unsigned_abs()));
    let image = server.get_image(ImageFormat::Z_PIXMAP, root, x, y, width, height, u32::MAX)?;
    Ok(Some(Picture {
        width,
        height,
        pixels: image.reply()?.data,
    }))
}

impl Picture {
    fn write(&self, file: &Path) -> io::Result<()> {
        let colours: Vec<u8> = self
            .pixels
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
            .collect();
        let mut encoder = png::Encoder::new(File::create(file)?, self.width.into(), self.height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(&colours).map_err(io::Error::other)
    }
}
