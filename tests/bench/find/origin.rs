//! Who may have made a gun of a serial, as far as the serial tells.

use crate::generator::{SKEW, block_letters};
use crate::makers::{MAKERS, Series};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How likely each letter block is drawn, of every series of every maker.
static BLOCKS: LazyLock<Vec<Vec<HashMap<u32, f64>>>> =
    LazyLock::new(|| MAKERS.iter().map(|maker| maker.series.iter().map(blocks).collect()).collect());

fn blocks(series: &Series) -> HashMap<u32, f64> {
    let below = |block: u64| (block as f64 / series.blocks as f64).powf(1.0 / SKEW);
    let mut shares = HashMap::new();
    for block in 0..series.blocks {
        *shares.entry(block_letters(series, block)).or_default() += below(block + 1) - below(block);
    }
    shares
}

/// Every maker whose serials look so, with how likely a gun of its is drawn with this one.
///
/// A run of consecutive serials is drawn gun by gun from where it begins, which this leaves out.
pub(crate) fn makers_of(serial: &[u8]) -> impl Iterator<Item = (u8, f64)> + '_ {
    MAKERS.iter().zip(BLOCKS.iter()).enumerate().filter_map(|(at, (maker, blocks))| {
        let all: f64 = maker.series.iter().map(|series| series.share).sum();
        let share = |(series, blocks): (&Series, &HashMap<u32, f64>)| {
            let (block, figures) = read(series, serial)?;
            Some(series.share / all * blocks.get(&block)? / 10f64.powi(figures))
        };
        let shares: f64 = maker.series.iter().zip(blocks).filter_map(share).sum();
        (shares > 0.0).then_some((at as u8, maker.share * shares))
    })
}

/// The letter block of a serial of that form, and how many figures the form has.
fn read(series: &Series, serial: &[u8]) -> Option<(u32, i32)> {
    let form = series.form.bytes().filter(|sign| *sign != b'-');
    if form.clone().count() != serial.len() {
        return None;
    }
    form.zip(serial).try_fold((0, 0), |(block, figures), (form, sign)| match form {
        b'#' => sign.is_ascii_digit().then_some((block, figures + 1)),
        b'@' => sign.is_ascii_uppercase().then(|| (block * 26 + u32::from(sign - b'A'), figures)),
        other => (other == *sign).then_some((block, figures)),
    })
}
