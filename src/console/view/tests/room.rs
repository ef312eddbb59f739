//! No sentence is cut where it cannot be read elsewhere: every key of the catalogue, with long
//! arguments, at its place on 80 columns.

use crate::console::view::foot::NOTICE_LINES;
use crate::console::view::line_open::FAULT_LINES;
use crate::console::view::question::{INDENT, SENTENCE_LINES, WITHDRAWN_LINES};
use crate::console::view::row::{width, wrapped};
use crate::reference::purpose;
use crate::words::{Arg, Catalogue};

/// Where a sentence stands: columns, and lines into which it is broken there.
#[derive(Debug, Clone, Copy)]
enum Room {
    /// So many columns in so many lines.
    Lines(u16, usize),
    /// In a line of a pane that Right moves, or in one that is broken into as many as it needs.
    Moves,
    /// The catalogue says its width itself, and proves it.
    Own,
}

/// Columns of one line, and of the last line of the screen, whose last cell stays empty.
const LINE: u16 = 80;
const LAST: u16 = 79;

/// The place of a key; nothing when nobody has said where it stands.
fn place(key: &str) -> Option<Room> {
    let (section, name) = key.rsplit_once('.')?;
    let sentence = Room::Lines(LINE - INDENT - 1, SENTENCE_LINES);
    Some(match (section, name) {
        ("ask" | "ask.own", _) => sentence,
        ("screen.question", "changed" | "gone" | "refused" | "record_changed" | "told") => {
            Room::Lines(LINE - INDENT - 1, WITHDRAWN_LINES)
        }
        ("screen.question", "waits" | "may_wait") => Room::Lines(LINE - INDENT, 1),
        ("screen.question", "gun_is_back" | "entry_was_wrong") => Room::Lines(32, 1),
        ("screen.question", _) => Room::Lines(40, 1),
        ("screen.pick" | "screen.yes", _) => Room::Lines(24, 1),
        ("screen.notice" | "screen.alert" | "screen.fault", _) => Room::Lines(LINE, NOTICE_LINES),
        ("screen.line_fault" | "screen.grammar", _) => Room::Lines(LINE, FAULT_LINES),
        ("screen.line_keys", "suggestion") => Room::Moves,
        ("screen.line_keys" | "screen.page_keys", _) | ("screen.form", "keys") => Room::Lines(LAST, 1),
        ("screen.line_head", "purpose" | "case" | "days" | "search") => Room::Lines(7, 1),
        ("screen.line_head", _) => Room::Lines(LINE / 2, 1),
        ("screen.small", _) => Room::Lines(59, 1),
        ("screen.form_about", _) => Room::Lines(LAST, 2),
        ("screen.ground_here", _) => Room::Lines(LINE, NOTICE_LINES),
        ("screen.line_hint", _) => Room::Lines(LAST, FAULT_LINES),
        ("screen.form", "said") => Room::Lines(LAST, FAULT_LINES),
        ("screen.form", "send") => Room::Lines(10, 1),
        ("screen.form", "enter" | "amend" | "kept") => Room::Lines(24, 1),
        ("screen.form", "settle" | "settle_many") => Room::Lines(36, 1),
        ("screen.form", name) if name.starts_with("about") || name == "changed" => Room::Lines(LAST, 2),
        ("screen.form", _) => Room::Lines(41, 1),
        ("doubt", _) => Room::Lines(41, 1),
        ("form", _) => Room::Lines(11, 1),
        ("problem", "field") => Room::Lines(LAST, 2),
        // In full at the bottom of the form, with the field's name before it.
        ("problem", _) => Room::Lines(LAST, 2),
        ("action", "doc") => Room::Own,
        (_, "doc") => Room::Lines(62, 1),
        ("action", _) => Room::Lines(19, 1),
        ("group", _) => Room::Lines(30, 1),
        ("why_not", _) => Room::Lines(44, 1),
        ("sent" | "wanted", _) => Room::Lines(60, 1),
        ("screen.top", _) => Room::Lines(40, 1),
        ("screen.line", _) => Room::Lines(17, 1),
        ("screen.left", _) => Room::Lines(8, 1),
        // In the standing of a hit, in the record pane.
        ("screen.side", "own") => Room::Moves,
        ("screen.side", _) => Room::Lines(6, 1),
        ("screen.to_do", _) => Room::Lines(9, 1),
        ("screen.respond", _) => Room::Lines(12, 1),
        ("screen.column", name) => Room::Lines(column(name)?, 1),
        ("screen.fits", _) => Room::Lines(LINE - 3, 1),
        ("screen.search", "name") => Room::Lines(8, 1),
        ("screen.search", "restricted") => Room::Lines(11, 1),
        ("screen.search", "ask") => Room::Lines(14, 1),
        ("screen.search", "here") => Room::Lines(LINE - 3, 2),
        ("screen.search", "no_answer" | "no_line") => Room::Lines(LINE - 3, 3),
        ("screen.search", "not_again") => Room::Lines(LINE - 3, 3),
        // Many hits that one check has raised.
        ("screen.search", "summary" | "raised") => Room::Moves,
        ("screen.search", _) => Room::Lines(LINE - 3, 1),
        ("screen.nothing", name) if name.starts_with("label") => Room::Lines(10, 1),
        ("screen.nothing", "no_serial") => Room::Lines(66, 3),
        ("screen.nothing", "found") => Room::Lines(LINE - 3, 1),
        ("screen.nothing", _) => Room::Lines(66, 1),
        ("screen.hits", "none" | "none_fits" | "reading" | "unread" | "not_yet") => Room::Lines(LINE - 3, 1),
        ("screen.hits", _) => Room::Moves,
        ("screen.help", "none") => Room::Lines(LINE - 3, 1),
        ("screen.help" | "screen.menu", _) => Room::Lines(60, 1),
        ("screen.voice", "nothing") => Room::Lines(LINE - 3, 1),
        ("screen.voice", "ask") => Room::Lines(48, 1),
        ("screen.voice", "heard") => Room::Lines(8, 1),
        ("screen.voice" | "screen.phone" | "screen.line_page", "title") => Room::Lines(60, 1),
        ("standing", _) => Room::Lines(18, 1),
        ("screen.outbox", "title") => Room::Moves,
        ("screen.outbox", "order") => Room::Lines(38, 1),
        ("screen.outbox", "empty" | "decide") => Room::Lines(LINE - 3, 1),
        ("screen.outbox", "written_refused" | "record_now" | "not_read" | "nothing_there") => {
            Room::Lines(33, 1)
        }
        ("screen.outbox", "check" | "entry") => Room::Lines(44, 1),
        ("screen.outbox", "not_kept" | "no_line" | "flash_phone") => Room::Lines(66, 2),
        ("screen.outbox", "theirs" | "item" | "state" | "written") => Room::Lines(13, 1),
        ("screen.outbox", _) => Room::Lines(10, 1),
        // Several of them may be true at once; they are parts of one notice.
        ("screen.found", _) => Room::Lines(LINE, 2),
        ("screen.phone", "not_read") => Room::Lines(LINE - 3, 1),
        ("screen.phone", "say_hit") => Room::Moves,
        ("screen.phone", _) => Room::Lines(10, 1),
        (
            "screen.line_page",
            "counts" | "as_of" | "records" | "flash_phone" | "queue_live" | "queue_unread" | "answers"
            | "answers_at" | "silent" | "by_speed" | "bytes" | "skipped",
        ) => Room::Moves,
        ("screen.line_page", name) if name.starts_with("means_") => Room::Moves,
        ("screen.line_page", _) => Room::Lines(10, 1),
        ("screen.record" | "screen.standing" | "screen.ruler" | "screen.trace" | "screen.pane", _) => {
            Room::Moves
        }
        ("screen.field", _) => Room::Lines(10, 1),
        ("screen.verdict", _) => Room::Lines(8, 1),
        // These stand in other sentences, which are measured with the longest of them.
        ("field" | "refusal" | "hint" | "sign" | "not_serial" | "part" | "time", _) => Room::Moves,
        // In the record pane alone, in lines that move.
        ("basis" | "context" | "role", _) => Room::Moves,
        ("reason" | "exclusion" | "purpose" | "circumstance" | "status" | "confidentiality", _) => Room::Own,
        _ => return None,
    })
}

