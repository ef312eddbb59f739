use super::*;
use proptest::prelude::*;

/// The ruler's signs, as on the screen.
fn ruler(recorded: &str, seen: &str) -> String {
    align(recorded, seen).iter().map(|step| step.kind.sign()).collect()
}

fn gain(recorded: &str, seen: &str) -> i32 {
    Bench::default().weigh(&Line::of(&Pattern::lenient(recorded)), &Line::of(&Pattern::lenient(seen)))
}

#[test]
fn the_ruler_says_what_differs() {
    assert_eq!(ruler("KD73519", "KD-735 19"), "       ");
    assert_eq!(ruler("KD73519", "K073519"), " ~     ");
    assert_eq!(ruler("KD73519", "KD43519"), "  X    ");
    assert_eq!(ruler("KD73519", "KD75319"), "   %%  ");
    assert_eq!(ruler("KD73519", "KD7519"), "   -   ");
    assert_eq!(ruler("KD73519", "KD736519"), "    +   ");
    assert_eq!(ruler("ABC124456", "124456"), "---      ");
    assert_eq!(ruler("124456", "124456XY"), "      ++");
    assert_eq!(ruler("KD73519", "KD7?5[12]9"), "   ? ? ");
    assert_eq!(ruler("KD73519", "*3519"), "???    ");
    assert_eq!(ruler("", "12"), "++");
    assert_eq!(ruler("", ""), "");
}

#[test]
fn nearer_is_heavier() {
    let order = ["KD73519", "K073519", "KD73579", "KD75319", "KD73549", "3519"];
    for pair in order.windows(2) {
        assert!(gain("KD73519", pair[0]) > gain("KD73519", pair[1]), "{pair:?}");
    }
    assert!(gain("369J257", "369257") > gain("J369257", "369257") - 400);
    assert!(gain("3699257", "369257") > gain("3694257", "369257"), "a doubled figure is lost more easily");
}

#[test]
fn an_o_in_a_prefix_is_a_letter() {
    assert!(gain("OBAM833", "OBAM334") > gain("ONAA833", "OBAM334"), "two figures, not four letters");
    assert!(
        gain("OBAM334", "OBAM833") > gain("ONAA833", "OBAM833"),
        "letters behind it are no embedded ones"
    );
}

#[test]
fn a_look_alike_among_figures_is_no_letter_to_be_ignored() {
    assert!(gain("C822330", "C8Z2330") > gain("C892330", "C8Z2330") + 400);
}

#[test]
fn gaps_tell_nothing() {
    assert!(gain("KD73519", "KD7?519") < gain("KD73519", "KD73519") - 300);
    assert!(gain("KD73519", "KD7[34]519") > gain("KD73519", "KD7?519"));
    assert_eq!(gain("????", "1234"), -40);
}

proptest! {
    #[test]
    fn any_two_texts_can_be_laid_side_by_side(a in ".{0,80}", b in ".{0,80}") {
        let steps = align(&a, &b);
        prop_assert!(steps.len() <= 128);
    }

    #[test]
    fn every_character_stands_in_the_ruler_once(a in "[A-C0-3]{0,12}", b in "[A-C0-3]{0,12}") {
        let steps = align(&a, &b);
        let recorded: String = steps.iter().filter_map(|step| step.recorded).collect();
        let seen: String = steps.iter().filter_map(|step| step.seen).collect();
        prop_assert_eq!(recorded, Pattern::lenient(&a).norm().to_string());
        prop_assert_eq!(seen, Pattern::lenient(&b).norm().to_string());
    }

    #[test]
    fn nothing_is_heavier_than_the_number_itself(a in "[A-C0-9]{4,10}", b in "[A-C0-9]{4,10}") {
        prop_assert!(gain(&a, &b) <= gain(&b, &b));
    }
}
