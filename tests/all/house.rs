//! Holds the floors of the house: a room uses those below it and never one above.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up; rooms on one floor may see each other unless they stand in
/// [`STRANGERS`], and never in a circle.
const FLOORS: &[&[&str]] = &[
    &["domain"],
    &["reference", "words"],
    &["matching"],
    &["wire"],
    &["registry", "client"],
    &["console", "exercise"],
    &["cli"],
];

/// Rooms that never see each other: registry and console talk over a socket, and a catalogue of
/// words knows codes and no tables.
const STRANGERS: &[(&str, &str)] = &[
    ("registry", "client"),
    ("client", "registry"),
    ("console", "registry"),
    ("exercise", "registry"),
    ("words", "reference"),
    ("reference", "words"),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            (first.trim_end_matches(".rs").to_owned(), path, text)
        })
        .collect()
}

/// The rooms that a file names by `crate::ROOM`, whether in a use line or in a path.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
        .collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

#[test]
fn no_room_uses_one_above_it() {
    let mut wrong = Vec::new();
    for (room, path, text) in sources() {
        let Some(here) = floor(&room) else { continue };
        for other in named(&text) {
            let Some(there) = floor(&other) else { continue };
            let strangers = STRANGERS.contains(&(room.as_str(), other.as_str()));
            if there > here || strangers {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_on_a_floor_do_not_go_in_circles() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, _, text) in sources() {
        let mut others = named(&text);
        others.remove(&room);
        uses.entry(room).or_default().extend(others);
    }
    for floor in FLOORS {
        for a in *floor {
            for b in *floor {
                let sees = |x: &str, y: &str| x != y && uses.get(x).is_some_and(|set| set.contains(y));
                assert!(!(sees(a, b) && sees(b, a)), "{a} and {b} use each other");
            }
        }
    }
}

#[test]
fn every_room_stands_on_a_floor() {
    let rooms: BTreeSet<String> = sources().into_iter().map(|(room, _, _)| room).collect();
    for room in rooms {
        assert!(floor(&room).is_some() || room == "lib" || room == "main", "{room} stands on no floor");
    }
}

#[test]
fn the_ground_floor_reads_no_clock_and_no_file() {
    for (room, path, text) in sources() {
        if !matches!(room.as_str(), "domain" | "matching") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for banned in [
            "std::fs",
            "std::net",
            "std::time::SystemTime",
            "Instant::now",
            "Timestamp::now",
            "tokio",
            "rand::",
            "now_v7",
            "std::env",
        ] {
            assert!(!code.contains(banned), "{} uses {banned}", path.display());
        }
    }
}

#[test]
fn files_keep_to_their_size() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut found = Vec::new();
    files(&tests, &mut found);
    let mut long: Vec<String> = Vec::new();
    let sources = sources().into_iter().map(|(_, path, text)| (path, text));
    let tests = found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap()));
    for (path, text) in sources.chain(tests) {
        let is_test = path.to_string_lossy().contains("/tests") || path.ends_with("tests.rs");
        let most = if is_test { 600 } else { 400 };
        let lines = text.lines().count();
        if lines > most {
            long.push(format!("{} has {lines} lines, {most} at most", path.display()));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_top_level_holds_its_list() {
    const LIST: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "config.example.toml",
        "src",
        "assets",
        "tests",
        "rustfmt.toml",
        "clippy.toml",
        "deny.toml",
        "target",
    ];
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || LIST.contains(&name.as_str()), "{name} is not on the list");
    }
}
