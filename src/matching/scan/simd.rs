//! The kernels for AVX2 and AVX-512: 32 or 64 lanes at once.
//!
//! The one file with `unsafe`. Its need was measured: ten million keys against a pattern of
//! eight cells, two errors, one core, take 31 ms in plain Rust, 5.5 ms here with AVX2 and
//! 3.2 ms with AVX-512, about what memory delivers; against 17 to 32 cells, of which the keys
//! are parts, 96, 11 and 5 ms, against more cells 137, 26 and 12 ms. No compiler makes vectors
//! of look-ups in a table. Unsafe is only what must be: loads through a pointer, each of a
//! borrowed array of just that size, and calls of functions for features that were found
//! present just before.
#![expect(unsafe_code, reason = "loads through pointers and calls of functions for detected features")]

mod lanes;

use super::Kernel;
use super::automaton::{Plan, Shape};
use super::blocks::{BLOCK, Blocks};
use super::portable::report;
use super::step::{Fixed, State};
use super::{MANY, SYMBOLS};
use std::arch::is_x86_feature_detected;
use std::arch::x86_64::*;

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

/// Appends the positions that fit, and says whether it could: the machine may lack the kernel.
pub(super) fn sift(kernel: Kernel, plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) -> bool {
    if !is_there(kernel) {
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
    match plan.cells {
        ..=8 => choose!(plan, avx2_8[](plan, blocks, found)),
        9..=16 => choose!(plan, avx2_16[](plan, blocks, found)),
        17..=32 => choose!(plan, avx2_32[](plan, blocks, found)),
        33.. => choose!(plan, avx2_64[](plan, blocks, found)),
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn avx512(plan: &Plan<'_>, blocks: &Blocks, found: &mut Vec<u32>) {
    match plan.cells {
        ..=8 => choose!(plan, avx512_8[](plan, blocks, found)),
        9..=16 => choose!(plan, avx512_16[](plan, blocks, found)),
        17..=32 => choose!(plan, avx512_32[](plan, blocks, found)),
        33.. => choose!(plan, avx512_64[](plan, blocks, found)),
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
            use lanes::$lanes::{LANES, and, double, look_up, marked, negate, or, splat, symbols, table};

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
            // With errors to spare lanes die late and unforeseeably: asking costs more. So it does
            // with a pattern in many places, unless lanes are so wide that a symbol costs most.
            let asks = K == 0 && !LOOPS && (plan.swaps || plan.cells > 16);
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

kernel!(avx512_8, "avx512f,avx512bw,avx512vbmi", bits_8_of_512);
kernel!(avx512_16, "avx512f,avx512bw,avx512vbmi", bits_16_of_512);
kernel!(avx512_32, "avx512f,avx512bw,avx512vbmi", bits_32_of_512);
kernel!(avx512_64, "avx512f,avx512bw,avx512vbmi", bits_64_of_512);
kernel!(avx2_8, "avx2", bits_8_of_256);
kernel!(avx2_16, "avx2", bits_16_of_256);
kernel!(avx2_32, "avx2", bits_32_of_256);
kernel!(avx2_64, "avx2", bits_64_of_256);

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
