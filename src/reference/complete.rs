//! Completion while typing: what a few letters may mean, the best first.
use std::sync::LazyLock;

use ranked::{Entry, best};

use super::{calibre, country, fold, gun_type, make, model};

mod ranked;

/// One thing that the typed letters may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is taken into the field: a code, or a model's name.
    pub code: String,
    /// What is shown beside it.
    pub label: String,
}

/// The tables with their names folded once: a key is answered without folding thousands of them again.
static MAKES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |make: &make::Make| {
        // A licensee is offered as itself.
        let aliases = make.aliases.iter().filter(|alias| alias.kind != make::Kind::Licensee);
        let names = std::iter::once(&make.name).chain(aliases.map(|alias| &alias.text));
        Entry::new(&make.code, format!("{}, {}", make.name, make.country), names)
    };
    make::all().iter().map(entry).collect()
});
static MODELS: LazyLock<Vec<Entry>> =
    LazyLock::new(|| model::all().iter().map(|model| entry(model, "")).collect());
/// The same with the make before type and calibre, for when no make is said.
static MODELS_WITH_MAKE: LazyLock<Vec<Entry>> =
    LazyLock::new(|| model::all().iter().map(|model| entry(model, &model.make)).collect());
static CALIBRES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |calibre: &calibre::Calibre| {
        let label = calibre.aliases.first().unwrap_or(&calibre.code).clone();
        Entry::new(&calibre.code, label, &calibre.aliases)
    };
    calibre::all().iter().map(entry).collect()
});
static COUNTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |country: &country::Country| {
        let names = [&country.name, &country.alpha3].into_iter().chain(&country.aliases);
        Entry::new(&country.code, country.name.clone(), names)
    };
    country::all().iter().map(entry).collect()
});
static GUN_TYPES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |kind: &gun_type::GunType| {
        let label = kind.to_string();
        let names: Vec<String> = std::iter::once(label.clone()).chain(kind.aliases.iter().cloned()).collect();
        Entry::new(&kind.code, label, &names)
    };
    gun_type::usual().map(entry).collect()
});

fn entry(model: &model::Model, make: &str) -> Entry {
    let calibre = model.calibres.first().map_or("", String::as_str);
    let said: Vec<&str> =
        [make, &model.gun_type, calibre].into_iter().filter(|part| !part.is_empty()).collect();
    Entry::new(&model.name, said.join(" "), std::iter::once(&model.name).chain(&model.aliases))
}

/// Makes, by name, code or alias of any kind; the label is the name and the country.
///
/// A slip of the hand offers the make that it may mean where nothing begins with what was typed.
pub fn makes(typed: &str, limit: usize) -> Vec<Suggestion> {
    let found = make::find(typed);
    let (guess, exact) = match found {
        Some(found) if found.kind == make::Kind::Fuzzy => (Some(found.make.code.as_str()), None),
        found => (None, found.map(|found| found.make.code.as_str())),
    };
    best(typed, limit, MAKES.iter(), exact, guess)
}

/// Models of a make given by any of its names, or of all makes when it is empty; the code is the model's name.
pub fn models(make: &str, typed: &str, limit: usize) -> Vec<Suggestion> {
    let exact = model::find(make, typed).map(|model| model.name.as_str());
    let rows = model::all().iter().zip(MODELS.iter());
    if !fold::key(make).is_empty() {
        let codes = model::maker_codes(make);
        let own = rows.filter(|(model, _)| codes.contains(&model.make.as_str())).map(|(_, entry)| entry);
        return best(typed, limit, own, exact, None);
    }
    best(typed, limit, MODELS_WITH_MAKE.iter(), exact, None)
}

/// Calibre families; the label is their first other name.
pub fn calibres(typed: &str, limit: usize) -> Vec<Suggestion> {
    let exact = calibre::find(typed).map(|calibre| calibre.code.as_str());
    best(typed, limit, CALIBRES.iter(), exact, None)
}

/// Countries, the vanished ones too.
pub fn countries(typed: &str, limit: usize) -> Vec<Suggestion> {
    let exact = country::find(typed).map(|country| country.code.as_str());
    best(typed, limit, COUNTRIES.iter(), exact, None)
}

/// Gun types that exist; the label is what the letters mean.
pub fn gun_types(typed: &str, limit: usize) -> Vec<Suggestion> {
    let exact = gun_type::find(typed).map(|kind| kind.code.as_str());
    best(typed, limit, GUN_TYPES.iter(), exact, None)
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
        assert_eq!(codes(&makes("berrettta", 1)).len(), 0);
        assert_eq!(codes(&makes("berretta", 3)).first(), Some(&"BERETTA"));
        assert_eq!(codes(&makes("walhter", 3)).first(), Some(&"WALTHER"));
        assert_eq!(codes(&makes("zastva", 3)).first(), Some(&"ZASTAVA"));
        assert_eq!(codes(&makes("Хеклер", 1)), ["HK"]);
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
