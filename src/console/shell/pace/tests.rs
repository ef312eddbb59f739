use super::*;
use proptest::prelude::*;
use std::num::NonZeroU32;

const OFFICER: Cause = Cause::Officer;
const NEWS: Cause = Cause::News;

/// What a packet of SSH takes on the line beside a small frame.
const HEADS_OF_SSH: usize = 88;

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A terminal that has answered its first question after `round_trip`.
fn answering(round_trip: u64) -> (Pace, Instant) {
    let start = Instant::now();
    let mut pace = Pace::new(Pacing::Answers);
    pace.painted(NEWS, 4, true, start);
    let now = start + ms(round_trip);
    assert_eq!(pace.answered(now), Some(Asked(1)));
    assert_eq!(pace.traffic().round_trip, u32::try_from(round_trip).ok());
    (pace, now)
}

#[test]
fn nothing_follows_a_frame_before_its_answer() {
    let (mut pace, now) = answering(800);
    let asked = pace.painted(OFFICER, 1500, true, now);
    assert!(matches!(pace.turn(OFFICER, now + ms(1000)), Turn::At(_)));
    assert!(matches!(pace.turn(NEWS, now + ms(1000)), Turn::At(_)));
    assert_eq!(pace.answered(now + ms(2400)), asked);
    assert_eq!(pace.turn(OFFICER, now + ms(2400)), Turn::Go);
    assert_eq!(pace.turn(NEWS, now + ms(2400)), Turn::Go);
}

#[test]
fn a_question_is_asked_once_in_64_bytes() {
    let (mut pace, now) = answering(800);
    assert_eq!(pace.unasked(), 64);
    pace.painted(OFFICER, 60, false, now);
    assert_eq!(pace.unasked(), 4);
    pace.painted(OFFICER, 10, true, now);
    assert_eq!(pace.unasked(), 64, "an open question is not asked again");
}

#[test]
fn typing_is_not_held_up_by_its_own_questions() {
    let (mut pace, mut now) = answering(800);
    for _ in 0..12 {
        assert_eq!(pace.turn(OFFICER, now), Turn::Go);
        pace.painted(OFFICER, 10, pace.unasked() < 10, now);
        now += ms(100);
    }
}

#[test]
fn news_waits_for_what_the_next_key_may_be() {
    let (mut pace, now) = answering(800);
    pace.painted(OFFICER, 10, false, now);
    assert_eq!(pace.turn(NEWS, now + ms(100)), Turn::At(now + ms(800)));
    assert_eq!(pace.turn(OFFICER, now + ms(100)), Turn::Go);
    assert_eq!(pace.turn(NEWS, now + ms(800)), Turn::Go);
}

#[test]
fn a_terminal_that_never_answers_gets_a_steady_stream_and_no_more_questions() {
    let start = Instant::now();
    let mut pace = Pace::new(Pacing::Answers);
    pace.painted(OFFICER, 5000, true, start);
    assert_eq!(pace.turn(OFFICER, start), Turn::At(start + ms(300)));
    assert_eq!(pace.turn(NEWS, start), Turn::At(start + ms(500)));
    assert_eq!(pace.turn(OFFICER, start + ms(300)), Turn::Go);
    let later = start + FIRST_PATIENCE;
    assert_eq!(pace.turn(NEWS, later), Turn::Go);
    assert_eq!(pace.unasked(), usize::MAX);
    assert_eq!(pace.answered(later), Some(Asked(1)), "late, and believed from now on");
    assert_eq!(pace.unasked(), 64);
}

#[test]
fn an_answer_that_is_lost_shuts_nobody_out() {
    let (mut pace, now) = answering(50);
    pace.painted(OFFICER, 700, true, now);
    let Turn::At(deadline) = pace.turn(OFFICER, now + ms(60)) else { panic!("it does not wait") };
    assert!(deadline <= now + ms(5000), "{:?}", deadline - now);
    assert_eq!(pace.turn(OFFICER, deadline), Turn::Go);
    pace.painted(OFFICER, 700, true, deadline);
    assert!(matches!(pace.turn(NEWS, deadline + ms(1200)), Turn::At(_)));
    assert_eq!(pace.turn(OFFICER, deadline + ms(800)), Turn::Go, "keys go by the speed of the line");
}

