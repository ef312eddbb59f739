//! Takes a stream of server-sent events apart, however its bytes are cut.
//!
//! Pure and bounded: what comes from a line is limited in length before it is believed.

/// Longest line, in bytes; the longest news is a few thousand.
pub(super) const MOST_LINE: usize = 64 * 1024;
/// Longest event of several lines, in bytes.
pub(super) const MOST_EVENT: usize = 256 * 1024;

/// The stream is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A line or an event is too long.
    TooLong,
    /// A line is no UTF-8.
    NotText,
}

/// Takes bytes and gives the data of events, their lines joined.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    data: Option<String>,
    /// The last byte was a carriage return, so a line feed now belongs to it.
    after_return: bool,
    /// The first line has been seen, so that a byte order mark can stand no more.
    begun: bool,
}

impl Events {
    /// Takes the next bytes and hands on the data of each event that they complete. Comments and
    /// events without data are no more than noise, of which a piece can hold millions.
    ///
    /// # Errors
    /// The stream is broken and must be closed.
    pub(super) fn push(&mut self, bytes: &[u8], event: &mut impl FnMut(String)) -> Result<(), Broken> {
        for byte in bytes {
            match byte {
                b'\n' if self.after_return => self.after_return = false,
                b'\n' | b'\r' => {
                    self.after_return = *byte == b'\r';
                    self.end_line(event)?;
                }
                _ => {
                    self.after_return = false;
                    if self.line.len() >= MOST_LINE {
                        return Err(Broken::TooLong);
                    }
                    self.line.push(*byte);
                }
            }
        }
        Ok(())
    }

    fn end_line(&mut self, event: &mut impl FnMut(String)) -> Result<(), Broken> {
        let line = std::mem::take(&mut self.line);
        let mut line = std::str::from_utf8(&line).map_err(|_| Broken::NotText)?;
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            if let Some(data) = self.data.take().filter(|data| !data.is_empty()) {
                event(data);
            }
            return Ok(());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        // Comments say nothing; ids, kinds and retry times are in the news itself or the client's own.
        if field == "data" {
            self.add(value.strip_prefix(' ').unwrap_or(value))?;
        }
        Ok(())
    }

    fn add(&mut self, value: &str) -> Result<(), Broken> {
        match &mut self.data {
            None => self.data = Some(value.to_owned()),
            Some(data) if data.len() + value.len() < MOST_EVENT => {
                data.push('\n');
                data.push_str(value);
            }
            Some(_) => return Err(Broken::TooLong),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STREAM: &str = "\u{feff}: hello\n\ndata: {\"a\":1}\r\n\r\nevent: x\rid: 7\rdata:two\rdata: lines é\r\r:\n\
                          retry: 5\ndata\n\ndata: cut off";

    fn read(pieces: &[&[u8]]) -> Vec<String> {
        let mut events = Events::default();
        let mut said = Vec::new();
        for piece in pieces {
            events.push(piece, &mut |data| said.push(data)).unwrap();
        }
        said
    }

    #[test]
    fn events_comments_and_line_ends() {
        assert_eq!(read(&[STREAM.as_bytes()]), ["{\"a\":1}", "two\nlines é"]);
    }

    #[test]
    fn a_piece_of_nothing_is_nothing() {
        let noise = "\n:\ndata\n\n".repeat(400_000);
        assert_eq!(read(&[noise.as_bytes(), b"data: x\n\n"]), ["x"]);
    }

    #[test]
    fn a_cut_at_any_byte_changes_nothing() {
        let whole = read(&[STREAM.as_bytes()]);
        for at in 0..=STREAM.len() {
            let (left, right) = STREAM.as_bytes().split_at(at);
            assert_eq!(read(&[left, right]), whole, "cut at {at}");
        }
        let bytes: Vec<&[u8]> = STREAM.as_bytes().chunks(1).collect();
        assert_eq!(read(&bytes), whole);
    }

    #[test]
    fn what_is_too_long_is_not_kept() {
        let mut events = Events::default();
        let mut none = |data: String| panic!("{data}");
        assert_eq!(events.push(&vec![b'x'; MOST_LINE], &mut none), Ok(()));
        assert_eq!(events.push(b"x", &mut none), Err(Broken::TooLong));
        let mut events = Events::default();
        let line = format!("data: {}\n", "x".repeat(MOST_LINE - 10));
        let all: Result<(), Broken> = (0..8).try_for_each(|_| events.push(line.as_bytes(), &mut none));
        assert_eq!(all, Err(Broken::TooLong));
        assert_eq!(Events::default().push(b"data: \xff\n", &mut none), Err(Broken::NotText));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(pieces in proptest::collection::vec(any::<Vec<u8>>(), 0..8)) {
            let mut events = Events::default();
            for piece in pieces {
                if events.push(&piece, &mut |_| {}).is_err() {
                    break;
                }
            }
        }
    }
}
