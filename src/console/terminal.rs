//! The console's own terminal layer: bytes in, bytes out, and the way back to a shell.
//!
//! Three threads and a pure core. `keyboard` reads bytes, `screen` writes frames, `hang-up` watches
//! for the terminal's end; [`Decoder`] turns bytes into inputs and [`Painter`] buffers into bytes,
//! and neither knows of a clock or a file. [`Terminal`] puts them together for the shell.
//!
//! Nothing here ever waits for an answer of the terminal: on a satellite line it takes seconds, and
//! on some it never comes.

mod crash;
pub mod decoder;
mod hangup;
pub mod input;
pub mod painter;
mod reader;
mod restore;
mod signals;
mod writer;

use std::collections::VecDeque;
use std::io::{self, IsTerminal};
use std::ops::Range;
use std::os::fd::{AsFd, OwnedFd};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use ratatui::buffer::Buffer;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use decoder::Decoder;
use hangup::{Deadline, HangUp};
pub use input::{Ending, Input, Paste, TerminalAnswer};
use painter::Painter;
pub use painter::{Along, Depth};
use reader::Reader;
use restore::Restore;
use signals::{Signalled, Signals};
use writer::Writer;

/// Size where the terminal does not know its own, as on serial lines.
const USUAL_SIZE: (u16, u16) = (80, 24);
/// Most columns and rows that are painted; what a terminal says beyond is no window.
const LARGEST_SIZE: (u16, u16) = (600, 300);
/// The request for the terminal's status, which every terminal since the VT100 answers.
const ASK: &[u8] = b"\x1b[5n";
/// Time in which the sizes of a window that is being dragged count as one.
const RESIZE_PAUSE: Duration = Duration::from_millis(50);

/// The terminal in full-screen use; dropping it gives the terminal back.
#[derive(Debug)]
pub struct Terminal {
    restore: Arc<Restore>,
    hang_up: HangUp,
    hang_up_told: bool,
    broken: CancellationToken,
    broken_told: bool,
    reader: Reader,
    reader_done: bool,
    writer: Writer,
    signals: Option<Signals>,
    decoder: Decoder,
    painter: Painter,
    inputs: VecDeque<Input>,
    silent_at: Option<Instant>,
    resized_at: Option<Instant>,
    size: (u16, u16),
    copied: Vec<u8>,
    asks_first: bool,
}

/// What went out to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Bytes.
    pub bytes: usize,
    /// Whether they ended with a status request.
    pub asked: bool,
    /// Whether they began with one.
    pub asked_first: bool,
}

