//! Reads the fields of a gun and a report from plain texts, as flags and files have them.

pub mod date;

use crate::domain::date::PartialDate;
use crate::domain::gun::{Gun, GunType, Number, Place};
use crate::domain::ids::CountryCode;
use crate::domain::private::Private;
use crate::domain::record::{Circumstance, Entry, Report};
use crate::domain::refusal::Refusal;
use crate::domain::text::Text;
use crate::reference::{country, gun_type};
use crate::words;
use date::Order;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

macro_rules! fields {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// A field that a flag or a column can fill.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = concat!("`", $code, "`")] $name),* }

        impl Field {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[Field] = &[$(Field::$name),*];

            /// The word in flags and column lists.
            pub fn code(self) -> &'static str {
                match self { $(Field::$name => $code),* }
            }
        }
    };
}
fields!(
    Serial = "serial",
    Make = "make",
    Model = "model",
    Calibre = "calibre",
    Type = "type",
    Country = "country",
    Importer = "importer",
    ImportMark = "import_mark",
    Year = "year",
    Date = "date",
    Place = "place",
    Batch = "batch",
    Case = "case",
    Id = "id",
    Kind = "kind",
    Remark = "remark",
);

impl FromStr for Field {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        Field::ALL.iter().copied().find(|field| field.code() == code.trim()).ok_or_else(|| {
            let codes: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
            format!("there is no field `{}`; the fields are {}", code.trim(), codes.join(", "))
        })
    }
}

/// The type of NCIC's table for what is none of the others.
const OTHER_TYPE: &str = "Z";

/// Why a row is not taken: which field, and what is wrong with it, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The field, by the word of its column.
    pub field: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

impl Reject {
    fn new(field: Field, reason: impl Into<String>) -> Self {
        Self { field: field.code().to_owned(), reason: reason.into() }
    }

    /// What a rule refused, with the first field that is wrong.
    pub fn refused(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Fields { problems } => {
                let field = problems.first().map(|problem| column(&problem.field)).unwrap_or_default();
                let said: Vec<String> = problems.iter().map(words::field_problem).collect();
                Self { field, reason: said.join("; ") }
            }
            other => {
                let field = match other {
                    Refusal::Duplicate { .. } => Field::Serial.code(),
                    Refusal::SourceRepeated { .. } => Field::Id.code(),
                    // It is about the row, or about who sent it.
                    _ => "",
                };
                let (said, hint) = words::refusal(other);
                Self { field: field.to_owned(), reason: format!("{said} ({hint})") }
            }
        }
    }
}

/// The column that fills a field of the wire, or the field's own name where none does.
fn column(path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let last = last.split('[').next().unwrap_or(last);
    let field = match last {
        "as_seen" | "numbers" => Field::Serial,
        "made_in" => Field::Country,
        "circumstance" => Field::Kind,
        "source_id" => Field::Id,
        "found" => Field::Date,
        other => return other.to_owned(),
    };
    field.code().to_owned()
}

/// What holds for every row that does not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usual {
    /// What happened to the guns.
    pub kind: Option<Circumstance>,
    /// The order of day and month.
    pub dates: Order,
    /// The case.
    pub case: String,
    /// How the records come in.
    pub entry: Entry,
    /// The year now, which two-figure years are read against.
    pub this_year: i16,
}

/// The texts of one gun, by field; blank ones are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells(BTreeMap<Field, String>);

