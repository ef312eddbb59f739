//! Lines that are chained to the journal's end in memory and written together.

use super::{Cause, Head, VERSION, chain, private};
use crate::domain::event::Event;
use crate::registry::store::{StoreError, Transaction, Value, statements as sql};

/// Lines of one transaction that are not yet written: nothing in it reads them before its end.
#[derive(Debug, Default)]
pub struct Fresh {
    lines: Vec<[Value; 10]>,
    parts: Vec<[Value; 4]>,
}

/// A place among fresh lines, to go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    lines: usize,
    parts: usize,
    head: Head,
}

impl Fresh {
    /// Chains an event to the end and moves the head; `random` gives the salts of its
    /// erasable parts.
    ///
    /// # Errors
    /// The event cannot be written as JSON.
    pub fn append(
        &mut self,
        head: &mut Head,
        cause: &Cause,
        event: &Event,
        random: &mut impl FnMut() -> [u8; 16],
    ) -> Result<(), StoreError> {
        let unreadable = |e: serde_json::Error| StoreError::unreadable("journal", &e);
        let mut value = serde_json::to_value(event).map_err(unreadable)?;
        let parts = private::detach(&mut value, random);
        let text = serde_json::to_string(&value).map_err(unreadable)?;
        let sequence = head.sequence + 1;
        let number = i64::try_from(sequence).unwrap_or(i64::MAX);
        let line = [
            number.to_string(),
            cause.at.0.to_string(),
            cause.command.clone(),
            cause.officer.to_string(),
            cause.agency.to_string(),
            event.subject(),
            event.kind().to_owned(),
            VERSION.to_string(),
            text,
        ];
        let hash = chain(&head.hash, line.iter().map(String::as_str));
        let [_, _, command, officer, agency, subject, kind, _, text] = line;
        self.lines.push([
            number.into(),
            cause.at.0.into(),
            command.into(),
            officer.into(),
            agency.into(),
            subject.into(),
            kind.into(),
            VERSION.into(),
            text.into(),
            hash.clone().into(),
        ]);
        let parts = (0i64..).zip(parts);
        self.parts.extend(
            parts.map(|(part, (salt, words))| [number.into(), part.into(), salt.into(), words.into()]),
        );
        *head = Head { sequence, hash };
        Ok(())
    }

    /// The place behind the last line, which is the head's.
    pub fn place(&self, head: &Head) -> Place {
        Place { lines: self.lines.len(), parts: self.parts.len(), head: head.clone() }
    }

    /// Takes back all lines behind a place; the head is again what it was there.
    #[must_use]
    pub fn back(&mut self, to: Place) -> Head {
        self.lines.truncate(to.lines);
        self.parts.truncate(to.parts);
        to.head
    }

    /// Writes the lines and moves the journal's end behind them.
    ///
    /// # Errors
    /// The store failed.
    pub async fn write(self, tx: &mut Transaction, head: &Head) -> Result<(), StoreError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        tx.insert((sql::APPEND, sql::APPEND_MANY), self.lines).await?;
        tx.insert((sql::APPEND_PERSONAL, sql::APPEND_PERSONAL_MANY), self.parts).await?;
        let sequence = i64::try_from(head.sequence).unwrap_or(i64::MAX);
        tx.run(sql::MOVE_HEAD, [sequence.into(), head.hash.clone().into()]).await?;
        Ok(())
    }
}