#[test]
fn a_lost_answer_shifts_none_that_come_after() {
    let (mut pace, now) = answering(50);
    pace.painted(OFFICER, 700, true, now);
    let Turn::At(deadline) = pace.turn(OFFICER, now + ms(60)) else { panic!("it does not wait") };
    assert_eq!(pace.turn(OFFICER, deadline), Turn::Go);
    pace.painted(OFFICER, 700, true, deadline);
    let mut now = deadline + ms(50);
    assert_eq!(pace.answered(now), Some(Asked(2)), "it may be that to the one before");
    for _ in 0..3 {
        assert_eq!(pace.turn(OFFICER, now), Turn::Go);
        pace.painted(OFFICER, 700, true, now);
        now += ms(50);
        pace.answered(now);
    }
    assert_eq!(pace.turn(OFFICER, now), Turn::Go);
    let known = pace.traffic();
    assert_eq!(
        (known.round_trip, known.speed),
        (Some(50), None),
        "nothing is learnt of what may be another's"
    );
    let later = now + GIVEN_UP;
    pace.turn(OFFICER, later);
    let asked = pace.painted(OFFICER, 700, true, later);
    assert_eq!(pace.answered(later + ms(50)), asked, "what is lost is forgotten");
}

#[test]
fn a_stalled_line_is_given_little() {
    let (mut pace, mut now) = answering(800);
    let end = now + Duration::from_secs(70);
    let before = pace.sent;
    while now < end {
        if pace.turn(NEWS, now) == Turn::Go {
            pace.painted(NEWS, 500, true, now);
        }
        now += ms(50);
    }
    assert!(pace.sent - before <= 9 * 500, "{}", pace.sent - before);
}

#[test]
fn a_speed_that_is_set_is_kept_to() {
    let mut pace = Pace::new(Pacing::Rate(NonZeroU32::new(960).unwrap()));
    let now = Instant::now();
    pace.painted(NEWS, 960, false, now);
    assert_eq!(pace.unasked(), usize::MAX);
    assert_eq!(pace.turn(NEWS, now), Turn::At(now + ms(1000)));
    assert_eq!(pace.turn(OFFICER, now), Turn::At(now + ms(800)));
    pace.answered(now);
    assert_eq!(
        pace.turn(NEWS, now + ms(1)),
        Turn::At(now + ms(1000)),
        "who answers is not the officer's screen"
    );
}

#[test]
fn the_speed_of_the_line_is_learnt() {
    let (pace, _) = behind_a_thin_line();
    assert_eq!(pace.traffic().speed, Some(960));
}

#[test]
fn two_questions_in_one_packet_tell_no_speed() {
    let now = Instant::now();
    let mut pace = Pace::new(Pacing::Answers);
    pace.painted(OFFICER, 0, true, now);
    pace.painted(OFFICER, 960, true, now);
    pace.answered(now + ms(1800));
    pace.answered(now + ms(1870));
    assert_eq!(pace.traffic().speed, None, "seventy milliseconds are the way of the answer");
}

#[test]
fn a_line_of_known_speed_is_kept_busy_and_no_key_queues() {
    let (mut pace, now) = behind_a_thin_line();
    pace.painted(OFFICER, 384 - HEADS_OF_SSH, true, now);
    assert_eq!(pace.turn(OFFICER, now), Turn::At(now + ms(400)), "then all is on the line");
    assert!(matches!(pace.turn(NEWS, now + ms(1100)), Turn::At(_)), "news waits for the answer");
    pace.painted(OFFICER, 1440 - HEADS_OF_SSH, true, now + ms(200));
    pace.answered(now + ms(1200));
    assert_eq!(pace.turn(OFFICER, now + ms(1200)), Turn::At(now + ms(1900)), "that is not through yet");
    pace.painted(OFFICER, 1200, true, now + ms(1700));
    assert!(matches!(pace.turn(OFFICER, now + ms(2500)), Turn::At(_)), "more than the line can hold");
}

#[test]
fn a_line_of_known_speed_is_asked_one_question_at_a_time() {
    let (mut pace, now) = behind_a_thin_line();
    pace.painted(OFFICER, 134, true, now);
    assert_eq!(pace.unasked(), usize::MAX, "its answer would stand in the way of the keys");
    pace.painted(OFFICER, 130, false, now + ms(100));
    pace.answered(now + ms(1100));
    assert_eq!((pace.under_way(), pace.unasked()), (130, 0), "the next frame asks again");
    assert_eq!(pace.turn(NEWS, now + ms(1100)), Turn::Go, "by its speed all has arrived");
}

#[test]
fn an_answer_from_behind_others_tells_nothing_of_the_line() {
    let (mut pace, now) = behind_a_thin_line();
    pace.painted(OFFICER, 700, true, now);
    pace.painted(OFFICER, 100, true, now + ms(550));
    pace.answered(now + ms(1530));
    pace.answered(now + ms(1630));
    let told = pace.traffic();
    assert_eq!(told.round_trip, Some(800));
    assert!(told.speed.is_some_and(|speed| (950..=970).contains(&speed)), "{told:?}");
}

