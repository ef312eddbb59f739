//! The words of the filter: `mine urgent late KE likely sort came`.

use super::state::queue::{Filter, Sort};
use crate::domain::evidence::Band;
use crate::domain::hit::Priority;
use crate::reference::country;

/// Reads a filter; every text is one: a word that is no name of the filter is looked for in
/// number, make, model and calibre, and two letters are a country.
pub fn parse(text: &str) -> Filter {
    let mut filter = Filter { text: text.to_owned(), ..Filter::default() };
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        match word.to_ascii_lowercase().as_str() {
            "mine" => filter.mine = true,
            "ours" => filter.ours = true,
            "late" => filter.late = true,
            "flash" => filter.priority = Some(Priority::Flash),
            "urgent" => filter.priority = Some(Priority::Urgent),
            "likely" => filter.band = Some(Band::Likely),
            "possible" => filter.band = Some(Band::Possible),
            "sort" => {
                filter.sort = match words.next_if(|next| next.eq_ignore_ascii_case("came")) {
                    Some(_) => Sort::Came,
                    None => Sort::WorstClock,
                }
            }
            other => match other.parse() {
                Ok(country) if country::by_code(other).is_some() => filter.with = Some(country),
                _ => filter.words.push(word.to_owned()),
            },
        }
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_filter() {
        let filter = parse("mine urgent late ke likely sort came KD73");
        assert!(filter.mine && filter.late && !filter.ours);
        assert_eq!(filter.priority, Some(Priority::Urgent));
        assert_eq!(filter.with, "KE".parse().ok());
        assert_eq!(filter.band, Some(Band::Likely));
        assert_eq!(filter.sort, Sort::Came);
        assert_eq!(filter.words, ["KD73"]);
    }

    #[test]
    fn nothing_typed_filters_nothing() {
        assert_eq!(parse(""), Filter::default());
    }
}