impl Cells {
    /// Puts a text in, without the blanks around it; a blank one is no text.
    pub fn put(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.0.insert(field, text.to_owned());
        }
    }

    /// The text of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// Whether nothing was filled.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn text(&self, field: Field) -> Option<Text> {
        self.get(field).map(Text::from)
    }

    /// The gun as somebody at a desk describes it, who can be asked what a type means.
    ///
    /// # Errors
    /// A type, country or year that cannot be read.
    pub fn gun(&self) -> Result<Gun, Reject> {
        let gun_type = self.gun_type().map_err(|text| {
            let reason = format!(
                "{}; give two letters such as PI, a word such as revolver, or Z for what is none of these",
                unknown("gun type", text)
            );
            Reject::new(Field::Type, reason)
        })?;
        self.gun_of(gun_type)
    }

    /// The gun as a file describes it: a type that nobody knows is Z, any other, with the words beside it among the
    /// marks, as NCIC has it (FBI: Z is described in the remarks). A gun whose type is odd is not lost for that.
    ///
    /// # Errors
    /// A country or year that cannot be read.
    pub fn gun_of_file(&self) -> Result<Gun, Reject> {
        let text = match self.gun_type() {
            Ok(gun_type) => return self.gun_of(gun_type),
            Err(text) => text,
        };
        let mut gun = self.gun_of(OTHER_TYPE.parse().ok())?;
        gun.marks = Private::new(format!("type: {}", short(text)));
        Ok(gun)
    }

    /// Whether there is a type that nobody knows.
    pub fn has_unknown_type(&self) -> bool {
        self.gun_type().is_err()
    }

    /// The type, or the text that names none.
    fn gun_type(&self) -> Result<Option<GunType>, &str> {
        let Some(text) = self.get(Field::Type) else { return Ok(None) };
        gun_type::find(text).and_then(|known| known.code.parse().ok()).map(Some).ok_or(text)
    }

    fn gun_of(&self, gun_type: Option<GunType>) -> Result<Gun, Reject> {
        let as_seen = self.text(Field::Serial);
        let numbers = as_seen.map(|as_seen| Number { as_seen, place: Place::Unstated }).into_iter().collect();
        let year = self
            .get(Field::Year)
            .map(|text| text.parse::<i16>().map_err(|_| Reject::new(Field::Year, unknown("year", text))));
        Ok(Gun {
            numbers,
            make: self.text(Field::Make),
            model: self.text(Field::Model),
            calibre: self.text(Field::Calibre),
            gun_type,
            made_in: self.made_in()?,
            importer: self.text(Field::Importer),
            import_mark: self.text(Field::ImportMark),
            year: year.transpose()?,
            ..Gun::default()
        })
    }

    fn made_in(&self) -> Result<Option<CountryCode>, Reject> {
        let Some(text) = self.get(Field::Country) else { return Ok(None) };
        let code = country::find(text).and_then(|country| country.code.parse().ok());
        code.map(Some).ok_or_else(|| Reject::new(Field::Country, unknown("country", text)))
    }

    /// The date, in the order that the file has.
    ///
    /// # Errors
    /// There is no such day in that order.
    pub fn date(&self, usual: &Usual) -> Result<Option<PartialDate>, Reject> {
        let Some(text) = self.get(Field::Date) else { return Ok(None) };
        let date = date::read(text, usual.dates, usual.this_year);
        date.map(Some).ok_or_else(|| {
            let reason = format!("`{}` is no date in the order {}", short(text), usual.dates);
            Reject::new(Field::Date, reason)
        })
    }

    /// The report; judged for its form only, as what is mandatory is for the rules.
    ///
    /// # Errors
    /// A field that cannot be read.
    pub fn report(&self, usual: &Usual) -> Result<Report, Reject> {
        let circumstance = match (self.get(Field::Kind), usual.kind) {
            (Some(text), _) => Circumstance::from_code(text).ok_or_else(|| {
                Reject::new(Field::Kind, format!("`{}` is none of {}", short(text), kinds()))
            })?,
            (None, Some(kind)) => kind,
            (None, None) => return Err(Reject::new(Field::Kind, format!("must be filled: {}", kinds()))),
        };
        Ok(Report {
            circumstance,
            gun: if usual.entry == Entry::Import { self.gun_of_file()? } else { self.gun()? },
            date: self.date(usual)?,
            place: self.text(Field::Place).into(),
            batch: self.text(Field::Batch),
            basis: Vec::new(),
            context: None,
            case: self.text(Field::Case).unwrap_or_else(|| Text::new(usual.case.clone())),
            remark: self.get(Field::Remark).map(Private::new).unwrap_or_default(),
            caveat: Default::default(),
            source_id: self.text(Field::Id),
            entry: usual.entry,
        })
    }

    /// What tells this row from others, for rows that have no id of their own.
    pub fn content(&self) -> String {
        let parts = self.0.iter().map(|(field, text)| format!("{}\u{1f}{text}\u{1e}", field.code()));
        parts.collect()
    }
}

