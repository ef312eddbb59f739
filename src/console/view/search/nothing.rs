//! The most common answer of all: no match, what it does not mean, and what comes next.

use crate::console::look::Tone;
use crate::console::state::voice::Voice;
use crate::console::view::row::{Row, wrapped};
use crate::console::view::scene::{Scene, say};
use crate::console::view::spoken;
use crate::domain::text::Text;
use crate::matching::{NumberKind, classify};
use crate::wire::check::CheckAnswer;

/// Columns of the labels and of what stands behind them.
const LABEL: u16 = 3;
const TEXT: u16 = 14;
/// Places to ask about that are named; `v` has them all.
const DOUBTS: usize = 2;

/// The lines of an answer without candidates.
///
/// The first goes back over the radio; the next says what it does not mean, because a gun
/// that nobody has reported yet is no clear gun.
pub(super) fn rows(scene: &Scene, number: Option<&Text>, answer: &CheckAnswer, columns: u16) -> Vec<Row> {
    let found =
        say!(scene, "screen.nothing.found", searched = answer.searched, at = scene.times.both(answer.as_of));
    let mut rows = vec![Row::text(LABEL, found).tone(Tone::Title)];
    if let Some(NumberKind::NotSerial(is)) = number.map(|number| classify(number.as_str())) {
        // No number was searched for, so nothing may be said of one.
        let is = scene.words().not_serial(is);
        let said = say!(scene, "screen.nothing.no_serial", is = is);
        let mut lines = wrapped(&said, columns.saturating_sub(TEXT), 3).into_iter();
        rows.extend(lines.next().map(|line| labelled(scene, "screen.nothing.label_say", line)));
        rows.extend(lines.map(|line| Row::text(TEXT, line)));
        rows.push(labelled(scene, "screen.nothing.label_next", say!(scene, "screen.nothing.next_marks")));
        rows.push(Row::text(TEXT, say!(scene, "screen.nothing.next_number")));
        return rows;
    }
    rows.push(labelled(scene, "screen.nothing.label_say", say!(scene, "screen.nothing.say")));
    rows.push(Row::text(TEXT, say!(scene, "screen.nothing.say_more")));
    if let Some(number) = number {
        let mut said = spoken::read_back_lines(number, columns.saturating_sub(TEXT)).into_iter();
        rows.extend(said.next().map(|line| labelled(scene, "screen.nothing.label_read_back", line)));
        rows.extend(said.map(|line| Row::text(TEXT, line)));
        if let Some(again) = ask_again(scene, number) {
            rows.push(labelled(scene, "screen.nothing.label_ask_again", again));
        }
    }
    let stands = if answer.stands_until > scene.state.now {
        say!(scene, "screen.nothing.stands", until = scene.times.date(answer.stands_until))
    } else {
        say!(scene, "screen.nothing.stands_not")
    };
    rows.push(labelled(scene, "screen.nothing.label_stands", stands));
    if answer.repeated {
        rows.push(Row::text(TEXT, say!(scene, "screen.nothing.repeated")));
    }
    rows.push(labelled(scene, "screen.nothing.label_next", say!(scene, "screen.nothing.next_record")));
    rows.push(Row::text(TEXT, say!(scene, "screen.nothing.next_number")));
    rows
}

fn labelled(scene: &Scene, label: &str, text: String) -> Row {
    Row::new().at(LABEL, TEXT - LABEL - 1, scene.say(label, &[])).rest(TEXT, text)
}

/// The places to ask about again; nothing when none can be mistaken.
fn ask_again(scene: &Scene, number: &Text) -> Option<String> {
    let voice = Voice::new(number.clone());
    let doubts: Vec<String> = voice
        .doubts
        .iter()
        .map(|doubt| {
            let others = doubt.alike.chars().filter(|c| !c.eq_ignore_ascii_case(&doubt.read));
            let others: Vec<String> = others.take(1).map(|c| scene.words().sign(c)).collect();
            say!(
                scene,
                "screen.nothing.doubt",
                place = doubt.place,
                read = scene.words().sign(doubt.read),
                other = others.join(", ")
            )
        })
        .collect();
    let more = doubts.len().saturating_sub(DOUBTS);
    let mut said = doubts.into_iter().take(DOUBTS).collect::<Vec<_>>().join("  ");
    if more > 0 {
        said = say!(scene, "screen.nothing.more_doubts", doubts = said, count = more);
    }
    (!said.is_empty()).then_some(said)
}
