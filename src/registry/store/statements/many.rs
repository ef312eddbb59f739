//! Makes the text of statements that take many rows at once.

/// The text of a statement with so many groups of so many places in it, as a constant:
/// `many!("INSERT INTO t (a, b) VALUES", 2 rows of 2, "")` ends with `($1, $2), ($3, $4)`.
macro_rules! many {
    ($head:expr, $rows:tt rows of $columns:tt, $tail:expr) => {{
        const LENGTH: usize = many::length($head, $rows, $columns, $tail);
        const TEXT: [u8; LENGTH] = many::text($head, $rows, $columns, $tail);
        match std::str::from_utf8(&TEXT) {
            Ok(text) => text,
            Err(_) => $head,
        }
    }};
}
pub(super) use many;

/// Bytes of the text.
pub(super) const fn length(head: &str, rows: usize, columns: usize, tail: &str) -> usize {
    let mut length = head.len() + tail.len();
    let mut place = 1;
    while place <= rows * columns {
        // A blank and the sign stand before the figures, a comma behind all but the last.
        length += 3 + figures(place);
        place += 1;
    }
    length - 1 + 2 * rows
}

/// The text, in as many bytes as [`length`] says.
pub(super) const fn text<const LENGTH: usize>(
    head: &str,
    rows: usize,
    columns: usize,
    tail: &str,
) -> [u8; LENGTH] {
    let mut text = [b' '; LENGTH];
    copy(head, &mut text, 0);
    copy(tail, &mut text, LENGTH - tail.len());
    let mut at = head.len();
    let mut place = 1;
    while place <= rows * columns {
        let first = (place - 1) % columns == 0;
        if place > 1 {
            text[at] = b',';
            at += 1;
        }
        at += 1;
        if first {
            text[at] = b'(';
            at += 1;
        }
        text[at] = b'$';
        let last = at + figures(place);
        let (mut rest, mut to) = (place, last);
        while rest > 0 {
            text[to] = b'0' + (rest % 10) as u8;
            rest /= 10;
            to -= 1;
        }
        at = last + 1;
        if place % columns == 0 {
            text[at] = b')';
            at += 1;
        }
        place += 1;
    }
    text
}

const fn copy(from: &str, to: &mut [u8], at: usize) {
    let mut done = 0;
    while done < from.len() {
        to[at + done] = from.as_bytes()[done];
        done += 1;
    }
}

const fn figures(number: usize) -> usize {
    if number < 10 { 1 } else { 1 + figures(number / 10) }
}

#[cfg(test)]
mod tests {
    use crate::registry::store::statements::many;

    #[test]
    fn the_places_of_all_rows_are_numbered_through() {
        assert_eq!(many!("X", 1 rows of 1, " Y"), "X ($1) Y");
        assert_eq!(many!("X", 2 rows of 2, ""), "X ($1, $2), ($3, $4)");
        let long: &str = many!("X", 4 rows of 3, "");
        assert_eq!(long, "X ($1, $2, $3), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12)");
    }
}
