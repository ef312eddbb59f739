//! Words and fillers that stand in a number's field and are no number.

use std::sync::LazyLock;

/// Words for "there is none", as whole entries: letters only, without blanks and accents; in
/// English, Spanish and Portuguese, French, German, the Slavic languages by sound, Turkish,
/// Arabic. A longer entry without a figure is no serial anyway and need not stand here.
const NONE: &str = "\
    NONE NIL NULL NA NO NON NONUMBER NOSERIAL NOSERIALNUMBER NOTKNOWN NOTVISIBLE NOTSTATED \
    NOTAVAILABLE NOTAPPLICABLE NSN UNK UNKN TBD TEST SERIAL NUMBER XX BLANK EMPTY MISSING \
    UNNUMBERED UNSERIALIZED UNMARKED GHOSTGUN PMF \
    SN NS NINGUNO NINGUNA NENHUM NENHUMA NAO NOTIENE NAOTEM NAOHA NOHAY NOAPLICA NOVISIBLE NC NI ND \
    NT TIENE SD SI SID NIHIL NADA SNO SNUM SNUMERO SMARCA SDATOS ONR NEM NTEM NPOSSUI RASP SUPR ELIM \
    NEANT AUCUN AUCUNE RIEN NUMERO MATRICULE \
    NEIN KEIN KEINE UNBEK ENTF NUMMER \
    BN BNO NET NEMA BRAK BEZ YOK \
    لايوجد بدون بلارقم مجهول \
";

/// Beginnings of words for none, removed, ground off, unreadable and unknown. A word counts
/// when it begins with one of these and holds no figure. The languages in the same order.
const STEMS: &str = "\
    OBLITERAT REMOV ERASE ERASURE DEFAC GROUND GRINDED FILED SCRATCH ILLEGIB UNREAD UNKNOW DESTROYED \
    DRILLED VISIB ALTERED TAMPERED PUNCHED PEENED RESTOR PARTIAL WORN RUSTED CORRODED UNREADABLE WITHOUT MILLED POLISHED \
    BORRAD LIMAD ERRADICAD ELIMINAD SUPRIMID ILEGIB DESCONOCI ALTERAD ESMERILAD DEVASTAD OBLITERAD \
    REMOVID DESGASTAD RASPAD RESTAURAD TROQUELAD SIN DESBASTAD AMOLAD PUNZONAD MACHACAD ABRASIONAD \
    EROSIONAD IGNORAD TACHAD \
    LIXAD APAGAD ADULTERAD DESCONHECID SEM PICOTAD ABRASAO REVELA RECUPERAD INEXISTENTE DESBAST \
    SUPRESS AUSENTE ILEGIV VISIV PUNCIONAD PINAD MARTELAD ESMERILHAD OXIDAD CORROID DANIFICAD PREJUDICAD \
    SUPRIMAD IDENTIFICAD INFORMAD DESTRUID ARRANCAD CONSTA POSSUI POSEE LEGIVEL LEGIBLE INDETERMINAD APARENTE \
    EFFAC LIME ILLISIB INCONNU MEUL GRATT SUPPRIM ABSENT SANS OBLITER ENLEV BURIN REVEL POLI POINCONNE \
    ABRAS PUNZONAT ILLEGGIB CANCELLAT LIMAT SENZA RIMOSS FRESAT SCONOSCIUT \
    ENTFERNT AUSGESCHLIFF ABGESCHLIFF WEGGESCHLIFF GESCHLIFF UNKENNTLICH UNLESERLICH UNBEKANNT OHNE \
    FEHL GELOSCHT AUSGEFEILT ABGEFEILT HERAUSGE VERNICHTET WIEDERHERGE NICHT \
    AUSGEFRAST WEGGEFEILT VERSCHLAGEN VERWIJDERD ONLEESBAAR \
    SPILEN SPILYAN UDALEN SBIT ZABIT UNICHTOZH OTSUTSTV NECHITA NEIZVEST NEVIDOM ZATERT STERT ZNISHCH VIDALEN ZASHLIF \
    SPILOWAN USUNIET ZATART NIECZYTELN ODSTRANEN VYBROUSEN NECITELN IZBRUSEN SKINUT SILINMIS KAZINMIS \
    NIEZNAN NEZNAM NEPOZNAT ONBEKEND BILINMIYOR \
    مطموس ممسوح محذوف مزال ممحو معدوم مجهول بدون مشطوب مبرود مكشوط كشط غير ممسوحة مطموسة \
";

/// Short stems that count only as whole words, because longer words begin with them too.
const WHOLE_ONLY: &[&str] = &["SIN", "SEM", "LIME", "POLI", "SANS", "OHNE"];

/// The words for none, taken apart once: every number that is read is held against them.
static NONE_APART: LazyLock<Vec<&str>> = LazyLock::new(|| NONE.split_whitespace().collect());

/// The stems, and whether each counts only as a whole word.
static STEMS_APART: LazyLock<Vec<(&str, bool)>> =
    LazyLock::new(|| STEMS.split_whitespace().map(|stem| (stem, WHOLE_ONLY.contains(&stem))).collect());

/// Whether a text in bare capitals is one of the words for none, or holds one for removed or
/// unreadable.
pub(super) fn says_none(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words.all(|word| word.chars().any(char::is_numeric)) {
        return false;
    }
    let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    NONE_APART.iter().any(|word| *word == joined) || text.split(|c: char| !c.is_alphanumeric()).any(is_stem)
}

pub(super) fn is_stem(word: &str) -> bool {
    // Figures are looked for before look-alikes are folded, so that no folded letter counts.
    if word.is_empty() || word.chars().any(char::is_numeric) {
        return false;
    }
    STEMS_APART.iter().any(|(stem, whole)| if *whole { word == *stem } else { word.starts_with(stem) })
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
