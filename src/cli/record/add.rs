//! The flags of `iarms record add`, one a field.

use crate::cli::fields::{Cells, Field};
use crate::domain::ids::{CommandId, RecordId};
use clap::Args;

/// A record, field by field.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// What happened to the gun: lost, stolen, trafficked, smuggled, crime, recovered.
    #[arg(long)]
    pub kind: String,
    /// The number on it; `?` one unreadable character, `[38]` one of these, `*` any number.
    #[arg(long)]
    pub serial: Option<String>,
    /// Maker or brand, as stamped.
    #[arg(long)]
    pub make: Option<String>,
    /// Model, as stamped.
    #[arg(long)]
    pub model: Option<String>,
    /// Calibre or gauge.
    #[arg(long)]
    pub calibre: Option<String>,
    /// Type: two letters such as PI, or words.
    #[arg(long = "type")]
    pub gun_type: Option<String>,
    /// Country of manufacture.
    #[arg(long)]
    pub country: Option<String>,
    /// Importer, as stamped.
    #[arg(long)]
    pub importer: Option<String>,
    /// Import mark, such as KE19.
    #[arg(long)]
    pub import_mark: Option<String>,
    /// Year of manufacture.
    #[arg(long)]
    pub year: Option<String>,
    /// When it happened: 2026-03-14, 2026-03 or 2026.
    #[arg(long)]
    pub date: Option<String>,
    /// Where it happened.
    #[arg(long)]
    pub place: Option<String>,
    /// The theft or lot that it belongs to.
    #[arg(long)]
    pub batch: Option<String>,
    /// Its id in your own system.
    #[arg(long)]
    pub id: Option<String>,
    /// What else is to be said.
    #[arg(long)]
    pub remark: Option<String>,
    /// A record of the same gun that you have seen and add to; may be repeated.
    #[arg(long, value_name = "RECORD")]
    pub knowing: Vec<RecordId>,
    /// Its name with the registry, a UUID; the same one is entered once, however often it is
    /// run. A run that ends with 5 prints the line that repeats it.
    #[arg(long, value_name = "UUID")]
    pub command_id: Option<CommandId>,
    /// Ask whether it would be taken, and store nothing.
    #[arg(long)]
    pub rehearse: bool,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
}

impl AddArguments {
    /// The fields that are filled.
    pub fn cells(&self) -> Cells {
        let mut cells = Cells::default();
        let given = [
            (Field::Serial, &self.serial),
            (Field::Make, &self.make),
            (Field::Model, &self.model),
            (Field::Calibre, &self.calibre),
            (Field::Type, &self.gun_type),
            (Field::Country, &self.country),
            (Field::Importer, &self.importer),
            (Field::ImportMark, &self.import_mark),
            (Field::Year, &self.year),
            (Field::Date, &self.date),
            (Field::Place, &self.place),
            (Field::Batch, &self.batch),
            (Field::Id, &self.id),
            (Field::Remark, &self.remark),
        ];
        for (field, text) in given {
            cells.put(field, text.as_deref().unwrap_or_default());
        }
        cells
    }
}
