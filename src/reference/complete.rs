//! Completion while typing: what a few letters may mean, the best first.
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::{calibre, country, fold, gun_type, make, model};

/// One thing that the typed letters may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is taken into the field: a code, or a model's name.
    pub code: String,
    /// What is shown beside it.
    pub label: String,
}

/// A row of a table, with the names it goes by.
struct Row<'table> {
    suggestion: Suggestion,
    names: Vec<&'table str>,
}

/// How near a row is to what was typed; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Code,
    Name,
    StartOfCode,
    StartOfName,
    StartOfWord,
    Letters,
}

/// Makes, by name, code or alias of any kind; the label is the name and the country.
pub fn makes(typed: &str, limit: usize) -> Vec<Suggestion> {
    let rows = make::all().iter().map(|make| Row {
        suggestion: Suggestion { code: make.code.clone(), label: format!("{}, {}", make.name, make.country) },
        // A licensee is offered as itself.
        names: std::iter::once(make.name.as_str())
            .chain(
                make.aliases
                    .iter()
                    .filter(|alias| alias.kind != make::Kind::Licensee)
                    .map(|alias| alias.text.as_str()),
            )
            .collect(),
    });
    best(typed, limit, rows, make::find(typed).map(|found| found.make.code.as_str()))
}

/// Models of a make given by any of its names, or of all makes when it is empty; the code is the model's name.
pub fn models(make: &str, typed: &str, limit: usize) -> Vec<Suggestion> {
    let any = fold::key(make).is_empty();
    let exact = model::find(make, typed).map(|model| model.name.as_str());
    let listed: Vec<&model::Model> =
        if any { model::all().iter().collect() } else { model::of_make(make).collect() };
    let rows = listed.into_iter().map(|model| Row {
        suggestion: Suggestion {
            code: model.name.clone(),
            label: [model.make.as_str(), &model.gun_type, model.calibres.first().map_or("", String::as_str)]
                .into_iter()
                .skip(usize::from(!any))
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        },
        names: std::iter::once(model.name.as_str()).chain(model.aliases.iter().map(String::as_str)).collect(),
    });
    best(typed, limit, rows, exact)
}

/// Calibre families; the label is their first other name.
pub fn calibres(typed: &str, limit: usize) -> Vec<Suggestion> {
    let rows = calibre::all().iter().map(|calibre| Row {
        suggestion: Suggestion {
            code: calibre.code.clone(),
            label: calibre.aliases.first().unwrap_or(&calibre.code).clone(),
        },
        names: calibre.aliases.iter().map(String::as_str).collect(),
    });
    best(typed, limit, rows, calibre::find(typed).map(|calibre| calibre.code.as_str()))
}

/// Countries, the vanished ones too.
pub fn countries(typed: &str, limit: usize) -> Vec<Suggestion> {
    let rows = country::all().iter().map(|country| Row {
        suggestion: Suggestion { code: country.code.clone(), label: country.name.clone() },
        names: [country.name.as_str(), &country.alpha3]
            .into_iter()
            .chain(country.aliases.iter().map(String::as_str))
            .collect(),
    });
    best(typed, limit, rows, country::find(typed).map(|country| country.code.as_str()))
}

/// Gun types that exist; the label is what the letters mean.
pub fn gun_types(typed: &str, limit: usize) -> Vec<Suggestion> {
    let labels: Vec<(&gun_type::GunType, String)> =
        gun_type::usual().map(|kind| (kind, kind.to_string())).collect();
    let rows = labels.iter().map(|(kind, label)| Row {
        suggestion: Suggestion { code: kind.code.clone(), label: label.clone() },
        names: std::iter::once(label.as_str()).chain(kind.aliases.iter().map(String::as_str)).collect(),
    });
    best(typed, limit, rows, gun_type::find(typed).map(|kind| kind.code.as_str()))
}