/// A terminal behind 9600 bit/s with 400 ms each way, after its first paint.
fn behind_a_thin_line() -> (Pace, Instant) {
    let (mut pace, now) = answering(800);
    pace.painted(OFFICER, 1920, true, now);
    pace.answered(now + ms(2800));
    (pace, now + ms(2800))
}

/// A line of 9600 bit/s with 400 ms each way behind a buffer without end, and an officer whose
/// keys come at 10/s; `news` bytes change 20 times a second. Returns how long after the last key
/// its effect was on the glass, beyond what an echo takes.
fn last_paint_after_16_keys(key: u64, news: u64) -> Duration {
    let (mut pace, start) = behind_a_thin_line();
    let (mut free, mut answers) = (start, VecDeque::new());
    let (mut keys, mut shown, mut waiting) = (0, None, None);
    let mut weight = 0;
    for tick in 0..1200 {
        let now = start + ms(tick * 5);
        if tick >= 400 && tick % 20 == 0 && keys < 16 {
            keys += 1;
            weight += key;
            waiting = waiting.max(Some(OFFICER));
        }
        if news > 0 && tick % 10 == 0 {
            // What changes twice is painted once.
            weight = (weight + news).min(news * 3 + key * 2);
            waiting = waiting.max(Some(NEWS));
        }
        while answers.front().is_some_and(|at| *at <= now) {
            answers.pop_front();
            pace.answered(now);
        }
        let Some(cause) = waiting else { continue };
        if pace.turn(cause, now) != Turn::Go {
            continue;
        }
        let bytes = usize::try_from(weight).unwrap();
        let asked = bytes > pace.unasked();
        pace.painted(cause, bytes, asked, now);
        free = free.max(now) + Duration::from_micros(weight * 1_000_000 / 960);
        if asked {
            answers.push_back(free + ms(800));
        }
        if keys == 16 && shown.is_none() {
            shown = Some(free);
        }
        (weight, waiting) = (0, None);
    }
    let last_key = start + ms((400 + 15 * 20) * 5);
    shown.unwrap().saturating_duration_since(last_key)
}

#[test]
fn the_last_of_sixteen_keys_is_painted_soon_whatever_changes_beside() {
    for (key, news) in [(5, 0), (10, 0), (60, 0), (10, 20), (10, 60), (10, 100)] {
        let late = last_paint_after_16_keys(key, news);
        assert!(late <= ms(800), "{key} bytes a key, {news} a change: {late:?} beyond the floor");
    }
}

#[derive(Debug, Clone)]
enum Event {
    Wants(Cause, u64),
    Answer,
    Passes(u64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let cause = prop::sample::select(vec![OFFICER, NEWS]);
    let wants =
        (cause, prop_oneof![1_u64..20, 1_u64..6000]).prop_map(|(cause, bytes)| Event::Wants(cause, bytes));
    let passes = prop_oneof![1_u64..200, 1_u64..20_000].prop_map(Event::Passes);
    prop::collection::vec(prop_oneof![4 => wants, 2 => Just(Event::Answer), 3 => passes], 1..120)
}

proptest! {
    /// Whatever happens: no frame leaves behind another that the terminal is still waited for, every
    /// wait ends, and the officer never waits longer than news does.
    #[test]
    fn never_two_are_under_way(events in events(), answers in any::<bool>()) {
        let (mut pace, mut now) =
            if answers { answering(400) } else { (Pace::new(Pacing::Answers), Instant::now()) };
        for event in events {
            match event {
                Event::Passes(time) => now += ms(time),
                Event::Answer => {
                    pace.answered(now);
                }
                Event::Wants(cause, bytes) => {
                    let turn = pace.turn(cause, now);
                    let trusted = pace.answers && pace.missed == 0;
                    match turn {
                        Turn::Go if trusted => {
                            let keys = UNDER_KEYS + pace.on_the_line();
                            let most = if cause == OFFICER { keys } else { UNASKED };
                            prop_assert!(pace.under_way() <= most, "{cause:?} behind {}", pace.under_way());
                        }
                        Turn::Go => {}
                        Turn::At(at) => {
                            prop_assert!(at > now);
                            prop_assert!(at <= now + LONGEST_PATIENCE || !trusted);
                        }
                    }
                    if pace.turn(NEWS, now) == Turn::Go {
                        prop_assert_eq!(pace.turn(OFFICER, now), Turn::Go);
                    }
                    if turn == Turn::Go {
                        let bytes = usize::try_from(bytes).unwrap();
                        let asked = bytes > pace.unasked();
                        pace.painted(cause, bytes, asked, now);
                    }
                }
            }
        }
        // In the end everything goes out.
        let far = now + Duration::from_secs(3600);
        prop_assert_eq!(pace.turn(OFFICER, far), Turn::Go);
        prop_assert_eq!(pace.turn(NEWS, far), Turn::Go);
    }
}
