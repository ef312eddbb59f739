//! Checks in the store: what makes two of them the same one.

use super::store::{StoreError, Transaction, Value, statements as sql};
use super::tables::{document, number, parse, save_numbers};
use crate::domain::check::{Check, Question};
use crate::domain::gun::Gun;
use crate::domain::ids::{AgencyId, RecordId};
use crate::domain::text::Text;
use crate::matching::{Norm, NumberKind, classify};
use crate::reference::{calibre, make};

/// What makes two checks of an agency and case the same one: the serial as it matches, or the
/// description when there is none.
fn key(question: &Question, of_record: Option<RecordId>) -> String {
    let gun = &question.gun;
    let serial = gun.serial().map_or("", |number| number.as_seen.as_str());
    let key = match classify(serial) {
        NumberKind::Serial => Norm::of(serial).as_str().to_owned(),
        NumberKind::NotSerial(_) => String::new(),
    };
    let key = if key.is_empty() {
        let part = |t: &Option<Text>| t.as_ref().map_or("", Text::as_str).trim().to_uppercase();
        format!("~{serial}/{}/{}/{}", part(&gun.make), part(&gun.model), part(&gun.calibre))
    } else {
        key
    };
    match of_record {
        Some(record) => format!("{key}@{record}"),
        None => key,
    }
}

/// The case as it is compared: blanks around it and capitals do not make another one.
fn case(question: &Question) -> String {
    question.case.as_str().trim().to_uppercase()
}

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

/// Looks for the check that an agency has made of this gun in this case.
///
/// # Errors
/// The store failed.
pub async fn former(
    tx: &mut Transaction,
    agency: &AgencyId,
    question: &Question,
) -> Result<Former, StoreError> {
    let values: [Value; 3] = [agency.as_str().into(), case(question).into(), key(question, None).into()];
    let rows = tx.rows(sql::CHECKS_BY_CASE, values).await?;
    let mut others = 0;
    for row in &rows {
        let check: Check = parse("checks", row, 0)?;
        if !contradict(&check.question.gun, &question.gun) {
            return Ok(Former::Same(Box::new(check)));
        }
        others = others.max(check.variant + 1);
    }
    Ok(Former::Others(others))
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
    let values: [Value; 8] = [
        number(check.id.0),
        check.finder.agency.as_str().into(),
        check.finder.ncb.as_str().into(),
        case(&check.question).into(),
        key(&check.question, check.of_record).into(),
        i64::from(check.variant).into(),
        check.stands_until.0.into(),
        document("checks", check)?,
    ];
    tx.run(sql::SAVE_CHECK, values).await?;
    Ok(())
}
