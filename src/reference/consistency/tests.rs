use super::*;

#[test]
fn nothing_said_is_nothing_doubted() {
    assert_eq!(consistency(&Said::default()), []);
}
