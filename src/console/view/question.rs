//! An open question: what `y` makes true, what follows from it, and below it the only keys that count.

mod sentence;

use super::record::officer_name;
use super::row::{Row, width, wrapped};
use super::scene::{Scene, say};
use super::why;
use crate::console::look::Tone;
use crate::console::state::promised::PromisedTime;
use crate::console::state::question::{Ask, Choice, Closing, Days, Pick, Question, Withdrawn};

/// Columns by which the lines after the first are set in.
pub(super) const INDENT: u16 = 8;
/// Lines that the sentence may take, and why it is withdrawn: the consequence stands at the end,
/// and may not be cut.
pub(super) const SENTENCE_LINES: usize = 6;
pub(super) const WITHDRAWN_LINES: usize = 3;

/// The lines of a question, the keys last.
pub(super) fn rows(scene: &Scene, question: &Question, columns: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    let room = columns.saturating_sub(INDENT + 1);
    let subject = sentence::subject(scene, &question.ask);
    let words = sentence::words(scene, &question.ask);
    // A short subject stands before the sentence, which keeps its own margin; a long one, such
    // as a record's number, begins it, so that neither is cut.
    let fits = width(&subject) + 2 <= INDENT;
    let words = if fits { words } else { format!("{subject}  {words}") };
    for (at, line) in wrapped(&words, room, SENTENCE_LINES).into_iter().enumerate() {
        let row = match (at, fits) {
            (0, true) => Row::new().at(0, INDENT - 1, subject.as_str()).at(INDENT, columns, line),
            (0, false) => Row::new().at(0, columns, line),
            _ => Row::new().at(INDENT, columns, line),
        };
        rows.push(row.all(Tone::Title));
    }
    rows.extend(reasons(scene, question));
    if let Some(withdrawn) = &question.withdrawn {
        let said = wrapped(&why_withdrawn(scene, &question.ask, withdrawn), room, WITHDRAWN_LINES);
        rows.extend(said.into_iter().map(|line| Row::new().at(INDENT, columns, line).all(Tone::Alarm)));
    } else if !scene.state.line.is_live() && commits(question) {
        let goes_out = scene.state.line.goes_out();
        let key = if goes_out { "screen.question.may_wait" } else { "screen.question.waits" };
        rows.push(Row::new().at(INDENT, columns, scene.say(key, &[])));
    }
    rows.extend(keys(scene, question, columns));
    rows
}

fn commits(question: &Question) -> bool {
    let stays = matches!(
        question.ask,
        Ask::Leave { .. }
            | Ask::Wait { .. }
            | Ask::Discard { .. }
            | Ask::Draft { .. }
            | Ask::Afresh { .. }
            | Ask::Drop { .. }
    );
    !stays && question.choices.iter().any(|choice| choice.pick == Pick::Yes)
}

/// Reasons to choose from, in two columns.
fn reasons(scene: &Scene, question: &Question) -> Vec<Row> {
    let listed: Vec<(usize, &Choice, String)> = question
        .choices
        .iter()
        .enumerate()
        .filter_map(|(at, choice)| reason(scene, choice.pick).map(|words| (at, choice, words)))
        .collect();
    let half = listed.len().div_ceil(2);
    (0..half)
        .map(|line| {
            let mut row = Row::new();
            for (column, at) in [(INDENT, line), (INDENT + 35, line + half)] {
                let Some((place, choice, words)) = listed.get(at) else { continue };
                let mark = if *place == question.chosen { ">" } else { "" };
                let key = choice.key.map(String::from).unwrap_or_default();
                row = row.at(column - 1, 1, mark).at(column, 34, format!("{key} {words}"));
                if *place == question.chosen {
                    row = row.cursor(column);
                }
            }
            row
        })
        .collect()
}

fn reason(scene: &Scene, pick: Pick) -> Option<String> {
    match pick {
        Pick::Reason(reason) => Some(scene.words().exclusion(reason)),
        Pick::Closing(Closing::Cleared) => Some(say!(scene, "screen.question.gun_is_back")),
        Pick::Closing(Closing::Cancelled) => Some(say!(scene, "screen.question.entry_was_wrong")),
        _ => None,
    }
}

