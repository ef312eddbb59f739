//! Words and fillers that stand in a number's field and are no number.

use crate::domain::evidence::NotSerial;
use std::sync::LazyLock;

/// Words for "there is none", as whole entries: letters only, without blanks and accents; in
/// English, Spanish and Portuguese, French, German, the Slavic languages by sound, Turkish,
/// Arabic and Persian. A longer entry without a figure is no serial anyway and need not stand
/// here.
const NONE: &str = "\
    NONE NIL NULL NA NO NON NONUMBER NOSERIAL NOSERIALNUMBER NOTKNOWN NOTSTATED \
    NOTAVAILABLE NOTAPPLICABLE NSN UNK UNKN TBD TEST SERIAL NUMBER XX BLANK EMPTY MISSING \
    UNNUMBERED UNSERIALIZED UNMARKED GHOSTGUN PMF \
    SN NS NINGUNO NINGUNA NENHUM NENHUMA NAO NOTIENE NAOTEM NAOHA NOHAY NOAPLICA NC NI ND \
    NT TIENE SD SI SID SM NIHIL NADA SNO SNUM SNUMERO SMARCA SDATOS ONR NEM NTEM NPOSSUI NOREGISTRA \
    NEANT AUCUN AUCUNE RIEN NUMERO MATRICULE NONCOMMUNIQUE \
    NEIN KEIN KEINE KA UNBEK NUMMER GEENNUMMER \
    BN BNO NET NEMA BRAK BEZ BEZCISLA BEZNOMERA BEZNUMERU YOK NUMARASIZ \
    لايوجد لايوجدرقم بدون بلارقم مجهول ندارد \
";

/// Words for removed and unreadable that are short for longer ones.
const SHORT: [(&str, NotSerial); 9] = [
    ("OBL", NotSerial::Obliterated),
    ("RAS", NotSerial::Obliterated),
    ("RASP", NotSerial::Obliterated),
    ("SUPR", NotSerial::Obliterated),
    ("ELIM", NotSerial::Obliterated),
    ("ENTF", NotSerial::Obliterated),
    ("NOTVISIBLE", NotSerial::Unread),
    ("NOVISIBLE", NotSerial::Unread),
    ("NV", NotSerial::Unread),
];

/// Beginnings of words for removed, ground off, overstamped and what is done to bring a number
/// back. A word counts when it begins with one of these and holds no figure. The languages in
/// the same order.
const REMOVED: &str = "\
    OBLITERAT REMOV ERASE ERASURE DEFAC GROUND GRINDED FILED SCRATCH DESTROYED \
    DRILLED ALTERED TAMPERED PUNCHED PEENED RESTOR MILLED POLISHED \
    BORRAD LIMAD ERRADICAD ELIMINAD SUPRIMID ALTERAD ESMERILAD DEVASTAD OBLITERAD \
    REMOVID RASPAD RESTAURAD TROQUELAD DESBASTAD AMOLAD PUNZONAD MACHACAD ABRASIONAD \
    EROSIONAD TACHAD \
    LIXAD APAGAD ADULTERAD PICOTAD ABRASAO REVELA RECUPERAD DESBAST \
    SUPRESS PUNCIONAD PINAD MARTELAD ESMERILHAD DANIFICAD PREJUDICAD \
    SUPRIMAD DESTRUID ARRANCAD \
    EFFAC LIME MEUL GRATT SUPPRIM OBLITER ENLEV BURIN REVEL POLI POINCONNE \
    ABRAS PUNZONAT CANCELLAT LIMAT RIMOSS FRESAT \
    ENTFERNT AUSGESCHLIFF ABGESCHLIFF WEGGESCHLIFF GESCHLIFF UNKENNTLICH \
    GELOSCHT AUSGEFEILT ABGEFEILT HERAUSGE VERNICHTET WIEDERHERGE \
    AUSGEFRAST WEGGEFEILT VERSCHLAGEN VERWIJDERD \
    SPILEN SPILYAN UDALEN SBIT ZABIT UNICHTOZH ZATERT STERT ZNISHCH VIDALEN ZASHLIF \
    SPILOWAN USUNIET ZATART ODSTRANEN VYBROUSEN IZBRUSEN SKINUT SILINMIS KAZINMIS \
    مطموس ممسوح محذوف مزال ممحو مشطوب مبرود مكشوط كشط ممسوحة مطموسة \
";

