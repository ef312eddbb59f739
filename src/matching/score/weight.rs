//! Whole-number arithmetic of odds, so that every process and machine agrees to the digit.

/// Binary digits behind the point.
pub(crate) const POINT: u32 = 16;
/// Weights beyond these bounds (hundredths of a bit) make no difference any more.
const LEAST: i32 = -(POINT as i32) * 100;
const MOST: i32 = 6000;

/// 2^(i/100) for i = 0..100, with 60 binary digits behind the point, each the last times the
/// hundredth root of two.
const POWERS: [u128; 100] = {
    // 2^(1/100) with 60 binary digits.
    const ROOT: u128 = 1_160_940_707_843_607_464;
    let mut powers = [1 << 60; 100];
    let mut at = 1;
    while at < 100 {
        powers[at] = (powers[at - 1] * ROOT) >> 60;
        at += 1;
    }
    powers
};

/// Odds as a fixed-point number: 2^(bits/100), with [`POINT`] binary digits behind the point.
pub(crate) fn odds(bits: i32) -> u128 {
    if bits <= LEAST {
        return 0;
    }
    let bits = bits.min(MOST);
    let (whole, part) = (bits.div_euclid(100), bits.rem_euclid(100));
    let power = POWERS[part as usize];
    let shift = 60 - POINT as i32 - whole;
    if shift >= 0 { power >> shift } else { power << -shift }
}

/// The logarithm of a ratio, in hundredths of a bit, rounded down; both parts are below 2^66
/// and not 0.
pub(crate) fn logarithm(over: u128, under: u128) -> i32 {
    let mut whole = over.ilog2() as i32 - under.ilog2() as i32;
    let (mut over, mut under) = (over, under);
    if whole >= 0 {
        under <<= whole;
    } else {
        over <<= -whole;
    }
    if over < under {
        over <<= 1;
        whole -= 1;
    }
    // Now the ratio is between one and two; twelve digits behind the point tell hundredths apart.
    let ratio = (over << 60) / under;
    let part = POWERS.partition_point(|power| *power <= ratio) as i32 - 1;
    whole * 100 + part
}

/// Fewest records that the prior reckons with.
///
/// The prior says how likely it is, before anything is compared, that a gun in hand is one
/// given record: one in twenty is in the store at all, and then each record is as likely as
/// another. A store of ten records does not hold one in twenty of the guns that are seized;
/// it is small because it is new. Below ten thousand records the share sinks instead.
pub(crate) const LEAST_RECORDS: u64 = 10_000;

/// What has to be outweighed before any record counts: the guns that are in no store, times
/// the records, as odds. With one gun in twenty in the store that is nineteen a record.
pub(crate) fn unmatched(records: u64) -> u128 {
    (u128::from(records.max(LEAST_RECORDS)) * 19) << POINT
}

/// Whether a posterior (own weight against that of everything else) reaches a share given in
/// hundredths.
pub(crate) fn reaches(own: u128, others: u128, hundredths: u128) -> bool {
    own * 100 >= (own + others) * hundredths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two() {
        for bits in (-1000..6000).step_by(7) {
            let expected = (f64::from(bits) / 100.0).exp2();
            let found = odds(bits) as f64 / 65536.0;
            assert!(
                (found - expected).abs() <= expected * 1e-9 + 2.0 / 65536.0,
                "{bits}: {found} {expected}"
            );
        }
        assert_eq!(odds(0), 1 << 16);
        assert_eq!((odds(i32::MIN), odds(i32::MAX)), (0, odds(MOST)));
    }

    #[test]
    fn logarithms() {
        assert_eq!((logarithm(8, 1), logarithm(1, 8), logarithm(3, 3)), (300, -300, 0));
        for (over, under) in [(10, 7), (7, 10), (1, 1000), (123_456_789, 17), (1 << 60, 3), (3, 1 << 60)] {
            let expected = (100.0 * (over as f64 / under as f64).log2()).floor() as i32;
            assert_eq!(logarithm(over, under), expected, "{over}/{under}");
        }
    }

    #[test]
    fn shares() {
        assert!(reaches(95, 5, 95));
        assert!(!reaches(94, 6, 95));
        assert_eq!(unmatched(10), unmatched(10_000));
        assert!(unmatched(20_000) > unmatched(10_000));
        let many = odds(i32::MAX) * 1_000_000;
        assert!(reaches(many, many, 50));
    }
}
