-- What is decided about a pair apart from its terms, what waits for the mentor council, and that meetings happen.

-- The conclusion of the psychologist about two people (п. 3.5): one of three words and an advice to the pair. The method and the notes
-- belong to the author alone. A newer conclusion replaces the one before.
CREATE TABLE pair_opinion (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    mentor_id UUID NOT NULL REFERENCES person (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('recommended', 'conditional', 'not_recommended')),
    advice TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    private_note TEXT NOT NULL DEFAULT '',
    given_on DATE NOT NULL,
    given_by UUID NOT NULL REFERENCES person (id),
    given_at TIMESTAMPTZ NOT NULL,
    replaced_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX pair_opinion_once
    ON pair_opinion (organization_id, mentor_id, mentee_id) WHERE replaced_at IS NULL;
CREATE INDEX pair_opinion_mentee ON pair_opinion (mentee_id);

-- The union or the council objects to two people working together.
CREATE TABLE pair_objection (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    mentor_id UUID NOT NULL REFERENCES person (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    body TEXT NOT NULL CHECK (body IN ('union', 'council')),
    reason TEXT NOT NULL,
    raised_by UUID NOT NULL REFERENCES person (id),
    raised_at TIMESTAMPTZ NOT NULL,
    lifted_by UUID REFERENCES person (id),
    lifted_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX pair_objection_once
    ON pair_objection (organization_id, mentor_id, mentee_id, body) WHERE lifted_at IS NULL;
CREATE INDEX pair_objection_mentee ON pair_objection (mentee_id);

-- Something the council is to decide: a pair, a program, a dispute. Agendas are made of what waits.
CREATE TABLE council_matter (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind TEXT NOT NULL CHECK (kind IN ('pair', 'program', 'dispute')),
    -- The pair it is about, and the row of the slice that asks: the same pair, a program, a petition.
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    subject_id UUID NOT NULL,
    -- What is asked, in words for the agenda.
    words TEXT NOT NULL DEFAULT '',
    raised_by UUID NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    -- The day by which an answer is due.
    due_on DATE,
    withdrawn_at TIMESTAMPTZ,
    decision TEXT CHECK (decision IN ('agreed', 'agreed_with_remarks', 'declined')),
    decision_words TEXT NOT NULL DEFAULT '',
    decided_on DATE,
    decided_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((decision IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX council_matter_once
    ON council_matter (kind, subject_id) WHERE decided_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX council_matter_organization ON council_matter (organization_id, decided_at);
CREATE INDEX council_matter_mentorship ON council_matter (mentorship_id);

-- A meeting that took place. What was said stands elsewhere and belongs to the pair; the fact is what school and rhythm need.
CREATE TABLE pair_meeting (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    held_on DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('in_person', 'remote', 'lesson_visit')),
    recorded_by UUID NOT NULL REFERENCES person (id),
    recorded_at TIMESTAMPTZ NOT NULL,
    canceled_at TIMESTAMPTZ
);
CREATE INDEX pair_meeting_mentorship ON pair_meeting (mentorship_id, held_on);
