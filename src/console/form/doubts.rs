//! What of a form does not go together, as far as the tables can tell: a question, never a refusal.

use super::{FieldId, Form, Taken};
use crate::reference::consistency::{Doubt, Said, consistency};

impl Form {
    /// What the tables doubt, each at the field to look at again; at most one doubt a field.
    pub fn doubts(&self) -> Vec<(FieldId, Doubt)> {
        let said = Said {
            make: self.text(FieldId::Make),
            model: self.text(FieldId::Model),
            calibre: self.text(FieldId::Calibre),
            gun_type: self.text(FieldId::Type),
            made_in: self.text(FieldId::MadeIn),
            number: self.text(FieldId::Number),
        };
        let doubts = consistency(&said).into_iter().map(|doubt| (field(&doubt), doubt));
        // A number that is no serial is named as what it is already.
        let named = |id| matches!(self.field(id).map(|field| &field.taken), Some(Taken::NotSerial(_)));
        doubts.filter(|(id, _)| !named(*id)).collect()
    }
}

/// The field that a doubt is about.
fn field(doubt: &Doubt) -> FieldId {
    match doubt {
        Doubt::ModelNotOfMake { .. } => FieldId::Model,
        Doubt::CalibreNotOfMake { .. } | Doubt::CalibreNotOfModel { .. } | Doubt::CalibreNotOfType { .. } => {
            FieldId::Calibre
        }
        Doubt::TypeNotOfMake { .. } | Doubt::TypeNotOfModel { .. } => FieldId::Type,
        Doubt::CountryNotOfMake { .. } => FieldId::MadeIn,
        Doubt::NumberIsModel { .. } => FieldId::Number,
    }
}
