//! What one side does to what the other holds: recovered guns, closed records, hidden ones.

use crate::bench::{
    House, browning, check, check_outcome, country, done, enter, new_id, number, question, refused, send,
    stolen,
};
use iarms::client::Line;
use iarms::domain::agency::Role;
use iarms::domain::command::{Command, Envelope};
use iarms::domain::evidence::Band;
use iarms::domain::gun::Gun;
use iarms::domain::hit::{HitCommand, Phase};
use iarms::domain::ids::RecordId;
use iarms::domain::record::{Circumstance, DeniedSees, Entry, RecordCommand, Report, Status};
use iarms::domain::refusal::Refusal;
use iarms::domain::text::Text;
use iarms::wire::check::CheckItem;
use iarms::wire::command::{CommandAnswer, Outcome};

fn recovered(gun: Gun) -> Report {
    let mut report = stolen(gun);
    report.circumstance = Circumstance::Recovered;
    report.date = Some("2026-11-19".parse().unwrap());
    report
}

fn amend(record: RecordId, revision: u32, report: Report) -> Command {
    Command::Record(RecordCommand::Amend { record, revision, report: Box::new(report) })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovered_gun_rings_its_owner_whichever_was_entered_first() {
    for stolen_first in [true, false] {
        let house = House::open().await;
        let (owner, finder) = (house.line("CR").await, house.line("PA").await);
        let (theft, find) = (enter(stolen(browning("KD73519"))), enter(recovered(browning("KD73519"))));
        let last = if stolen_first {
            done(send(&owner, theft).await);
            done(send(&finder, find).await)
        } else {
            done(send(&finder, find).await);
            done(send(&owner, theft).await)
        };
        assert_eq!(last.hits.len(), 1, "stolen first: {stolen_first}");
        assert_eq!(owner.hits().await.unwrap().hits.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_record_is_held_against_its_own_agency_only() {
    let house = House::open().await;
    let (one, other) = (house.line("CR").await, house.line("PA").await);
    done(send(&one, enter(stolen(browning("KD73519")))).await);
    let mut report = stolen(browning("KD73519"));
    report.entry = Entry::Import;
    assert!(done(send(&other, enter(report.clone())).await).record.is_some());
    assert!(matches!(refused(send(&one, enter(report)).await).refusal, Some(Refusal::Duplicate { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_record_settles_its_hit_and_nobody_locates_it() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let record = done(send(&owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let confirm = HitCommand::Confirm { hit, revision: 1 };
    done(send(&owner, Command::Hit(confirm)).await);
    done(send(&owner, Command::Record(RecordCommand::Cancel { record, revision: 1 })).await);
    let view = finder.hit(hit).await.unwrap();
    assert_eq!((view.row.hit.phase, view.row.hit.record_status), (Phase::Cleared, Status::Cancelled));
    let locate = HitCommand::Locate { hit, revision: view.row.hit.revision };
    assert!(matches!(
        refused(send(&finder, Command::Hit(locate)).await).refusal,
        Some(Refusal::Closed { .. })
    ));
    let mut again = question(browning("KD73519"));
    again.case = Text::from("other/26");
    assert!(check(&finder, again).await.hits.is_empty(), "a closed record rings nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_excluded_rings_again_once_the_gun_is_described_anew() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let record = done(send(&owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let no = HitCommand::NotOurs { hit, revision: 1, reason: iarms::domain::hit::Exclusion::Type };
    done(send(&owner, Command::Hit(no)).await);
    let mut report = stolen(browning("KD73519"));
    report.case = Text::from("0311/26-B");
    done(send(&owner, amend(record, 1, report.clone())).await);
    let mut other = question(browning("KD73519"));
    other.case = Text::from("9/26");
    assert_ne!(
        check(&finder, other.clone()).await.candidates[0].band,
        Band::Likely,
        "only the file number changed"
    );
    report.gun.year = Some(1979);
    assert_eq!(
        done(send(&owner, amend(record, 2, report)).await).hits.len(),
        1,
        "the check of the other case rings"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_record_is_like_none_to_every_command() {
    let house = House::open().await;
    let (owner, other) = (house.line("CR").await, house.line("PA").await);
    let mut report = stolen(browning("KD73519"));
    report.caveat.denied = vec![country("PA")];
    report.caveat.denied_sees = DeniedSees::Nothing;
    let hidden = done(send(&owner, enter(report)).await).record.unwrap();
    let missing: RecordId = "CR-2026-0099999".parse().unwrap();
    let commands = |record| {
        [
            Command::Record(RecordCommand::Validate { record }),
            Command::Record(RecordCommand::Clear { record, revision: 1 }),
            Command::Record(RecordCommand::Cancel { record, revision: 1 }),
            amend(record, 1, stolen(browning("KD73519"))),
        ]
    };
    for (a, b) in commands(hidden).into_iter().zip(commands(missing)) {
        let (a, b) = (refused(send(&other, a).await), refused(send(&other, b).await));
        assert_eq!(a.refusal, Some(Refusal::NoRecord { record: hidden }));
        assert_eq!(b.refusal, Some(Refusal::NoRecord { record: missing }));
    }
    assert!(
        done(send(&other, enter(stolen(browning("KD73519")))).await).record.is_some(),
        "no word of a duplicate"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_guns_with_one_number_in_one_case_are_two_checks() {
    let house = House::open().await;
    let line = house.line("PA").await;
    let gun = |make: &str, calibre: &str| Gun {
        numbers: vec![number("A142004")],
        make: Some(Text::from(make)),
        calibre: Some(Text::from(calibre)),
        ..Gun::default()
    };
    let fn_ = check(&line, question(gun("FN", "9x19"))).await;
    let taurus = check(&line, question(gun("Taurus", ".38 Special"))).await;
    assert_ne!(fn_.check, taurus.check);
    let again = check(&line, question(gun("FN Herstal", "9 mm Para"))).await;
    assert_eq!((again.check, again.repeated), (fn_.check, true));
    let mut blanks = question(gun("Taurus", ".38 Special"));
    blanks.case = Text::from(" 0143/26 ");
    assert_eq!(check(&line, blanks).await.check, taurus.check, "blanks make no other case");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retyped_check_loses_nothing_and_says_what_it_says_otherwise() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    done(send(&owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(&finder, question(browning("KD73519"))).await.hits[0].hit;
    let retyped = |calibre: Option<&str>| {
        let calibre = calibre.map(Text::from);
        question(Gun { numbers: vec![number("KD73519")], calibre, ..Gun::default() })
    };
    assert!(check(&finder, retyped(None)).await.repeated);
    let view = owner.hit(hit).await.unwrap();
    assert_eq!((view.check.gun, view.row.hit.revision), (browning("KD73519"), 1), "left out is not unsaid");
    assert!(view.thread.is_empty());
    assert!(check(&finder, retyped(Some("99x99"))).await.repeated);
    for line in [&owner, &finder] {
        let view = line.hit(hit).await.unwrap();
        assert_eq!(view.check.gun, Gun { calibre: Some("99x99".into()), ..browning("KD73519") });
        let described = &view.thread[0].message.described;
        let said: Vec<&str> = described.iter().map(|change| change.field.as_str()).collect();
        assert_eq!((said, view.row.messages), (vec!["calibre"], 1));
        assert_eq!(described[0].was.text().unwrap().as_str(), "9x19");
    }
    let by_before = Command::Hit(HitCommand::Confirm { hit, revision: 1 });
    let refusal = refused(send(&owner, by_before).await).refusal;
    assert!(matches!(refusal, Some(Refusal::Changed { revision: 2, .. })), "{refusal:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_under_an_id_that_asked_something_else_is_refused() {
    let house = House::open().await;
    let line = house.line("PA").await;
    let id = new_id();
    let ask = async |serial: &str| {
        let item = CheckItem { id, question: question(browning(serial)) };
        line.checks(vec![item]).await.unwrap().answers.remove(0).outcome
    };
    assert!(matches!(ask("KD73519").await, Outcome::Done { .. }));
    assert!(matches!(ask("KD73519").await, Outcome::Done { result } if result.repeated));
    assert_eq!(refused(ask("LM48822").await).refusal, Some(Refusal::CommandReused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_leaves_no_trace_but_its_look() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let rehearse = async |line: &Line, report: Report| -> CommandAnswer {
        let envelope = Envelope { id: new_id(), command: enter(report), rehearse: true };
        line.commands(vec![envelope]).await.unwrap().answers.remove(0)
    };
    let first = rehearse(&line, stolen(browning("KD73519"))).await;
    assert!(matches!(first.outcome, Outcome::Done { result } if result.rehearsed && result.record.is_none()));
    let answer = check(&line, question(browning("KD73519"))).await;
    assert!(answer.candidates.is_empty(), "nothing was entered, not even in memory");
    let record = done(send(&line, enter(stolen(browning("KD73519")))).await).record.unwrap();
    assert_eq!(record.number, 1, "no number was used up");
    let mut tx = house.registry.store().read().await.unwrap();
    let looks = tx.rows("SELECT results FROM reads WHERE what = 'duplicates'", []).await.unwrap();
    assert_eq!(looks.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_item_that_cannot_be_stored_spoils_no_other() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let mut first = stolen(browning("KD73519"));
    first.source_id = Some(Text::from("A-1"));
    done(send(&line, enter(first.clone())).await);
    let mut second = stolen(browning("LM48822"));
    second.source_id = Some(Text::from("A-2"));
    let record = done(send(&line, enter(second.clone())).await).record.unwrap();
    second.source_id = Some(Text::from("A-1"));
    let envelopes = [amend(record, 1, second), enter(stolen(browning("QX41977")))];
    let envelopes = envelopes.map(|command| Envelope { id: new_id(), command, rehearse: false });
    let answers = line.commands(envelopes.into()).await.unwrap().answers;
    assert!(matches!(refused(answers[0].outcome.clone()).refusal, Some(Refusal::SourceRepeated { .. })));
    assert!(done(answers[1].outcome.clone()).record.is_some());
    let bad = check_outcome(&line, question(browning("A?1"))).await;
    assert!(matches!(bad, Outcome::Refused { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_id_with_other_contents_is_told_apart_from_the_same_row_again() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let mut report = stolen(browning("KD73519"));
    report.source_id = Some(Text::from("A-1"));
    let record = done(send(&line, enter(report.clone())).await).record.unwrap();
    let again = refused(send(&line, enter(report.clone())).await).refusal;
    assert_eq!(again, Some(Refusal::SourceRepeated { record, differs: false }));
    report.gun.numbers = vec![number("LM48822")];
    let other = refused(send(&line, enter(report)).await).refusal;
    assert_eq!(other, Some(Refusal::SourceRepeated { record, differs: true }));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_agencies_of_one_country_each_see_their_own_gun_and_act_for_themselves() {
    let house = House::open().await;
    let mut lines = Vec::new();
    for agency in ["CR-OIJ", "CR-PORT"] {
        let token = house.token_of("CR", &agency.parse().unwrap(), Role::Duty).await;
        lines.push(house.line_with(&token));
    }
    let (owner, finder) = (&lines[0], &lines[1]);
    done(send(owner, enter(stolen(browning("KD73519")))).await);
    let hit = check(finder, question(browning("KD735I9"))).await.hits[0].hit;
    for (line, serial) in [(owner, "KD73519"), (finder, "KD735I9")] {
        let row = line.hits().await.unwrap().hits.remove(0);
        assert_eq!(row.gun.serial.unwrap().as_str(), serial);
    }
    let confirm = |revision| Command::Hit(HitCommand::Confirm { hit, revision });
    assert_eq!(refused(send(finder, confirm(1)).await).refusal, Some(Refusal::OwnerOnly));
    done(send(owner, confirm(1)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finder_does_not_settle_its_own_question_through_the_record() {
    // The second finder is the bureau, which stands for its country where it is no side itself.
    for agency in ["CR-PORT", "CR-NCB"] {
        let house = House::open().await;
        let mut lines = Vec::new();
        for agency in ["CR-OIJ", agency] {
            let token = house.token_of("CR", &agency.parse().unwrap(), Role::Duty).await;
            lines.push(house.line_with(&token));
        }
        let (owner, finder) = (&lines[0], &lines[1]);
        let record = done(send(owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
        let hit = check(finder, question(browning("KD73519"))).await.hits[0].hit;
        let commands = [
            amend(record, 1, stolen(browning("LM48822"))),
            Command::Record(RecordCommand::Clear { record, revision: 1 }),
            Command::Record(RecordCommand::Cancel { record, revision: 1 }),
        ];
        for command in commands {
            assert_eq!(refused(send(finder, command).await).refusal, Some(Refusal::OwnerOnly), "{agency}");
        }
        assert_eq!(finder.hit(hit).await.unwrap().row.hit.phase, Phase::Raised);
        done(send(owner, Command::Record(RecordCommand::Cancel { record, revision: 1 })).await);
        assert_eq!(finder.hit(hit).await.unwrap().row.hit.phase, Phase::NotOurs);
    }
}
