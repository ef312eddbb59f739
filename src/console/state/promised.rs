//! A time that is promised, as it is typed.

use crate::domain::text::Text;
use crate::domain::time::Moment;

/// A time as it is typed: four figures are a time of day, one to three and Enter minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromisedTime {
    /// Figures so far.
    Typing(Figures),
    /// Four figures: the next such time of day.
    At {
        /// The figures.
        figures: Figures,
        /// Whether they are meant in UTC instead of local time.
        utc: bool,
        /// The moment.
        moment: Moment,
    },
    /// So many minutes from now.
    In {
        /// The moment.
        moment: Moment,
    },
}

/// Up to four figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    figures: [u8; 4],
    length: u8,
}

impl Figures {
    /// Adds a figure, 0 to 9; says whether there was room.
    pub fn push(&mut self, figure: u8) -> bool {
        let at = usize::from(self.length);
        if at >= 4 || figure > 9 {
            return false;
        }
        self.figures[at] = figure;
        self.length += 1;
        true
    }

    /// Takes the last one away; says whether there was one.
    pub fn pop(&mut self) -> bool {
        let any = self.length > 0;
        self.length = self.length.saturating_sub(1);
        any
    }

    /// How many there are.
    pub fn len(self) -> usize {
        usize::from(self.length)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// As a number.
    pub fn number(self) -> u16 {
        self.figures[..self.len()].iter().fold(0, |sum, figure| sum * 10 + u16::from(*figure))
    }

    /// As text.
    pub fn text(self) -> Text {
        Text::new(self.figures[..self.len()].iter().map(|f| char::from(b'0' + f)).collect::<String>())
    }
}

impl PromisedTime {
    /// The moment, once it is complete.
    pub fn moment(self) -> Option<Moment> {
        match self {
            PromisedTime::Typing(_) => None,
            PromisedTime::At { moment, .. } | PromisedTime::In { moment } => Some(moment),
        }
    }
}
