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
