-- Consents to the processing of personal data (152-ФЗ; each is a document of its own since 01.09.2025).

-- A: processing in the organization; B: transfer to the municipality; C: public distribution (art. 10.1).
CREATE TABLE consent (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind TEXT NOT NULL CHECK (kind IN ('processing', 'transfer', 'publication', 'continuity')),
    -- The version of the text that was signed.
    text_version TEXT NOT NULL,
    given_on DATE NOT NULL,
    valid_until DATE,
    scan_id UUID REFERENCES file (id),
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    withdrawn_by UUID,
    -- A newer paper of the same kind came instead; what was replaced never holds again.
    replaced_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX consent_once ON consent (person_id, organization_id, kind)
    WHERE withdrawn_at IS NULL AND replaced_at IS NULL;
CREATE INDEX consent_person ON consent (person_id, kind);
CREATE INDEX consent_organization ON consent (organization_id, kind);
