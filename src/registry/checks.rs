//! Checks in the store: what makes two of them the same one.

use super::store::{StoreError, Transaction, Value, statements as sql};
use super::tables::{document, number, parse, save_numbers};
use crate::domain::check::{Check, Question};
use crate::domain::gun::Gun;
use crate::domain::ids::{AgencyId, RecordId};
use crate::domain::text::Text;
use crate::matching::serial_in;
use crate::reference::{calibre, make};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What makes two checks of an agency and case the same one: the serial as it matches, or the
/// description when there is none.
fn key(question: &Question, of_record: Option<RecordId>) -> String {
    let gun = &question.gun;
    let serial = gun.serial().map_or("", |number| number.as_seen.as_str());
    let described = || {
        let part = |t: &Option<Text>| t.as_ref().map_or("", Text::as_str).trim().to_uppercase();
        format!("~{serial}/{}/{}/{}", part(&gun.make), part(&gun.model), part(&gun.calibre))
    };
    let key = serial_in(serial).map_or_else(described, |norm| norm.to_string());
    match of_record {
        Some(record) => format!("{key}@{record}"),
        None => key,
    }
}

/// The case as it is compared: blanks around it and capitals do not make another one.
fn case(question: &Question) -> String {
    question.case.as_str().trim().to_uppercase()
}

/// Agency, case and key of checks that are one, or of guns that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place([Value; 3]);

impl Place {
    /// The place of what an agency asks.
    pub(super) fn of(agency: &AgencyId, question: &Question) -> Self {
        Self([agency.as_str().into(), case(question).into(), key(question, None).into()])
    }

    fn of_check(check: &Check) -> Self {
        let key = key(&check.question, check.of_record);
        Self([check.finder.agency.as_str().into(), case(&check.question).into(), key.into()])
    }

    /// Whether the row of a check stands in it.
    pub(super) fn holds(&self, row: &Row) -> bool {
        let [agency, case, key] = &self.0;
        (agency, case, key) == (&row[1], &row[3], &row[4])
    }
}

/// A check as its table has it.
pub(super) type Row = [Value; 8];

/// Whether two guns with one number are plainly two: other make, or other calibre.
pub(super) fn contradict(a: &Gun, b: &Gun) -> bool {
    let both = |x: &Option<Text>, y: &Option<Text>| {
        x.as_ref().zip(y.as_ref()).map(|(x, y)| (x.as_str().to_owned(), y.as_str().to_owned()))
    };
    both(&a.make, &b.make).is_some_and(|(x, y)| make::relation(&x, &y) == make::Relation::Different)
        || both(&a.calibre, &b.calibre)
            .is_some_and(|(x, y)| calibre::relation(&x, &y) == calibre::Relation::Different)
}

/// What an agency has asked before of a number in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Former {
    /// This gun.
    Same(Box<Check>),
    /// Other guns, so many.
    Others(u32),
}

/// The checks that stand in a place, in the order in which they came.
///
/// # Errors
/// The store failed.
pub(super) async fn standing(tx: &mut Transaction, place: Place) -> Result<Vec<Check>, StoreError> {
    let rows = tx.rows(sql::CHECKS_BY_CASE, place.0).await?;
    rows.iter().map(|row| parse("checks", row, 0)).collect()
}

/// The checks that stand in many places; each place has its list, be it an empty one.
///
/// # Errors
/// The store failed.
pub(super) async fn standing_in(
    tx: &mut Transaction,
    places: impl IntoIterator<Item = Place>,
) -> Result<HashMap<Place, Vec<Check>>, StoreError> {
    let mut found: HashMap<Place, Vec<Check>> = HashMap::new();
    let mut by_case: BTreeMap<(Value, Value), BTreeSet<Value>> = BTreeMap::new();
    for place in places {
        let [agency, case, key] = place.0.clone();
        by_case.entry((agency, case)).or_default().insert(key);
        found.entry(place).or_default();
    }
    for ((agency, case), keys) in by_case {
        let keys: Vec<Value> = keys.into_iter().collect();
        for some in keys.chunks(sql::AT_ONCE) {
            // A statement has so many places; the last key fills those that are left.
            let keys = some.iter().chain(some.last().into_iter().cycle()).take(sql::AT_ONCE).cloned();
            let values = keys.chain([agency.clone(), case.clone()]);
            for row in tx.rows(sql::CHECKS_BY_CASES, values).await? {
                let place = Place([agency.clone(), case.clone(), row.text(0).into()]);
                found.entry(place).or_default().push(parse("checks", &row, 1)?);
            }
        }
    }
    Ok(found)
}

/// Looks for the check of this gun among those of its place.
pub(super) fn former(standing: Vec<Check>, question: &Question) -> Former {
    let mut others = 0;
    for check in standing {
        if !contradict(&check.question.gun, &question.gun) {
            return Former::Same(Box::new(check));
        }
        others = others.max(check.variant + 1);
    }
    Former::Others(others)
}

/// Saves a check with its numbers.
///
/// # Errors
/// The store failed.
pub async fn save(tx: &mut Transaction, check: &Check) -> Result<(), StoreError> {
    save_row(tx, check).await?;
    save_numbers(tx, &check.id.to_string(), &check.question.gun).await
}

/// Saves a check without its numbers.
///
/// # Errors
/// The store failed.
pub(super) async fn save_row(tx: &mut Transaction, check: &Check) -> Result<(), StoreError> {
    tx.run(sql::SAVE_CHECK, row(check, Place::of_check(check))?).await?;
    Ok(())
}

/// The row of a check in its place.
///
/// # Errors
/// The check cannot be written as JSON.
pub(super) fn row(check: &Check, place: Place) -> Result<Row, StoreError> {
    let [agency, case, key] = place.0;
    Ok([
        number(check.id.0),
        agency,
        check.finder.ncb.as_str().into(),
        case,
        key,
        i64::from(check.variant).into(),
        check.stands_until.0.into(),
        document("checks", check)?,
    ])
}
