//! The kernels for AVX2 and AVX-512: 32 or 64 lanes at once.
//!
//! The one file with `unsafe`. Its need was measured: ten million keys against a pattern of
//! eight cells, two errors, one core, take 31 ms in plain Rust, 5.5 ms here with AVX2 and
//! 3.2 ms with AVX-512, about what memory delivers; no compiler makes vectors of look-ups in
//! a table. Unsafe is only what must be: loads through a pointer, each of a borrowed array of
//! just that size, and calls of functions for features that were found present just before.
#![expect(unsafe_code, reason = "loads through pointers and calls of functions for detected features")]

use super::Kernel;
use super::automaton::{Plan, Shape};
use super::blocks::{BLOCK, Blocks, Row};
use super::portable::{Lane, report};
use super::step::{Fixed, State};
use super::{MANY, SYMBOLS};
use std::arch::is_x86_feature_detected;
use std::arch::x86_64::*;
use std::array::from_fn;

/// Cells in the widest lanes of these kernels.
const MOST_CELLS: usize = 16;

/// Whether this machine has a kernel of this file.
pub(super) fn is_there(kernel: Kernel) -> bool {
    match kernel {
        Kernel::Avx2 => is_x86_feature_detected!("avx2"),
        Kernel::Avx512 => {
            is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vbmi")
        }
        Kernel::Portable => false,
    }
}

/// Appends the positions that fit, and says whether it could: the machine may lack the kernel,
/// the pattern may be too long for its lanes.
pub(super) fn sift(kernel: Kernel, plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) -> bool {
    if plan.cells > MOST_CELLS || !is_there(kernel) {
        return false;
    }
    match kernel {
        // SAFETY: the feature that the function is compiled for is there, as just asked.
        Kernel::Avx2 => unsafe { avx2(plan, blocks, found) },
        // SAFETY: the features that the function is compiled for are there, as just asked.
        Kernel::Avx512 => unsafe { avx512(plan, blocks, found) },
        Kernel::Portable => return false,
    }
    true
}

