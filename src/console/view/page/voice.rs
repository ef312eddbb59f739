//! A number read back place by place, and what to ask again.

use super::Drawn;
use crate::console::state::voice::Voice;
use crate::console::view::line_open::typed;
use crate::console::view::row::{Row, clipped, width};
use crate::console::view::scene::{Scene, say};
use crate::console::view::spoken;
use crate::domain::text::Shown;

/// Columns of a line of places, for 80 columns.
const ROOM: u16 = 74;

/// The page.
pub(super) fn page(scene: &Scene, voice: &Voice) -> Drawn {
    let mut rows = places(voice);
    rows.push(Row::new());
    let mut mark = None;
    for (at, doubt) in voice.doubts.iter().enumerate() {
        let marked = at == voice.at;
        if marked {
            mark = Some(rows.len());
        }
        let others: String = doubt.alike.chars().filter(|c| !c.eq_ignore_ascii_case(&doubt.read)).collect();
        let others: Vec<String> = others.chars().map(|c| scene.words().sign(c)).collect();
        let ask = say!(
            scene,
            "screen.voice.ask",
            place = doubt.place,
            read = scene.words().sign(doubt.read),
            others = others.join(", ")
        );
        let heard = say!(scene, "screen.voice.heard");
        let at_heard = 52;
        let mut row = Row::new().at(0, 1, if marked { ">" } else { " " }).at(3, 48, ask);
        row = row.at(at_heard, 8, heard.as_str());
        let text_at = at_heard + width(&heard) + 1;
        row = if marked {
            typed(row, text_at, text_at + 18, &voice.heard)
        } else {
            row.at(text_at, 18, doubt.heard.as_str())
        };
        rows.push(row);
    }
    if voice.doubts.is_empty() {
        rows.push(Row::text(3, say!(scene, "screen.voice.nothing")));
    }
    Drawn {
        title: say!(scene, "screen.voice.title", number = clipped(voice.number.as_str(), 40)),
        right: String::new(),
        rows,
        mark,
    }
}

/// Place, character and word, in columns that fit the words.
fn places(voice: &Voice) -> Vec<Row> {
    let (mut rows, mut block) = (Vec::new(), [Row::new(), Row::new(), Row::new()]);
    let mut at = 3;
    for (c, place) in spoken::characters(&voice.number) {
        let sign = Shown::of(&c.to_string()).to_string();
        let word = spoken::word(c).map_or_else(|| sign.clone(), str::to_owned);
        let place = place.map(|place| place.to_string()).unwrap_or_default();
        let column = width(&word).max(width(&place)).max(1);
        if at + column > ROOM {
            rows.extend(std::mem::take(&mut block));
            at = 3;
        }
        let [places, signs, words] = std::mem::take(&mut block);
        block = [places.at(at, column, place), signs.at(at, column, sign), words.at(at, column, word)];
        at += column + 1;
    }
    rows.extend(block);
    rows
}
