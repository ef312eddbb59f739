//! Which column of a file fills which field.

use super::fields::Field;
use csv::ByteRecord;
use std::collections::BTreeMap;

/// The columns of a file by the field that they fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, usize>);

/// Why columns cannot be found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsFault {
    /// A pair is not `FIELD=COL`.
    #[error("--columns {given}: it is written FIELD=COL, as in serial=SER")]
    Pair {
        /// What was given.
        given: String,
    },
    /// No such field.
    #[error("--columns {given}: {said}")]
    Field {
        /// What was given.
        given: String,
        /// What is wrong.
        said: String,
    },
    /// A field twice.
    #[error("--columns: `{field}` is filled twice")]
    Twice {
        /// The field.
        field: &'static str,
    },
    /// No such column.
    #[error("there is no column `{column}`; the columns are {there}")]
    NoColumn {
        /// What was named.
        column: String,
        /// What is there.
        there: String,
    },
    /// Two columns of that name.
    #[error("there are two columns `{column}`")]
    Ambiguous {
        /// Their name.
        column: String,
    },
    /// No field is filled.
    #[error(
        "no column bears the name of a field (serial, make, model, calibre ...): name them so, or tell an import with --columns serial=COL,make=COL; the columns are {there}"
    )]
    None {
        /// What is there.
        there: String,
    },
}

impl Columns {
    /// Finds the columns that are named, or, when none are, those that bear a field's name.
    ///
    /// # Errors
    /// A [`ColumnsFault`] that names the column.
    pub fn find(header: &ByteRecord, pairs: &[String], kind: Option<&str>) -> Result<Self, ColumnsFault> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let mut columns = BTreeMap::new();
        let kind = kind.map(|column| (Field::Kind, column.to_owned()));
        for (field, column) in
            pairs.iter().map(|pair| split(pair)).chain(kind.map(Ok)).collect::<Result<Vec<_>, _>>()?
        {
            if columns.insert(field, place(&names, &column)?).is_some() {
                return Err(ColumnsFault::Twice { field: field.code() });
            }
        }
        if pairs.is_empty() {
            for field in Field::ALL {
                if names.iter().any(|name| name.eq_ignore_ascii_case(field.code())) {
                    columns.entry(*field).or_insert(place(&names, field.code())?);
                }
            }
        }
        if columns.keys().all(|field| *field == Field::Kind) {
            return Err(ColumnsFault::None { there: names.join(", ") });
        }
        Ok(Self(columns))
    }

    /// Each field with the place of its column.
    pub fn iter(&self) -> impl Iterator<Item = (Field, usize)> {
        self.0.iter().map(|(field, place)| (*field, *place))
    }
}

fn split(pair: &str) -> Result<(Field, String), ColumnsFault> {
    let given = pair.to_owned();
    let Some((field, column)) = pair.split_once('=') else { return Err(ColumnsFault::Pair { given }) };
    let field = field.parse().map_err(|said| ColumnsFault::Field { given, said })?;
    Ok((field, column.trim().to_owned()))
}

/// The place of a column: by its name to the letter, else with capitals left out of account.
fn place(names: &[String], column: &str) -> Result<usize, ColumnsFault> {
    let by = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..names.len()).filter(|at| same(&names[*at])).collect()
    };
    let exact = by(&|name| name == column);
    let found = if exact.is_empty() { by(&|name| name.eq_ignore_ascii_case(column)) } else { exact };
    match found[..] {
        [at] => Ok(at),
        [] => Err(ColumnsFault::NoColumn { column: column.to_owned(), there: names.join(", ") }),
        _ => Err(ColumnsFault::Ambiguous { column: column.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(header: &[&str], pairs: &[&str]) -> Result<Vec<(Field, usize)>, ColumnsFault> {
        let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        Columns::find(&ByteRecord::from(header.to_vec()), &pairs, None)
            .map(|columns| columns.iter().collect())
    }

    #[test]
    fn columns_are_found_by_name() {
        let header = ["MAK", "Serial No", "Date"];
        assert_eq!(
            find(&header, &["serial=serial no", "make=MAK"]),
            Ok(vec![(Field::Serial, 1), (Field::Make, 0)])
        );
        assert_eq!(find(&["make", "SERIAL", "colour"], &[]), Ok(vec![(Field::Serial, 1), (Field::Make, 0)]));
    }

    #[test]
    fn what_is_wrong_names_the_column() {
        let said = |header: &[&str], pairs: &[&str]| find(header, pairs).unwrap_err().to_string();
        assert!(said(&["A", "B"], &["serial=SER"]).contains("`SER`; the columns are A, B"));
        assert!(said(&["A"], &["colour=A"]).contains("no field `colour`"));
        assert!(said(&["A"], &["serial"]).contains("FIELD=COL"));
        assert!(said(&["A", "B"], &["serial=A", "serial=B"]).contains("twice"));
        assert!(said(&["A", "A"], &["serial=A"]).contains("two columns"));
        assert!(said(&["A", "B"], &[]).contains("--columns"));
    }
}
