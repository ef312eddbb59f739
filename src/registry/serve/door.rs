//! Who is connected, and who has to go when too many come.
//!
//! Whoever has shown a token stays. Of those who have not, the oldest goes: a peer that says
//! nothing must not keep out one that is about to say who it is.

use crate::registry::limits::Limits;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// What every connection comes in by.
#[derive(Debug)]
pub(super) struct Door {
    limits: Limits,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    count: usize,
    last: u64,
    newcomers: BTreeMap<u64, Newcomer>,
}

#[derive(Debug)]
struct Newcomer {
    from: IpAddr,
    leave: CancellationToken,
}

/// A connection that was let in, until this is dropped.
#[derive(Debug)]
pub(in crate::registry) struct Guest {
    door: Arc<Door>,
    number: u64,
    leave: CancellationToken,
}

impl Door {
    /// A door with nobody inside.
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, inside: Mutex::default() })
    }

    /// Lets a connection in, unless all there may be are open.
    pub(super) fn enter(self: &Arc<Self>, from: IpAddr) -> Option<Guest> {
        let from = origin(from);
        let mut inside = self.inside();
        let of_address = |newcomer: &Newcomer| newcomer.from == from;
        if inside.count >= self.limits.connections {
            // Its place is free only once it has gone; whoever comes next finds it.
            inside.send_away(|_| true);
            return None;
        }
        if !from.is_loopback()
            && inside.newcomers.values().filter(|newcomer| of_address(newcomer)).count()
                >= self.limits.newcomers_of_address
        {
            inside.send_away(of_address);
        }
        if inside.newcomers.len() >= self.limits.newcomers {
            inside.send_away(|_| true);
        }
        inside.count += 1;
        inside.last += 1;
        let (number, leave) = (inside.last, CancellationToken::new());
        inside.newcomers.insert(number, Newcomer { from, leave: leave.clone() });
        Some(Guest { door: Arc::clone(self), number, leave })
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    /// Sends the oldest newcomer away that is one of these.
    fn send_away(&mut self, these: impl Fn(&Newcomer) -> bool) {
        let oldest = self.newcomers.iter().find(|(_, newcomer)| these(newcomer)).map(|(number, _)| *number);
        if let Some(newcomer) = oldest.and_then(|number| self.newcomers.remove(&number)) {
            tracing::debug!(from = %newcomer.from, "who has shown no token had to make room");
            newcomer.leave.cancel();
        }
    }
}

impl Guest {
    /// Notes that a token was shown that somebody has.
    pub(in crate::registry) fn is_known(&self) {
        self.door.inside().newcomers.remove(&self.number);
    }

    /// Whether no token was shown yet.
    pub(super) fn is_newcomer(&self) -> bool {
        self.door.inside().newcomers.contains_key(&self.number)
    }

    /// Returns when it has to make room.
    pub(super) async fn sent_away(&self) {
        self.leave.cancelled().await;
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut inside = self.door.inside();
        inside.newcomers.remove(&self.number);
        inside.count = inside.count.saturating_sub(1);
    }
}

/// What counts as one address: of IPv6 the network, since whoever has one address has them all.
fn origin(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Arc<Door> {
        Door::new(Limits { connections: 6, newcomers: 4, newcomers_of_address: 2, ..Limits::default() })
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_oldest_who_has_shown_no_token_makes_room() {
        let door = door();
        let here = address("127.0.0.1");
        let known = door.enter(here).unwrap();
        known.is_known();
        let newcomers: Vec<Guest> = (0..5).map(|_| door.enter(here).unwrap()).collect();
        let gone: Vec<bool> = newcomers.iter().map(|guest| guest.leave.is_cancelled()).collect();
        assert_eq!(gone, [true, false, false, false, false]);
        assert!(door.enter(here).is_none(), "one has gone, and its place is not free yet");
        assert!(newcomers[1].leave.is_cancelled() && !known.leave.is_cancelled());
        drop(newcomers);
        assert!(door.enter(here).is_some());
    }

    #[test]
    fn one_address_takes_no_place_from_others() {
        let door = door();
        let other = door.enter(address("192.0.2.1")).unwrap();
        let floods: Vec<Guest> =
            (1..4).map(|end| door.enter(address(&format!("2001:db8::{end}"))).unwrap()).collect();
        assert!(floods[0].leave.is_cancelled() && !floods[1].leave.is_cancelled());
        assert!(!other.leave.is_cancelled());
    }
}
