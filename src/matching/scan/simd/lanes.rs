//! Lanes of one, two, four and eight bytes, made of registers of 32 and 64.
//!
//! A register holds one byte of as many lanes as it has bytes, and lanes of `n` bytes take `n`
//! registers. Tables are looked up byte by byte; then unpacking makes lanes of the bytes, in
//! an order of its own, which packing undoes at the end.
#![forbid(unsafe_code)]

use super::super::SYMBOLS;
use super::super::blocks::Row;
use super::super::portable::Lane;
use super::{load_32, load_64};
use std::arch::x86_64::*;
use std::array::from_fn;

/// Functions compiled for features, inlined into kernels that are.
macro_rules! compiled {
    ($features:literal: $($name:ident($($argument:tt: $type:ty),*) -> $result:ty $body:block)+) => {$(
        #[target_feature(enable = $features)]
        #[inline]
        pub(in super::super) fn $name($($argument: $type),*) -> $result $body
    )+};
}

/// Between bytes and lanes: what unpacking puts in disorder, packing puts in
/// order again.
macro_rules! widths {
    ($features:literal) => {
        compiled! { $features:
            spread_8(bytes: [Register; 1]) -> [Register; 1] { bytes }
            spread_16([a, b]: [Register; 2]) -> [Register; 2] { unpack_8(a, b) }
            spread_32([a, b, c, d]: [Register; 4]) -> [Register; 4] {
                let ([a, b], [c, d]) = (unpack_8(a, b), unpack_8(c, d));
                let ([a, c], [b, d]) = (unpack_16(a, c), unpack_16(b, d));
                [a, c, b, d]
            }
            spread_64([a, b, c, d, e, f, g, h]: [Register; 8]) -> [Register; 8] {
                let ([a, b, c, d], [e, f, g, h]) = (spread_32([a, b, c, d]), spread_32([e, f, g, h]));
                let ([a, e], [b, f]) = (unpack_32(a, e), unpack_32(b, f));
                let ([c, g], [d, h]) = (unpack_32(c, g), unpack_32(d, h));
                [a, e, b, f, c, g, d, h]
            }
            gather_8([a]: [Register; 1]) -> Register { a }
            gather_16([a, b]: [Register; 2]) -> Register { pack_16(a, b) }
            gather_32([a, b, c, d]: [Register; 4]) -> Register {
                gather_16([pack_32(a, b), pack_32(c, d)])
            }
            gather_64([a, b, c, d, e, f, g, h]: [Register; 8]) -> Register {
                gather_32([pack_64(a, b), pack_64(c, d), pack_64(e, f), pack_64(g, h)])
            }
        }
    };
}

/// 64 bytes of AVX-512, with a table of 64 bytes in one instruction.
mod of_512 {
    use super::*;

    pub(in super::super) const LANES: usize = 64;
    pub(super) type Register = __m512i;
    pub(super) type Symbols = __m512i;
    pub(super) type Table = __m512i;

    compiled! { "avx512f,avx512bw,avx512vbmi":
        or_of(a: Register, b: Register) -> Register { _mm512_or_si512(a, b) }
        and_of(a: Register, b: Register) -> Register { _mm512_and_si512(a, b) }
        zero() -> Register { _mm512_setzero_si512() }
        table_of(bytes: &[u8; SYMBOLS]) -> Table { load_64(bytes) }
        symbols(row: &Row, _part: usize) -> Symbols { load_64(&row.0) }
        look_up_in(table: Table, symbols: Symbols) -> Register { _mm512_permutexvar_epi8(symbols, table) }
        unpack_8(a: Register, b: Register) -> [Register; 2] {
            [_mm512_unpacklo_epi8(a, b), _mm512_unpackhi_epi8(a, b)]
        }
        unpack_16(a: Register, b: Register) -> [Register; 2] {
            [_mm512_unpacklo_epi16(a, b), _mm512_unpackhi_epi16(a, b)]
        }
        unpack_32(a: Register, b: Register) -> [Register; 2] {
            [_mm512_unpacklo_epi32(a, b), _mm512_unpackhi_epi32(a, b)]
        }
        pack_16(a: Register, b: Register) -> Register { _mm512_packs_epi16(a, b) }
        pack_32(a: Register, b: Register) -> Register { _mm512_packs_epi32(a, b) }
        pack_64(a: Register, b: Register) -> Register {
            let (a, b) = (_mm512_castsi512_ps(a), _mm512_castsi512_ps(b));
            let lower = _mm512_castps_si512(_mm512_shuffle_ps::<0b10_00_10_00>(a, b));
            let upper = _mm512_castps_si512(_mm512_shuffle_ps::<0b11_01_11_01>(a, b));
            _mm512_or_si512(lower, upper)
        }
        marked_bytes(a: Register) -> u64 { _mm512_test_epi8_mask(a, a) }
    }
    widths! { "avx512f,avx512bw,avx512vbmi" }
}

/// 32 bytes of AVX2, with a table of 64 bytes in four look-ups in tables of 16.
mod of_256 {
    use super::*;

    pub(in super::super) const LANES: usize = 32;
    pub(super) type Register = __m256i;
    pub(super) type Symbols = [__m256i; 4];
    pub(super) type Table = [__m256i; 4];

