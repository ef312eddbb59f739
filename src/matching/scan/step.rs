//! The one rule by which a symbol of a key moves an automaton on, for lanes of every kind.

/// Where the automata of all lanes stand after some symbols of their keys.
///
/// A cell's bit in a lane: the cells up to it are used up. That none is used up yet stands
/// apart, in `start`; so a lane of eight bits holds a pattern of eight cells.
#[derive(Clone, Copy)]
pub(super) struct State<V> {
    /// By errors made so far.
    pub(super) live: [V; 3],
    /// By errors made so far: the bit of the first cell where no cell is used up yet, else
    /// nothing.
    pub(super) start: [V; 3],
    /// Where a swap leads, by errors made before it, if the next symbol belongs into the cell
    /// before.
    pub(super) swap: [V; 3],
}

/// What stays the same for all symbols of all keys.
#[derive(Clone, Copy)]
pub(super) struct Fixed<V> {
    /// States that a `*` follows: any symbol leaves them as they are.
    pub(super) loops: V,
    /// Where a swap may lead: not over a `*`.
    pub(super) swaps: V,
    /// Everything if a `*` stands before the first cell, else nothing.
    pub(super) stays: V,
}

/// Moves `$state` on by one symbol.
///
/// Reads the constants `K` (most errors), `LOOPS` (the pattern has `*`), `SWAPS`, `GAPPED`
/// (keys may have `*`) and calls `or`, `and`, `double` (one bit up, in each lane) and `negate`
/// of wherever it stands. `$accepted`: cells that accept the symbol; `$many`: everything
/// where the symbol is a `*`; `$opens`: whether `start` may change still.
macro_rules! step {
    ($state:ident, $fixed:ident, $accepted:expr, $many:expr, $opens:expr) => {{
        let (accepted, before) = ($accepted, $state);
        let lower = double(accepted);
        // Written out level by level: compilers make no vectors of loops within loops.
        rise!(0, 0, $state, before, $fixed, accepted, lower, $many, $opens);
        if K > 0 {
            rise!(1, 0, $state, before, $fixed, accepted, lower, $many, $opens);
        }
        if K > 1 {
            rise!(2, 1, $state, before, $fixed, accepted, lower, $many, $opens);
        }
    }};
}

/// One level of errors of [`step`]: `$below` is the level below `$level`, if that is not 0.
macro_rules! rise {
    ($level:literal, $below:literal, $state:ident, $before:ident, $fixed:ident,
     $accepted:ident, $lower:ident, $many:expr, $opens:expr) => {
        let entering = or(double($before.live[$level]), $before.start[$level]);
        let mut live = and(entering, $accepted);
        if LOOPS {
            live = or(live, and($before.live[$level], $fixed.loops));
        }
        if $level > 0 {
            let (was, is) = ($before.live[$below], $state.live[$below]);
            // A symbol too many; one taken for another or a cell without a symbol.
            live = or(live, or(was, double(or(was, is))));
            live = or(live, $before.start[$below]);
            if SWAPS {
                live = or(live, and($before.swap[$below], $lower));
            }
        }
        if SWAPS && $level < K {
            let swap = and(double(entering), $accepted);
            $state.swap[$level] = if LOOPS { and(swap, $fixed.swaps) } else { swap };
        }
        if GAPPED {
            // From the lowest state up all are reached.
            let (was, start) = ($before.live[$level], $before.start[$level]);
            live = or(live, and($many, or(or(was, negate(was)), negate(start))));
        }
        $state.live[$level] = live;
        if $opens {
            let keeps = if GAPPED { or($many, $fixed.stays) } else { $fixed.stays };
            let start = and($before.start[$level], keeps);
            $state.start[$level] = if $level > 0 { or(start, $before.start[$below]) } else { start };
        }
    };
}

/// Calls a kernel with a plan's errors and shape as constants: `K, LOOPS, SWAPS, GAPPED`.
macro_rules! choose {
    ($plan:expr, $kernel:ident [$($lane:ty)?] $arguments:tt) => {
        match ($plan.most, $plan.shape, $plan.swaps) {
            (0, Shape::Plain, _) => $kernel::<$($lane,)? 0, false, false, false> $arguments,
            (0, Shape::Loops, _) => $kernel::<$($lane,)? 0, true, false, false> $arguments,
            (0, Shape::Gapped, _) => $kernel::<$($lane,)? 0, true, false, true> $arguments,
            (1, Shape::Plain, false) => $kernel::<$($lane,)? 1, false, false, false> $arguments,
            (1, Shape::Plain, true) => $kernel::<$($lane,)? 1, false, true, false> $arguments,
            (1, Shape::Loops, false) => $kernel::<$($lane,)? 1, true, false, false> $arguments,
            (1, Shape::Loops, true) => $kernel::<$($lane,)? 1, true, true, false> $arguments,
            (1, Shape::Gapped, _) => $kernel::<$($lane,)? 1, true, true, true> $arguments,
            (_, Shape::Plain, false) => $kernel::<$($lane,)? 2, false, false, false> $arguments,
            (_, Shape::Plain, true) => $kernel::<$($lane,)? 2, false, true, false> $arguments,
            (_, Shape::Loops, false) => $kernel::<$($lane,)? 2, true, false, false> $arguments,
            (_, Shape::Loops, true) => $kernel::<$($lane,)? 2, true, true, false> $arguments,
            (_, Shape::Gapped, _) => $kernel::<$($lane,)? 2, true, true, true> $arguments,
        }
    };
}
