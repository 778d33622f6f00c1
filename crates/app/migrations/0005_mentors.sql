-- What a mentor is ready for (B3): told by the mentor, kept beside the place in the bank.

-- The mentor agrees to be found by other organizations of the municipality (ДК 1.4).
ALTER TABLE mentor_candidate ADD COLUMN in_register BIGINT NOT NULL DEFAULT 0 CHECK (in_register IN (0, 1));
ALTER TABLE mentor_candidate ADD COLUMN works_remotely BIGINT NOT NULL DEFAULT 0 CHECK (works_remotely IN (0, 1));
-- Kinds of mentoring the mentor is willing to take, a JSON list of codes.
ALTER TABLE mentor_candidate ADD COLUMN kinds TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mentor_candidate ADD COLUMN time_and_place TEXT NOT NULL DEFAULT '';

-- A competence domain (1-8) in which the mentor is strong, and what it rests on, in words.
CREATE TABLE mentor_strength (
    candidate_id UUID NOT NULL REFERENCES mentor_candidate (id),
    domain BIGINT NOT NULL,
    ground TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (candidate_id, domain)
);

-- Somebody proposes themself as a mentor (B3); the curator accepts or declines with a reason the person sees.
CREATE TABLE mentor_nomination (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    capacity BIGINT NOT NULL CHECK (capacity >= 0 AND capacity <= 10),
    kinds TEXT NOT NULL DEFAULT '[]',
    time_and_place TEXT NOT NULL DEFAULT '',
    works_remotely BIGINT NOT NULL DEFAULT 0 CHECK (works_remotely IN (0, 1)),
    in_register BIGINT NOT NULL DEFAULT 0 CHECK (in_register IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'withdrawn')),
    proposed_at TIMESTAMPTZ NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMPTZ,
    reason TEXT NOT NULL DEFAULT '',
    -- What came of an accepted one.
    candidate_id UUID REFERENCES mentor_candidate (id),
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX mentor_nomination_once
    ON mentor_nomination (person_id, organization_id) WHERE state = 'proposed';
CREATE INDEX mentor_nomination_organization ON mentor_nomination (organization_id, state);
CREATE INDEX mentor_nomination_candidate ON mentor_nomination (candidate_id);

CREATE TABLE nomination_strength (
    nomination_id UUID NOT NULL REFERENCES mentor_nomination (id),
    domain BIGINT NOT NULL,
    ground TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (nomination_id, domain)
);

-- Selection (B4). What people answered about a criterion of regulation/selection.toml: the newest answer counts.
CREATE TABLE selection_answer (
    id UUID PRIMARY KEY,
    candidate_id UUID NOT NULL REFERENCES mentor_candidate (id),
    criterion TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    answered_by UUID NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX selection_answer_candidate ON selection_answer (candidate_id);

-- What the curator and the council decided: a reconsidered decision is a new row, the newest of each counts.
CREATE TABLE selection_decision (
    id UUID PRIMARY KEY,
    candidate_id UUID NOT NULL REFERENCES mentor_candidate (id),
    body TEXT NOT NULL CHECK (body IN ('curator', 'council')),
    vote TEXT NOT NULL CHECK (vote IN ('for', 'against')),
    decided_on DATE NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    decided_by UUID NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX selection_decision_candidate ON selection_decision (candidate_id);

-- Courses of mentors (G8, ДК 2.0, 2.1): the personified record.
CREATE TABLE mentor_course (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    title TEXT NOT NULL,
    provider TEXT NOT NULL,
    hours BIGINT CHECK (hours IS NULL OR hours > 0),
    planned_for DATE,
    passed_on DATE,
    certificate TEXT NOT NULL DEFAULT '',
    scan_id UUID REFERENCES file (id),
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    canceled_at TIMESTAMPTZ,
    CHECK (planned_for IS NOT NULL OR passed_on IS NOT NULL)
);
CREATE INDEX mentor_course_person ON mentor_course (person_id);

-- How many mentees a candidate agreed to, and since which version of the record: the history of the places.
CREATE TABLE mentor_capacity (
    candidate_id UUID NOT NULL REFERENCES mentor_candidate (id),
    version BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (candidate_id, version)
);
INSERT INTO mentor_capacity (candidate_id, version, capacity, recorded_by, recorded_at)
    SELECT id, version, capacity, listed_by, listed_at FROM mentor_candidate;
