//! The README says what the program does: its keys are those of the table of actions.

use iarms::console::action;
use iarms::words::Catalogue;

#[test]
fn the_keys_on_its_page_are_those_of_the_program() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let words = Catalogue::english();
    let keys = action::markdown(|key: &str| words.say(key, &[]));
    assert!(readme.contains(keys.trim()), "the table of keys in README.md should be:\n{keys}");
}
