//! Words that may have to be erased one day.

use super::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Free text, a name or an address: whatever a person may have a right to see erased.
///
/// On its way into the journal the text is moved to an erasable side table and a salted
/// hash of it stays behind, so that the chain still holds after an erasure. The shape on
/// the wire and in the journal is `{"private": "..."}`, which is how the journal finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Private {
    /// The text; `None` once it was erased.
    #[serde(rename = "private")]
    text: Option<Text>,
}

impl Private {
    /// Takes a text that may be erased later.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Some(Text::new(text)) }
    }

    /// Whether nothing was ever said, or it was erased.
    pub fn is_none(&self) -> bool {
        self.text.is_none()
    }

    /// The text, unless it was erased.
    pub fn text(&self) -> Option<&Text> {
        self.text.as_ref()
    }

    /// Whether there are any words in it.
    pub fn is_blank(&self) -> bool {
        self.text.as_ref().is_none_or(Text::is_blank)
    }
}

impl From<Option<Text>> for Private {
    fn from(text: Option<Text>) -> Self {
        Self { text }
    }
}
