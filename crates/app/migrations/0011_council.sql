-- The council as a body (п. 4.1.3, F10): who leads it, when it sits, what was heard, how it voted.

-- The head and the secretary, chosen by the council for a time; one of each at once.
CREATE TABLE council_office (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    person_id UUID NOT NULL REFERENCES person (id),
    office TEXT NOT NULL CHECK (office IN ('head', 'secretary')),
    started_on DATE NOT NULL,
    -- The first day without the office.
    ended_on DATE,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX council_office_once ON council_office (organization_id, office) WHERE ended_on IS NULL;

-- A sitting. A dispute is heard at a sitting of its own, so that nothing of it can stand beside other questions.
CREATE TABLE council_sitting (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    -- The dispute heard behind closed doors; nothing for a usual sitting.
    dispute_id UUID REFERENCES council_matter (id),
    held_on DATE NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    chair_id UUID REFERENCES person (id),
    secretary_id UUID REFERENCES person (id),
    planned_by UUID NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    canceled_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    closed_by UUID,
    -- The minutes: their number in the register and two files that never change.
    label TEXT,
    content TEXT,
    pdf_id UUID REFERENCES file (id),
    docx_id UUID REFERENCES file (id),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((closed_at IS NULL) = (label IS NULL))
);
CREATE INDEX council_sitting_organization ON council_sitting (organization_id, held_on);

-- Who has come; when the sitting is closed, every member stands here.
CREATE TABLE council_seat (
    sitting_id UUID NOT NULL REFERENCES council_sitting (id),
    person_id UUID NOT NULL REFERENCES person (id),
    is_present BIGINT NOT NULL CHECK (is_present IN (0, 1)),
    PRIMARY KEY (sitting_id, person_id)
);

-- A question of the agenda with what was heard and how the council voted.
CREATE TABLE council_item (
    id UUID PRIMARY KEY,
    sitting_id UUID NOT NULL REFERENCES council_sitting (id),
    matter_id UUID NOT NULL REFERENCES council_matter (id),
    place_in_order BIGINT NOT NULL,
    heard TEXT NOT NULL DEFAULT '',
    votes_for BIGINT CHECK (votes_for >= 0),
    votes_against BIGINT CHECK (votes_against >= 0),
    abstained BIGINT CHECK (abstained >= 0),
    -- The voice that settles a tie.
    chair_voice TEXT CHECK (chair_voice IN ('for', 'against')),
    decision TEXT CHECK (decision IN ('agreed', 'agreed_with_remarks', 'declined')),
    decision_words TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (sitting_id, matter_id),
    CHECK ((decision IS NULL) = (votes_for IS NULL))
);
CREATE INDEX council_item_matter ON council_item (matter_id);