impl Terminal {
    /// Takes over the terminal that the program was started on. Must be called within a runtime.
    ///
    /// Fails, and leaves everything as it was, where standard input or output is no terminal.
    pub fn open() -> io::Result<Self> {
        if !io::stdin().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard input is not a terminal"));
        }
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is not a terminal"));
        }
        let input = io::stdin().as_fd().try_clone_to_owned()?;
        let output = io::stdout().as_fd().try_clone_to_owned()?;
        Self::start(input, output, Deadline::EndProcess, Some(Signals::listen()?))
    }

    /// Takes over a terminal by its two ends, without signals and without a deadline: for tests,
    /// which have no terminal of their own.
    #[doc(hidden)]
    pub fn on(input: OwnedFd, output: OwnedFd) -> io::Result<Self> {
        Self::start(input, output, Deadline::Nothing, None)
    }

    fn start(
        input: OwnedFd,
        output: OwnedFd,
        deadline: Deadline,
        signals: Option<Signals>,
    ) -> io::Result<Self> {
        let restore = Arc::new(Restore::new(input, output)?);
        let hang_up = HangUp::watch(&restore, deadline)?;
        restore.enter()?;
        let started = Reader::start(&restore, hang_up.clone())
            .and_then(|reader| Ok((reader, Writer::start(Arc::clone(&restore), hang_up.clone())?)));
        let (reader, writer) = started.inspect_err(|_| restore.leave())?;
        let size = size_of(&restore);
        Ok(Self {
            restore,
            hang_up,
            hang_up_told: false,
            broken: CancellationToken::new(),
            broken_told: false,
            reader,
            reader_done: false,
            writer,
            signals,
            decoder: Decoder::default(),
            painter: Painter::new(Depth::from_environment()),
            inputs: VecDeque::new(),
            silent_at: None,
            resized_at: None,
            size,
            copied: Vec::new(),
            asks_first: false,
        })
    }

    /// Uses other colours than the environment asks for; the next frame is a whole one.
    pub fn set_depth(&mut self, depth: Depth) {
        self.painter = Painter::new(depth);
    }

    /// Makes panics anywhere in the process restore the terminal, be reported to `file` and come as
    /// [`Input::Broken`].
    pub fn install_panic_hook(&self, file: PathBuf) {
        crash::install(Arc::clone(&self.restore), self.broken.clone(), file);
    }

    /// Columns and rows, as of the last [`Input::Resize`].
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// The next thing that the terminal or the system says. Safe to drop while it waits.
    pub async fn next(&mut self) -> Input {
        loop {
            if let Some(input) = self.inputs.pop_front() {
                return input;
            }
            tokio::select! {
                // Ends come before keys; keys that were typed before the end of the terminal come
                // before it; bytes come before the silences that they break.
                biased;
                () = self.broken.cancelled(), if !self.broken_told => {
                    self.broken_told = true;
                    self.inputs.push_back(Input::Broken);
                }
                signal = next_signal(&mut self.signals) => self.signalled(signal),
                chunk = self.reader.next(), if !self.reader_done => match chunk {
                    Some(bytes) => self.decode(&bytes),
                    None => self.reader_done = true,
                },
                () = self.hang_up.raised(), if !self.hang_up_told => {
                    self.hang_up_told = true;
                    self.inputs.push_back(Input::HangUp);
                }
                () = reached(self.resized_at) => self.take_size(),
                () = reached(self.silent_at) => self.expire(),
            }
        }
    }

    /// Whether a frame painted now would go out at once.
    #[must_use]
    pub fn can_paint(&self) -> bool {
        self.writer.ready()
    }

    /// Returns once a frame can be painted; the future borrows nothing. After the end of the
    /// terminal it never returns.
    pub fn written(&self) -> impl Future<Output = ()> + Send + 'static {
        self.writer.written()
    }

    /// Sends what has to change on the screen for it to show `buffer`, and returns the bytes that
    /// took: none where nothing changed. Where the frame before is still on its way, nothing is
    /// painted and nothing returned.
    pub fn paint(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>, along: Along) -> Option<usize> {
        self.paint_asking(buffer, cursor, along, usize::MAX).map(|sent| sent.bytes)
    }

    /// The same, with the terminal's status asked for also where the frame has more than `unasked`
    /// bytes.
    pub fn paint_asking(
        &mut self,
        buffer: &Buffer,
        cursor: Option<(u16, u16)>,
        along: Along,
        unasked: usize,
    ) -> Option<Sent> {
        if !self.can_paint() {
            return None;
        }
        let mut frame = self.painter.paint(buffer, cursor, Along { ask: false, ..along });
        frame.append(&mut self.copied);
        let asked = along.ask || frame.len() > unasked;
        let asked_first = std::mem::take(&mut self.asks_first);
        let mut bytes = if asked_first { ASK.to_vec() } else { Vec::new() };
        bytes.append(&mut frame);
        if asked {
            bytes.extend_from_slice(ASK);
        }
        let sent = Sent { bytes: bytes.len(), asked, asked_first };
        if !bytes.is_empty() {
            self.writer.send(bytes);
        }
        Some(sent)
    }

    /// Asks for the terminal's status in front of the next frame: the answer tells the round trip
    /// whatever the frame weighs.
    pub fn ask(&mut self) {
        self.asks_first = true;
    }

    /// Makes the next frame leave these lines of the screen as they are.
    pub fn hold(&mut self, lines: Vec<Range<u16>>) {
        self.painter.hold(lines);
    }

    /// Puts a text on the officer's own clipboard (OSC 52) along with the next frame.
    ///
    /// Terminals that do not know the sequence pass over it; the clipboard is never read.
    pub fn copy(&mut self, text: &str) {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        self.copied = format!("\x1b]52;c;{text}\x07").into_bytes();
    }

    /// Makes the next frame a whole one: for the officer who sees what another program has written.
    pub fn repaint_all(&mut self) {
        self.painter.forget();
    }

    /// Gives the terminal back as it was. The same happens, once, however the program ends.
    pub fn close(self) {
        self.restore.leave();
    }

    fn decode(&mut self, bytes: &[u8]) {
        self.inputs.extend(self.decoder.feed(bytes));
        self.await_silence();
    }

    fn expire(&mut self) {
        self.inputs.extend(self.decoder.expire());
        self.await_silence();
    }

    fn await_silence(&mut self) {
        self.silent_at = self.decoder.patience().map(|patience| Instant::now() + patience);
    }

    fn signalled(&mut self, signal: Signalled) {
        match signal {
            Signalled::End(ending) => self.inputs.push_back(Input::Signal(ending)),
            Signalled::HangUp => self.hang_up.raise(),
            Signalled::WindowChanged => {
                self.resized_at.get_or_insert_with(|| Instant::now() + RESIZE_PAUSE);
            }
            Signalled::Stop => {
                if signals::can_be_continued() {
                    self.restore.leave();
                    signals::stop_job();
                }
            }
            Signalled::Continue => self.come_back(),
        }
    }

    fn come_back(&mut self) {
        if self.broken_told || self.restore.enter().is_err() {
            return;
        }
        self.painter.forget();
        if size_of(&self.restore) != self.size {
            self.take_size();
        }
        self.inputs.push_back(Input::Continued);
    }

    fn take_size(&mut self) {
        self.resized_at = None;
        // The terminal may have moved what it shows even where the size is the old one again.
        self.painter.forget();
        self.size = size_of(&self.restore);
        self.inputs.push_back(Input::Resize { width: self.size.0, height: self.size.1 });
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.restore.leave();
    }
}

fn size_of(restore: &Restore) -> (u16, u16) {
    let known = restore.window_size().map_or((0, 0), |size| (size.ws_col, size.ws_row));
    let (width, height) = if known.0 == 0 || known.1 == 0 { USUAL_SIZE } else { known };
    (width.min(LARGEST_SIZE.0), height.min(LARGEST_SIZE.1))
}

async fn next_signal(signals: &mut Option<Signals>) -> Signalled {
    match signals {
        Some(signals) => signals.next().await,
        None => std::future::pending().await,
    }
}

async fn reached(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
