//! Doubts of the tables in words: short beside the field, in full below the form.

use super::label;
use crate::console::form::Form;
use crate::console::view::row::clipped;
use crate::console::view::scene::{Scene, say};
use crate::reference::consistency::Doubt;
use crate::reference::make;

/// Columns of a name in a doubt, and of what is known instead.
const NAME: u16 = 12;
const KNOWN: u16 = 30;
/// Doubts that a question repeats in full.
const REPEATED: usize = 2;

/// What does not go together, beside its field.
pub(super) fn short(scene: &Scene, doubt: &Doubt) -> String {
    let named = |code: &str| clipped(make::by_code(code).map_or(code, |make| make.name.as_str()), NAME);
    let name = |text: &str| clipped(text, NAME);
    let key = format!("doubt.{}", doubt.code());
    let key = key.as_str();
    match doubt {
        Doubt::ModelNotOfMake { make, .. } => say!(scene, key, make = named(make)),
        Doubt::CalibreNotOfMake { make, calibre } => {
            say!(scene, key, make = named(make), calibre = name(calibre))
        }
        Doubt::CalibreNotOfModel { model, calibre, .. } => {
            say!(scene, key, model = name(model), calibre = name(calibre))
        }
        Doubt::CalibreNotOfType { gun_type, calibre } => {
            say!(scene, key, kind = name(gun_type), calibre = name(calibre))
        }
        Doubt::TypeNotOfMake { make, gun_type } => {
            say!(scene, key, make = named(make), kind = name(gun_type))
        }
        Doubt::TypeNotOfModel { model, gun_type, usual, .. } => {
            say!(scene, key, model = name(model), kind = name(gun_type), usual = name(usual))
        }
        Doubt::CountryNotOfMake { make, country, .. } => {
            say!(scene, key, make = named(make), country = name(country))
        }
        Doubt::NumberIsModel { make, model } => say!(scene, key, make = named(make), model = name(model)),
    }
}

/// The same with what the tables know instead, for the lines at the bottom.
pub(super) fn long(scene: &Scene, doubt: &Doubt) -> String {
    let (key, known) = match doubt {
        Doubt::ModelNotOfMake { others, .. } => ("screen.form.about_doubt_makers", others.join(", ")),
        Doubt::CalibreNotOfModel { made_for, .. } => ("screen.form.about_doubt_known", made_for.join(", ")),
        Doubt::CountryNotOfMake { made_in, .. } => ("screen.form.about_doubt_known", made_in.join(", ")),
        _ => ("", String::new()),
    };
    let doubted = short(scene, doubt);
    if known.is_empty() {
        return say!(scene, "screen.form.about_doubt", doubt = doubted);
    }
    say!(scene, key, doubt = doubted, known = clipped(&known, KNOWN))
}

/// All doubts about a form that is to be sent, for its question; empty where there are none.
pub(in crate::console::view) fn repeated(scene: &Scene, form: &Form) -> String {
    let doubts = form.doubts();
    let said = doubts.iter().take(REPEATED);
    let said: Vec<String> =
        said.map(|(field, doubt)| format!("{}: {}", label(scene, *field), short(scene, doubt))).collect();
    match doubts.len().saturating_sub(REPEATED) {
        _ if said.is_empty() => String::new(),
        0 => say!(scene, "ask.doubts", doubts = said.join("; ")),
        more => say!(scene, "ask.doubts_more", doubts = said.join("; "), count = more),
    }
}