    compiled! { "avx2":
        or_of(a: Register, b: Register) -> Register { _mm256_or_si256(a, b) }
        and_of(a: Register, b: Register) -> Register { _mm256_and_si256(a, b) }
        zero() -> Register { _mm256_setzero_si256() }
        table_of(bytes: &[u8; SYMBOLS]) -> Table {
            // Each part but the first differs from the one before: what it gives is added on.
            let differs = |at: usize| bytes[at] ^ if at < 16 { 0 } else { bytes[at - 16] };
            from_fn(|part| load_32(&from_fn(|at| differs(part * 16 + at % 16))))
        }
        symbols(row: &Row, part: usize) -> Symbols {
            // Less 0, 16, 32 and 48. Where that is negative a look-up gives nothing.
            let symbols = load_32(&row.0.as_chunks().0[part]);
            [0, 16, 32, 48].map(|less| _mm256_sub_epi8(symbols, _mm256_set1_epi8(less)))
        }
        look_up_in(table: Table, symbols: Symbols) -> Register {
            let part = |at: usize| _mm256_shuffle_epi8(table[at], symbols[at]);
            _mm256_xor_si256(_mm256_xor_si256(part(0), part(1)), _mm256_xor_si256(part(2), part(3)))
        }
        unpack_8(a: Register, b: Register) -> [Register; 2] {
            [_mm256_unpacklo_epi8(a, b), _mm256_unpackhi_epi8(a, b)]
        }
        unpack_16(a: Register, b: Register) -> [Register; 2] {
            [_mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b)]
        }
        unpack_32(a: Register, b: Register) -> [Register; 2] {
            [_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b)]
        }
        pack_16(a: Register, b: Register) -> Register { _mm256_packs_epi16(a, b) }
        pack_32(a: Register, b: Register) -> Register { _mm256_packs_epi32(a, b) }
        pack_64(a: Register, b: Register) -> Register {
            let (a, b) = (_mm256_castsi256_ps(a), _mm256_castsi256_ps(b));
            let lower = _mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(a, b));
            let upper = _mm256_castps_si256(_mm256_shuffle_ps::<0b11_01_11_01>(a, b));
            _mm256_or_si256(lower, upper)
        }
        marked_bytes(a: Register) -> u64 {
            let none = _mm256_cmpeq_epi8(a, _mm256_setzero_si256());
            u64::from(!_mm256_movemask_epi8(none).cast_unsigned())
        }
    }
    widths! { "avx2" }
}

/// What `make` makes of each pair of registers.
#[inline(always)]
fn each<R: Copy, const BYTES: usize>(
    mut a: [R; BYTES],
    b: [R; BYTES],
    make: impl Fn(R, R) -> R,
) -> [R; BYTES] {
    for (a, b) in a.iter_mut().zip(b) {
        *a = make(*a, b);
    }
    a
}

/// Writes the lanes of one width and kind of register. `$spread` makes them of their bytes,
/// `$gather` leaves one byte of each.
macro_rules! lanes {
    ($name:ident, $registers:ident, $features:literal, $lane:ident, $set:ident, $add:ident, $sub:ident,
     $spread:ident, $gather:ident) => {
        pub(super) mod $name {
            use super::$registers::*;
            use super::*;

            pub(in super::super) use super::$registers::{LANES, symbols};
            const BYTES: usize = size_of::<$lane>();
            type Lanes = [Register; BYTES];
            type Tables = [Table; BYTES];

            compiled! { $features:
                or(a: Lanes, b: Lanes) -> Lanes { each(a, b, |a, b| or_of(a, b)) }
                and(a: Lanes, b: Lanes) -> Lanes { each(a, b, |a, b| and_of(a, b)) }
                double(a: Lanes) -> Lanes { each(a, a, |a, b| $add(a, b)) }
                negate(a: Lanes) -> Lanes { each(a, a, |a, _| $sub(zero(), a)) }
                splat(mask: u64) -> Lanes { [$set($lane::cut(mask).cast_signed()); BYTES] }
                table(masks: &[u64; SYMBOLS]) -> Tables {
                    from_fn(|byte| table_of(&masks.map(|mask| $lane::cut(mask).to_le_bytes()[byte])))
                }
                look_up(tables: &Tables, symbols: Symbols) -> Lanes {
                    $spread(tables.map(|table| look_up_in(table, symbols)))
                }
                marked(lanes: Lanes) -> u64 { marked_bytes($gather(lanes)) }
            }
        }
    };
}

lanes! {
    bits_8_of_512, of_512, "avx512f,avx512bw,avx512vbmi", u8,
    _mm512_set1_epi8, _mm512_add_epi8, _mm512_sub_epi8, spread_8, gather_8
}
lanes! {
    bits_16_of_512, of_512, "avx512f,avx512bw,avx512vbmi", u16,
    _mm512_set1_epi16, _mm512_add_epi16, _mm512_sub_epi16, spread_16, gather_16
}
lanes! {
    bits_32_of_512, of_512, "avx512f,avx512bw,avx512vbmi", u32,
    _mm512_set1_epi32, _mm512_add_epi32, _mm512_sub_epi32, spread_32, gather_32
}
lanes! {
    bits_64_of_512, of_512, "avx512f,avx512bw,avx512vbmi", u64,
    _mm512_set1_epi64, _mm512_add_epi64, _mm512_sub_epi64, spread_64, gather_64
}
lanes! {
    bits_8_of_256, of_256, "avx2", u8,
    _mm256_set1_epi8, _mm256_add_epi8, _mm256_sub_epi8, spread_8, gather_8
}
lanes! {
    bits_16_of_256, of_256, "avx2", u16,
    _mm256_set1_epi16, _mm256_add_epi16, _mm256_sub_epi16, spread_16, gather_16
}
lanes! {
    bits_32_of_256, of_256, "avx2", u32,
    _mm256_set1_epi32, _mm256_add_epi32, _mm256_sub_epi32, spread_32, gather_32
}
lanes! {
    bits_64_of_256, of_256, "avx2", u64,
    _mm256_set1_epi64x, _mm256_add_epi64, _mm256_sub_epi64, spread_64, gather_64
}
