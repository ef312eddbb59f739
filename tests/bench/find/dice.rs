//! Numbers that look random and are the same in every run.

/// A generator of its own (SplitMix64), so that no crate's next version changes the guns.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`, evenly.
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(sides)) >> 64) as u64
    }

    /// A place in something of that length.
    pub(crate) fn at(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// A number from 0 up to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.at(from.len())]
    }

    /// Where in a list of shares it falls.
    pub(crate) fn among(&mut self, shares: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.share() * shares.clone().sum::<f64>();
        let mut last = 0;
        for (at, share) in shares.enumerate() {
            if left < share {
                return at;
            }
            left -= share;
            last = at;
        }
        last
    }
}
