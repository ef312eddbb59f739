//! The sentences of the screens, and what may stand in their gaps.

use crate::domain::ids::{AgencyId, CheckId, CountryCode, HitId, OfficerId, RecordId};
use crate::domain::text::Shown;
use crate::words::{Arg, Catalogue};
use std::sync::LazyLock;

/// The sentences of the screens.
static SCREENS: LazyLock<Option<Catalogue>> =
    LazyLock::new(|| Catalogue::parse(include_str!("en.toml")).ok());

/// The sentence of a key with its gaps filled.
pub(super) fn say(key: &str, arguments: &[(&str, Arg<'_>)]) -> String {
    match &*SCREENS {
        Some(screens) if screens.has(key) => screens.say(key, arguments),
        _ => Catalogue::english().say(key, arguments),
    }
}

/// What may stand in the gap of a sentence.
pub(super) trait Sayable {
    /// As the catalogue takes it.
    fn said(&self) -> Arg<'static>;
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl Sayable for $name {
            fn said(&self) -> Arg<'static> {
                Arg::Owned(self.to_string())
            }
        }
    )*};
}
as_text!(&str, String, &String, Shown, CountryCode, RecordId, HitId, CheckId, OfficerId, AgencyId, char);

macro_rules! as_number {
    ($($name:ty),*) => {$(
        impl Sayable for $name {
            fn said(&self) -> Arg<'static> {
                Arg::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
as_number!(u8, u16, u32, u64, usize);
