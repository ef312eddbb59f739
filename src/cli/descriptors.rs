//! Open files: every connection is one, and the system bounds them.

use crate::registry::limits::Limits;
use rustix::process::{Resource, getrlimit, setrlimit};

/// What a registry has open beside its connections: its store's readers and their journals, the
/// listener, the log.
const BESIDE: u64 = 64;

/// Asks the system for as many open files as the connections need; where it grants fewer, fewer
/// connections are taken in.
pub(super) fn grant(limits: Limits) -> Limits {
    let wanted = u64::try_from(limits.connections).unwrap_or(u64::MAX).saturating_add(BESIDE);
    let mut bound = getrlimit(Resource::Nofile);
    if bound.current.is_some_and(|current| current < wanted) {
        bound.current = Some(bound.maximum.map_or(wanted, |most| most.min(wanted)));
        if let Err(error) = setrlimit(Resource::Nofile, bound) {
            tracing::debug!(%error, "no more open files are granted");
        }
    }
    let fitted = fitted(limits, getrlimit(Resource::Nofile).current);
    if fitted != limits {
        let (connections, wanted) = (fitted.connections, limits.connections);
        tracing::warn!(connections, wanted, "the system grants fewer open files than connections are wanted");
    }
    fitted
}

/// The limits within so many open files; nothing says that there is no bound.
fn fitted(limits: Limits, granted: Option<u64>) -> Limits {
    let Some(granted) = granted else { return limits };
    let room = granted.saturating_sub(BESIDE).max(granted / 2).max(1);
    let connections = limits.connections.min(usize::try_from(room).unwrap_or(usize::MAX));
    Limits { connections, ..limits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_room_for_the_store() {
        let limits = Limits { connections: 1000, ..Limits::default() };
        let connections = |granted| fitted(limits, granted).connections;
        assert_eq!([connections(None), connections(Some(4096)), connections(Some(1064))], [1000; 3]);
        assert_eq!(connections(Some(256)), 192);
        assert_eq!(connections(Some(40)), 20);
    }
}
