-- Personalized programs of mentoring (D1-D5, D8, D10): what happened to each, what was approved, what they are made from.

-- One program of a mentorship. Everything but the ids follows from its events and stands here for lists alone.
CREATE TABLE program (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL UNIQUE REFERENCES mentorship (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'half_signed', 'signed', 'agreed', 'approved')),
    revision BIGINT NOT NULL,
    -- The revision in force; nothing before the first approval.
    approved_revision BIGINT,
    approved_at TIMESTAMPTZ,
    -- The question before the council about the text that stands.
    council_subject UUID,
    -- The goals as they are compared with those of other programs.
    goals_key TEXT NOT NULL DEFAULT '',
    -- Measures of the text in force: how many, how many carried out, when the next one is due.
    measures BIGINT NOT NULL DEFAULT 0,
    measures_done BIGINT NOT NULL DEFAULT 0,
    next_due DATE,
    -- How many events made it: a browser that asks for changes compares this.
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX program_organization ON program (organization_id, state);

-- What happened, in order. Nothing here is ever changed or removed.
CREATE TABLE program_event (
    program_id UUID NOT NULL REFERENCES program (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    happened_at TIMESTAMPTZ NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (program_id, number)
);

-- A text approved by the director, with its issued paper. Never changes.
CREATE TABLE program_revision (
    program_id UUID NOT NULL REFERENCES program (id),
    number BIGINT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    approved_by UUID NOT NULL REFERENCES person (id),
    approved_at TIMESTAMPTZ NOT NULL,
    document_id UUID NOT NULL REFERENCES document (id),
    PRIMARY KEY (program_id, number)
);

-- Another teacher asked to help (D8): for the list of one's own invitations.
CREATE TABLE program_helper (
    id UUID PRIMARY KEY,
    program_id UUID NOT NULL REFERENCES program (id),
    person_id UUID NOT NULL REFERENCES person (id),
    task TEXT NOT NULL,
    invited_by UUID NOT NULL REFERENCES person (id),
    invited_at TIMESTAMPTZ NOT NULL,
    answer TEXT CHECK (answer IN ('accepts', 'declines')),
    answered_at TIMESTAMPTZ
);
CREATE INDEX program_helper_person ON program_helper (person_id, answer);
CREATE INDEX program_helper_program ON program_helper (program_id);

-- What the municipality or an organization adds to the template of a program (D4): exactly one of the two owns a row.
CREATE TABLE program_template (
    id UUID PRIMARY KEY,
    territory_id UUID REFERENCES territory (id),
    organization_id UUID REFERENCES organization (id),
    kind TEXT NOT NULL CHECK (kind IN ('section', 'measure', 'hidden')),
    -- The code of what is hidden, or of the row itself.
    code TEXT NOT NULL,
    domain BIGINT,
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL DEFAULT '',
    product TEXT NOT NULL DEFAULT '',
    valid_from DATE NOT NULL,
    last_day DATE,
    added_by UUID NOT NULL REFERENCES person (id),
    added_at TIMESTAMPTZ NOT NULL,
    CHECK ((territory_id IS NULL) <> (organization_id IS NULL)),
    CHECK (last_day IS NULL OR last_day >= valid_from)
);
CREATE INDEX program_template_territory ON program_template (territory_id);
CREATE INDEX program_template_organization ON program_template (organization_id);