/// The same for worn, rusted and unreadable.
const UNREAD: &str = "\
    ILLEGIB UNREAD VISIB PARTIAL WORN RUSTED CORRODED \
    ILEGIB DESGASTAD \
    ILEGIV VISIV OXIDAD CORROID IDENTIFICAD LEGIVEL LEGIBLE APARENTE \
    ILLISIB ILLEGGIB UNLESERLICH ONLEESBAAR \
    NECHITA CHITAETS NIECZYTELN NECITELN \
    واضح مقروء \
";

/// The same for none, without, unknown and not told.
const UNTOLD: &str = "\
    UNKNOW WITHOUT \
    DESCONOCI SIN IGNORAD IGNORA \
    DESCONHECID SEM INEXISTENTE AUSENTE INFORMAD CONSTA POSSUI POSEE INDETERMINAD \
    INCONNU ABSENT SANS SENZA SCONOSCIUT PRIVA UNBEKANNT OHNE FEHL NICHT \
    OTSUTSTV NEIZVEST NEVIDOM NIEZNAN NEZNAM NEPOZNAT ONBEKEND BILINMIYOR \
    معدوم مجهول بدون غير \
";

/// Short stems that count only as whole words, because longer words begin with them too.
const WHOLE_ONLY: &[&str] = &["SIN", "SEM", "LIME", "POLI", "SANS", "OHNE", "PRIVA"];

/// A beginning of a word, whether it counts only as a whole word, and what it says.
struct Stem(&'static str, bool, NotSerial);

/// The words for none, taken apart once: every number that is read is held against them.
static NONE_APART: LazyLock<Vec<&str>> = LazyLock::new(|| NONE.split_whitespace().collect());

/// The stems; of several in one entry the first here says what it is, for what was removed is
/// unreadable and unknown too.
static STEMS_APART: LazyLock<Vec<Stem>> = LazyLock::new(|| {
    let groups =
        [(REMOVED, NotSerial::Obliterated), (UNREAD, NotSerial::Unread), (UNTOLD, NotSerial::Untold)];
    let each =
        groups.into_iter().flat_map(|(stems, is)| stems.split_whitespace().map(move |stem| (stem, is)));
    each.map(|(stem, is)| Stem(stem, WHOLE_ONLY.contains(&stem), is)).collect()
});

/// What an entry in bare capitals says instead of a number, if it is one of the words for none,
/// or holds one for removed or unreadable.
pub(super) fn none(text: &str) -> Option<NotSerial> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words.clone().all(|word| word.chars().any(char::is_numeric)) {
        return None;
    }
    let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let short = SHORT.into_iter().find(|(word, _)| *word == joined).map(|(_, is)| is);
    let stem =
        || STEMS_APART.iter().find(|stem| words.clone().any(|word| stem.begins(word))).map(|stem| stem.2);
    let stem = short.or_else(stem);
    stem.or_else(|| NONE_APART.contains(&joined.as_str()).then_some(NotSerial::Untold))
}

/// Whether a text in bare capitals says that there is no number to read.
pub(super) fn says_none(text: &str) -> bool {
    none(text).is_some()
}

impl Stem {
    /// Whether a word begins with it. Figures are looked for before look-alikes are folded, so
    /// that no folded letter counts.
    fn begins(&self, word: &str) -> bool {
        let Stem(stem, whole, _) = *self;
        !word.chars().any(char::is_numeric) && if whole { word == stem } else { word.starts_with(stem) }
    }
}

pub(super) fn is_stem(word: &str) -> bool {
    STEMS_APART.iter().any(|stem| stem.begins(word))
}

/// Whether an entry is a word instead of a number: letters, no figure, no sign for what was not
/// read. No maker numbers guns with letters alone.
pub(super) fn is_word(latin: &str) -> bool {
    latin.chars().any(char::is_alphabetic)
        && !latin.chars().any(|c| c.is_numeric() || matches!(c, '?' | '*' | '['))
}

