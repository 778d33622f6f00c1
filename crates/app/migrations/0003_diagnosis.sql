-- Self-diagnosis over the competence domains (E3), and the views of the mentor and of an expert on the same scale.

-- One sheet: whose skills, in which wave, seen by whom. The answers of one's own sheet belong to the pair's ring.
CREATE TABLE diagnosis (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    -- Where the person worked when the sheet was begun: numbers are counted there, and another school's mentor reads
    -- it only with the person's consent.
    organization_id UUID NOT NULL REFERENCES organization (id),
    year_start BIGINT NOT NULL,
    wave TEXT NOT NULL CHECK (wave IN ('entry', 'middle', 'final')),
    view TEXT NOT NULL CHECK (view IN ('own', 'mentor', 'expert')),
    author_id UUID NOT NULL REFERENCES person (id),
    begun_at TIMESTAMPTZ NOT NULL,
    completed_at TIMESTAMPTZ,
    refused_at TIMESTAMPTZ,
    -- The two visits a mentor's view rests on.
    first_visit_on DATE,
    second_visit_on DATE,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (completed_at IS NULL OR refused_at IS NULL),
    CHECK (view <> 'mentor' OR (first_visit_on IS NOT NULL AND second_visit_on IS NOT NULL))
);
CREATE UNIQUE INDEX diagnosis_once ON diagnosis (person_id, year_start, wave, view, author_id);
CREATE INDEX diagnosis_organization ON diagnosis (organization_id, year_start, wave);
CREATE INDEX diagnosis_author ON diagnosis (author_id);

-- An item answered: level 0-3 and «важно мне сейчас», each with its own moment, so that two tabs which change the one
-- and the other lose nothing. Items are named by stable codes of regulation/competences.toml.
CREATE TABLE diagnosis_answer (
    diagnosis_id UUID NOT NULL REFERENCES diagnosis (id),
    item TEXT NOT NULL,
    level BIGINT CHECK (level IS NULL OR (level >= 0 AND level <= 3)),
    answered_at TIMESTAMPTZ,
    is_important BIGINT NOT NULL DEFAULT 0 CHECK (is_important IN (0, 1)),
    marked_at TIMESTAMPTZ,
    PRIMARY KEY (diagnosis_id, item)
);

-- «Что хочется обсудить с наставником», for a domain of one's own sheet.
CREATE TABLE diagnosis_note (
    diagnosis_id UUID NOT NULL REFERENCES diagnosis (id),
    domain BIGINT NOT NULL,
    note TEXT NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (diagnosis_id, domain)
);

-- What follows from a completed sheet, by domain (1-8): written once at completion, so that the city's map is one query.
CREATE TABLE diagnosis_domain (
    diagnosis_id UUID NOT NULL REFERENCES diagnosis (id),
    domain BIGINT NOT NULL,
    mean_hundredths BIGINT NOT NULL,
    is_deficit BIGINT NOT NULL CHECK (is_deficit IN (0, 1)),
    is_strength BIGINT NOT NULL CHECK (is_strength IN (0, 1)),
    PRIMARY KEY (diagnosis_id, domain)
);
