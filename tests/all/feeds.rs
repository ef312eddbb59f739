//! The live feed: nothing lost, nothing twice, and what it tells adds up to what is read.

use crate::bench::{House, browning, check, country, done, enter, number, question, send, stolen};
use crate::histories::{act, deed};
use iarms::client::{Fault, Feed, FeedMessage, FeedPolicy, Line};
use iarms::domain::command::Command;
use iarms::domain::evidence::Band;
use iarms::domain::gun::Gun;
use iarms::domain::hit::{HitCommand, Priority};
use iarms::domain::ids::{HitId, RecordId};
use iarms::domain::private::Private;
use iarms::domain::record::{DeniedSees, RecordCommand, Report};
use iarms::domain::text::Text;
use iarms::wire::hit::HitRow;
use iarms::wire::news::{Cursor, HitNews, News};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// The place of a news that has one of its own.
fn cursor(news: &News) -> Option<Cursor> {
    match news {
        News::Hit { cursor, .. } | News::Amended { cursor, .. } | News::Withdraw { cursor, .. } => {
            Some(*cursor)
        }
        News::Hello(_) | News::Reset | News::Beat { .. } => None,
    }
}

/// Rows as somebody holds them who does what the news say.
#[derive(Debug, Default)]
struct Held {
    rows: BTreeMap<HitId, HitRow>,
    cursor: Option<Cursor>,
}

impl Held {
    fn take(&mut self, news: &News) {
        if let Some(cursor) = cursor(news) {
            assert!(self.cursor.is_none_or(|before| before.sequence < cursor.sequence), "twice: {news:?}");
            self.cursor = Some(cursor);
        }
        match news {
            News::Hit { row, .. } => {
                self.rows.insert(row.hit.id, (**row).clone());
            }
            News::Amended { rows, .. } => {
                self.rows.extend(rows.iter().map(|row| (row.hit.id, row.clone())));
            }
            News::Withdraw { hits, .. } => self.rows.retain(|id, _| !hits.contains(id)),
            News::Hello(hello) => self.cursor = Some(hello.cursor),
            News::Beat { cursor, .. } => self.cursor = Some(*cursor),
            News::Reset => panic!("nothing here starts over"),
        }
    }

    /// Polls until nothing more comes.
    async fn poll(&mut self, line: &Line) {
        loop {
            let news = line.poll(self.cursor, Duration::ZERO).await.unwrap();
            news.iter().for_each(|news| self.take(news));
            if matches!(news[..], [News::Beat { .. }]) {
                return;
            }
        }
    }
}

async fn read(line: &Line) -> BTreeMap<HitId, HitRow> {
    line.hits().await.unwrap().hits.into_iter().map(|row| (row.hit.id, row)).collect()
}

/// A stream that is followed from now on.
async fn follow(line: &Line) -> Feed {
    let mut feed = Feed::start(line.clone(), None, FeedPolicy::default());
    while !matches!(next(&mut feed).await, News::Hello(_)) {}
    feed
}

/// The next news of a stream, heartbeats included.
async fn next(feed: &mut Feed) -> News {
    loop {
        let message = timeout(Duration::from_secs(10), feed.next()).await.expect("news in time");
        if let FeedMessage::News(news) = message.expect("a feed that runs") {
            return *news;
        }
    }
}

/// The next news of a stream that has a place of its own.
async fn next_placed(feed: &mut Feed) -> News {
    loop {
        let news = next(feed).await;
        if cursor(&news).is_some() {
            return news;
        }
    }
}

async fn silent(feed: &mut Feed, wait: Duration) {
    if let Ok(message) = timeout(wait, feed.next()).await {
        panic!("something came: {message:?}");
    }
}

fn amend(record: RecordId, revision: u32, report: Report) -> Command {
    Command::Record(RecordCommand::Amend { record, revision, report: Box::new(report) })
}

fn shut(sees: DeniedSees) -> Report {
    let mut report = stolen(browning("KD73519"));
    report.caveat.denied = vec![country("PA")];
    report.caveat.denied_sees = sees;
    report
}