/// The rows that fit, the best first; `exact` is the code that the table itself finds for the text.
///
/// Nothing typed offers the table in its own order.
fn best<'table>(
    typed: &str,
    limit: usize,
    rows: impl Iterator<Item = Row<'table>>,
    exact: Option<&str>,
) -> Vec<Suggestion> {
    let key = fold::key(typed);
    if key.is_empty() {
        return rows.map(|row| row.suggestion).take(limit).collect();
    }
    let pattern = Pattern::new(&key, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    // A row's shown name stands before its aliases.
    let mut found: Vec<((Nearness, bool), u32, usize, Suggestion)> = Vec::new();
    for (place, row) in rows.enumerate() {
        let is_exact = exact == Some(row.suggestion.code.as_str());
        let code = fold::key(&row.suggestion.code);
        let named = row.names.iter().enumerate();
        let nearness = named.filter_map(|(at, name)| Some((nearness(&key, name)?, at > 0))).min();
        let nearness = match nearness {
            _ if code == key => Some((Nearness::Code, false)),
            _ if is_exact => Some((Nearness::Name, false)),
            _ if code.starts_with(&key) => Some((Nearness::StartOfCode, false)),
            near => near,
        };
        let score = std::iter::once(code)
            .chain(row.names.iter().map(|name| fold::key(name)))
            .filter_map(|name| pattern.score(Utf32Str::new(&name, &mut buffer), &mut matcher))
            .max();
        if nearness.is_some() || score.is_some() {
            let nearness = nearness.unwrap_or((Nearness::Letters, true));
            // Only letters strewn over a name need the matcher's opinion.
            let worse =
                if nearness.0 == Nearness::Letters { u32::MAX - score.unwrap_or_default() } else { 0 };
            found.push((nearness, worse, place, row.suggestion));
        }
    }
    // They are offered only when nothing begins with what was typed.
    if found.iter().any(|((nearness, _), ..)| *nearness < Nearness::Letters) {
        found.retain(|((nearness, _), ..)| *nearness < Nearness::Letters);
    }
    found.sort_by_key(|(nearness, worse, place, _)| (*nearness, *worse, *place));
    found.into_iter().map(|(.., suggestion)| suggestion).take(limit).collect()
}

fn nearness(key: &str, name: &str) -> Option<Nearness> {
    let words = fold::words(name);
    let whole = words.concat();
    if whole == key {
        return Some(Nearness::Name);
    }
    if whole.starts_with(key) {
        return Some(Nearness::StartOfName);
    }
    (1..words.len())
        .any(|first| words.get(first..).is_some_and(|rest| rest.concat().starts_with(key)))
        .then_some(Nearness::StartOfWord)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(suggestions: &[Suggestion]) -> Vec<&str> {
        suggestions.iter().map(|suggestion| suggestion.code.as_str()).collect()
    }

    #[test]
    fn a_code_or_an_alias_comes_first() {
        assert_eq!(codes(&makes("fn", 3)).first(), Some(&"FN"));
        assert_eq!(codes(&makes("S&W", 3)).first(), Some(&"SW"));
        assert_eq!(codes(&makes("Browning", 3)).first(), Some(&"FN"));
        assert_eq!(codes(&makes("łucz", 3)), ["RADOM"]);
        assert_eq!(codes(&models("FN", "HP", 3)).first(), Some(&"Hi-Power"));
        assert_eq!(codes(&models("Glock", "1", 9)), ["17", "18", "19", "19X"]);
        assert_eq!(codes(&calibres("9 para", 3)).first(), Some(&"9x19"));
        assert_eq!(codes(&calibres("9", 3)).first(), Some(&"9"));
        assert_eq!(codes(&countries("SU", 3)).first(), Some(&"SUHH"));
        assert_eq!(codes(&countries("CS", 3)), ["CSHH", "CSXX"]);
        assert_eq!(codes(&gun_types("PI", 3)).first(), Some(&"PI"));
        assert_eq!(codes(&gun_types("revol", 1)), ["PR"]);
        assert_eq!(codes(&gun_types("R", 3)).first(), Some(&"R"));
    }

    #[test]
    fn a_beginning_comes_before_strewn_letters() {
        assert_eq!(codes(&makes("beret", 3)), ["BERETTA"]);
        assert_eq!(codes(&countries("costa", 5)), ["CR", "CI"]);
        assert_eq!(codes(&makes("wesson", 3)), ["SW", "DANWESSON"]);
        assert_eq!(codes(&makes("mossbrg", 1)), ["MOSSBERG"]);
    }

    #[test]
    fn nothing_typed_offers_the_table_and_nonsense_nothing() {
        assert_eq!(codes(&gun_types("", 2)), ["PI", "PR"]);
        assert_eq!(makes("", 5).len(), 5);
        assert_eq!(models("Glock", "", 99).len(), 35);
        assert!(makes("qqqqzz", 5).is_empty());
        assert!(calibres("9", 0).is_empty());
        assert_eq!(models("", "M16A2", 1)[0].label, "COLT RA 5.56x45");
    }

    #[test]
    fn any_text_is_taken() {
        for text in ["\u{0}", "🔫", "[[[", "ﷺ", "!^$'", "a\u{301}\u{301}", "ΑΒΓ 中国 ١٢٣"] {
            let _ = (
                makes(text, 3),
                models(text, text, 3),
                calibres(text, 3),
                countries(text, 3),
                gun_types(text, 3),
            );
        }
    }
}
