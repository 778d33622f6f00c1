-- What help a pedagogical worker asks for in an academic year (B2, ДК 1.1), or that none is needed now.
CREATE TABLE mentee_request (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    year_start BIGINT NOT NULL,
    is_needed BIGINT NOT NULL CHECK (is_needed IN (0, 1)),
    words TEXT NOT NULL DEFAULT '',
    -- A JSON list of codes.
    formats TEXT NOT NULL DEFAULT '[]',
    convenient_time TEXT NOT NULL DEFAULT '',
    -- Confidential: the curator of the organization and the author, nobody else.
    wish_words TEXT NOT NULL DEFAULT '',
    answered_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX mentee_request_once ON mentee_request (person_id, organization_id, year_start);
CREATE INDEX mentee_request_organization ON mentee_request (organization_id, year_start);

CREATE TABLE request_domain (
    request_id UUID NOT NULL REFERENCES mentee_request (id),
    domain BIGINT NOT NULL,
    PRIMARY KEY (request_id, domain)
);

-- Whom the author would like as a mentor, and whom never: confidential. Nobody stands in both.
CREATE TABLE request_wish (
    request_id UUID NOT NULL REFERENCES mentee_request (id),
    person_id UUID NOT NULL REFERENCES person (id),
    is_wanted BIGINT NOT NULL CHECK (is_wanted IN (0, 1)),
    PRIMARY KEY (request_id, person_id)
);
