//! The table of makes as it stands in its file, and what follows from it for finding them.

use super::{Alias, Kind, Make, Table, without_legal_form};
use crate::reference::fold;
use crate::reference::one_edit::OneEdit;
use crate::reference::table;
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    legal_forms: HashSet<String>,
    fillers: HashSet<String>,
    shared: Vec<String>,
    make: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    name: String,
    country: String,
    #[serde(default)]
    made_in: Vec<String>,
    #[serde(default)]
    models_complete: bool,
    #[serde(default)]
    numbering_restarts: bool,
    #[serde(default)]
    company: Vec<String>,
    #[serde(default)]
    brand: Vec<String>,
    #[serde(default)]
    licensee: Vec<String>,
    #[serde(default)]
    importer: Vec<String>,
    #[serde(default)]
    place: Vec<String>,
    #[serde(default)]
    mark: Vec<String>,
}

/// Reads the table, a piece at a time.
///
/// # Errors
/// A piece is no table of makes; the text says where.
pub(super) fn read(text: &str) -> Result<Table, String> {
    let mut file = File::default();
    for piece in table::pieces(text) {
        let piece: File = table::from_toml(&piece)?;
        file.legal_forms.extend(piece.legal_forms);
        file.fillers.extend(piece.fillers);
        file.shared.extend(piece.shared);
        file.make.extend(piece.make);
    }
    let mut table = Table { fillers: file.fillers, ..Table::default() };
    let mut for_slips = Vec::new();
    for row in file.make {
        let position = table.makes.len();
        let kinds = [
            (Kind::Company, row.company),
            (Kind::Brand, row.brand),
            (Kind::Licensee, row.licensee),
            (Kind::Importer, row.importer),
            (Kind::Place, row.place),
            (Kind::Mark, row.mark),
        ];
        let aliases: Vec<Alias> = kinds
            .into_iter()
            .flat_map(|(kind, names)| names.into_iter().map(move |text| Alias { text, kind }))
            .collect();
        let own = [(&row.code, Kind::Company), (&row.name, Kind::Company)];
        for (name, kind) in own.into_iter().chain(aliases.iter().map(|alias| (&alias.text, alias.kind))) {
            let key = without_legal_form(fold::words(name), &file.legal_forms).concat();
            if kind.names_the_maker() {
                table.ordered.entry(key.clone()).or_insert((position, kind));
                for_slips.push((key.clone(), position));
            }
            // A name that is both a spelling and a brand of one maker counts as the nearer.
            if !table.names.get(&key).iter().any(|(row, _)| *row == position) {
                table.names.add(key, (position, kind));
            }
        }
        table.codes.insert(row.code.clone(), position);
        table.makes.push(Make {
            code: row.code,
            name: row.name,
            country: row.country,
            made_in: row.made_in,
            models_complete: row.models_complete,
            numbering_restarts: row.numbering_restarts,
            aliases,
            ties: Vec::new(),
        });
    }
    tie_makers(&mut table);
    table.shared = file
        .shared
        .iter()
        .map(|name| without_legal_form(fold::words(name), &file.legal_forms).concat())
        .collect();
    table.misspelt = OneEdit::of(for_slips.iter().map(|(name, row)| (name.as_str(), *row)));
    table.legal_forms = file.legal_forms;
    Ok(table)
}

/// Ties makers to those that the table names as their licensees or dealers, both ways.
fn tie_makers(table: &mut Table) {
    let mut ties = Vec::new();
    for rows in table.names.all() {
        let companies = rows.iter().filter(|(_, kind)| *kind == Kind::Company);
        for (company, _) in companies {
            let others = rows
                .iter()
                .filter(|(row, kind)| row != company && matches!(kind, Kind::Licensee | Kind::Importer));
            ties.extend(
                others.flat_map(|(other, kind)| [(*company, *other, *kind), (*other, *company, *kind)]),
            );
        }
    }
    ties.sort_by_key(|(row, other, kind)| (*row, *kind, *other));
    for (row, other, kind) in ties {
        let Some(code) = table.makes.get(other).map(|make| make.code.clone()) else { continue };
        if let Some(make) = table.makes.get_mut(row) {
            make.ties.push((code, kind));
        }
    }
}
