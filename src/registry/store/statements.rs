//! Every statement that is ever run, as a constant.
//!
//! One text for both engines: `$1` placeholders, text and whole numbers, no engine's own
//! functions. A test prepares each of them.

mod many;

use many::many;

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub const $name: &str = $sql;)*
        /// All of them by name.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// The tables.
pub const FIRST: &str = include_str!("../../../assets/store/0001_first.sql");

/// Rows that one statement reads or writes where many wait.
pub const AT_ONCE: usize = 32;

statements! {
    /// Lets one item of a batch fail alone.
    SAVEPOINT = "SAVEPOINT item";
    /// Undoes one item.
    ROLLBACK_TO = "ROLLBACK TO SAVEPOINT item";
    /// Keeps one item.
    RELEASE = "RELEASE SAVEPOINT item";

    /// Takes the lock of the journal and reads what it ends with.
    TAKE_HEAD = "UPDATE head SET taken = taken + 1 WHERE name = 'journal' RETURNING sequence, hash";
    /// What the journal ends with.
    READ_HEAD = "SELECT sequence, hash FROM head WHERE name = 'journal'";
    /// Moves the end.
    MOVE_HEAD = "UPDATE head SET sequence = $1, hash = $2 WHERE name = 'journal'";
    /// Appends a line.
    APPEND = "INSERT INTO journal (sequence, at, command, officer, agency, subject, kind, version, event, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Appends [`AT_ONCE`] lines.
    APPEND_MANY = many!("INSERT INTO journal (sequence, at, command, officer, agency, subject, kind, version, event, hash) VALUES", AT_ONCE rows of 10, "");
    /// Appends an erasable part.
    APPEND_PERSONAL = "INSERT INTO personal (sequence, part, salt, text) VALUES ($1, $2, $3, $4)";
    /// The same of [`AT_ONCE`] parts.
    APPEND_PERSONAL_MANY = many!("INSERT INTO personal (sequence, part, salt, text) VALUES", AT_ONCE rows of 4, "");
    /// Lines after one, in order.
    LINES_AFTER = "SELECT sequence, at, command, officer, agency, subject, kind, version, event, hash FROM journal WHERE sequence > $1 ORDER BY sequence LIMIT $2";
    /// Erasable parts of a stretch of lines.
    PERSONAL_BETWEEN = "SELECT sequence, part, salt, text FROM personal WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence, part";
    /// Lines that feeds tell of, after one, in order.
    TOLD_AFTER = "SELECT sequence, at, command, officer, agency, subject, kind, version, event, hash FROM journal WHERE sequence > $1 AND (kind LIKE 'hit.%' OR kind IN ('record.amended', 'check.repeated')) ORDER BY sequence LIMIT $2";
    /// How many lines that feeds tell of come after one, counted no further than a limit.
    COUNT_TOLD = "SELECT COUNT(*) FROM (SELECT sequence FROM journal WHERE sequence > $1 AND (kind LIKE 'hit.%' OR kind IN ('record.amended', 'check.repeated')) ORDER BY sequence LIMIT $2) AS behind";
    /// The line before one that last said what a record reports.
    REPORTED_BEFORE = "SELECT sequence, at, command, officer, agency, subject, kind, version, event, hash FROM journal WHERE subject = $1 AND sequence < $2 AND kind IN ('record.entered', 'record.amended') ORDER BY sequence DESC LIMIT 1";
    /// The first line about a subject.
    FIRST_ABOUT = "SELECT MIN(sequence) FROM journal WHERE subject = $1";
    /// Lines in the journal.
    COUNT_LINES = "SELECT COUNT(*) FROM journal";

    /// The running number of a name that was handed out last.
    COUNTER = "SELECT value FROM counters WHERE name = $1";
    /// Keeps the running number of a name that was handed out last.
    SAVE_COUNTER = "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    /// A record.
    RECORD = "SELECT document FROM records WHERE id = $1";
    /// Records, [`AT_ONCE`] of them.
    RECORDS = many!("SELECT document FROM records WHERE id IN", 1 rows of AT_ONCE, "");
    /// Saves a record.
    SAVE_RECORD = "INSERT INTO records (id, agency, ncb, status, batch, source_id, document) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET status = excluded.status, batch = excluded.batch, source_id = excluded.source_id, document = excluded.document";
    /// The record that an agency has made from one of its own.
    RECORD_BY_SOURCE = "SELECT id FROM records WHERE agency = $1 AND source_id = $2";
    /// A page of records as one text, for the index.
    RECORDS_AFTER = "SELECT MAX(id), string_agg(document, $3) FROM (SELECT id, document FROM records WHERE id > $1 ORDER BY id LIMIT $2) AS page";

    /// Forgets the numbers of a record or check.
    FORGET_NUMBERS = "DELETE FROM numbers WHERE subject = $1";
    /// Keeps a number of a record or check.
    SAVE_NUMBER = "INSERT INTO numbers (subject, position, place, as_seen, norm, skeleton) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Keeps [`AT_ONCE`] numbers.
    SAVE_NUMBERS = many!("INSERT INTO numbers (subject, position, place, as_seen, norm, skeleton) VALUES", AT_ONCE rows of 6, "");

    /// A check.
    CHECK = "SELECT document FROM checks WHERE id = $1";
    /// The checks of an agency, case and serial.
    CHECKS_BY_CASE = "SELECT document FROM checks WHERE agency = $1 AND case_number = $2 AND serial = $3 ORDER BY variant LIMIT 64";
    /// The checks of [`AT_ONCE`] serials in a case of an agency, as many of each as of one.
    CHECKS_BY_CASES = many!("SELECT serial, document FROM checks WHERE serial IN", 1 rows of AT_ONCE, " AND agency = $33 AND case_number = $34 AND variant < 64 ORDER BY variant");
    /// Saves a check.
    SAVE_CHECK = "INSERT INTO checks (id, agency, ncb, case_number, serial, variant, stands_until, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET stands_until = excluded.stands_until, document = excluded.document";
    /// Saves [`AT_ONCE`] new checks.
    SAVE_CHECKS = many!("INSERT INTO checks (id, agency, ncb, case_number, serial, variant, stands_until, document) VALUES", AT_ONCE rows of 8, "");
    /// A page of the checks that stand as one text, for the index.
    STANDING_CHECKS_AFTER = "SELECT MAX(id), string_agg(document, $4) FROM (SELECT id, document FROM checks WHERE id > $1 AND stands_until > $2 ORDER BY id LIMIT $3) AS page";

    /// A hit.
    HIT = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE id = $1";
    /// The hit of a pair.
    HIT_BY_PAIR = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE record = $1 AND check_id = $2";
    /// Hits of a check.
    HITS_OF_CHECK = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE check_id = $1 ORDER BY id";
    /// Hits of [`AT_ONCE`] checks.
    HITS_OF_CHECKS = many!("SELECT document, messages, owner_inside, finder_inside FROM hits WHERE check_id IN", 1 rows of AT_ONCE, " ORDER BY id");
    /// Hits of a record.
    HITS_OF_RECORD = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE record = $1 ORDER BY id";
    /// How many FLASH and URGENT requests a country asks or is asked are without an answer.
    URGENT_OF = "SELECT COUNT(*) FROM hits WHERE urgent = 1 AND (owner_ncb = $1 OR finder_ncb = $1)";
    /// Saves a hit.
    SAVE_HIT = "INSERT INTO hits (id, record, check_id, owner_ncb, finder_ncb, is_open, due, worst, urgent, messages, owner_inside, finder_inside, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, $10) ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, due = excluded.due, worst = excluded.worst, urgent = excluded.urgent, document = excluded.document";
    /// Hits of a country behind a place: the open ones first, among them the worst clock, then the newest.
    HITS_OF = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE (owner_ncb = $1 OR finder_ncb = $1) AND (is_open < $2 OR (is_open = $2 AND (worst > $3 OR (worst = $3 AND id < $4)))) ORDER BY is_open DESC, worst, id DESC LIMIT $5";
    /// Hits whose clock is due.
    HITS_DUE = "SELECT document, messages, owner_inside, finder_inside FROM hits WHERE due IS NOT NULL AND due <= $1 ORDER BY due LIMIT $2";
    /// When the next clock is due.
    NEXT_DUE = "SELECT MIN(due) FROM hits";
    /// All hits in pages, for replay.
    HITS_AFTER = "SELECT id, document FROM hits WHERE id > $1 ORDER BY id LIMIT $2";
    /// Counts a message of a hit, by its side when it is an inside note, and says which one it is.
    COUNT_MESSAGE = "UPDATE hits SET messages = messages + 1, owner_inside = owner_inside + $2, finder_inside = finder_inside + $3 WHERE id = $1 RETURNING messages";
    /// Keeps a message.
    SAVE_MESSAGE = "INSERT INTO messages (hit, position, document) VALUES ($1, $2, $3)";
    /// The thread of a hit.
    MESSAGES = "SELECT document FROM messages WHERE hit = $1 ORDER BY position";

    /// Keeps that a pair is not the same gun.
    SAVE_EXCLUSION = "INSERT INTO exclusions (hit, record, reason, document) VALUES ($1, $2, $3, $4) ON CONFLICT (hit) DO UPDATE SET reason = excluded.reason, document = excluded.document";
    /// Forgets it: the hit was opened again.
    FORGET_EXCLUSION = "DELETE FROM exclusions WHERE hit = $1";
    /// Forgets all of a record: it was amended.
    FORGET_EXCLUSIONS_OF = "DELETE FROM exclusions WHERE record = $1";
    /// All of them.
    EXCLUSIONS = "SELECT hit, record, reason, document FROM exclusions ORDER BY hit";
    /// Those of a record.
    EXCLUSIONS_OF = "SELECT hit, record, reason, document FROM exclusions WHERE record = $1 ORDER BY hit";

    /// An agency.
    AGENCY = "SELECT document FROM agencies WHERE id = $1";
    /// Saves an agency.
    SAVE_AGENCY = "INSERT INTO agencies (id, ncb, document) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET document = excluded.document";
    /// All agencies.
    AGENCIES = "SELECT document FROM agencies ORDER BY id";
    /// An officer.
    OFFICER = "SELECT document, epoch FROM officers WHERE id = $1";
    /// Saves an officer.
    SAVE_OFFICER = "INSERT INTO officers (id, agency, epoch, document) VALUES ($1, $2, 1, $3) ON CONFLICT (id) DO UPDATE SET document = excluded.document";
    /// All officers.
    OFFICERS = "SELECT document FROM officers ORDER BY id";
    /// Saves a token's hash.
    SAVE_TOKEN = "INSERT INTO tokens (hash, officer) VALUES ($1, $2)";
    /// The officer of a token's hash.
    TOKEN = "SELECT officers.document, officers.epoch FROM tokens JOIN officers ON officers.id = tokens.officer WHERE tokens.hash = $1";

    /// What became of [`AT_ONCE`] commands of an officer.
    ANSWERS = many!("SELECT command, request, outcome FROM answers WHERE command IN", 1 rows of AT_ONCE, " AND officer = $33");
    /// Keeps what became of a command.
    SAVE_ANSWER = "INSERT INTO answers (officer, command, request, outcome) VALUES ($1, $2, $3, $4)";
    /// Keeps what became of [`AT_ONCE`] commands.
    SAVE_ANSWERS = many!("INSERT INTO answers (officer, command, request, outcome) VALUES", AT_ONCE rows of 4, "");

    /// Rows of a table from a key on, for the audit: whole, whatever columns there are.
    AUDIT_RECORDS = "SELECT * FROM records WHERE id >= $1 ORDER BY id LIMIT $2";
    /// The same of numbers.
    AUDIT_NUMBERS = "SELECT * FROM numbers WHERE (subject, position) >= ($1, $2) ORDER BY subject, position LIMIT $3";
    /// The same of checks.
    AUDIT_CHECKS = "SELECT * FROM checks WHERE id >= $1 ORDER BY id LIMIT $2";
    /// The same of hits.
    AUDIT_HITS = "SELECT * FROM hits WHERE id >= $1 ORDER BY id LIMIT $2";
    /// The same of messages.
    AUDIT_MESSAGES = "SELECT * FROM messages WHERE (hit, position) >= ($1, $2) ORDER BY hit, position LIMIT $3";
    /// The same of exclusions.
    AUDIT_EXCLUSIONS = "SELECT * FROM exclusions WHERE hit >= $1 ORDER BY hit LIMIT $2";
    /// The same of agencies.
    AUDIT_AGENCIES = "SELECT * FROM agencies WHERE id >= $1 ORDER BY id LIMIT $2";
    /// The same of officers.
    AUDIT_OFFICERS = "SELECT * FROM officers WHERE id >= $1 ORDER BY id LIMIT $2";
    /// The same of tokens.
    AUDIT_TOKENS = "SELECT * FROM tokens WHERE hash >= $1 ORDER BY hash LIMIT $2";
    /// How far running numbers have been handed out.
    COUNTERS = "SELECT name, value FROM counters ORDER BY name";

    /// Notes who saw what.
    SAVE_READ = "INSERT INTO reads (at, officer, agency, what, subject, purpose, case_number, results) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Notes it [`AT_ONCE`] times.
    SAVE_READS = many!("INSERT INTO reads (at, officer, agency, what, subject, purpose, case_number, results) VALUES", AT_ONCE rows of 8, "");
}
