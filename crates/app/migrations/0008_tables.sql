-- The bank's tables that came back from Excel, and filters of lists that a person has named.

-- One uploaded table: shown, then applied or left. What was changed is kept beside it as JSON.
CREATE TABLE bank_table (
    id UUID PRIMARY KEY,
    side TEXT NOT NULL CHECK (side IN ('mentee', 'mentor')),
    file_id UUID NOT NULL REFERENCES file (id),
    created_by UUID NOT NULL REFERENCES account (id),
    created_at TIMESTAMPTZ NOT NULL,
    applied_at TIMESTAMPTZ,
    report TEXT
);
CREATE INDEX bank_table_account ON bank_table (created_by, created_at);

-- A filter of any list, under a name: an address inside the program, seen by its owner only.
CREATE TABLE saved_filter (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX saved_filter_once ON saved_filter (account_id, path, name);