/// The only keys that count; what Tab has chosen has `>` before it. Where they do not fit one
/// line with three blanks between, they stand closer, and then in two lines.
fn keys(scene: &Scene, question: &Question, columns: u16) -> Vec<Row> {
    let (mut head, start) = key_head(scene, question);
    let listed: Vec<(String, bool)> = question
        .choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| {
            let withdrawn = question.withdrawn.is_some() && choice.pick == Pick::Yes;
            !withdrawn && reason(scene, choice.pick).is_none()
        })
        .map(|(place, choice)| (choice_words(scene, question, *choice), place == question.chosen))
        .collect();
    let taken: u16 = listed.iter().map(|(text, _)| width(text)).sum();
    let gaps = u16::try_from(listed.len().saturating_sub(1)).unwrap_or(0);
    let gap = if start + taken + 3 * gaps < columns { 3 } else { 2 };
    let (mut rows, mut at) = (Vec::new(), start);
    for (text, chosen) in listed {
        let taken = width(&text);
        if at + taken >= columns && at > start {
            rows.push(std::mem::take(&mut head));
            at = 1;
        }
        head = head.at(at - 1, 1, if chosen { ">" } else { " " }).at(at, taken, text);
        if chosen && head.cursor.is_none() {
            head = head.cursor(at);
        }
        at += taken + gap;
    }
    rows.push(head);
    rows
}

/// What stands before the keys: figures to choose from, or a time that is typed.
fn key_head(scene: &Scene, question: &Question) -> (Row, u16) {
    let mut at = 1;
    let listed = question.choices.iter().filter(|choice| reason(scene, choice.pick).is_some()).count();
    if listed > 0 {
        let text = say!(scene, "screen.question.figures", last = listed);
        let taken = width(&text);
        return (Row::new().at(at, taken, text), at + taken + 3);
    }
    let Ask::Promise { until: PromisedTime::Typing(figures), .. } = &question.ask else {
        return (Row::new(), at);
    };
    let head = say!(scene, "screen.question.time");
    let row = Row::new().at(at, width(&head), head.as_str());
    at += width(&head) + 1;
    let typed = figures.text();
    let row = row.at(at, 4, typed.as_str()).cursor(at + width(typed.as_str()));
    let help = say!(scene, "screen.question.time_help");
    (row.at(at + 6, width(&help), help.as_str()), at + 6 + width(&help) + 3)
}

fn choice_words(scene: &Scene, question: &Question, choice: Choice) -> String {
    let key = choice.key.map_or_else(|| "Esc".to_owned(), String::from);
    let words = match choice.pick {
        Pick::Yes => scene.say(&format!("screen.yes.{}", question.ask.code()), &[]),
        Pick::Not => say!(scene, "screen.pick.not"),
        Pick::Promise => say!(scene, "screen.pick.promise"),
        Pick::Write => say!(scene, "screen.pick.write"),
        Pick::Priority(priority) => match priority.needs_reason() {
            true => format!("{}..", priority.code()),
            false => priority.code().to_owned(),
        },
        Pick::Stand(Days::Thirty) => say!(scene, "screen.pick.stand_thirty"),
        Pick::Stand(Days::Year) => say!(scene, "screen.pick.stand_year"),
        Pick::Stand(Days::Ninety) => say!(scene, "screen.pick.stand_ninety"),
        Pick::Fresh => say!(scene, "screen.pick.fresh"),
        Pick::Draft => say!(scene, "screen.pick.draft"),
        Pick::Correct if matches!(question.ask, Ask::Drop { .. }) => say!(scene, "screen.pick.again"),
        Pick::Correct => say!(scene, "screen.pick.correct"),
        Pick::Close => say!(scene, "screen.pick.close"),
        Pick::Utc => say!(scene, "screen.pick.utc"),
        Pick::No => say!(scene, "screen.pick.no"),
        Pick::Reason(_) | Pick::Closing(_) => String::new(),
    };
    format!("{key} {words}")
}

/// Why `y` does nothing any more.
fn why_withdrawn(scene: &Scene, ask: &Ask, withdrawn: &Withdrawn) -> String {
    match withdrawn {
        // The view of a record does not say who changed it.
        Withdrawn::Changed { .. } if ask.hit().is_none() => say!(scene, "screen.question.record_changed"),
        Withdrawn::Changed { by, at } => {
            let view = ask.hit().and_then(|hit| scene.state.record.hits.get(&hit)?.value());
            let officer = view.map_or_else(|| by.to_string(), |view| officer_name(view, *by));
            say!(scene, "screen.question.changed", officer = officer, at = scene.times.both(*at))
        }
        Withdrawn::Gone => say!(scene, "screen.question.gone"),
        Withdrawn::Refused(refusal) => say!(
            scene,
            "screen.question.refused",
            why = scene.words().refusal(refusal),
            hint = scene.words().hint(refusal)
        ),
        Withdrawn::Problem(problem) => {
            say!(scene, "screen.question.told", why = why::problem(scene, problem))
        }
    }
}
