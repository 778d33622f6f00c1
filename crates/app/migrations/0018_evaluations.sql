-- Evaluation of programs in the middle of the year and at its end (D11, H11). It is the program that is evaluated.

-- One evaluation of a mentorship: a row from the first word on. What can be computed does not stand here.
CREATE TABLE evaluation (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    wave TEXT NOT NULL CHECK (wave IN ('middle', 'final')),
    -- «middle-2027» or «final»: the word of its address.
    code TEXT NOT NULL,
    begun_at TIMESTAMPTZ NOT NULL,
    -- The curator's conclusion: points of the checklist, the decision proposed and why.
    decision TEXT CHECK (decision IN ('continue', 'revise', 'complete', 'prolong', 'next_program', 'route')),
    reason TEXT NOT NULL DEFAULT '',
    points BIGINT,
    most BIGINT,
    concluded_on DATE,
    concluded_by UUID REFERENCES person (id),
    -- The facts as they stood at the conclusion, with the directions of work of the pair.
    facts TEXT,
    -- The question before the council about the conclusion that stands.
    council_subject UUID,
    -- What the director asked to mend; empty once it is concluded anew.
    returned TEXT NOT NULL DEFAULT '',
    confirmed_on DATE,
    confirmed_by UUID REFERENCES person (id),
    label TEXT,
    pdf_id UUID REFERENCES file (id),
    docx_id UUID REFERENCES file (id),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((decision IS NULL) = (concluded_on IS NULL)),
    CHECK (confirmed_on IS NULL OR (decision IS NOT NULL AND label IS NOT NULL))
);
CREATE UNIQUE INDEX evaluation_once ON evaluation (mentorship_id, code);
CREATE INDEX evaluation_organization ON evaluation (organization_id, wave);

-- One participant's part: a report or a reflection made from facts and corrected, three answers. Read in the pair; the
-- curator reads it if its author has decided so.
CREATE TABLE evaluation_part (
    id UUID PRIMARY KEY,
    evaluation_id UUID NOT NULL REFERENCES evaluation (id),
    person_id UUID NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    worked TEXT NOT NULL DEFAULT '',
    failed TEXT NOT NULL DEFAULT '',
    ahead TEXT NOT NULL DEFAULT '',
    shows_curator BIGINT NOT NULL DEFAULT 0 CHECK (shows_curator IN (0, 1)),
    written_at TIMESTAMPTZ NOT NULL,
    signed_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX evaluation_part_once ON evaluation_part (evaluation_id, person_id);

-- What somebody marks about themselves in a row of growth (H11), at the start («start») or in an evaluation (its code).
CREATE TABLE growth_mark (
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    moment TEXT NOT NULL,
    growth_row TEXT NOT NULL,
    degree BIGINT NOT NULL CHECK (degree BETWEEN 1 AND 4),
    marked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (mentorship_id, person_id, moment, growth_row)
);

-- The curator's checklist: 0 no, 1 partly, 2 yes.
CREATE TABLE evaluation_answer (
    evaluation_id UUID NOT NULL REFERENCES evaluation (id),
    item TEXT NOT NULL,
    mark BIGINT NOT NULL CHECK (mark BETWEEN 0 AND 2),
    PRIMARY KEY (evaluation_id, item)
);
