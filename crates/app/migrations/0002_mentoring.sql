-- The bank, pairs and their papers.

CREATE TABLE category_decision (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    category TEXT NOT NULL,
    year_start BIGINT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'declined')),
    reason TEXT NOT NULL,
    decided_by UUID NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX category_decision_once
    ON category_decision (person_id, organization_id, category, year_start);
CREATE INDEX category_decision_organization ON category_decision (organization_id, year_start);

CREATE TABLE mentor_candidate (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    capacity BIGINT NOT NULL CHECK (capacity >= 0 AND capacity <= 10),
    note TEXT NOT NULL DEFAULT '',
    listed_by UUID NOT NULL,
    listed_at TIMESTAMPTZ NOT NULL,
    ended_on DATE,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX mentor_candidate_once
    ON mentor_candidate (person_id, organization_id) WHERE ended_on IS NULL;
CREATE INDEX mentor_candidate_organization ON mentor_candidate (organization_id);

CREATE TABLE achievement (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    title TEXT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_file_id UUID REFERENCES file (id),
    achieved_on DATE,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX achievement_person ON achievement (person_id);

CREATE TABLE mentorship (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    mentor_id UUID NOT NULL REFERENCES person (id),
    -- Where the mentor works; nothing means in the same organization.
    mentor_organization_id UUID REFERENCES organization (id),
    form TEXT NOT NULL,
    kinds TEXT NOT NULL,
    model TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    online_place TEXT NOT NULL DEFAULT '',
    goals TEXT NOT NULL DEFAULT '[]',
    meetings TEXT NOT NULL DEFAULT '[]',
    work_content TEXT NOT NULL DEFAULT '',
    pay TEXT NOT NULL DEFAULT '',
    partner_agreement TEXT,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    -- The first day without mentoring, by the order that ends it; ends_on is the last day by plan.
    ended_on DATE,
    end_reason TEXT,
    end_note TEXT NOT NULL DEFAULT '',
    notice_on DATE,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (ends_on >= starts_on)
);
CREATE INDEX mentorship_organization ON mentorship (organization_id, starts_on);
CREATE INDEX mentorship_mentor ON mentorship (mentor_id);

CREATE TABLE mentorship_mentee (
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (mentorship_id, person_id)
);
CREATE INDEX mentorship_mentee_person ON mentorship_mentee (person_id);

-- An issued paper: its data and its two renderings never change after issue.
CREATE TABLE document (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    label TEXT NOT NULL,
    search_key TEXT NOT NULL DEFAULT '',
    dated_on DATE NOT NULL,
    person_id UUID REFERENCES person (id),
    content TEXT NOT NULL,
    -- What the legal gate needs of the content: the pay and days of an agreement, the terms of an ending.
    facts TEXT NOT NULL DEFAULT '{"of":"nothing"}',
    pdf_id UUID NOT NULL REFERENCES file (id),
    docx_id UUID NOT NULL REFERENCES file (id),
    issued_by UUID NOT NULL,
    issued_at TIMESTAMPTZ NOT NULL,
    signed_on DATE,
    signed_by UUID,
    scan_id UUID REFERENCES file (id),
    canceled_at TIMESTAMPTZ,
    canceled_by UUID,
    cancel_reason TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX document_number ON document (organization_id, kind, year, number);

CREATE TABLE document_mentorship (
    document_id UUID NOT NULL REFERENCES document (id),
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    PRIMARY KEY (document_id, mentorship_id)
);
CREATE INDEX document_mentorship_by_mentorship ON document_mentorship (mentorship_id);

-- The register gives the next number per organization, kind of paper and calendar year.
CREATE TABLE document_register (
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (organization_id, kind, year)
);
