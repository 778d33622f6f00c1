-- Matching (B5): weights of each municipality with their days, and runs with their input fixed.

-- An edition holds from its day until the next one begins; of two with the same day the one set later holds. Nothing is
-- overwritten: earlier runs name the edition they used.
CREATE TABLE matching_weights (
    id UUID PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    valid_from DATE NOT NULL,
    -- The weights as JSON, in the names of regulation/matching.toml.
    points TEXT NOT NULL,
    -- By which decision.
    source TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX matching_weights_territory ON matching_weights (territory_id, valid_from);

CREATE TABLE matching_run (
    id UUID PRIMARY KEY,
    -- Whose people: of an organization, or of a municipality, or of a region; what is wider has nothing in the narrower.
    organization_id UUID REFERENCES organization (id),
    municipality_id UUID REFERENCES territory (id),
    region_id UUID NOT NULL REFERENCES territory (id),
    -- What was changed to see what follows: the run it was made from.
    parent_id UUID REFERENCES matching_run (id),
    run_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('computing', 'done', 'canceled')),
    -- People, weights, marks and pinned pairs as JSON: the same input gives the same result on any day. Holds wishes; no page
    -- shows it.
    input TEXT NOT NULL,
    result TEXT,
    mentees BIGINT NOT NULL,
    mentors BIGINT NOT NULL,
    matched BIGINT NOT NULL DEFAULT 0,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    CHECK ((state = 'done') = (result IS NOT NULL))
);
CREATE INDEX matching_run_organization ON matching_run (organization_id, created_at);
CREATE INDEX matching_run_municipality ON matching_run (municipality_id, created_at);
CREATE INDEX matching_run_region ON matching_run (region_id, created_at);
CREATE INDEX matching_run_parent ON matching_run (parent_id);

-- A pair that was formed from a proposal of a run.
CREATE TABLE matching_draft (
    run_id UUID NOT NULL REFERENCES matching_run (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    PRIMARY KEY (run_id, mentee_id, mentorship_id)
);
CREATE INDEX matching_draft_mentorship ON matching_draft (mentorship_id);
