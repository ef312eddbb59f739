//! What may stand in the gaps of the screens' sentences.

use crate::domain::ids::{AgencyId, CheckId, CountryCode, HitId, OfficerId, RecordId};
use crate::domain::text::Shown;
use crate::words::Arg;

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
