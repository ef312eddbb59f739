//! Where one viewer's feed stands, so that a new connection neither loses nor repeats anything.

use crate::wire::news::{Cursor, News};

/// What was heard last, and where the running connection began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    cursor: Option<Cursor>,
    resumed: Option<Cursor>,
    hello: Option<Cursor>,
}

impl Place {
    pub(super) fn new(from: Option<Cursor>) -> Self {
        Self { cursor: from, resumed: from, hello: None }
    }

    /// From where to go on.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Notes that a connection begins here.
    pub(super) fn connect(&mut self) {
        self.resumed = self.cursor;
        self.hello = None;
    }

    /// Notes where the news stands, and says whether it was not told before.
    ///
    /// The cursor of a hello is the head of the feed. Whoever goes on from an older place
    /// must not jump there: what lies between is still to come, and the line may break first.
    pub(super) fn is_new(&mut self, news: &News) -> bool {
        match news {
            News::Hello(hello) => {
                self.hello = Some(hello.cursor);
                self.cursor = self.cursor.or(self.hello);
                true
            }
            News::Hit { cursor, .. } | News::Withdraw { cursor, .. } => {
                if self.resumed.is_some_and(|resumed| reaches(resumed, *cursor)) {
                    return false;
                }
                self.advance(*cursor);
                true
            }
            News::Beat { cursor, .. } => {
                self.advance(*cursor);
                true
            }
            News::Reset => {
                self.cursor = self.hello;
                self.resumed = None;
                true
            }
        }
    }

    fn advance(&mut self, to: Cursor) {
        if !self.cursor.is_some_and(|cursor| reaches(cursor, to)) {
            self.cursor = Some(to);
        }
    }
}

/// Whether whoever stands at `cursor` has had what stands at `other`.
fn reaches(cursor: Cursor, other: Cursor) -> bool {
    cursor.epoch == other.epoch && cursor.sequence >= other.sequence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Moment;

    fn at(epoch: u32, sequence: u64) -> Cursor {
        Cursor { epoch, sequence }
    }

    fn withdraw(cursor: Cursor) -> News {
        News::Withdraw { cursor, hit: None, record: None }
    }

    #[test]
    fn a_beat_moves_the_place_on_and_never_back() {
        let mut place = Place::new(Some(at(1, 10)));
        place.is_new(&News::Beat { cursor: at(1, 12), now: Moment(0) });
        assert_eq!(place.cursor(), Some(at(1, 12)));
        place.is_new(&News::Beat { cursor: at(1, 11), now: Moment(0) });
        assert_eq!(place.cursor(), Some(at(1, 12)));
    }

    #[test]
    fn what_was_told_before_the_break_is_dropped_once() {
        let mut place = Place::new(Some(at(1, 10)));
        assert!(place.is_new(&withdraw(at(1, 11))));
        place.connect();
        assert!(!place.is_new(&withdraw(at(1, 11))));
        assert!(place.is_new(&withdraw(at(1, 12))));
        assert!(place.is_new(&withdraw(at(2, 1))), "another epoch counts anew");
    }

    #[test]
    fn rows_that_share_a_place_all_pass() {
        let mut place = Place::new(Some(at(1, 10)));
        assert!(place.is_new(&withdraw(at(1, 15))));
        assert!(place.is_new(&withdraw(at(1, 15))));
    }
}
