//! Something that lives at the registry, and what is held of it here.

use crate::console::message::Fault;
use crate::domain::time::Moment;

/// Tells one request from the next; answers to an older one are dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Generation(pub u64);

impl Generation {
    /// Counts up and hands out the new one.
    pub fn advance(&mut self) -> Generation {
        self.0 += 1;
        *self
    }
}

/// Whether something newer is on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fetch {
    /// Nothing was asked for, or it has come.
    #[default]
    Idle,
    /// It was asked for.
    Waiting,
    /// It did not come.
    Failed(Fault),
}

/// A thing at the registry: the last that was heard of it stays until something newer comes,
/// is marked as old, and is never blanked by a failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Remote<T> {
    value: Option<T>,
    as_of: Option<Moment>,
    wanted: Generation,
    fetch: Fetch,
    failed: Option<Moment>,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { value: None, as_of: None, wanted: Generation(0), fetch: Fetch::Idle, failed: None }
    }
}

impl<T> Remote<T> {
    /// What was read before this console began.
    pub fn of_before(value: T, as_of: Moment) -> Self {
        Self { value: Some(value), as_of: Some(as_of), ..Self::default() }
    }

    /// Notes that it was asked for; older requests count no more.
    pub fn ask(&mut self, generation: Generation) {
        self.wanted = generation;
        self.fetch = Fetch::Waiting;
    }

    /// Takes an answer, unless it is one to an older request; says whether it was taken.
    pub fn answer(&mut self, generation: Generation, now: Moment, result: Result<T, Fault>) -> bool {
        if !self.awaits(generation) {
            return false;
        }
        match result {
            Ok(value) => {
                self.value = Some(value);
                self.as_of = Some(now);
                self.fetch = Fetch::Idle;
            }
            Err(fault) => {
                self.fetch = Fetch::Failed(fault);
                self.failed = Some(now);
            }
        }
        true
    }

    /// What is held of it.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// What is held of it, to be changed by news.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        self.value.as_mut()
    }

    /// As of when that is.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of
    }

    /// When the last request came to nothing.
    pub fn failed(&self) -> Option<Moment> {
        self.failed
    }

    /// Whether something newer is on its way.
    pub fn fetch(&self) -> &Fetch {
        &self.fetch
    }

    /// Whether it was asked for and has not come.
    pub fn is_waiting(&self) -> bool {
        self.fetch == Fetch::Waiting
    }

    /// Whether the answer to that request is awaited.
    pub fn awaits(&self, generation: Generation) -> bool {
        self.wanted == generation && self.is_waiting()
    }

    /// The newest request.
    pub fn wanted(&self) -> Generation {
        self.wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_is_dropped() {
        let mut remote = Remote::default();
        remote.ask(Generation(1));
        remote.ask(Generation(2));
        assert!(!remote.answer(Generation(1), Moment(1), Ok("old")));
        assert_eq!(remote.value(), None);
        assert!(remote.answer(Generation(2), Moment(2), Ok("new")));
        assert!(!remote.answer(Generation(2), Moment(3), Ok("again")), "an answer counts once");
        assert_eq!((remote.value(), remote.as_of()), (Some(&"new"), Some(Moment(2))));
    }

    #[test]
    fn a_failure_keeps_what_was_there() {
        let mut remote = Remote::default();
        remote.ask(Generation(1));
        remote.answer(Generation(1), Moment(1), Ok(7));
        remote.ask(Generation(2));
        remote.answer(Generation(2), Moment(2), Err(Fault::Offline));
        assert_eq!(remote.value(), Some(&7));
        assert_eq!(remote.fetch(), &Fetch::Failed(Fault::Offline));
    }
}
