//! Where one viewer's feed stands, so that a new connection neither loses nor repeats anything.

use crate::wire::news::{Cursor, News};

/// What was heard last, and where the running connection began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    cursor: Option<Cursor>,
    resumed: Option<Cursor>,
    reset: bool,
}

/// What is to be told of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tell {
    /// It is new.
    New,
    /// It was told before, or is told later.
    Nothing,
    /// It is new, and before it that all is to be read anew.
    ResetFirst,
}

impl Place {
    pub(super) fn new(from: Option<Cursor>) -> Self {
        Self { cursor: from, resumed: from, reset: false }
    }

    /// From where to go on.
    pub(super) fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Notes that a connection begins here.
    pub(super) fn connect(&mut self) {
        self.resumed = self.cursor;
        self.reset = false;
    }

    /// Notes where the news stands, and says what of it is to be told.
    ///
    /// The cursor of a hello is the head of the feed. Whoever goes on from an older place
    /// must not jump there: what lies between is still to come, and the line may break first.
    /// A reset is told with the hello that says from where the feed goes on: if the line broke
    /// between the two, what had been read anew and what is told next would not meet.
    pub(super) fn take(&mut self, news: &News) -> Tell {
        match news {
            News::Hello(hello) if std::mem::take(&mut self.reset) => {
                self.cursor = Some(hello.cursor);
                self.resumed = None;
                Tell::ResetFirst
            }
            News::Hello(hello) => {
                self.cursor = self.cursor.or(Some(hello.cursor));
                Tell::New
            }
            News::Hit { cursor, .. } | News::Amended { cursor, .. } | News::Withdraw { cursor, .. } => {
                if self.resumed.is_some_and(|resumed| reaches(resumed, *cursor)) {
                    return Tell::Nothing;
                }
                self.advance(*cursor);
                Tell::New
            }
            News::Beat { cursor, .. } => {
                self.advance(*cursor);
                Tell::New
            }
            News::Reset => {
                self.reset = true;
                Tell::Nothing
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
    use crate::client::fake;
    use crate::domain::time::Moment;

    fn at(epoch: u32, sequence: u64) -> Cursor {
        Cursor { epoch, sequence }
    }

    fn withdraw(cursor: Cursor) -> News {
        News::Withdraw { cursor, hits: vec![], record: None }
    }

    fn beat(cursor: Cursor) -> News {
        News::Beat { cursor, now: Moment(0), beat_seconds: 60 }
    }

    #[test]
    fn a_beat_moves_the_place_on_and_never_back() {
        let mut place = Place::new(Some(at(1, 10)));
        place.take(&beat(at(1, 12)));
        assert_eq!(place.cursor(), Some(at(1, 12)));
        place.take(&beat(at(1, 11)));
        assert_eq!(place.cursor(), Some(at(1, 12)));
    }

    #[test]
    fn what_was_told_before_the_break_is_dropped_once() {
        let mut place = Place::new(Some(at(1, 10)));
        assert_eq!(place.take(&withdraw(at(1, 11))), Tell::New);
        place.connect();
        assert_eq!(place.take(&withdraw(at(1, 11))), Tell::Nothing);
        assert_eq!(place.take(&withdraw(at(1, 12))), Tell::New);
        assert_eq!(place.take(&withdraw(at(2, 1))), Tell::New, "another epoch counts anew");
    }

    #[test]
    fn rows_that_share_a_place_all_pass() {
        let mut place = Place::new(Some(at(1, 10)));
        assert_eq!(place.take(&withdraw(at(1, 15))), Tell::New);
        assert_eq!(place.take(&withdraw(at(1, 15))), Tell::New);
    }

    #[test]
    fn a_reset_counts_once_it_is_known_where_to_go_on_from() {
        let mut place = Place::new(Some(at(1, 10)));
        assert_eq!(place.take(&News::Reset), Tell::Nothing);
        assert_eq!(place.cursor(), Some(at(1, 10)), "if the line breaks here the reset comes again");
        place.connect();
        assert_eq!(place.take(&News::Reset), Tell::Nothing);
        assert_eq!(place.take(&fake::hello(3, 60)), Tell::ResetFirst);
        assert_eq!(place.cursor(), Some(at(1, 3)), "also back");
        assert_eq!(place.take(&withdraw(at(1, 4))), Tell::New);
        assert_eq!(place.take(&fake::hello(9, 60)), Tell::New);
        assert_eq!(place.cursor(), Some(at(1, 4)));
    }
}
