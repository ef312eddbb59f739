use super::*;
use crate::domain::time::Moment;
use crate::wire::news::{Cursor, News};
use proptest::prelude::*;

const BOTH: [Coding; 2] = [Coding::Primed, Coding::Gzip];

fn unpack(coding: Coding, pieces: &[&[u8]]) -> Result<Vec<u8>, Unfit> {
    let (mut unpacker, mut said) = (Unpacker::new(coding), Vec::new());
    pieces.iter().try_for_each(|piece| unpacker.unpack(piece, 1 << 20, &mut said))?;
    Ok(said)
}

#[test]
fn the_best_that_is_accepted_is_taken() {
    assert_eq!(Coding::best(&accepted()), Some(Coding::Primed));
    assert_eq!(Coding::best("gzip, deflate, br"), Some(Coding::Gzip));
    assert_eq!(Coding::best("iarms-00000000, GZIP;q=0.5"), Some(Coding::Gzip), "of another version");
    assert_eq!(Coding::best(&format!("gzip;q=1, {};q=0.0", Coding::Primed.name())), Some(Coding::Gzip));
    for none in ["", "identity", "br;q=1", "gzip;q=0"] {
        assert_eq!(Coding::best(none), None, "{none}");
    }
}

#[test]
fn each_piece_can_be_read_as_soon_as_it_has_come() {
    for coding in BOTH {
        let (mut packer, mut unpacker) = (Packer::new(coding), Unpacker::new(coding));
        for at in 0..200 {
            let piece = format!("data: {{\"news\":\"beat\",\"now\":{at}}}\n\n").repeat(at % 7 * 40 + 1);
            let mut said = Vec::new();
            unpacker.unpack(&packer.pack(piece.as_bytes()), 1 << 20, &mut said).unwrap();
            assert_eq!(said, piece.as_bytes());
        }
    }
}

#[test]
fn a_whole_body_is_known_to_be_whole() {
    let body = br#"{"answers":[]}"#.repeat(3000);
    for coding in BOTH {
        let packed = coding.whole(&body);
        for missing in [0, 1, 9, packed.len() / 2] {
            let (mut unpacker, mut said) = (Unpacker::new(coding), Vec::new());
            unpacker.unpack(&packed[..packed.len() - missing], 1 << 20, &mut said).unwrap();
            // The sum at the end of gzip is not looked at.
            let whole = missing == 0 || (coding == Coding::Gzip && missing == 1);
            assert_eq!(unpacker.is_whole() && said == body, whole, "{coding:?} less {missing}");
        }
    }
    let mut standard = Vec::new();
    let packed = Coding::Gzip.whole(&body);
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut standard).unwrap();
    assert_eq!(standard, body, "as others read it");
}

#[test]
fn what_swells_is_given_up() {
    let bomb = Coding::Primed.whole(&vec![b' '; 1 << 22]);
    assert!(bomb.len() < 1 << 13);
    let mut said = Vec::new();
    let mut unpacker = Unpacker::new(Coding::Primed);
    assert_eq!(unpacker.unpack(&bomb, 1 << 16, &mut said), Err(Unfit::TooLong));
    assert!(said.len() <= 2 * ((1 << 16) + PIECE), "{}", said.len());
    assert_eq!(unpack(Coding::Gzip, &[b"data: hello\n\n"]), Err(Unfit::Broken));
}

/// An idle hour is 60 heartbeats: 135 bytes of headers each, of HTTP/2, TLS and TCP with its
/// acknowledgement, and this.
#[test]
fn a_heartbeat_in_a_stream_is_at_most_15_bytes() {
    let mut packer = Packer::new(Coding::Primed);
    let mut lengths = Vec::new();
    for minute in 0..600 {
        let cursor = Cursor { epoch: 1, sequence: 1042 };
        let now = Moment(1_795_393_924_000_000 + minute * 60_000_000 + minute % 2 * 1_000_000);
        let beat = News::Beat { cursor, now, beat_seconds: 60 };
        lengths.push(
            packer.pack(format!("data: {}\n\n", serde_json::to_string(&beat).unwrap()).as_bytes()).len(),
        );
    }
    let sum: usize = lengths[1..].iter().sum();
    assert!(sum <= 15 * 599, "{} on average: {lengths:?}", sum as f32 / 599.0);
}

proptest! {
    #[test]
    fn cuts_change_nothing(pieces in proptest::collection::vec("[a-z\":{}0-9]{0,400}", 0..12), cut in 1usize..40) {
        for coding in BOTH {
            let mut packer = Packer::new(coding);
            let packed: Vec<u8> = pieces.iter().flat_map(|piece| packer.pack(piece.as_bytes())).collect();
            let cuts: Vec<&[u8]> = packed.chunks(cut).collect();
            prop_assert_eq!(unpack(coding, &cuts).unwrap(), pieces.concat().into_bytes());
        }
    }

    #[test]
    fn no_bytes_panic(pieces in proptest::collection::vec(any::<Vec<u8>>(), 0..8)) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        for coding in BOTH {
            let _ = unpack(coding, &pieces);
        }
    }
}
