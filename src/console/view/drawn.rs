//! What a drawing tells those who bring it to the screen: cursor, scrolled lists, lines that may come late.

use crate::console::state::layout::{Pane, Tops};
use std::ops::Range;

/// What was drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Column and line of the cursor.
    pub cursor: Option<(u16, u16)>,
    /// The first line that each pane shows of those that scroll.
    pub tops: Tops,
    /// Lines that may come later than the rest.
    pub parts: Vec<Part>,
}

/// Lines of the screen that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What they are.
    pub what: What,
    /// What they speak of: while it is the same, the older lines are true beside the rest.
    pub about: String,
    /// Where they are, counted from the top of the buffer.
    pub lines: Range<u16>,
    /// Whether they may come a moment later than the rest.
    pub late: bool,
}

/// What lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A whole pane.
    Pane(Pane),
    /// The title of a pane.
    Title(Pane),
    /// The bottom line with its keys.
    Keys,
}

impl Drawn {
    /// The lines that may stay as they are for a moment, where `before` is what the screen shows:
    /// nothing else has taken their place, and what they say beside the rest is true.
    ///
    /// What the screen shows then is what stands here afterwards.
    pub fn wait(&mut self, before: &Self) -> Vec<Range<u16>> {
        let late = self.parts.iter().filter(|part| part.late);
        let stands = |part: &&Part| before.parts.iter().any(|old| old.stands_for(part));
        let waiting: Vec<Range<u16>> = late.filter(stands).map(|part| part.lines.clone()).collect();
        for part in &mut self.parts {
            let waits = waiting.iter().any(|lines| lines.contains(&part.lines.start));
            if let Some(old) = before.parts.iter().find(|old| waits && old.what == part.what) {
                part.about.clone_from(&old.about);
            }
        }
        waiting
    }
}

impl Part {
    fn stands_for(&self, other: &Self) -> bool {
        (self.what, &self.about, &self.lines) == (other.what, &other.about, &other.lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(about: &str, lines: Range<u16>, late: bool) -> Part {
        Part { what: What::Title(Pane::Record), about: about.into(), lines, late }
    }

    fn drawn(part: Part) -> Drawn {
        Drawn { parts: vec![part], ..Drawn::default() }
    }

    #[test]
    fn lines_wait_where_the_same_ones_stand_there() {
        let before = drawn(part("H-2291", 17..18, false));
        assert_eq!(drawn(part("H-2291", 17..18, true)).wait(&before).first(), Some(&(17..18)));
        for other in
            [part("H-2291", 17..18, false), part("H-2290", 17..18, true), part("H-2291", 16..17, true)]
        {
            assert_eq!(drawn(other).wait(&before), []);
        }
        assert_eq!(drawn(part("H-2291", 17..18, true)).wait(&Drawn::default()), []);
    }

    #[test]
    fn a_title_that_was_left_speaks_of_what_it_did() {
        let whole = |late| Part { what: What::Pane(Pane::Record), about: String::new(), lines: 17..31, late };
        let before = Drawn { parts: vec![part("H-2291", 17..18, false), whole(false)], ..Drawn::default() };
        let mut read = Drawn { parts: vec![part("H-2290", 17..18, false), whole(true)], ..Drawn::default() };
        assert_eq!(read.wait(&before).first(), Some(&(17..31)));
        let mut failed =
            Drawn { parts: vec![part("H-2290", 17..18, true), whole(false)], ..Drawn::default() };
        assert_eq!(failed.wait(&read), [], "the older title would stand over the newer lines");
    }
}
