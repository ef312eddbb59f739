//! The shortest bytes that bring the cursor from one cell to another.

/// Returns the shortest way to column and row `to`; where `from` is not certain, the absolute one.
///
/// Line feed is used as "one down": the terminal is in raw mode, so it does not return to the first
/// column, and it is never sent on the last row, where it would scroll.
pub(super) fn shortest(from: Option<(u16, u16)>, to: (u16, u16)) -> Vec<u8> {
    let mut best = absolute(to);
    let Some(from) = from else {
        return best.into_bytes();
    };
    for down in vertical(from.1, to.1) {
        for across in horizontal(from.0, to.0) {
            if down.len() + across.len() < best.len() {
                best = format!("{down}{across}");
            }
        }
    }
    best.into_bytes()
}

fn absolute((column, row): (u16, u16)) -> String {
    match (column, row) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, row) => format!("\x1b[{}H", row + 1),
        (column, row) => format!("\x1b[{};{}H", row + 1, column + 1),
    }
}

fn vertical(from: u16, to: u16) -> Vec<String> {
    if from == to {
        return vec![String::new()];
    }
    let distance = from.abs_diff(to);
    let straight = if to > from {
        [step(distance, 'B'), "\n".repeat(usize::from(distance.min(8)))]
    } else {
        [step(distance, 'A'), "\x1bM".repeat(usize::from(distance.min(8)))]
    };
    let mut ways = Vec::from(straight);
    if distance > 8 {
        ways.truncate(1);
    }
    ways.push(format!("\x1b[{}d", to + 1));
    ways
}

fn horizontal(from: u16, to: u16) -> Vec<String> {
    if from == to {
        return vec![String::new()];
    }
    let mut ways = vec![format!("\x1b[{}G", to + 1)];
    if to > from {
        ways.push(step(to - from, 'C'));
    } else {
        ways.push(step(from - to, 'D'));
        if from - to <= 8 {
            ways.push("\x08".repeat(usize::from(from - to)));
        }
    }
    if to == 0 {
        ways.push("\r".to_owned());
    } else {
        ways.push(format!("\r{}", step(to, 'C')));
    }
    ways
}

fn step(distance: u16, direction: char) -> String {
    if distance == 1 { format!("\x1b[{direction}") } else { format!("\x1b[{distance}{direction}") }
}