/// Words that name the part on which a number stands.
const PARTS: &[(&str, super::Place)] = {
    use super::Place::{Barrel, Frame, Other, Receiver, Slide};
    &[
        ("BARREL", Barrel),
        ("CANO", Barrel),
        ("CANON", Barrel),
        ("LAUF", Barrel),
        ("SLIDE", Slide),
        ("CORREDERA", Slide),
        ("FERROLHO", Slide),
        ("CULATRA", Slide),
        ("CULASSE", Slide),
        ("GLISSIERE", Slide),
        ("SCHLITTEN", Slide),
        ("VERSCHLUSS", Slide),
        ("FRAME", Frame),
        ("ARMACAO", Frame),
        ("ARMAZON", Frame),
        ("BASTIDOR", Frame),
        ("EMPUNADURA", Frame),
        ("CARCASSE", Frame),
        ("POIGNEE", Frame),
        ("GRIFFSTUCK", Frame),
        ("RAHMEN", Frame),
        ("RECEIVER", Receiver),
        ("CAJON", Receiver),
        ("GEHAUSE", Receiver),
        ("BOITIER", Receiver),
        ("RECEPTOR", Receiver),
        ("CANNA", Barrel),
        ("CANNE", Barrel),
        ("LUFA", Barrel),
        ("STVOL", Barrel),
        ("STVOLA", Barrel),
        ("NAMLU", Barrel),
        ("HLAVEN", Barrel),
        ("CIJEV", Barrel),
        ("CEV", Barrel),
        ("CARRELLO", Slide),
        ("ZATVOR", Slide),
        ("ZATVORA", Slide),
        ("ZAMEK", Slide),
        ("RAMKA", Frame),
        ("RAMA", Frame),
        ("SZKIELET", Frame),
        ("FUSTO", Frame),
        ("CARCASSA", Frame),
        ("CARCACA", Receiver),
        ("KOROBKA", Receiver),
        ("KOROBKI", Receiver),
        ("TAMBOR", Other),
        ("CILINDRO", Other),
        ("CYLINDER", Other),
        ("BARILLET", Other),
        ("TAMBURO", Other),
        ("TROMMEL", Other),
        ("CARREGADOR", Other),
        ("CARGADOR", Other),
        ("CHARGEUR", Other),
        ("CARICATORE", Other),
        ("MAGAZINE", Other),
        ("MAGAZIN", Other),
        ("MONTAGEM", Other),
        ("CORONHA", Other),
    ]
};

/// The part that a word in bare capitals names.
pub(super) fn part(word: &str) -> Option<super::Place> {
    PARTS.iter().find(|(name, _)| *name == word).map(|(_, place)| *place)
}

/// Whether letters and figures are a filler: one sign throughout, or a run such as 123456.
pub(super) fn is_filler(norm: &str) -> bool {
    let mut signs = norm.chars();
    let Some(first) = signs.next() else { return false };
    if signs.clone().all(|c| c == first) {
        return norm.chars().nth(2).is_some() || matches!(first, '0' | '1' | 'X');
    }
    let run = |step: i32| {
        norm.chars().nth(2).is_some()
            && norm.chars().zip(signs.clone()).all(|(a, b)| match (a.to_digit(10), b.to_digit(10)) {
                (Some(a), Some(b)) => (a as i32 + step).rem_euclid(10) == b as i32,
                _ => false,
            })
    };
    run(1) || run(-1) || matches!(norm, "ABC" | "ABCD" | "ABCDE" | "ABCDEF" | "ABC123" | "ABC1234")
}

/// Whether a text in bare capitals is a model by its own word: `MOD 10-5`, `MODELO 1911`.
pub(super) fn names_a_model(text: &str) -> bool {
    let (first, rest) = text.trim().split_once([' ', '.', ':', '-']).unwrap_or((text, ""));
    let signs = rest.chars().filter(|c| c.is_alphanumeric()).count();
    matches!(first, "MOD" | "MODEL" | "MODELO" | "MODELE" | "MODELL") && (1..=6).contains(&signs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words_only_without_figures() {
        for text in
            ["NONE", "N/A", "S/N", "GROUND OFF", "NUMERO BORRADO", "ELIMINADO POR ABRASAO", "SIN NUMERO"]
        {
            assert!(says_none(text), "{text}");
        }
        for text in ["NA12345", "SIN4711", "LIMA12", "SEM12345", "ERASE1", "KD73519", "LIMES", "FILE22"] {
            assert!(!says_none(text), "{text}");
        }
    }

    #[test]
    fn fillers() {
        for text in ["1", "0", "000000", "77777", "123", "123456", "012345", "1234567890", "987654", "XXX"] {
            assert!(is_filler(text), "{text}");
        }
        for text in ["7", "12", "123457", "KD73519", "1122334", "100000", ""] {
            assert!(!is_filler(text), "{text}");
        }
    }
}