#[target_feature(enable = "avx2")]
fn avx2(plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) {
    if plan.cells <= 8 {
        choose!(plan, avx2_bytes[](plan, blocks, found));
    } else {
        choose!(plan, avx2_words[](plan, blocks, found));
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn avx512(plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) {
    if plan.cells <= 8 {
        choose!(plan, avx512_bytes[](plan, blocks, found));
    } else {
        choose!(plan, avx512_words[](plan, blocks, found));
    }
}

/// Everything for a `*`, nothing for the other symbols.
fn starred() -> [u64; SYMBOLS] {
    let mut masks = [0; SYMBOLS];
    masks[usize::from(MANY)] = u64::MAX;
    masks
}

/// Writes a kernel out of the operations in a module, compiled for the features.
macro_rules! kernel {
    ($name:ident, $features:literal, $lanes:ident) => {
        #[target_feature(enable = $features)]
        fn $name<const K: usize, const LOOPS: bool, const SWAPS: bool, const GAPPED: bool>(
            plan: &Plan<'_>,
            blocks: &Blocks,
            found: &mut Vec<u32>,
        ) {
            use $lanes::{LANES, and, double, look_up, marked, negate, or, splat, symbols, table};

            let accepts = table(plan.accepts);
            let many = table(&starred());
            let fixed = Fixed {
                loops: splat(plan.loops),
                swaps: splat(plan.swapped),
                stays: splat(if plan.stays { u64::MAX } else { 0 }),
            };
            let begin = State {
                live: plan.first.map(|live| splat(live)),
                start: [splat(plan.start); 3],
                swap: [splat(0); 3],
            };
            let ends = splat(plan.ends);
            // With errors to spare lanes die late and unforeseeably: asking costs more.
            let asks = K == 0 && !LOOPS && plan.swaps;
            for (first, held, rows) in blocks.iter() {
                let mut marks = 0;
                'parts: for part in 0..BLOCK / LANES {
                    let mut state = begin;
                    // Behind as many symbols as errors the start is left, or it never is.
                    let (opening, rest) =
                        rows.split_at(if GAPPED { rows.len() } else { rows.len().min(K + 1) });
                    for row in opening {
                        let symbols = symbols(row, part);
                        let starred = if GAPPED { look_up(&many, symbols) } else { splat(0) };
                        step!(state, fixed, look_up(&accepts, symbols), starred, true);
                    }
                    if !LOOPS {
                        state.start = [splat(0); 3];
                    }
                    for row in rest {
                        let symbols = symbols(row, part);
                        step!(state, fixed, look_up(&accepts, symbols), splat(0), false);
                        if asks && marked(state.live[K]) == 0 {
                            continue 'parts;
                        }
                    }
                    marks |= marked(and(state.live[K], ends)) << (part * LANES);
                }
                report(first, marks & held, found);
            }
        }
    };
}

kernel!(avx512_bytes, "avx512f,avx512bw,avx512vbmi", bytes_512);
kernel!(avx512_words, "avx512f,avx512bw,avx512vbmi", words_512);
kernel!(avx2_bytes, "avx2", bytes_256);
kernel!(avx2_words, "avx2", words_256);

#[target_feature(enable = "avx")]
#[inline]
fn load_32(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: 32 bytes are borrowed from the pointer on, and the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load_64(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: 64 bytes are borrowed from the pointer on, and the load needs no alignment.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// 32 bytes of a row.
fn half(row: &Row, part: usize) -> &[u8; 32] {
    &row.0.as_chunks().0[part]
}

/// The operations of one kind of register: lanes, functions, features they need.
macro_rules! operations {
    ($features:literal, $register:ty, $($name:ident($($argument:ident),+) $body:expr;)+) => {$(
        #[target_feature(enable = $features)]
        #[inline]
        pub(super) fn $name($($argument: $register),+) -> $register {
            $body
        }
    )+};
}

/// 64 lanes of a byte.
mod bytes_512 {
    use super::*;

    pub(super) const LANES: usize = 64;
    type Table = __m512i;

    operations! { "avx512bw", __m512i,
        or(a, b) _mm512_or_si512(a, b);
        and(a, b) _mm512_and_si512(a, b);
        double(a) _mm512_add_epi8(a, a);
        negate(a) _mm512_sub_epi8(_mm512_setzero_si512(), a);
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn splat(mask: u64) -> __m512i {
        _mm512_set1_epi8(u8::cut(mask).cast_signed())
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn table(masks: &[u64; SYMBOLS]) -> Table {
        load_64(&masks.map(u8::cut))
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn symbols(row: &Row, _: usize) -> __m512i {
        load_64(&row.0)
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    pub(super) fn look_up(table: &Table, symbols: __m512i) -> __m512i {
        _mm512_permutexvar_epi8(symbols, *table)
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn marked(a: __m512i) -> u64 {
        _mm512_test_epi8_mask(a, a)
    }
}

/// 32 lanes of a word.
mod words_512 {
    use super::*;

    pub(super) const LANES: usize = 32;
    type Table = [__m512i; 2];

    operations! { "avx512bw", __m512i,
        or(a, b) _mm512_or_si512(a, b);
        and(a, b) _mm512_and_si512(a, b);
        double(a) _mm512_add_epi16(a, a);
        negate(a) _mm512_sub_epi16(_mm512_setzero_si512(), a);
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn splat(mask: u64) -> __m512i {
        _mm512_set1_epi16(u16::cut(mask).cast_signed())
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn table(masks: &[u64; SYMBOLS]) -> Table {
        let word = |at: usize| u16::cut(masks[at / 2]).to_le_bytes()[at % 2];
        [load_64(&from_fn(word)), load_64(&from_fn(|at| word(64 + at)))]
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn symbols(row: &Row, part: usize) -> __m512i {
        _mm512_cvtepu8_epi16(load_32(half(row, part)))
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn look_up(table: &Table, symbols: __m512i) -> __m512i {
        _mm512_permutex2var_epi16(table[0], symbols, table[1])
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    pub(super) fn marked(a: __m512i) -> u64 {
        u64::from(_mm512_test_epi16_mask(a, a))
    }
}

/// Tables of 64 bytes, four look-ups in tables of 16.
mod sixteens {
    use super::*;

    pub(super) type Table = [__m256i; 4];

    /// Each part but the first differs from the one before: what it gives is added on.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn table(bytes: &[u8; SYMBOLS]) -> Table {
        let differs = |at: usize| bytes[at] ^ if at < 16 { 0 } else { bytes[at - 16] };
        from_fn(|part| load_32(&from_fn(|at| differs(part * 16 + at % 16))))
    }

    /// The symbols less 0, 16, 32 and 48. Where that is negative a look-up gives nothing.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn symbols(row: &Row, part: usize) -> [__m256i; 4] {
        let symbols = load_32(half(row, part));
        [0, 16, 32, 48].map(|less| _mm256_sub_epi8(symbols, _mm256_set1_epi8(less)))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn look_up(table: &Table, symbols: [__m256i; 4]) -> __m256i {
        let part = |at: usize| _mm256_shuffle_epi8(table[at], symbols[at]);
        _mm256_xor_si256(_mm256_xor_si256(part(0), part(1)), _mm256_xor_si256(part(2), part(3)))
    }
}

/// 32 lanes of a byte.
mod bytes_256 {
    use super::*;

    pub(super) use super::sixteens::{look_up, symbols};
    pub(super) const LANES: usize = 32;

    operations! { "avx2", __m256i,
        or(a, b) _mm256_or_si256(a, b);
        and(a, b) _mm256_and_si256(a, b);
        double(a) _mm256_add_epi8(a, a);
        negate(a) _mm256_sub_epi8(_mm256_setzero_si256(), a);
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn splat(mask: u64) -> __m256i {
        _mm256_set1_epi8(u8::cut(mask).cast_signed())
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn table(masks: &[u64; SYMBOLS]) -> sixteens::Table {
        sixteens::table(&masks.map(u8::cut))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn marked(a: __m256i) -> u64 {
        let none = _mm256_cmpeq_epi8(a, _mm256_setzero_si256());
        u64::from(!_mm256_movemask_epi8(none).cast_unsigned())
    }
}

/// 32 lanes of a word in two registers, in the order in which bytes unpack.
mod words_256 {
    use super::*;

    pub(super) use super::sixteens::symbols;
    pub(super) const LANES: usize = 32;
    type Table = [sixteens::Table; 2];
    type Pair = [__m256i; 2];

    operations! { "avx2", Pair,
        or(a, b) [_mm256_or_si256(a[0], b[0]), _mm256_or_si256(a[1], b[1])];
        and(a, b) [_mm256_and_si256(a[0], b[0]), _mm256_and_si256(a[1], b[1])];
        double(a) [_mm256_add_epi16(a[0], a[0]), _mm256_add_epi16(a[1], a[1])];
        negate(a) a.map(|a| _mm256_sub_epi16(_mm256_setzero_si256(), a));
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn splat(mask: u64) -> Pair {
        [_mm256_set1_epi16(u16::cut(mask).cast_signed()); 2]
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn table(masks: &[u64; SYMBOLS]) -> Table {
        // The lower bytes, then the upper ones.
        [sixteens::table(&masks.map(|mask| u16::cut(mask) as u8)), sixteens::table(&masks.map(u8::cut))]
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn look_up(table: &Table, symbols: [__m256i; 4]) -> Pair {
        let [low, high] = [sixteens::look_up(&table[0], symbols), sixteens::look_up(&table[1], symbols)];
        [_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high)]
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn marked(a: Pair) -> u64 {
        let none = a.map(|a| _mm256_cmpeq_epi16(a, _mm256_setzero_si256()));
        // Packing undoes what unpacking did to the order.
        let none = _mm256_packs_epi16(none[0], none[1]);
        u64::from(!_mm256_movemask_epi8(none).cast_unsigned())
    }
}
