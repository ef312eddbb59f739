//! A paste of which a part has come, while the line is silent.

/// Where the rest of a paste belongs that was handed on before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Torn {
    /// Nothing but blanks has come of it.
    Blank,
    /// Its last line goes on in the text that is open.
    InText,
    /// Its last line is one of those that are to wait for the search line.
    Waiting {
        /// What has come of that line: half a number, which nobody checks.
        half: String,
        /// Lines that were left out so far.
        left_out: usize,
    },
    /// Its first line stands in a text that takes one line; what follows is left out.
    LeftOut {
        /// What has come of its last line.
        half: String,
        /// Lines that were left out so far.
        left_out: usize,
    },
}
