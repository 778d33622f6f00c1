-- A person may have several educational routes one after another: only one of them is open (decision 0022).

-- A table can't lose the rule that stood with its column, so it is made anew with everything that leans on it.
DROP INDEX pathway_tutor;
DROP INDEX pathway_reading_pathway;
ALTER TABLE pathway RENAME TO pathway_before;
ALTER TABLE pathway_event RENAME TO pathway_event_before;
ALTER TABLE pathway_reading RENAME TO pathway_reading_before;

CREATE TABLE pathway (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    -- The tutor the owner has named.
    tutor_id UUID REFERENCES person (id),
    -- Personal sections that the owner has opened to those who accompany, codes with spaces between; none by default.
    opens TEXT NOT NULL DEFAULT '',
    -- The owner agreed that curator, mentor and the named tutor read the rest.
    agreed_at TIMESTAMPTZ NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- The step the owner is at, 1 to 7; 8 when the route is finished, 9 when it was stopped before.
    step BIGINT NOT NULL,
    entries BIGINT NOT NULL DEFAULT 0,
    outcomes BIGINT NOT NULL DEFAULT 0,
    -- The day of the newest product.
    product_on DATE,
    open_comments BIGINT NOT NULL DEFAULT 0,
    -- How many events made it.
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
INSERT INTO pathway (id, person_id, tutor_id, opens, agreed_at, starts_on, ends_on, step, entries, outcomes, product_on,
    open_comments, version, created_at, changed_at)
SELECT id, person_id, tutor_id, opens, agreed_at, starts_on, ends_on, step, entries, outcomes, product_on,
    open_comments, version, created_at, changed_at FROM pathway_before;

CREATE TABLE pathway_event (
    pathway_id UUID NOT NULL REFERENCES pathway (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    happened_at TIMESTAMPTZ NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (pathway_id, number)
);
INSERT INTO pathway_event (pathway_id, number, person_id, happened_at, event)
SELECT pathway_id, number, person_id, happened_at, event FROM pathway_event_before;

CREATE TABLE pathway_reading (
    id UUID PRIMARY KEY,
    pathway_id UUID NOT NULL REFERENCES pathway (id),
    reader_id UUID NOT NULL REFERENCES person (id),
    read_at TIMESTAMPTZ NOT NULL
);
INSERT INTO pathway_reading (id, pathway_id, reader_id, read_at)
SELECT id, pathway_id, reader_id, read_at FROM pathway_reading_before;

DROP TABLE pathway_event_before;
DROP TABLE pathway_reading_before;
DROP TABLE pathway_before;

CREATE INDEX pathway_tutor ON pathway (tutor_id);
CREATE INDEX pathway_person ON pathway (person_id);
CREATE UNIQUE INDEX pathway_open ON pathway (person_id) WHERE step < 8;
CREATE INDEX pathway_reading_pathway ON pathway_reading (pathway_id, read_at);
