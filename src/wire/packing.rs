//! Packs what is said on a thin line: one stream, flushed with each piece, that both ends begin as
//! if a dictionary of the line's usual words had been said already.
//!
//! The dictionary pays where little is said at a time: an answer to one check shrinks to a third
//! of what it is without. Ends of another version have another dictionary, and so another name for
//! the coding; between them it is plain `gzip`.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// What both ends know before anything was said; what stands at its end is the cheapest to say.
const DICTIONARY: &[u8] = include_bytes!("../../assets/wire/dictionary.txt");
/// The head of a file of gzip without any extras.
const GZIP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// Bytes that are unpacked at a time.
const PIECE: usize = 16 * 1024;

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Deflate, begun with the dictionary.
    Primed,
    /// As everybody knows it.
    Gzip,
}

/// The name of the primed coding, by its dictionary.
static PRIMED: LazyLock<String> = LazyLock::new(|| {
    let hash = Sha256::digest(DICTIONARY);
    hash[..4].iter().fold("iarms-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
});
/// What a client that understands all codings says that it accepts.
pub fn accepted() -> String {
    format!("{}, gzip", *PRIMED)
}

impl Coding {
    /// What HTTP calls it.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Primed => &PRIMED,
            Coding::Gzip => "gzip",
        }
    }

    /// The coding of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Coding::Primed, Coding::Gzip]
            .into_iter()
            .find(|coding| name.trim().eq_ignore_ascii_case(coding.name()))
    }

    /// The best of those that a client accepts; nothing when it takes none of them.
    pub fn best(accepted: &str) -> Option<Self> {
        let is_wanted = |weight: &str| {
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0)
        };
        let offers = accepted.split(',').filter_map(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            Self::named(name).filter(|_| is_wanted(weight))
        });
        offers.min_by_key(|coding| matches!(coding, Coding::Gzip))
    }

    /// A whole body, packed.
    pub fn whole(self, body: &[u8]) -> Vec<u8> {
        let mut packer = Packer::new(self);
        let mut packed = std::mem::take(&mut packer.head);
        squeeze(&mut packer.deflate, body, FlushCompress::Finish, &mut packed);
        if self == Coding::Gzip {
            let mut sum = flate2::Crc::new();
            sum.update(body);
            packed.extend(sum.sum().to_le_bytes());
            packed.extend(sum.amount().to_le_bytes());
        }
        packed
    }
}

/// Packs a stream, each piece so that it can be read as soon as it has come.
#[derive(Debug)]
pub struct Packer {
    deflate: Compress,
    head: Vec<u8>,
}

impl Packer {
    /// The beginning of a stream.
    pub fn new(coding: Coding) -> Self {
        let mut deflate = Compress::new(Compression::best(), false);
        match coding {
            Coding::Gzip => Self { deflate, head: GZIP.to_vec() },
            Coding::Primed => {
                let known = deflate.set_dictionary(DICTIONARY);
                debug_assert!(known.is_ok(), "{known:?}");
                Self { deflate, head: Vec::new() }
            }
        }
    }

    /// The next piece, packed.
    pub fn pack(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut packed = std::mem::take(&mut self.head);
        // The shorter of the two flushes: it ends on no byte, and leaves nothing behind that is needed.
        squeeze(&mut self.deflate, piece, FlushCompress::Partial, &mut packed);
        packed
    }
}

fn squeeze(deflate: &mut Compress, mut piece: &[u8], flush: FlushCompress, packed: &mut Vec<u8>) {
    loop {
        packed.reserve(piece.len() / 4 + 256);
        let before = deflate.total_in();
        let status = deflate.compress_vec(piece, packed, flush);
        piece = &piece[(deflate.total_in() - before) as usize..];
        let done = match status {
            Ok(Status::StreamEnd) | Err(_) => true,
            // Room that is left over shows that nothing waits inside.
            Ok(Status::Ok | Status::BufError) => {
                flush == FlushCompress::Partial && piece.is_empty() && packed.len() < packed.capacity()
            }
        };
        if done {
            return;
        }
    }
}

/// What came cannot be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is not packed as it says.
    Broken,
    /// It would be longer than anything may be.
    TooLong,
}

/// Unpacks a stream or a body, however its bytes are cut.
#[derive(Debug)]
pub struct Unpacker {
    inflate: Decompress,
    /// Bytes of the head that are still to come.
    head: &'static [u8],
    ended: bool,
}

impl Unpacker {
    /// The beginning of a stream or a body.
    pub fn new(coding: Coding) -> Self {
        let mut inflate = Decompress::new(false);
        let head = match coding {
            Coding::Gzip => &GZIP[..],
            Coding::Primed => {
                let known = inflate.set_dictionary(DICTIONARY);
                debug_assert!(known.is_ok(), "{known:?}");
                &[]
            }
        };
        Self { inflate, head, ended: false }
    }

    /// Whether a whole body has come.
    pub fn is_whole(&self) -> bool {
        self.ended
    }

    /// Adds what the next bytes say to `said`, which may not grow longer than `most`.
    ///
    /// # Errors
    /// They cannot be unpacked, or say too much.
    pub fn unpack(&mut self, bytes: &[u8], most: usize, said: &mut Vec<u8>) -> Result<(), Unfit> {
        let mut bytes = self.behead(bytes)?;
        while !self.ended {
            said.reserve(PIECE);
            let before = (self.inflate.total_in(), said.len());
            let status = self.inflate.decompress_vec(bytes, said, FlushDecompress::None);
            bytes = &bytes[(self.inflate.total_in() - before.0) as usize..];
            self.ended = matches!(status, Ok(Status::StreamEnd));
            if status.is_err() {
                return Err(Unfit::Broken);
            }
            if said.len() > most {
                return Err(Unfit::TooLong);
            }
            if bytes.is_empty() && (said.len() < said.capacity() || said.len() == before.1) {
                break;
            }
        }
        Ok(())
    }

    /// Reads over the head; of what it may say beside its first three bytes nothing is needed.
    fn behead<'a>(&mut self, mut bytes: &'a [u8]) -> Result<&'a [u8], Unfit> {
        while let ([expected, rest @ ..], [came, left @ ..]) = (self.head, bytes) {
            // Flags would mean extras, which no registry sends.
            if rest.len() >= 6 && came != expected {
                return Err(Unfit::Broken);
            }
            (self.head, bytes) = (rest, left);
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests;
