//! The fields of the form, and their names on the wire.

/// The fields, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldId {
    /// What happened to the gun.
    Kind,
    /// The number to search by.
    Number,
    /// Where it stands.
    OnTheGun,
    /// Another number, the part before it.
    OtherNumber,
    /// Type.
    Type,
    /// Make.
    Make,
    /// Model.
    Model,
    /// Calibre.
    Calibre,
    /// Country of manufacture.
    MadeIn,
    /// Year of manufacture.
    Year,
    /// Import mark.
    ImportMark,
    /// When it happened.
    Date,
    /// Where.
    Place,
    /// The theft or lot.
    Theft,
    /// The owner's case number.
    FileNumber,
    /// How far it may go, and who is shut out.
    Caveat,
    /// What else is to be said.
    Remark,
}

impl FieldId {
    /// All of them, in the order of the form.
    pub const ALL: [FieldId; 17] = [
        FieldId::Kind,
        FieldId::Number,
        FieldId::OnTheGun,
        FieldId::OtherNumber,
        FieldId::Type,
        FieldId::Make,
        FieldId::Model,
        FieldId::Calibre,
        FieldId::MadeIn,
        FieldId::Year,
        FieldId::ImportMark,
        FieldId::Date,
        FieldId::Place,
        FieldId::Theft,
        FieldId::FileNumber,
        FieldId::Caveat,
        FieldId::Remark,
    ];

    /// The code under which the catalogue has its label: `form.<code>`.
    pub fn code(self) -> &'static str {
        match self {
            FieldId::Kind => "kind",
            FieldId::Number => "number",
            FieldId::OnTheGun => "on_the_gun",
            FieldId::OtherNumber => "other_number",
            FieldId::Type => "type",
            FieldId::Make => "make",
            FieldId::Model => "model",
            FieldId::Calibre => "calibre",
            FieldId::MadeIn => "made_in",
            FieldId::Year => "year",
            FieldId::ImportMark => "import_mark",
            FieldId::Date => "date",
            FieldId::Place => "place",
            FieldId::Theft => "theft",
            FieldId::FileNumber => "file_number",
            FieldId::Caveat => "caveat",
            FieldId::Remark => "remark",
        }
    }

    /// The field that a path on the wire belongs to.
    pub fn of_path(path: &str) -> Option<FieldId> {
        let path = path.strip_prefix("report.").unwrap_or(path);
        Some(match path {
            "circumstance" => FieldId::Kind,
            "gun.type" => FieldId::Type,
            "gun.make" => FieldId::Make,
            "gun.model" => FieldId::Model,
            "gun.calibre" => FieldId::Calibre,
            "gun.made_in" => FieldId::MadeIn,
            "gun.year" => FieldId::Year,
            "gun.import_mark" => FieldId::ImportMark,
            "date" => FieldId::Date,
            "place" => FieldId::Place,
            "batch" => FieldId::Theft,
            "case" => FieldId::FileNumber,
            "remark" => FieldId::Remark,
            "gun.numbers[0].place" => FieldId::OnTheGun,
            _ if path.starts_with("gun.numbers[1]") => FieldId::OtherNumber,
            _ if path.starts_with("gun.numbers") => FieldId::Number,
            _ if path.starts_with("caveat") => FieldId::Caveat,
            _ => return None,
        })
    }
}
