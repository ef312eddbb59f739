use super::*;

fn problem(text: &str) -> (String, usize, CatalogueFault) {
    let problem = Catalogue::parse(text).expect_err("a problem");
    (problem.key, problem.line, problem.fault)
}

const HEAD: &str = "language = \"en\"\nrule = \"en\"\n";

#[test]
fn the_english_file_can_be_read() {
    let read = Catalogue::parse(ENGLISH).map_err(|problem| problem.to_string());
    assert_eq!(read.as_ref(), Ok(Catalogue::english()));
    assert_eq!(Catalogue::english().language(), "en");
}

#[test]
fn the_plural_follows_its_number() {
    let text = format!(
        "{HEAD}[a]\nguns = {{ one = \"{{n}} gun\", other = \"{{n}} guns\" }}\n\
         fits = {{ one = \"{{r}} record of {{m}} makes\", other = \"{{r}} records of {{m}} makes\", by = \"r\" }}\n"
    );
    let words = Catalogue::parse(&text).unwrap();
    assert_eq!(words.say("a.guns", &[("n", 1_u32.into())]), "1 gun");
    assert_eq!(words.say("a.guns", &[("n", 0_u32.into())]), "0 guns");
    assert_eq!(words.say("a.guns", &[("n", "some".into())]), "some guns");
    assert_eq!(words.say("a.guns", &[("n", "1".into())]), "1 gun");
    assert_eq!(words.say("a.fits", &[("m", 2_u32.into()), ("r", 1_u32.into())]), "1 record of 2 makes");
    assert_eq!(words.gaps("a.fits"), ["m", "r"]);
}

#[test]
fn another_language_has_its_own_classes() {
    let text = "language = \"uk\"\nrule = \"ru\"\n[a]\nn = { one = \"{n} запис\", few = \"{n} записи\", many = \"{n} записів\" }";
    let words = Catalogue::parse(text).unwrap();
    let said = |n: i64| words.say("a.n", &[("n", n.into())]);
    assert_eq!([said(1), said(3), said(5), said(21)], ["1 запис", "3 записи", "5 записів", "21 запис"]);
}

#[test]
fn sections_lie_in_sections_and_below_sentences() {
    let text =
        format!("{HEAD}[a.b]\nc = \"x\"\n[act]\ngo = {{ text = \"go\", doc = \"goes\", more.d = \"y\" }}\n");
    let words = Catalogue::parse(&text).unwrap();
    assert_eq!(words.keys().collect::<Vec<_>>(), ["a.b.c", "act.go", "act.go.doc", "act.go.more.d"]);
    assert_eq!(words.say("act.go.doc", &[]), "goes");
}

#[test]
fn an_unknown_key_is_said_as_itself() {
    assert_eq!(Catalogue::english().say("no.such", &[]), "<no.such>");
    assert!(!Catalogue::english().has("no.such"));
    assert_eq!(Catalogue::default().say("", &[]), "<>");
}

#[test]
fn a_problem_names_key_and_line() {
    use CatalogueFault::*;
    let in_section = |line: &str| problem(&format!("{HEAD}[a]\n{line}\n"));
    assert_eq!(problem("rule = \"en\"").2, NoRule);
    assert_eq!(problem("language = \"en\"\nrule = \"klingon\"").2, NoRule);
    assert!(matches!(problem(&format!("{HEAD}[a\n")), (_, 3, Unreadable(_))));
    assert_eq!(in_section("b = 7"), ("a.b".to_owned(), 4, NotASentence));
    assert_eq!(in_section("other = \"x\""), ("a.other".to_owned(), 4, Reserved));
    assert_eq!(in_section("b = {}").2, NotASentence);
    assert_eq!(in_section("ok = \"x\"\nb = \"{n\""), ("a.b".to_owned(), 5, Braces));
    assert_eq!(in_section("b = { one = \"{n}\" }").2, FormMissing(Class::Other));
    assert_eq!(in_section("b = { one = 1, other = \"x\" }").2, NoSuchForm("one".to_owned()));
    assert_eq!(in_section("b = { width = -1, text = \"x\" }").2, NoSuchForm("width".to_owned()));
    assert_eq!(in_section("b = { one = \"{n} {m}\", other = \"{n}\" }").2, NoNumber);
    assert_eq!(in_section("b = { one = \"x\", other = \"y\", by = \"n\" }").2, NoNumber);
    assert_eq!(in_section("b = { text = \"{gun}\", width = 3 }").2, NoSample("gun".to_owned()));
    assert_eq!(in_section("b = { text = \"{gun}!\", width = 3 }\n[longest]\ngun = \"中国\"").2, TooWide(5));
    assert!(
        Catalogue::parse(&format!(
            "{HEAD}[a]\nb = {{ text = \"{{gun}}\", width = 4 }}\n[longest]\ngun = \"中国\""
        ))
        .is_ok()
    );
}

#[test]
fn every_english_sentence_with_a_width_stays_in_it() {
    let words = Catalogue::english();
    for key in words.keys() {
        assert_eq!(words.fits(key), Ok(()), "{key}");
    }
}
