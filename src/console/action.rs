//! The one table of actions: what the officer can do, by which key, and when.

/// Names an action; the catalogue holds its label and its doc under `action.<code>` and
/// `action.<code>.doc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionId {
    /// `r`.
    Respond,
}
