-- The municipal base of programs (D12, ДК 1.6): what was offered, what happened to it, what is published, who has begun from it.

-- One offer of a pair's approved program. State and texts follow from its events and stand here for lists and pages.
CREATE TABLE base_program (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    -- The approved revision that is offered.
    revision BIGINT NOT NULL,
    form TEXT NOT NULL,
    kinds TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('awaits_consents', 'awaits_check', 'in_review', 'returned', 'recommended',
        'published', 'gone')),
    -- The text as it was approved, with names: the pair and the curator read it. Empty once the offer is gone.
    source TEXT NOT NULL,
    -- What the curator has decided about marked words. Empty once the offer is gone.
    mending TEXT NOT NULL DEFAULT '',
    -- The text without names, after the check. Empty once the offer is gone.
    content TEXT NOT NULL DEFAULT '',
    -- How many events made it.
    version BIGINT NOT NULL,
    offered_at TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ,
    -- Somebody of the pair has said no.
    declined_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX base_program_once ON base_program (mentorship_id) WHERE state <> 'gone';
CREATE INDEX base_program_state ON base_program (state, organization_id);

-- What happened, in order. Nothing here is ever changed or removed.
CREATE TABLE base_program_event (
    base_program_id UUID NOT NULL REFERENCES base_program (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    happened_at TIMESTAMPTZ NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (base_program_id, number)
);

-- A program of a pair that was begun from a published one.
CREATE TABLE base_program_use (
    base_program_id UUID NOT NULL REFERENCES base_program (id),
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    begun_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (base_program_id, mentorship_id)
);
