-- Individual educational routes of teachers (E1-E6, п. 4.3.3): what happened to each, who accompanies, who has read.

-- One route of a teacher. Everything but the owner, the tutor and what is opened follows from its events and stands here
-- for lists alone.
CREATE TABLE pathway (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL UNIQUE REFERENCES person (id),
    -- The tutor the owner has named.
    tutor_id UUID REFERENCES person (id),
    -- Personal sections that the owner has opened to those who accompany, codes with spaces between; none by default.
    opens TEXT NOT NULL DEFAULT '',
    -- The owner agreed that curator, mentor and the named tutor read the rest.
    agreed_at TIMESTAMPTZ NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    -- The step the owner is at, 1 to 7; 8 when the route is finished.
    step BIGINT NOT NULL,
    entries BIGINT NOT NULL DEFAULT 0,
    outcomes BIGINT NOT NULL DEFAULT 0,
    -- The day of the newest product.
    product_on DATE,
    open_comments BIGINT NOT NULL DEFAULT 0,
    -- How many events made it.
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX pathway_tutor ON pathway (tutor_id);

-- What happened, in order. Nothing here is ever changed or removed.
CREATE TABLE pathway_event (
    pathway_id UUID NOT NULL REFERENCES pathway (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    happened_at TIMESTAMPTZ NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (pathway_id, number)
);

-- Each opening of the personal sections by whoever accompanies: the owner sees it.
CREATE TABLE pathway_reading (
    id UUID PRIMARY KEY,
    pathway_id UUID NOT NULL REFERENCES pathway (id),
    reader_id UUID NOT NULL REFERENCES person (id),
    read_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX pathway_reading_pathway ON pathway_reading (pathway_id, read_at);

-- A file that was read without a fault and waits for its owner to say yes.
CREATE TABLE pathway_import (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    content TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX pathway_import_person ON pathway_import (person_id);
