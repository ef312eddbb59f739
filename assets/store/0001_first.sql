-- Tables of the registry. TEXT and BIGINT only, so that one text serves SQLite and PostgreSQL:
-- times are microseconds since 1970 UTC, documents are JSON, flags are 0 and 1.

-- The append-only, hash-chained list of events.
CREATE TABLE journal (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    command TEXT NOT NULL,
    officer TEXT NOT NULL,
    agency TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    event TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX journal_by_subject ON journal (subject, sequence);
-- The lines that feeds tell of, so that a console which was away finds them among a million others.
CREATE INDEX journal_for_feeds ON journal (sequence)
    WHERE kind LIKE 'hit.%' OR kind IN ('record.amended', 'check.repeated');

-- One row: what the journal must end with, and the lock of its writers.
CREATE TABLE head (
    name TEXT NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO head (name, taken, sequence, hash) VALUES ('journal', 0, 0, '');

-- Texts that may be erased one day; the journal holds their salted hashes.
CREATE TABLE personal (
    sequence BIGINT NOT NULL,
    part BIGINT NOT NULL,
    salt TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (sequence, part)
);

-- Running numbers that people say over the phone.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE records (
    id TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    ncb TEXT NOT NULL,
    status TEXT NOT NULL,
    batch TEXT,
    source_id TEXT,
    document TEXT NOT NULL
);
CREATE UNIQUE INDEX records_by_source ON records (agency, source_id);
CREATE INDEX records_by_batch ON records (ncb, batch);

-- Every number on every gun, of records and of checks, with its derived keys.
CREATE TABLE numbers (
    subject TEXT NOT NULL,
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    as_seen TEXT NOT NULL,
    norm TEXT NOT NULL,
    skeleton TEXT NOT NULL,
    PRIMARY KEY (subject, position)
);
CREATE INDEX numbers_by_skeleton ON numbers (skeleton, subject);

CREATE TABLE checks (
    id BIGINT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    ncb TEXT NOT NULL,
    case_number TEXT NOT NULL,
    serial TEXT NOT NULL,
    variant BIGINT NOT NULL,
    stands_until BIGINT NOT NULL,
    document TEXT NOT NULL
);
-- One check for each agency, case and serial; guns that contradict each other are told apart.
CREATE UNIQUE INDEX checks_by_case ON checks (agency, case_number, serial, variant);

-- due is when the registry's clock strikes, nothing when none runs; worst orders the queue.
CREATE TABLE hits (
    id BIGINT NOT NULL PRIMARY KEY,
    record TEXT NOT NULL,
    check_id BIGINT NOT NULL,
    owner_ncb TEXT NOT NULL,
    finder_ncb TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    due BIGINT,
    worst BIGINT NOT NULL,
    -- An answer to a FLASH or URGENT request is outstanding.
    urgent BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    -- How many of the messages are inside notes of the one side and of the other.
    owner_inside BIGINT NOT NULL,
    finder_inside BIGINT NOT NULL,
    document TEXT NOT NULL
);
-- One hit for each pair, ever.
CREATE UNIQUE INDEX hits_by_pair ON hits (record, check_id);
CREATE INDEX hits_by_due ON hits (due);
CREATE INDEX hits_by_urgent ON hits (urgent);
CREATE INDEX hits_by_owner ON hits (owner_ncb, is_open);
CREATE INDEX hits_by_finder ON hits (finder_ncb, is_open);

CREATE TABLE messages (
    hit BIGINT NOT NULL,
    position BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (hit, position)
);

-- A recorded gun and one that was in hand are not the same: an officer closed their hit with a reason.
CREATE TABLE exclusions (
    hit BIGINT NOT NULL PRIMARY KEY,
    record TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX exclusions_by_record ON exclusions (record);

CREATE TABLE agencies (
    id TEXT NOT NULL PRIMARY KEY,
    ncb TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE officers (
    id BIGINT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    document TEXT NOT NULL
);

-- Who may come in: SHA-256 of the token, never the token.
CREATE TABLE tokens (
    hash TEXT NOT NULL PRIMARY KEY,
    officer BIGINT NOT NULL
);

-- What became of each command, as references that are disclosed again when it is repeated.
CREATE TABLE answers (
    officer BIGINT NOT NULL,
    command TEXT NOT NULL,
    request TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (officer, command)
);

-- Who saw what, searches that found nothing included.
CREATE TABLE reads (
    at BIGINT NOT NULL,
    officer BIGINT NOT NULL,
    agency TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    purpose TEXT NOT NULL,
    case_number TEXT NOT NULL,
    results BIGINT NOT NULL
);
CREATE INDEX reads_by_subject ON reads (subject, at);
CREATE INDEX reads_by_officer ON reads (officer, at);
