//! The keys of a screen, pressed as by hand: for windows that no driver follows.

use anyhow::{Context, Result, bail};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, MapState, StackMode, Window,
};
use x11rb::protocol::xtest;
use x11rb::rust_connection::RustConnection;
use x11rb::{CURRENT_TIME, NONE};

use crate::display::Display;

/// The key that sends, in a text that is typed.
pub const ENTER: char = '\r';
/// The key that closes what lies on top.
pub const ESCAPE: char = '\x1b';
/// The key that goes on to the next stop.
pub const TAB: char = '\t';
/// The key for capitals, by its number in X11/keysymdef.h, as the other ones below.
const SHIFT: u32 = 0xffe1;

/// The keyboard of a screen, and what its user sees of the windows.
pub struct Keyboard {
    screen: RustConnection,
    root: Window,
    first: u8,
    width: usize,
    keys: Vec<u32>,
}

impl Keyboard {
    /// The keyboard of this screen.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn of(display: &Display) -> Result<Self> {
        let (screen, number) = x11rb::connect(Some(display.name()))?;
        let setup = screen.setup();
        let root = setup.roots.get(number).context("a screen")?.root;
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = screen.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let (width, keys) = (map.keysyms_per_keycode.into(), map.keysyms);
        Ok(Self { screen, root, first, width, keys })
    }

    /// Presses the keys of this text one after the other, as the window with the focus gets them.
    ///
    /// # Errors
    /// When the keyboard has no such key.
    pub fn types(&self, text: &str) -> Result<()> {
        for sign in text.chars() {
            let (key, shifted) = self.key(match sign {
                ENTER => 0xff0d,
                ESCAPE => 0xff1b,
                TAB => 0xff09,
                letter => letter.into(),
            })?;
            let shift = self.key(SHIFT)?.0;
            let shifts = |event| if shifted { self.fake(event, shift) } else { Ok(()) };
            shifts(KEY_PRESS_EVENT)?;
            self.fake(KEY_PRESS_EVENT, key)?;
            self.fake(KEY_RELEASE_EVENT, key)?;
            shifts(KEY_RELEASE_EVENT)?;
        }
        Ok(self.screen.flush()?)
    }

    /// The windows of a process that are on the screen, in the order in which they were made.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn windows(&self, pid: u32) -> Result<Vec<Window>> {
        let of = self.screen.intern_atom(false, b"_NET_WM_PID")?.reply()?.atom;
        let mut found = vec![];
        for window in self.screen.query_tree(self.root)?.reply()?.children {
            // One may be closed meanwhile.
            let owner = self.screen.get_property(false, window, of, AtomEnum::CARDINAL, 0, 1)?.reply();
            let owner = owner.ok().and_then(|owner| owner.value32()?.next());
            let seen = self.screen.get_window_attributes(window)?.reply();
            if owner == Some(pid) && seen.is_ok_and(|seen| seen.map_state == MapState::VIEWABLE) {
                found.push(window);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Brings a window to the front and gives it the keys, as a press on it does.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn turns_to(&self, window: Window) -> Result<()> {
        let front = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
        self.screen.configure_window(window, &front)?.check()?;
        self.screen.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?.check()?;
        Ok(())
    }

    /// Asks a window to close, as its cross does.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn closes(&self, window: Window) -> Result<()> {
        let atom = |name: &[u8]| Ok::<_, anyhow::Error>(self.screen.intern_atom(false, name)?.reply()?.atom);
        let data = [atom(b"WM_DELETE_WINDOW")?, CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, data);
        self.screen.send_event(false, window, EventMask::NO_EVENT, message)?.check()?;
        Ok(())
    }

    /// The key with this sign, and whether it wants shift.
    fn key(&self, sign: u32) -> Result<(u8, bool)> {
        for (key, signs) in (self.first..).zip(self.keys.chunks(self.width)) {
            if let Some(at) = signs.iter().take(2).position(|each| *each == sign) {
                return Ok((key, at == 1));
            }
        }
        bail!("the keyboard has no {sign:#x}")
    }

    fn fake(&self, event: u8, key: u8) -> Result<()> {
        xtest::fake_input(&self.screen, event, key, CURRENT_TIME, NONE, 0, 0, 0)?.check()?;
        Ok(())
    }
}