/// A record of CR and a hit of it with PA.
async fn one_hit(owner: &Line, finder: &Line) -> (RecordId, HitId) {
    let record = done(send(owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
    (record, check(finder, question(browning("KD73519"))).await.hits[0].hit)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_has_written_arrives_once() {
    let house = House::open().await;
    let other = House::on(house.folder.clone()).await;
    let (owner, finder) = (house.line("CR").await, other.line("PA").await);
    let mut there = follow(&owner).await;
    let mut here = follow(&finder).await;
    let mut came: [Vec<u64>; 2] = Default::default();
    for (round, serial) in ["KD73519", "LM48822", "QX41977"].into_iter().enumerate() {
        done(send(&owner, enter(stolen(browning(serial)))).await);
        let hit = check(&finder, question(browning(serial))).await.hits[0].hit;
        for (feed, came) in [&mut there, &mut here].into_iter().zip(&mut came) {
            let News::Hit { what, row, cursor, .. } = next_placed(feed).await else { panic!("no hit") };
            assert_eq!((what, row.hit.id), (HitNews::Raised, hit), "round {round}");
            came.push(cursor.sequence);
        }
    }
    assert_eq!(came[0], came[1], "the same lines have the same places");
    silent(&mut there, Duration::from_secs(3)).await;
    silent(&mut here, Duration::from_millis(10)).await;
    // Whatever the cursor: all that came after it, and nothing else.
    let head = owner.hits().await.unwrap().cursor;
    for sequence in 0..=head.sequence {
        for line in [&owner, &other.line("CR").await] {
            let news = line.poll(Some(Cursor { sequence, ..head }), Duration::ZERO).await.unwrap();
            let placed: Vec<u64> = news.iter().filter_map(cursor).map(|cursor| cursor.sequence).collect();
            let after: Vec<u64> = came[0].iter().copied().filter(|came| *came > sequence).collect();
            assert_eq!(placed, after, "after {sequence}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_shut_out_is_told_to_forget() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let (record, hit) = one_hit(&owner, &finder).await;
    let mut feeds = [follow(&owner).await, follow(&finder).await];
    let before = finder.hits().await.unwrap().cursor;

    done(send(&owner, amend(record, 1, shut(DeniedSees::Restricted))).await);
    for (feed, expected) in feeds.iter_mut().zip([false, true]) {
        let News::Amended { record: of, restricted, rows, .. } = next(feed).await else {
            panic!("not amended")
        };
        assert_eq!((of, restricted, rows[0].hit.id), (Some(record), expected, hit));
    }
    done(send(&owner, amend(record, 2, shut(DeniedSees::Nothing))).await);
    assert!(matches!(next(&mut feeds[0]).await, News::Amended { restricted: false, .. }));
    let News::Withdraw { hits, record: of, .. } = next(&mut feeds[1]).await else { panic!("not withdrawn") };
    assert_eq!((hits, of), (vec![hit], Some(record)));
    assert!(finder.hits().await.unwrap().hits.is_empty());
    // Who was away is told the same, and only once.
    let news = finder.poll(Some(before), Duration::ZERO).await.unwrap();
    assert!(matches!(&news[..], [News::Withdraw { hits, .. }] if hits == &[hit]), "{news:?}");

    // What the finder never knew of, or knows no more, is not told by its withdrawal.
    let mut worded = shut(DeniedSees::Nothing);
    worded.place = Private::new("Alajuela");
    let after = finder.hits().await.unwrap().cursor;
    let mut other = question(browning("KD73519"));
    other.case = Text::from("7/26");
    assert!(check(&finder, other).await.hits.is_empty());
    assert_eq!(owner.hits().await.unwrap().hits.len(), 2, "the owner alone is told of it");
    done(send(&owner, amend(record, 3, worded)).await);
    let news = finder.poll(Some(after), Duration::ZERO).await.unwrap();
    assert!(matches!(news[..], [News::Beat { .. }]), "{news:?}");
    let news = finder.poll(Some(before), Duration::ZERO).await.unwrap();
    assert!(matches!(&news[..], [News::Withdraw { hits, .. }] if hits == &[hit]), "{news:?}");
    silent(&mut feeds[1], Duration::from_millis(200)).await;

    // Let in again, the finder gets both.
    done(send(&owner, amend(record, 4, stolen(browning("KD73519")))).await);
    let News::Amended { rows, restricted: false, .. } = next(&mut feeds[1]).await else { panic!("not told") };
    assert_eq!(rows.len(), 2);
    let mut held = Held { cursor: Some(before), ..Held::default() };
    held.poll(&finder).await;
    assert_eq!(held.rows, read(&finder).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gun_that_was_read_anew_changes_its_row() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    one_hit(&owner, &finder).await;
    let mut feed = follow(&finder).await;
    let mut gun = browning("KD73519");
    gun.model = Some(Text::from("P35"));
    check(&finder, question(gun)).await;
    let News::Amended { record: None, rows, .. } = next(&mut feed).await else { panic!("not told") };
    assert_eq!(rows[0].gun.model, Some(Text::from("P35")));
    assert_eq!(rows, finder.hits().await.unwrap().hits);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_about_a_lead_has_raised_the_hit() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let record = done(send(&owner, enter(stolen(browning("KD73519")))).await).record.unwrap();
    let gun = Gun { numbers: vec![number("KD?3?1?")], ..Gun::default() };
    let answer = check(&finder, question(gun)).await;
    assert_eq!((answer.candidates[0].band, answer.hits.len()), (Band::Possible, 0));
    let mut feed = follow(&finder).await;
    let page = finder.hits().await.unwrap();
    let reason = Private::default();
    let lead = HitCommand::Lead { check: answer.check, record, priority: Priority::Routine, reason };
    done(send(&finder, Command::Hit(lead)).await);
    let me = loop {
        let news = finder.poll(None, Duration::ZERO).await.unwrap();
        if let Some(News::Hello(hello)) = news.into_iter().next() {
            break hello.officer;
        }
    };
    for expected in [HitNews::Raised, HitNews::Asked] {
        let News::Hit { what, by, .. } = next_placed(&mut feed).await else { panic!("no hit") };
        assert_eq!((what, by), (expected, Some(me)));
    }
    let late = finder.poll(Some(page.cursor), Duration::ZERO).await.unwrap();
    let [News::Hit { what: HitNews::CaughtUp, by, .. }] = &late[..] else { panic!("{late:?}") };
    assert_eq!(*by, Some(me), "nobody else had a part in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_notes_are_neither_told_nor_counted_across() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let (_, hit) = one_hit(&owner, &finder).await;
    let mut feed = follow(&owner).await;
    let before = owner.hits().await.unwrap().cursor;
    let write = |inside| Command::Hit(HitCommand::Write { hit, text: Private::new("seen"), inside });
    done(send(&finder, write(true)).await);
    silent(&mut feed, Duration::from_millis(200)).await;
    let news = owner.poll(Some(before), Duration::ZERO).await.unwrap();
    assert!(matches!(news[..], [News::Beat { .. }]), "{news:?}");
    done(send(&finder, write(false)).await);
    done(send(&owner, write(true)).await);
    done(send(&owner, write(true)).await);
    for (line, expected) in [(&owner, 3), (&finder, 2)] {
        assert_eq!(line.hits().await.unwrap().hits[0].messages, expected);
        assert_eq!(line.hit(hit).await.unwrap().thread.len(), expected as usize);
    }
    let News::Hit { what: HitNews::Wrote, row, .. } = next(&mut feed).await else { panic!("not told") };
    assert_eq!(row.messages, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_alone_can_start_a_console() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let began = owner.poll(None, Duration::from_secs(30)).await.unwrap();
    let [News::Hello(hello)] = &began[..] else { panic!("no hello: {began:?}") };
    assert_eq!((hello.country, hello.beat_seconds), (country("CR"), 60));
    let (_, hit) = one_hit(&owner, &finder).await;
    let news = owner.poll(Some(hello.cursor), Duration::from_secs(30)).await.unwrap();
    assert!(matches!(&news[..], [News::Hit { row, .. }] if row.hit.id == hit), "{news:?}");
    for foreign in [Cursor { epoch: 99, sequence: 1 }, Cursor { sequence: 9999, ..hello.cursor }] {
        let news = owner.poll(Some(foreign), Duration::from_secs(30)).await.unwrap();
        let [News::Reset, News::Hello(again)] = &news[..] else { panic!("no new start: {news:?}") };
        assert_eq!(again.cursor, owner.hits().await.unwrap().cursor);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_heart_beats_faster_while_an_urgent_answer_is_due_and_says_so() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let (_, hit) = one_hit(&owner, &finder).await;
    let mut feed = follow(&owner).await;
    let reason = Private::new("held for it alone");
    let ask = HitCommand::Ask { hit, revision: 1, priority: Priority::Urgent, reason };
    let revision = done(send(&finder, Command::Hit(ask)).await).revision.unwrap();
    let confirm = HitCommand::Confirm { hit, revision };
    let beat = async |feed: &mut Feed| loop {
        if let News::Beat { beat_seconds, .. } = next(feed).await {
            return beat_seconds;
        }
    };
    assert_eq!(beat(&mut feed).await, 15);
    done(send(&owner, Command::Hit(confirm)).await);
    assert_eq!(beat(&mut feed).await, 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_too_long_starts_over() {
    let house = House::open().await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let before = owner.hits().await.unwrap().cursor;
    let (_, hit) = one_hit(&owner, &finder).await;
    // So many lines are read in pages, each news once.
    let write =
        |n: u32| Command::Hit(HitCommand::Write { hit, text: Private::new(n.to_string()), inside: false });
    done(send(&finder, write(0)).await);
    copy_last_line(&house, 1200).await;
    let mut held = Held { cursor: Some(before), ..Held::default() };
    held.poll(&owner).await;
    assert_eq!(held.rows, read(&owner).await);
    copy_last_line(&house, 5000).await;
    let news = owner.poll(Some(before), Duration::ZERO).await.unwrap();
    assert!(matches!(news[..], [News::Reset, News::Hello(_)]), "{news:?}");
    let mut feed = Feed::start(owner.clone(), Some(before), FeedPolicy::default());
    assert_eq!(next(&mut feed).await, News::Reset);
    let News::Hello(hello) = next(&mut feed).await else { panic!("no hello") };
    assert_eq!(hello.cursor, owner.hits().await.unwrap().cursor);
    done(send(&finder, write(1)).await);
    assert!(matches!(next(&mut feed).await, News::Hit { what: HitNews::Wrote, .. }));
}

/// Lets the journal's last line stand so many times more, behind the registry's back.
async fn copy_last_line(house: &House, times: i64) {
    let mut tx = house.registry.store().write().await.unwrap();
    let copy = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1) INSERT INTO journal SELECT sequence + n, at, command, officer, agency, subject, kind, version, event, hash FROM journal, n WHERE sequence = (SELECT sequence FROM head)";
    tx.run(copy, [times.into()]).await.unwrap();
    tx.run("UPDATE head SET sequence = sequence + $1", [times.into()]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_takes_nothing_in_does_not_keep_the_registry_from_stopping() {
    let house = House::open().await;
    let token = house.token("CR").await;
    let (owner, finder) = (house.line("CR").await, house.line("PA").await);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let registry = house.registry.clone();
    let serving = tokio::spawn(async move { registry.serve(listener).await });
    let mut stuck = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET /v1/feed HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
    stuck.write_all(request.as_bytes()).await.unwrap();
    stuck.read_exact(&mut [0; 12]).await.unwrap();
    let (_, hit) = one_hit(&owner, &finder).await;
    // More than all buffers between here and there hold.
    for _ in 0..40 {
        let text = Private::new("x");
        let write = |_| Command::Hit(HitCommand::Write { hit, text: text.clone(), inside: false });
        let commands = (0..250).map(write).map(|command| iarms::domain::command::Envelope {
            id: crate::bench::new_id(),
            command,
            rehearse: false,
        });
        finder.commands(commands.collect()).await.unwrap();
    }
    timeout(Duration::from_secs(3), house.registry.stop()).await.expect("it stops");
    timeout(Duration::from_secs(8), serving).await.expect("it hangs up").unwrap().unwrap();
}

/// Follows by stream, by one poll at the end, and by polls in between that come at random.
async fn adds_up(deeds: Vec<(Option<crate::histories::Deed>, u8)>) {
    let house = House::open().await;
    let lines = [house.line("CR").await, house.line("PA").await, house.line("DE").await];
    let mut streams = Vec::new();
    let mut often: Vec<Held> = Vec::new();
    let mut late: Vec<Held> = Vec::new();
    for line in &lines {
        streams.push((follow(line).await, Held::default()));
        let cursor = Some(line.hits().await.unwrap().cursor);
        often.push(Held { cursor, ..Held::default() });
        late.push(Held { cursor, ..Held::default() });
    }
    let mut entered = Vec::new();
    for (deed, draw) in &deeds {
        match deed {
            Some(deed) => act(&lines, deed, &mut entered).await,
            None => recaveat(&lines, &entered, *draw).await,
        }
        let who = usize::from(draw % 6);
        if let Some(line) = lines.get(who) {
            often[who].poll(line).await;
        }
    }
    for (who, line) in lines.iter().enumerate() {
        let expected = read(line).await;
        late[who].poll(line).await;
        assert_eq!(late[who].rows, expected, "{who} was away all the time: {deeds:?}");
        often[who].poll(line).await;
        assert_eq!(often[who].rows, expected, "{who} asked now and then: {deeds:?}");
        let (feed, held) = &mut streams[who];
        while held.rows != expected {
            held.take(&next(feed).await);
        }
        silent_of_rows(feed, held, &expected).await;
    }
}

/// Lets what is still on its way come, and holds it against what was read.
async fn silent_of_rows(feed: &mut Feed, held: &mut Held, expected: &BTreeMap<HitId, HitRow>) {
    while let Ok(Some(message)) = timeout(Duration::from_millis(50), feed.next()).await {
        if let FeedMessage::News(news) = message {
            held.take(&news);
        }
    }
    assert_eq!(&held.rows, expected);
}

/// The last record of an officer is amended: other countries are shut out, or let in.
async fn recaveat(lines: &[Line], entered: &[(usize, RecordId)], draw: u8) {
    let Some((who, record)) = entered.get(usize::from(draw) % entered.len().max(1)) else { return };
    let purpose = iarms::client::Reading { purpose: Text::from("SEIZURE"), case: Text::from("1/26") };
    let answer = lines[*who].record(*record, &purpose).await.unwrap();
    let view = answer.whole().unwrap();
    let mut report = view.report.clone();
    let all = [country("CR"), country("PA"), country("DE")];
    report.caveat.denied =
        all.iter().enumerate().filter(|(at, _)| draw >> at & 1 == 1).map(|(_, c)| *c).collect();
    report.caveat.denied_sees = if draw & 8 == 0 { DeniedSees::Nothing } else { DeniedSees::Restricted };
    if draw & 16 == 0 {
        report.gun.model = Some(Text::new(format!("Model {}", draw % 3)));
    }
    send(&lines[*who], amend(*record, view.revision, report)).await;
}

#[test]
fn what_a_feed_tells_adds_up_to_what_is_read() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let deeds = (prop::option::weighted(0.8, deed()), any::<u8>());
    runner
        .run(&prop::collection::vec(deeds, 1..40), |deeds| {
            runtime.block_on(adds_up(deeds));
            Ok(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_officer_has_so_many_streams_and_the_newest_live() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let other = house.line("PA").await;
    let mut apart = follow(&other).await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut feed = Feed::start(line.clone(), None, FeedPolicy::default());
        while !matches!(next(&mut feed).await, News::Hello(_)) {}
        streams.push(feed);
    }
    // The first to be put out comes again, as if its line had broken, and puts out the next.
    let ended = timeout(Duration::from_secs(10), async {
        loop {
            if let Some(FeedMessage::Lost { .. }) = streams[0].next().await {
                return;
            }
        }
    });
    ended.await.expect("the oldest has made room");
    done(send(&line, enter(stolen(browning("KD73519")))).await);
    assert!(timeout(Duration::from_secs(2), apart.next()).await.is_err(), "nobody else's has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_officer_asks_only_so_often_at_once() {
    let house = House::open().await;
    let line = house.line("CR").await;
    let cursor = match &line.poll(None, Duration::ZERO).await.unwrap()[..] {
        [News::Hello(hello)] => hello.cursor,
        other => panic!("{other:?}"),
    };
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let line = line.clone();
            tokio::spawn(async move { line.poll(Some(cursor), Duration::from_secs(2)).await })
        })
        .collect();
    let mut busy = 0;
    for asked in asked {
        if let Err(Fault::Busy { again: Some(_) }) = asked.await.unwrap() {
            busy += 1;
        }
    }
    assert_eq!(busy, 12, "and those are told when to come again");
}
