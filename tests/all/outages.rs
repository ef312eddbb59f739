//! The real console while its line, its terminal or itself is taken away.

use crate::program::{ADD, CHECK, Desk, Served};
use iarms::client::{Deadlines, Line, Token};
use iarms::domain::ids::HitId;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A line that can be cut: what was connected breaks off, and nothing gets through until it is
/// mended.
struct Cable {
    url: String,
    whole: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    fn to(url: &str) -> Self {
        let registry = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (whole, open) = (Arc::new(AtomicBool::new(true)), Arc::new(Mutex::new(Vec::new())));
        let (goes, all) = (Arc::clone(&whole), Arc::clone(&open));
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if !goes.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&registry) else { continue };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    std::thread::spawn(move || carry(from, to));
                }
                all.lock().unwrap().extend([near, far]);
            }
        });
        Self { url, whole, open }
    }

    fn cut(&self) {
        self.whole.store(false, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            // It may have ended by itself.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 4096];
    while let Ok(count) = from.read(&mut bytes) {
        if count == 0 || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// A desk of CR with a hit open on it, over a line that can be cut.
struct Night {
    served: Served,
    cable: Cable,
    hit: HitId,
}

impl Night {
    fn begin() -> (Self, Desk) {
        let served = Served::start();
        assert!(served.run("CR", &ADD).status.success());
        let checked = served.run("PA", &CHECK);
        let answer: serde_json::Value = serde_json::from_slice(checked.stdout.trim_ascii()).unwrap();
        let hit = answer["hits"][0]["hit"].as_str().unwrap().parse().unwrap();
        let night = Self { cable: Cable::to(&served.url), served, hit };
        let mut desk = night.desk();
        desk.wait_for("LIVE");
        desk.wait_for("RAISED");
        desk.press("\r");
        desk.wait_for("figure 0 seen: alike");
        (night, desk)
    }

    fn desk(&self) -> Desk {
        Desk::through(&self.cable.url, &self.served, "CR", 120, 40)
    }

    /// The inside notes of the hit, as the registry has them.
    fn notes(&self) -> Vec<String> {
        let token = Token::new(self.served.token("CR")).unwrap();
        let line = Line::new(&self.served.url, &token, Deadlines::default()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let view = runtime.block_on(line.hit(self.hit)).unwrap();
        let text = |written: &iarms::wire::hit::MessageView| {
            written.message.text.text().map(|text| text.as_str().to_owned()).unwrap_or_default()
        };
        view.thread.iter().map(text).collect()
    }
}

fn signal(desk: &Desk, signal: Signal) {
    let id = i32::try_from(desk.child.process_id().unwrap()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
}

fn kill_nine(mut desk: Desk) {
    signal(&desk, Signal::KILL);
    desk.ends(Duration::from_secs(5));
}

#[test]
fn killed_in_a_form_and_with_an_outbox_of_ten_it_loses_nothing_and_does_nothing_twice() {
    let (night, mut desk) = Night::begin();
    night.cable.cut();
    desk.wait_for("OFFLINE");
    for n in 1..=10 {
        desk.press(&format!("inote {n}\r"));
        desk.wait_for(&format!(" {n} queued"));
    }
    desk.press("estolen\rKD73");
    desk.wait_for("KD73");
    desk.press("\x1b[D");
    std::thread::sleep(Duration::from_millis(1500));
    kill_nine(desk);
    // Without a line: all is there, and one key goes on with the form.
    let mut desk = night.desk();
    desk.wait_for(" 10 queued");
    desk.wait_for("half typed");
    // What was seen is there, of when it was seen; the line is not.
    desk.wait_for("LIKELY");
    desk.wait_for("OFFLINE");
    desk.press("sK073519 /MK FN /TY PI\r");
    desk.wait_for("NOT THE REGISTRY: 1 of 1 records seen at this desk");
    desk.wait_for(" 11 queued");
    desk.press("1e");
    desk.wait_for("KD73");
    desk.press("x");
    desk.wait_for("KD7x3");
    kill_nine(desk);
    // With the line: each goes out once, in its order.
    night.cable.mend();
    let desk = night.desk();
    desk.wait_for("LIVE");
    desk.wait_for(" 0 queued");
    let expected: Vec<String> = (1..=10).map(|n| format!("note {n}")).collect();
    assert_eq!(night.notes(), expected);
    kill_nine(desk);
    let desk = night.desk();
    desk.wait_for("LIVE");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(night.notes(), expected);
    kill_nine(desk);
    let wiped = night.served.run("CR", &["console", "--wipe"]);
    assert!(String::from_utf8_lossy(&wiped.stdout).contains("1 desks wiped"), "{wiped:?}");
    assert!(!night.served.folder.path().join(".cache/iarms/desks").read_dir().unwrap().any(|_| true));
}

#[test]
fn a_hang_up_and_a_terminal_that_vanishes_keep_what_was_typed_last() {
    let (night, mut desk) = Night::begin();
    desk.press("estolen\rAB12");
    desk.wait_for("AB12");
    signal(&desk, Signal::HUP);
    assert_eq!(desk.ends(Duration::from_secs(3)), 129);
    let mut desk = night.desk();
    desk.wait_for("half typed");
    desk.press("e");
    desk.wait_for("AB12");
    desk.press("34");
    desk.wait_for("AB1234");
    desk.vanish();
    assert_eq!(desk.ends(Duration::from_secs(3)), 129);
    let mut desk = night.desk();
    desk.wait_for("half typed");
    desk.press("e");
    desk.wait_for("AB1234");
}

#[test]
fn a_second_console_of_the_same_officer_says_so_and_takes_nothing_from_the_first() {
    let (night, mut first) = Night::begin();
    night.cable.cut();
    first.wait_for("OFFLINE");
    first.press("ione\r");
    first.wait_for(" 1 queued");
    let mut second = night.desk();
    second.wait_for("Another console of yours");
    second.wait_for(" 0 queued");
    second.press(":q!\r");
    assert_eq!(second.ends(Duration::from_secs(3)), 0);
    night.cable.mend();
    first.press("l");
    first.wait_for("0 queued");
    assert_eq!(night.notes(), ["one"]);
}

#[test]
fn a_registry_that_hangs_is_doubted_long_before_its_heartbeats_are_missed() {
    let (night, mut desk) = Night::begin();
    night.served.signal(Signal::STOP);
    desk.press("sK073519 /MK FN /TY PI\r");
    desk.wait_for("NO ANSWER");
    desk.press("l");
    desk.wait_for("what you send may wait");
    assert!(!desk.shows().contains("goes out now"));
    night.served.signal(Signal::CONT);
    desk.wait_for("LIVE");
    desk.press("\x1b");
    desk.wait_for("LIKELY");
    // What goes by the outbox is doubted as well.
    night.served.signal(Signal::STOP);
    desk.press("1inote\r");
    desk.wait_for("NO ANSWER");
    night.served.signal(Signal::CONT);
    desk.wait_for("LIVE");
    desk.wait_for(" 0 queued");
}