/// Columns of a column's name. That of the priority is one letter on 80 columns, as the priority.
fn column(name: &str) -> Option<u16> {
    Some(match name {
        "left" | "band" => 8,
        "priority" => 7,
        "to_do" | "model" | "state" | "reason" => 9,
        "we_are" => 6,
        "type" => 2,
        "make" | "gun" => 14,
        "calibre" => 7,
        "serial" => 12,
        "came" => 5,
        "record" => 15,
        "status" => 11,
        "first_reason" => 24,
        _ => return None,
    })
}

/// The longest sentence of a section.
fn longest(section: &str) -> String {
    let words = Catalogue::english();
    let within = |key: &&str| key.rsplit_once('.').is_some_and(|(at, _)| at == section);
    // The one that others stand in is none of them.
    let of_it = words.keys().filter(within).filter(|key| *key != "problem.field");
    of_it.map(filled).max_by_key(|said| width(said)).unwrap()
}

/// What typically stands in a gap, and is long for it.
fn sample(key: &str, gap: &str) -> Arg<'static> {
    let text = match (key, gap) {
        ("screen.form.taken_of", "count") => return Arg::Number(9),
        ("screen.outbox.written_refused", "refused") => "02:05",
        (_, "written") => "01:58",
        (_, "oldest") => "22h",
        (_, "fits" | "drafts") => return Arg::Number(10),
        (_, "revision") => "2000",
        (_, "line") => "S 215PZ40071 /TY PI /MK+",
        (_, "count" | "records" | "searched" | "queued" | "refused" | "more" | "left_out" | "left") => {
            return Arg::Number(if gap == "records" || gap == "searched" { 1_512_204 } else { 138 });
        }
        (_, "makes") => return Arg::Number(190),
        ("screen.fault.problem", "what") => return longest("refusal").into(),
        ("screen.fault.problem", "hint") | ("screen.question.refused", "hint") => {
            return longest("hint").into();
        }
        ("screen.question.refused", "why") => return longest("refusal").into(),
        ("screen.notice.refused" | "screen.search.not_again", "why") => {
            let (what, hint) = (longest("refusal"), longest("hint"));
            let said = [("what", Arg::Owned(what)), ("hint", Arg::Owned(hint))];
            return Catalogue::english().say("screen.fault.problem", &said).into();
        }
        (_, "why") => return longest("why_not").into(),
        ("screen.hits.sending" | "screen.hits.queued", "what") => "CONFIRMED",
        ("screen.notice.went_out", "what") => "CR-2026-0004417 entered; H-22914 CONFIRMED and 138 more",
        (_, "what") if key.starts_with("screen.notice") => return longest("sent").into(),
        ("ask.enter" | "ask.amend" | "ask.confirm", "what") => "trafficked ",
        (_, "what") => "trafficked",
        ("screen.form.taken" | "screen.form.taken_of" | "screen.form.guess", "value") => "SW",
        ("screen.form.taken" | "screen.form.taken_of" | "screen.form.guess", "name") => "Smith & Wesson, US",
        ("ask.not_ours" | "ask.exclude" | "ask.own.not_ours" | "ask.own.exclude", "silence") => {
            return filled("ask.silence").into();
        }
        ("ask.contradicts", "said") => "make same, calibre same",
        ("screen.form.unknown_but", "best") => "SW Smith & Wesson,+",
        ("screen.form.said", "taken") => return longest("doubt").into(),
        ("screen.form.about_unknown", "trouble") => "\"Armed\" is not known",
        ("screen.form.about_unknown", "about") => {
            return Catalogue::english().say("screen.form_about.type", &[]).into();
        }
        ("screen.line_hint.purpose", "codes") => {
            return purpose::all()
                .iter()
                .map(|purpose| purpose.code.as_str())
                .collect::<Vec<_>>()
                .join(" ")
                .into();
        }
        ("screen.line_hint.selected", "text") => "OIJ 0311/26 Heredia, Sa+",
        ("screen.line_fault.no_such_purpose" | "screen.line_fault.not_in_tables", "given") => {
            "SMITH AND WESSON AND SONS"
        }
        ("screen.outbox.entry", "number") => "KD735190042/XY-77-12345+",
        (_, "news") => "has taken it",
        ("screen.alert.head", "gun") => "PI SMITH & WES+ KD735190042/XY-77",
        (_, "gun") => "KD735190042/XY-77 SMITH & WESSON MILITARY AND POLICE",
        (_, "draft") => "trafficked KD735190042/XY-77 SMITH & WESSON MILITARY AND POLICE OIJ 0311/26",
        (_, "trouble") if key.starts_with("screen.notice") => return longest("problem").into(),
        ("problem.field", "trouble") => return longest("problem").into(),
        (_, "said") => "expected a date such as 2026-01-14, 2026-01 or 2026",
        (_, "fields") => "import mark, other no.",
        (_, "field") => "candidates wanted",
        (_, "first") => "candidates wanted: must be filled",
        ("problem.unknown" | "screen.grammar.shape", "given") => "the fourteenth of January of 2026",
        ("ask.send", "text") | (_, "reason") if key.starts_with("ask.") && !is_code(key) => {
            return "a long and winding reason, written at night ".repeat(3)[..120].to_owned().into();
        }
        (_, "text") => "KD735190042/XY-77 and what follows it",
        (_, "reason") => "misread; a new reading is here",
        (_, "hits") if key == "ask.take_ticked" => {
            return ["H-22914"; 12].join(" ").into();
        }
        (_, "hits" | "all") => "H-22914 H-22915 H-22916",
        (_, "is") => "a patent or proof mark",
        (_, "code") => "EX6",
        (_, "key") if key.starts_with("screen.notice") => "\u{430}",
        (_, "key") => "PURPOSE",
        (_, "like") => "2026-11-20",
        (_, "name") if key == "screen.line_fault.wants" => "purpose",
        (_, "usage") => "CR-2026-0004417",
        (_, "name" | "word") => "supercalifragilistic",
        (_, "case") => "OIJ 0311/26 Heredia",
        (_, "purpose") => "investigation of a crime",
        (_, "agency") => "NCB San Jose",
        (_, "record" | "item") => "CR-2026-0004417",
        (_, "hit") => "H-22914",
        (_, "check") => "C-882134",
        (_, "officer" | "from") => "O-1742",
        (_, "country" | "of") => "KE",
        (_, "priority") => "ROUTINE",
        (_, "action") => "read it back",
        (_, "phase") => "NOT OURS",
        (_, "status") => "cancelled",
        ("screen.nothing.stands", _) => "2027-02-18",
        (_, "until" | "due" | "next" | "at" | "since" | "time" | "kept") => match key {
            "screen.form.kept"
            | "screen.top.bell_off"
            | "screen.line.stale"
            | "screen.line.unanswered"
            | "screen.line.offline_since" => "03:05",
            "screen.ruler.swapped" => "20",
            "ask.speed" | "ask.speed_because" => "22h",
            _ => "11-26 03:07 09:07Z",
        },
        (_, "recorded" | "seen") if key.starts_with("ask.") => "KD735190042/XY-77",
        (_, "recorded") => "figure 0",
        (_, "seen" | "read") => "letter O",
        ("screen.voice.ask", "others") => "letter O, letter D, letter Q",
        (_, "other") => "letter O",
        ("screen.nothing.more_doubts", "doubts") => "60: letter O, figure 0?  61: letter O, figure 0?",
        (_, "number") if key.starts_with("screen.form") || key == "screen.voice.title" => {
            return "KD735190042/XY-77 KD73519004"[..28].to_owned().into();
        }
        (_, "differs") => " Differs: place 1, 2, 4, 7, 11, 12.",
        (_, "places") => "1, 2, 4, 7, 11, 12",
        (_, "unread") => "1, 2, 4, 7, 11, 12",
        (_, "again") => " Promised 12 times before.",
        ("screen.left.late", _) => "10d",
        (_, "span") => "1 h 23 m",
        (_, "bands" | "counts") => "2 LIKELY 3 POSSIBLE 5 UNLIKELY",
        (_, "known") if key.starts_with("screen.form") => "SIG, SW, GLOCK, RUGER, COLT, B+",
        (_, "days" | "columns" | "lines" | "seconds" | "years" | "nth" | "last" | "place" | "known") => "20",
        (_, "least" | "longest" | "most" | "came" | "length") => "2000",
        (_, "edits" | "lost") => "20",
        (_, "year") => "1979",
        (_, "date" | "entered" | "validated") => "2026-11-20",
        (_, "level") => "OFFICIAL USE ONLY",
        (_, "day") => "2026-11-20",
        (_, "clock") => "09:07",
        (_, "sign") => "Q",
        (_, "make") => "Smith & Wes+",
        (_, "model") => "Military and",
        (_, "calibre") => ".223 Reming+",
        (_, "kind" | "usual") => "PI",
        (_, "doubt") => return longest("doubt").into(),
        ("ask.doubts" | "ask.doubts_more", "doubts") => {
            return format!("calibre: {0}; made in: {0}", longest("doubt")).into();
        }
        (_, "cost") => "85 kB 72 s",
        (_, "shown") => "U+202E",
        (_, "filter") => "mine urgent",
        (_, "sort") => "worst first",
        (_, "mark") => "CR09",
        (_, "who" | "by") => "CR",
        (_, "part") => "importer's number",
        (_, "band") => "POSSIBLE",
        (_, "title") => "H-2291",
        _ => panic!("say what may stand in {{{gap}}} of {key}"),
    };
    Arg::Text(text)
}

