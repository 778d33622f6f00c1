-- Each record of the bank is confirmed at least once a year (A6, п. 4.1.2): who said last that it is right, and when.
-- What was confirmed before stays in the journal.

CREATE TABLE bank_confirmation (
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    side TEXT NOT NULL CHECK (side IN ('mentee', 'mentor')),
    confirmed_by UUID NOT NULL,
    confirmed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person_id, organization_id, side)
);
CREATE INDEX bank_confirmation_organization ON bank_confirmation (organization_id, side);

-- Entering a record is its first confirmation.
INSERT INTO bank_confirmation (person_id, organization_id, side, confirmed_by, confirmed_at)
SELECT c.person_id, c.organization_id, 'mentor', c.listed_by, c.listed_at
FROM mentor_candidate c WHERE c.ended_on IS NULL
ON CONFLICT DO NOTHING;
INSERT INTO bank_confirmation (person_id, organization_id, side, confirmed_by, confirmed_at)
SELECT d.person_id, d.organization_id, 'mentee', d.decided_by, d.decided_at
FROM category_decision d
WHERE NOT EXISTS (
    SELECT 1 FROM category_decision later
    WHERE later.person_id = d.person_id AND later.organization_id = d.organization_id AND later.decided_at > d.decided_at
)
ON CONFLICT DO NOTHING;
