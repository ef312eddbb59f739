//! The speed of the line between the console and the officer's screen.

use crate::console::pacing::Pacing;
use serde::Deserialize;
use std::num::NonZeroU32;

/// Bits that a byte takes on a serial line, with start and stop.
const BITS_A_BYTE: u32 = 10;
/// Bytes a second for a line behind a nearer end, unless its speed is set.
const BEHIND_NEARER: u32 = 10_000;

/// Speed of the line between the console and the officer's screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Given")]
pub enum Speed {
    /// As the terminal's answers tell it.
    #[default]
    Auto,
    /// Bits a second.
    Bits(NonZeroU32),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Number(u32),
    Text(String),
}

/// No speed of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the line is \"auto\", or its speed in bits a second, from 300, such as 9600")]
pub struct NoSpeed;

impl TryFrom<Given> for Speed {
    type Error = NoSpeed;

    fn try_from(given: Given) -> Result<Self, NoSpeed> {
        match given {
            Given::Text(text) if text == "auto" => Ok(Speed::Auto),
            Given::Number(bits) if bits >= 300 => NonZeroU32::new(bits).map(Speed::Bits).ok_or(NoSpeed),
            Given::Number(_) | Given::Text(_) => Err(NoSpeed),
        }
    }
}

impl Speed {
    /// How frames are paced at this speed, where a nearer end answers for the terminal or none does.
    pub fn pacing(self, nearer: bool) -> Pacing {
        let rate = match self {
            Speed::Bits(bits) => NonZeroU32::new(bits.get() / BITS_A_BYTE),
            Speed::Auto if nearer => NonZeroU32::new(BEHIND_NEARER),
            Speed::Auto => None,
        };
        rate.map_or(Pacing::Answers, Pacing::Rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::settings::console::ConsoleSettings;

    #[test]
    fn a_speed_is_auto_or_bits_a_second() {
        let read = |text: &str| {
            toml::from_str::<ConsoleSettings>(text).map(|console| console.line.unwrap_or_default())
        };
        assert_eq!(read("line = \"auto\"").unwrap(), Speed::Auto);
        let slow = read("line = 9600").unwrap();
        assert_eq!(slow.pacing(false), Pacing::Rate(NonZeroU32::new(960).unwrap()));
        assert_eq!(Speed::Auto.pacing(false), Pacing::Answers);
        assert_eq!(Speed::Auto.pacing(true), Pacing::Rate(NonZeroU32::new(10_000).unwrap()));
        for wrong in ["line = 0", "line = -1", "line = \"fast\"", "line = 12", "speed = 1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read("line = \"fast\"").unwrap_err().to_string().contains("9600"));
    }
}
