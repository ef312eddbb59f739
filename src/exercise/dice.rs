//! Chance that is the same for the same seed, on every machine and in every version.

use std::time::Duration;

/// A small generator (SplitMix64): good enough to shuffle an exercise, and never changed by
/// an update of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dice(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Dice {
    /// Dice of a seed and a lane; lanes of one seed do not follow one another.
    pub fn new(seed: u64, lane: u64) -> Self {
        let mut dice = Self(seed ^ lane.wrapping_mul(GOLDEN).rotate_left(17));
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end - 1`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.roll()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = usize::try_from(most.saturating_sub(least)).unwrap_or(0) + 1;
        least + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub fn chance(&mut self, in_a_hundred: usize) -> bool {
        self.below(100) < in_a_hundred
    }

    /// One of a list; nothing of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of a list, each as often as its weight says.
    pub fn weighed<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> usize) -> Option<&'a T> {
        let mut at = self.below(list.iter().map(&weight).sum());
        list.iter().find(|one| {
            let here = at < weight(one);
            at = at.saturating_sub(weight(one));
            here
        })
    }

    /// A time between two, in whole seconds.
    pub fn seconds(&mut self, least: u64, most: u64) -> Duration {
        let span = usize::try_from(most.saturating_sub(least)).unwrap_or(0) + 1;
        Duration::from_secs(least + self.below(span) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_rolls_the_same_for_ever() {
        let mut dice = Dice::new(7, 1);
        let rolled: Vec<usize> = (0..8).map(|_| dice.below(100)).collect();
        let mut again = Dice::new(7, 1);
        assert_eq!(rolled, (0..8).map(|_| again.below(100)).collect::<Vec<_>>());
        assert_ne!(Dice::new(7, 1), Dice::new(7, 2));
        assert_ne!(Dice::new(7, 1), Dice::new(8, 1));
    }

    #[test]
    fn bounds_and_weights_hold() {
        let mut dice = Dice::new(1, 1);
        let mut counts = [0; 3];
        for _ in 0..3000 {
            assert!((5..=9).contains(&dice.between(5, 9)));
            let one = dice.weighed(&[(0, 1), (1, 9), (2, 0)], |(_, weight)| *weight).unwrap();
            counts[one.0] += 1;
        }
        assert!(counts[1] > counts[0] * 5 && counts[2] == 0, "{counts:?}");
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
