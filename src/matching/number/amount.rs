//! Numbers that a spreadsheet took for amounts.

/// Most figures of a number that an exponent stands for; beyond it nobody typed a number.
const MOST_FIGURES: usize = 24;
/// Fewest figures of it that are left for a number to be searched by.
const LEAST_FIGURES: usize = 4;

/// What was typed before a spreadsheet took it for an amount, as far as that can be told:
/// `45127.00` was `45127`, and of `4,51235E+12` the first six figures are left, the last of
/// them rounded. Nothing when the text is no amount.
pub(super) fn as_typed(text: &str) -> Option<String> {
    without_zeros(text).map(str::to_owned).or_else(|| without_exponent(text))
}

fn without_zeros(text: &str) -> Option<&str> {
    let (whole, behind) = text.rsplit_once(['.', ','])?;
    let zeros = matches!(behind, "0" | "00");
    (zeros && !whole.is_empty() && figures(whole)).then_some(whole)
}

fn without_exponent(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let (sign, power) = match exponent.strip_prefix(['+', '-']) {
        Some(power) => (Some(exponent.starts_with('+')), power),
        None => (None, exponent),
    };
    let (first, behind) = match mantissa.split_once(['.', ',']) {
        Some((first, behind)) => (first, behind),
        // `451E09` is a number with a letter in it.
        None => (mantissa, sign.map(|_| "")?),
    };
    let whole = first.len() == 1 && figures(first) && figures(behind) && figures(power);
    if !whole || power.is_empty() {
        return None;
    }
    let unknown = power.parse::<usize>().ok().and_then(|power| power.checked_sub(behind.len()));
    let read = format!("{first}{behind}");
    let unknown = unknown.filter(|unknown| sign != Some(false) && unknown + read.len() <= MOST_FIGURES);
    let Some(unknown) = unknown.filter(|_| read.len() >= LEAST_FIGURES) else { return Some("?".to_owned()) };
    if unknown == 0 {
        return Some(read);
    }
    let (kept, last) = read.split_at(read.len() - 1);
    let rounded = match last.as_bytes()[0] {
        b'0' => "?".to_owned(),
        last => format!("[{}{}]", (last - 1) as char, last as char),
    };
    Some(format!("{kept}{rounded}{}", "?".repeat(unknown)))
}

fn figures(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_did_is_undone_as_far_as_it_can_be() {
        for (text, expected) in [
            ("45127.00", Some("45127")),
            ("8451273,0", Some("8451273")),
            ("452.0", Some("452")),
            ("4512739.0", Some("4512739")),
            ("4.51E+09", Some("?")),
            ("4,51E+09", Some("?")),
            ("4,51235E+12", Some("45123[45]???????")),
            ("4.51230E+12", Some("45123????????")),
            ("4.512352E+06", Some("4512352")),
            ("4.51235e12", Some("45123[45]???????")),
            ("5E+12", Some("?")),
            ("4.5E-03", Some("?")),
            ("4.5E+999", Some("?")),
            ("451E09", None),
            ("4E12345", None),
            ("45.127", None),
            ("A45127.0", None),
            ("45127.05", None),
            (".0", None),
            ("E+5", None),
            ("45.127.00", None),
            ("12,345", None),
        ] {
            assert_eq!(as_typed(text).as_deref(), expected, "{text}");
        }
    }
}