/// Answers that carry a reason by its code, which is short.
fn is_code(key: &str) -> bool {
    matches!(key, "ask.not_ours" | "ask.exclude" | "ask.own.not_ours" | "ask.own.exclude")
}

fn filled(key: &str) -> String {
    let words = Catalogue::english();
    let arguments: Vec<(&str, Arg)> =
        words.gaps(key).into_iter().map(|gap| (gap, sample(key, gap))).collect();
    words.say(key, &arguments)
}

#[test]
fn every_sentence_has_room_at_its_place() {
    let mut cut = Vec::new();
    for key in Catalogue::english().keys() {
        match place(key) {
            None => cut.push(format!("say where {key} stands")),
            Some(Room::Moves | Room::Own) => {}
            Some(Room::Lines(columns, lines)) => {
                let said = filled(key);
                let broken = wrapped(&said, columns, usize::MAX);
                if broken.len() > lines || broken.iter().any(|line| width(line) > columns) {
                    cut.push(format!("{key}: {} x {}, {said}", broken.len(), width(&said)));
                }
            }
        }
    }
    assert!(cut.is_empty(), "{}", cut.join("\n"));
}

#[test]
fn every_purpose_has_its_words() {
    for purpose in purpose::all() {
        assert_ne!(Catalogue::english().purpose(&purpose.code), purpose.code);
    }
}
