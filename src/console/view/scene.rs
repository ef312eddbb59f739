//! What every part of the view reads: the state, the look, the words and the times.

use super::times::{Left, Times};
use crate::console::look::Look;
use crate::console::state::State;
use crate::domain::hit::desk::turn;
use crate::domain::hit::{Hit, Side, Who};
use crate::domain::ids::CountryCode;
use crate::domain::text::{Shown, Text};
use crate::words::{Arg, Catalogue};

/// Everything that a screen is drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) state: &'a State,
    pub(super) look: Look,
    pub(super) times: Times<'a>,
}

/// Says the sentence of a key: `say!(scene, "screen.top.new", count = 3_usize)`.
macro_rules! say {
    ($scene:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $scene.say($key, &[$((stringify!($name), $crate::console::view::words::Sayable::said(&$value))),*])
    };
}
pub(super) use say;

impl<'a> Scene<'a> {
    pub(super) fn new(state: &'a State, look: Look) -> Self {
        Self { state, look, times: Times { now: state.now, zone: &state.zone } }
    }

    /// The sentence of a key with its gaps filled.
    pub(super) fn say(&self, key: &str, arguments: &[(&str, Arg<'_>)]) -> String {
        self.look.words.say(key, arguments)
    }

    /// What the codes of the domain are called.
    pub(super) fn words(&self) -> &'static Catalogue {
        self.look.words
    }

    /// What is left of a clock, as the column `left` has it.
    pub(super) fn left(&self, left: &Left) -> String {
        match left {
            Left::Time(span) if span == "0m" => say!(self, "screen.left.now"),
            Left::Time(span) => span.clone(),
            Left::Late(span) => say!(self, "screen.left.late", span = span),
        }
    }

    /// Our country; the hub's code, which owns nothing, until the registry has said who we are.
    pub(super) fn us(&self) -> CountryCode {
        self.state.ncb().unwrap_or(CountryCode::HUB)
    }

    /// Who we are to a hit: the agency that acts.
    pub(super) fn we(&self) -> Who<'a> {
        self.state.party().map_or(Who::Country(CountryCode::HUB), Who::Agency)
    }

    /// A side of a hit in a sentence: "us", the other country, or another agency of ours.
    pub(super) fn side(&self, hit: &Hit, side: Side) -> String {
        let party = match side {
            Side::Owner => &hit.owner,
            Side::Finder => &hit.finder,
        };
        let ours = hit.is_own(self.we()) || hit.side(self.we()) == Some(side);
        match (ours, party.ncb == self.us()) {
            (true, _) => say!(self, "screen.side.us"),
            (false, true) => party.agency.to_string(),
            (false, false) => party.ncb.to_string(),
        }
    }

    /// The other side of a hit: the country, or the agency where it is one of ours.
    pub(super) fn other(&self, hit: &Hit) -> String {
        match turn(hit, self.we()).map(|turn| turn.side) {
            Some(Side::Owner) => self.side(hit, Side::Finder),
            Some(Side::Finder) | None => self.side(hit, Side::Owner),
        }
    }

    /// A country in a sentence about the two sides: "us", or its code.
    pub(super) fn who(&self, country: CountryCode) -> String {
        if country == self.us() { say!(self, "screen.side.us") } else { country.to_string() }
    }
}

/// Characters that a text from outside may have in a sentence: the longest that any field takes.
const LONGEST: usize = 2_000;

/// A text from outside, made fit for a sentence.
pub(super) fn shown(text: &Text) -> Shown {
    let text = text.as_str();
    Shown::of(text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]))
}

/// A text from outside that may not be there; a hyphen when it is not.
pub(super) fn shown_or_none(text: Option<&Text>) -> Shown {
    text.filter(|text| !text.is_blank()).map_or_else(|| Shown::of("-"), shown)
}
