//! Places are counted one way: on the ruler, in the reasons, on the voice sheet and in the form.

use super::{desk, screen};
use crate::console::form::{FieldId, Form, Taken};
use crate::console::state::layout::Page;
use crate::console::state::voice::Voice;
use crate::console::view::record::ruler;
use crate::domain::evidence::Reason;
use crate::domain::gun::Gun;
use crate::matching::{Prepared, Rivals, score};

/// The place that the reasons name.
fn reasoned(recorded: &Gun, seen: &Gun) -> Vec<usize> {
    let rivals = Rivals::none(1_000);
    let evidence = score(&Prepared::of(recorded), &Prepared::of(seen), &rivals).unwrap();
    let said = evidence.speaks_for.into_iter().chain(evidence.speaks_against);
    said.filter_map(|reason| match reason {
        Reason::NumberDiffers { place, .. } => Some(usize::from(place)),
        _ => None,
    })
    .collect()
}

#[test]
fn ruler_reasons_voice_sheet_and_form_agree() {
    for (recorded, seen, place) in [
        ("AB-123-45", "AB-128-45", 5),
        ("AB-123-45", "AD-123-45", 2),
        ("AB 123/45", "AB-123-48", 7),
        ("AB12345", "AB-12B-45", 5),
    ] {
        let gun = |serial: &str| desk::gun("PI", "FN", "HP-35", "9x19", serial);
        assert_eq!(ruler::places(recorded, seen), [place], "{recorded} {seen}");
        assert_eq!(reasoned(&gun(recorded), &gun(seen)), [place], "{recorded} {seen}");
        let doubts: Vec<usize> = Voice::new(seen.into()).doubts.iter().map(|doubt| doubt.place).collect();
        assert!(doubts.contains(&place), "{seen}: {doubts:?}");
        let mut form = Form::new(desk::at(0));
        form.fill(FieldId::Number, seen);
        let taken = &form.field(FieldId::Number).unwrap().taken;
        assert_eq!(*taken, Taken::Number { places: 7, unread: vec![] }, "{seen}");
    }
}

#[test]
fn a_hyphen_is_spoken_and_has_no_number() {
    let mut state = desk::desk();
    state.page = Some(Page::Voice(Voice::new("AB-123-45".into())));
    let drawn = screen(&state, 80, 24);
    let line = |at: usize| drawn.lines().nth(at).unwrap().split_whitespace().collect::<Vec<_>>();
    assert_eq!(line(2), ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(line(3), ["A", "B", "-", "1", "2", "3", "-", "4", "5"]);
    assert_eq!(line(4)[..4], ["ALFA", "BRAVO", "DASH", "ONE"]);
}
