//! Values of flags that several sub-commands take, each refused with what it should be.

use crate::domain::ids::{AgencyId, CountryCode};
use crate::reference::country;

/// A country of today, or ZZ for the hub.
///
/// # Errors
/// What is wrong, for the command line to print behind the flag's name.
pub fn country(text: &str) -> Result<CountryCode, String> {
    let wanted = "give the two letters of ISO 3166-1, such as CR";
    let code: CountryCode = text.parse().map_err(|_| format!("this is no country code; {wanted}"))?;
    if code == CountryCode::HUB {
        return Ok(code);
    }
    match country::by_code(code.as_str()) {
        Some(found) if found.withdrawn.is_none() => Ok(code),
        Some(found) => Err(format!("{} is no country any more; {wanted}", found.name)),
        None => Err(format!("there is no such country; {wanted}")),
    }
}

/// An agency's id.
///
/// # Errors
/// What is wrong, for the command line to print behind the flag's name.
pub fn agency(text: &str) -> Result<AgencyId, String> {
    let id: AgencyId = text.parse().map_err(|_| {
        "this is no agency; give its country, a hyphen and up to sixteen letters or figures, such as CR-OIJ"
            .to_owned()
    })?;
    let code = id.as_str().split_once('-').map_or("", |(code, _)| code);
    country(code).map(|_| id)
}

/// What a country's bureau is called when nobody says.
pub fn bureau(code: CountryCode) -> String {
    match country::by_code(code.as_str()) {
        Some(country) => format!("NCB {}", country.name),
        None => "Hub".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_of_today_or_the_hub() {
        assert_eq!(country("cr").unwrap().as_str(), "CR");
        assert_eq!(country("ZZ").unwrap(), CountryCode::HUB);
        for wrong in ["", "C", "QQ", "SUHH", "CRI", "506"] {
            let said = country(wrong).unwrap_err();
            assert!(said.contains("such as CR"), "{said}");
        }
    }

    #[test]
    fn an_agency_is_one_of_a_country() {
        assert_eq!(agency("cr-oij").unwrap().as_str(), "CR-OIJ");
        for wrong in ["", "OIJ", "CR-", "CR-O I J", "QQ-NCB"] {
            assert!(agency(wrong).is_err(), "{wrong}");
        }
    }
}