/// The words for what can happen to a gun, as a list.
pub fn kinds() -> String {
    let codes: Vec<&str> = Circumstance::ALL.iter().map(|kind| kind.code()).collect();
    codes.join(", ")
}

fn unknown(what: &str, text: &str) -> String {
    format!("`{}` is no {what} that is known", short(text))
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> Usual {
        Usual {
            kind: Some(Circumstance::Stolen),
            dates: Order::Mdy,
            case: "file".into(),
            entry: Entry::Import,
            this_year: 2026,
        }
    }

    fn cells(list: &[(Field, &str)]) -> Cells {
        let mut cells = Cells::default();
        for (field, text) in list {
            cells.put(*field, text);
        }
        cells
    }

    #[test]
    fn a_row_becomes_a_report() {
        let row = cells(&[
            (Field::Serial, " KD73519 "),
            (Field::Make, "FN"),
            (Field::Model, ""),
            (Field::Type, "pistol"),
            (Field::Country, "Belgium"),
            (Field::Date, "3/14/2026"),
        ]);
        let report = row.report(&usual()).unwrap();
        assert_eq!(report.gun.serial().unwrap().as_seen.as_str(), "KD73519");
        assert_eq!(report.gun.gun_type.unwrap().as_str(), "PI");
        assert_eq!(report.gun.made_in.unwrap().as_str(), "BE");
        assert_eq!((report.gun.model, report.case.as_str()), (None, "file"));
        assert_eq!(report.date.unwrap().to_string(), "2026-03-14");
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let field = |field, text| cells(&[(field, text)]).report(&usual()).unwrap_err().field;
        assert_eq!(field(Field::Country, "Nowhere"), "country");
        assert_eq!(field(Field::Year, "nineteen"), "year");
        assert_eq!(field(Field::Date, "31/12/2025"), "date");
        assert_eq!(field(Field::Kind, "borrowed"), "kind");
    }

    #[test]
    fn a_type_that_nobody_knows_is_refused_at_a_desk_and_kept_from_a_file() {
        let desk = Usual { entry: Entry::Desk, ..usual() };
        for text in ["24/7", "QQ", "оружие Х", "bodoque", "pistol grip shotgun"] {
            let row = cells(&[(Field::Serial, "KD73519"), (Field::Type, text)]);
            let refused = row.report(&desk).unwrap_err();
            assert_eq!(refused.field, "type", "{text}");
            assert!(refused.reason.contains(text) && refused.reason.contains("such as PI"), "{refused}");
            assert_eq!(row.gun().unwrap_err(), refused);
            let gun = row.report(&usual()).unwrap().gun;
            assert_eq!(gun.gun_type.unwrap().as_str(), "Z", "{text}");
            assert!(gun.marks.text().unwrap().as_str().contains(text), "{text}");
            assert!(row.has_unknown_type());
        }
        for text in ["PI", "fuzil", "não consta", "VI"] {
            let row = cells(&[(Field::Type, text)]);
            assert!(!row.has_unknown_type() && row.gun().unwrap() == row.gun_of_file().unwrap(), "{text}");
        }
        assert_eq!(cells(&[(Field::Make, "FN")]).gun_of_file().unwrap().gun_type, None);
    }

    #[test]
    fn a_type_without_an_action_is_a_type() {
        for (text, code) in [("handgun", "P"), ("ESPINGARDA", "S"), ("FUZIL", "R"), ("REVOLVER CAL 38", "PR")]
        {
            let gun = cells(&[(Field::Type, text)]).gun().unwrap();
            assert_eq!(gun.gun_type.unwrap().as_str(), code, "{text}");
            assert!(gun.marks.text().is_none());
        }
    }

    #[test]
    fn every_field_is_found_by_its_word() {
        for field in Field::ALL {
            assert_eq!(field.code().parse(), Ok(*field));
        }
        assert!("colour".parse::<Field>().unwrap_err().contains("import_mark"));
    }
}
