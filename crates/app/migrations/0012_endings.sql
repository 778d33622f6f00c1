-- Applications and petitions to end or replace, «подходим друг другу», who has read a personal file.

-- The first day somebody is no longer in the group, by an order; the others stay. The row remains: history is not overwritten.
ALTER TABLE mentorship_mentee ADD COLUMN left_on DATE;

-- A mentorship continued by another with a new mentor (F7). Nothing is said of why.
CREATE TABLE mentorship_replacement (
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    replaced_by UUID NOT NULL REFERENCES mentorship (id),
    carried_out_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (mentorship_id, replaced_by)
);
CREATE INDEX mentorship_replacement_new ON mentorship_replacement (replaced_by);

-- A mentor's application or a mentee's petition (п. 5.1.1, 5.2.1). Its paper stands here and not among the documents of the pair:
-- whoever takes part in the pair besides the author must meet no trace of it.
CREATE TABLE petition (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    organization_id UUID NOT NULL REFERENCES organization (id),
    applicant_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('lay_down', 'replace', 'end')),
    receiver TEXT NOT NULL CHECK (receiver IN ('curator', 'director', 'council')),
    last_day DATE NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    wish TEXT NOT NULL DEFAULT '',
    filed_on DATE NOT NULL,
    filed_at TIMESTAMPTZ NOT NULL,
    -- By the end of this day the answer is due.
    answer_by DATE NOT NULL,
    label TEXT NOT NULL,
    pdf_id UUID NOT NULL REFERENCES file (id),
    docx_id UUID NOT NULL REFERENCES file (id),
    talk_on DATE,
    -- Agreed to: by an ending or by a replacement.
    answer TEXT CHECK (answer IN ('ending', 'replacement')),
    answered_on DATE,
    answered_by UUID REFERENCES person (id),
    withdrawn_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((answer IS NULL) = (answered_on IS NULL))
);
CREATE UNIQUE INDEX petition_once
    ON petition (mentorship_id, applicant_id) WHERE answer IS NULL AND withdrawn_at IS NULL;
CREATE INDEX petition_organization ON petition (organization_id, filed_on);

-- «Подходим друг другу»: one side's answer after the first or the second meeting. The wish is a note for the author alone.
CREATE TABLE pair_fit (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    round BIGINT NOT NULL CHECK (round IN (1, 2)),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'watching', 'no')),
    wish TEXT NOT NULL DEFAULT '',
    answered_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX pair_fit_once ON pair_fit (mentorship_id, person_id, round);

-- A mentor has opened the personal file of a mentee (D9).
CREATE TABLE personal_file_reading (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    reader_id UUID NOT NULL REFERENCES person (id),
    read_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX personal_file_reading_mentee ON personal_file_reading (mentee_id, read_at);
CREATE INDEX personal_file_reading_reader ON personal_file_reading (reader_id, mentorship_id);
