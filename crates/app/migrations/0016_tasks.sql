-- Tasks of mentees (D6): what happened to each. Read by its mentor and its mentee alone (decision 0019).

-- One task of one mentee. Everything but the ids follows from its events and stands here for lists alone.
CREATE TABLE task (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('set', 'handed_in', 'returned', 'accepted', 'called_off')),
    due_on DATE NOT NULL,
    accepted_on DATE,
    -- The line of the approved program it was made from.
    source_line UUID,
    -- How many events made it: whoever decides has seen this many.
    version BIGINT NOT NULL,
    CHECK ((state = 'accepted') = (accepted_on IS NOT NULL))
);
CREATE INDEX task_mentorship ON task (mentorship_id, state);
CREATE INDEX task_mentee ON task (mentee_id, due_on);

-- What happened, in order. Nothing here is ever changed or removed.
CREATE TABLE task_event (
    task_id UUID NOT NULL REFERENCES task (id),
    number BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    happened_at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    event TEXT NOT NULL,
    -- The file handed in.
    file_id UUID REFERENCES file (id),
    PRIMARY KEY (task_id, number)
);
