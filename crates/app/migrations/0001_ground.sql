-- Ground: who is where, who may come in, what happened. One text for SQLite and PostgreSQL: the type
-- names below are PostgreSQL's; SQLite keeps the values the driver binds (BLOB ids, ISO dates).

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE territory (
    id UUID PRIMARY KEY,
    parent_id UUID REFERENCES territory (id),
    level TEXT NOT NULL CHECK (level IN ('federation', 'region', 'municipality')),
    name TEXT NOT NULL,
    authority_name TEXT NOT NULL DEFAULT '',
    time_zone TEXT NOT NULL DEFAULT 'Asia/Yekaterinburg',
    color TEXT NOT NULL DEFAULT '#17594a',
    emblem_id UUID,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE organization (
    id UUID PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    region_id UUID NOT NULL REFERENCES territory (id),
    kind TEXT NOT NULL,
    short_name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    archived_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX organization_name ON organization (territory_id, name_key);
CREATE INDEX organization_region ON organization (region_id);

CREATE TABLE person (
    id UUID PRIMARY KEY,
    surname TEXT NOT NULL,
    given TEXT NOT NULL,
    patronymic TEXT,
    gender TEXT NOT NULL CHECK (gender IN ('female', 'male')),
    born_on DATE,
    education TEXT,
    teaching_since DATE,
    teaching_precision TEXT,
    phone TEXT,
    email TEXT,
    name_forms TEXT,
    search_key TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    archived_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX person_search ON person (search_key);
CREATE INDEX person_sort ON person (sort_key, id);
-- By these the rows of a staff list find the people they speak about.
CREATE INDEX person_birth ON person (born_on);
CREATE INDEX person_phone ON person (phone);
CREATE INDEX person_email ON person (email);

CREATE TABLE employment (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    position TEXT NOT NULL,
    position_key TEXT NOT NULL DEFAULT '',
    subject TEXT,
    subject_key TEXT,
    qualification TEXT,
    share_percent BIGINT NOT NULL DEFAULT 100 CHECK (share_percent > 0 AND share_percent <= 200),
    started_on DATE,
    started_precision TEXT,
    -- The first day without work: the day after the last working day.
    ended_on DATE,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (ended_on IS NULL OR started_on IS NULL OR ended_on >= started_on)
);
CREATE INDEX employment_organization ON employment (organization_id, ended_on, person_id);
CREATE INDEX employment_person ON employment (person_id, ended_on, organization_id);

CREATE TABLE role_grant (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    role TEXT NOT NULL,
    act_number TEXT NOT NULL,
    act_on DATE NOT NULL,
    started_on DATE NOT NULL,
    ended_on DATE,
    granted_by UUID,
    end_act_number TEXT,
    end_act_on DATE,
    CHECK (ended_on IS NULL OR ended_on >= started_on)
);
CREATE INDEX role_grant_person ON role_grant (person_id);
CREATE INDEX role_grant_organization ON role_grant (organization_id, role);

CREATE TABLE account (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL UNIQUE REFERENCES person (id),
    login TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    failures BIGINT NOT NULL DEFAULT 0,
    retry_after TIMESTAMPTZ,
    disabled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    secret_hash TEXT NOT NULL UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX invitation_account ON invitation (account_id);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES account (id),
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_account ON session (account_id);

-- Every write form carries a key: pressed twice or sent again after a restart, done once.
CREATE TABLE idempotency (
    account_id UUID NOT NULL,
    form_key UUID NOT NULL,
    request_hash TEXT NOT NULL,
    location TEXT NOT NULL,
    notice TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, form_key)
);

CREATE TABLE journal (
    id UUID PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    account_id UUID,
    organization_id UUID,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID,
    payload TEXT NOT NULL,
    request_id TEXT
);
CREATE INDEX journal_subject ON journal (subject_id, at);
CREATE INDEX journal_organization ON journal (organization_id, at);

CREATE TABLE job (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id UUID,
    payload TEXT NOT NULL,
    run_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    attempts BIGINT NOT NULL DEFAULT 0,
    progress_done BIGINT NOT NULL DEFAULT 0,
    progress_total BIGINT NOT NULL DEFAULT 0,
    message TEXT,
    locked_until TIMESTAMPTZ,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ
);
CREATE INDEX job_due ON job (state, run_at);
CREATE UNIQUE INDEX job_once ON job (kind, subject_id) WHERE state IN ('waiting', 'running');

CREATE TABLE file (
    id UUID PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    organization_id UUID REFERENCES organization (id),
    uploaded_by UUID,
    uploaded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX file_hash ON file (sha256);

CREATE TABLE staff_import (
    id UUID PRIMARY KEY,
    file_id UUID NOT NULL REFERENCES file (id),
    territory_id UUID NOT NULL REFERENCES territory (id),
    organization_id UUID REFERENCES organization (id),
    -- Whose people the list may meet: of the organization, of the municipality, or all.
    reach TEXT NOT NULL DEFAULT 'organization' CHECK (reach IN ('organization', 'municipality', 'everywhere')),
    state TEXT NOT NULL CHECK (state IN ('reading', 'preview', 'refused', 'applying', 'applied', 'canceled')),
    sheet TEXT,
    header_row BIGINT,
    mapping TEXT,
    problem TEXT,
    summary TEXT,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    applied_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE staff_import_row (
    import_id UUID NOT NULL REFERENCES staff_import (id),
    number BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    person_name TEXT NOT NULL DEFAULT '',
    person_id UUID,
    parsed TEXT NOT NULL,
    detail TEXT NOT NULL,
    decision TEXT,
    PRIMARY KEY (import_id, number)
);
CREATE INDEX staff_import_verdict ON staff_import_row (import_id, verdict, number);
