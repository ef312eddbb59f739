//! Words before a number that is not the gun's: of a case, a report, a seal, a permit.

use super::entry::Word;
use super::letters::{self, Script};
use super::pieces::{has_figure, is_label_inside};

/// Words of cases, reports, exhibits, seals, registers and permits, as whole words: Portuguese
/// and Spanish, English, French, German, Russian by sound.
const LONG: &str = "\
    LACRE LACRES LAUDO LAUDOS PROCESSO PROC INQUERITO OCORRENCIA OCORR BOLETIM BOPM OFICIO REQUISICAO REGISTRO SINARM \
    SIGMA PATRIMONIO PATRIM TOMBO TOMBAMENTO PROTOCOLO CRAF PORTE AUTORIZACAO PROCEDIMENTO \
    EXPEDIENTE ATESTADO DENUNCIA PRECINTO INFORME DILIGENCIAS LICENCIA SUMARIO PERMISO \
    CASE REPORT INCIDENT EVIDENCE EXHIBIT SEAL BARCODE PROPERTY PERMIT LICENSE LICENCE NCIC DOCKET \
    DOSSIER AFFAIRE SCELLE SCELLES PROCEDURE RAPPORT PERMIS \
    FALL VORGANG AKTENZEICHEN ASSERVAT ASSERVATEN SIEGEL PLOMBE AKTE \
    DELO KUSP PLOMBA PAKET RAZRESHENIE LITSENZIYA PROTOKOL EKSPERTIZA ZAYAVLENIE ";

/// Short ones, which may be prefixes of serials: they count only before a number as files have
/// it (`4512/2019`), with a sign for "number" behind them, or where the gun's own is gone.
const SHORT: &str = "BO TCO IP APF RO TAG EXP EXH ITEM AZ PV UD CI CR REDS GUIA CAUSA WBK PAT PATENT";

/// Beginnings of words that a gun's own number follows again.
const OWN: [&str; 9] =
    ["RESTOR", "REVEL", "RECUPER", "SERI", "MATRIC", "RESTAUR", "WIEDERHERG", "VOSSTANOVL", "NUMERA"];

/// Whether a word in bare capitals is one of them.
pub(super) fn is_word(word: &str) -> bool {
    LONG.split_whitespace().any(|listed| listed == word)
}

/// Whether the word there says that the next number is of another thing.
pub(super) fn is_named(words: &[Word<'_>], at: usize, removed: bool) -> bool {
    let plain = |script| -> String {
        letters::latin(words[at].text, script).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (look, sound) = (plain(Script::Look), plain(Script::Sound));
    if is_word(&look) || is_word(&sound) {
        return !is_stamped(words, at);
    }
    let short = SHORT.split_whitespace().any(|listed| listed == look || listed == sound);
    let behind = || words[at + 1..].iter().map(|word| word.text);
    let labelled = || words[at].is_label || behind().next().is_some_and(is_label_inside);
    let number = || behind().find(|word| has_figure(word));
    short && (removed || labelled() || number().is_some_and(is_of_file))
}

/// Whether the word there is one of those that armies had stamped beside the number: `UNITED
/// STATES PROPERTY No 451273`.
fn is_stamped(words: &[Word<'_>], at: usize) -> bool {
    let plain = |at: usize| words.get(at).map(|word| super::pieces::plain(word.text)).unwrap_or_default();
    let owner =
        || at.checked_sub(1).map(plain).is_some_and(|word| matches!(word.as_str(), "US" | "USA" | "STATES"));
    plain(at) == "PROPERTY" && (owner() || plain(at + 1) == "OF")
}

/// Whether a word says that a number of the gun follows after all.
pub(super) fn ends(word: &str) -> bool {
    OWN.iter().any(|own| word.starts_with(own))
}

/// Whether a number has a year behind a stroke, as cases have: `4512/2019`, `123/19`.
fn is_of_file(word: &str) -> bool {
    let Some((number, year)) = word.rsplit_once(['/', '-']) else { return false };
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    figures(number)
        && (super::years::is_year(year) || (year.len() == 2 && figures(year) && word.contains('/')))
}
