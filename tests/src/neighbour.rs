//! Another program on a screen, such as a file manager: it copies onto the clipboard, and drags over a window and lets go.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, MapState, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

use crate::display::Display;
use crate::shot::{HEIGHT, WIDTH};
use crate::wait;

const LIMIT: Duration = Duration::from_secs(20);
/// The version of the protocol by which programs drag (freedesktop.org, "Drag-and-Drop Protocol for the X Window System").
const VERSION: u32 = 5;
/// How files are dragged and copied.
const FILES: &str = "text/uri-list";

/// A program with something to give, by its kinds.
pub struct Neighbour {
    screen: RustConnection,
    root: Window,
    own: Window,
    gives: Vec<(Atom, Vec<u8>)>,
}

/// Files under the pointer, over a window that would take them.
pub struct Dragged {
    neighbour: Neighbour,
    over: Window,
}

impl Neighbour {
    /// Copies: the clipboard has these kinds, until somebody else copies or the screen is gone.
    ///
    /// # Errors
    /// When the screen is gone.
    pub fn copies(display: &Display, kinds: &[(&str, &[u8])]) -> Result<()> {
        let neighbour = Self::on(display, kinds)?;
        neighbour.owns("CLIPBOARD")?;
        thread::spawn(move || {
            while let Ok(event) = neighbour.screen.wait_for_event() {
                if neighbour.answers(&event).is_err() {
                    break;
                }
            }
        });
        Ok(())
    }

    /// Drags the files of this list to the middle of the screen, until the window there would take them.
    ///
    /// # Errors
    /// When it would not.
    pub fn drags(display: &Display, list: &str) -> Result<Dragged> {
        let neighbour = Self::on(display, &[(FILES, list.as_bytes())])?;
        neighbour.owns("XdndSelection")?;
        let over = neighbour.target()?;
        neighbour.tells(over, "XdndEnter", [VERSION << 24, neighbour.atom(FILES)?, NONE, NONE])?;
        let middle = (WIDTH / 2) << 16 | (HEIGHT / 2);
        let copy = neighbour.atom("XdndActionCopy")?;
        wait::until("a window that takes files", LIMIT, || {
            neighbour.tells(over, "XdndPosition", [0, middle, CURRENT_TIME, copy])?;
            Ok(neighbour.hears("XdndStatus")?.filter(|takes| takes & 1 == 1))
        })?;
        Ok(Dragged { neighbour, over })
    }

    fn on(display: &Display, kinds: &[(&str, &[u8])]) -> Result<Self> {
        let (screen, number) = x11rb::connect(Some(display.name()))?;
        let root = screen.setup().roots.get(number).context("a screen")?.root;
        let (own, shown) = (screen.generate_id()?, WindowClass::INPUT_OUTPUT);
        let (depth, visual, aux) = (COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CreateWindowAux::new());
        screen.create_window(depth, own, root, 0, 0, 1, 1, 0, shown, visual, &aux)?.check()?;
        let mut neighbour = Self { screen, root, own, gives: Vec::new() };
        for (kind, bytes) in kinds {
            let kind = neighbour.atom(kind)?;
            neighbour.gives.push((kind, bytes.to_vec()));
        }
        Ok(neighbour)
    }

    fn atom(&self, name: &str) -> Result<Atom> {
        Ok(self.screen.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }

    /// Is asked from now on for what goes by this name.
    fn owns(&self, selection: &str) -> Result<()> {
        Ok(self.screen.set_selection_owner(self.own, self.atom(selection)?, CURRENT_TIME)?.check()?)
    }

    /// The window on the screen that knows of dragging.
    fn target(&self) -> Result<Window> {
        let aware = self.atom("XdndAware")?;
        for window in self.screen.query_tree(self.root)?.reply()?.children {
            let seen = self.screen.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
            let knows = self.screen.get_property(false, window, aware, AtomEnum::ATOM, 0, 1)?.reply()?;
            if seen && knows.value_len > 0 {
                return Ok(window);
            }
        }
        Err(anyhow::anyhow!("no window on the screen knows of dragging"))
    }

    /// Sends a word of the protocol.
    fn tells(&self, over: Window, word: &str, [one, two, three, four]: [u32; 4]) -> Result<()> {
        let data = [self.own, one, two, three, four];
        let message = ClientMessageEvent::new(32, over, self.atom(word)?, data);
        Ok(self.screen.send_event(false, over, EventMask::NO_EVENT, message)?.check()?)
    }

    /// Answers whoever asks, until nobody does; what was said with a word of the protocol, if it came.
    fn hears(&self, word: &str) -> Result<Option<u32>> {
        let word = self.atom(word)?;
        let mut said = None;
        while let Some(event) = self.screen.poll_for_event()? {
            match event {
                Event::ClientMessage(message) if message.type_ == word => {
                    said = Some(message.data.as_data32()[1]);
                }
                event => self.answers(&event)?,
            }
        }
        Ok(said)
    }

    /// Gives what an event asks for: a kind, or which kinds there are.
    fn answers(&self, event: &Event) -> Result<()> {
        let Event::SelectionRequest(asked) = event else { return Ok(()) };
        let SelectionRequestEvent { time, requestor, selection, target, property, .. } = *asked;
        let given = self.gives.iter().find(|(kind, _)| *kind == target);
        let property = if target == self.atom("TARGETS")? {
            let kinds: Vec<Atom> = self.gives.iter().map(|(kind, _)| *kind).collect();
            self.screen.change_property32(PropMode::REPLACE, requestor, property, AtomEnum::ATOM, &kinds)?;
            property
        } else if let Some((kind, bytes)) = given {
            self.screen.change_property8(PropMode::REPLACE, requestor, property, *kind, bytes)?;
            property
        } else {
            NONE
        };
        let response_type = SELECTION_NOTIFY_EVENT;
        let told =
            SelectionNotifyEvent { response_type, sequence: 0, time, requestor, selection, target, property };
        Ok(self.screen.send_event(false, requestor, EventMask::NO_EVENT, told)?.check()?)
    }
}

impl Dragged {
    /// Lets go, and waits until the window has taken them.
    ///
    /// # Errors
    /// When it does not.
    pub fn let_go(self) -> Result<()> {
        let Self { neighbour, over } = self;
        neighbour.tells(over, "XdndDrop", [0, CURRENT_TIME, 0, 0])?;
        let taken = wait::until("what was let go is taken", LIMIT, || neighbour.hears("XdndFinished"))?;
        anyhow::ensure!(taken & 1 == 1, "the window did not take it");
        Ok(())
    }
}
