-- Kinds of mentoring with a life of their own (C2, C5-C7): evenings of speed meetings.

CREATE TABLE speed_evening (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    title TEXT NOT NULL,
    held_on DATE NOT NULL,
    -- Minutes since midnight by the clock of the municipality.
    begins_at BIGINT NOT NULL CHECK (begins_at >= 0 AND begins_at < 1440),
    place TEXT NOT NULL,
    round_minutes BIGINT NOT NULL CHECK (round_minutes > 0),
    break_minutes BIGINT NOT NULL CHECK (break_minutes >= 0),
    most_rounds BIGINT NOT NULL CHECK (most_rounds > 0),
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    canceled_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX speed_evening_organization ON speed_evening (organization_id, held_on);

-- Who takes part. A mentor's seat is the number of the table; whoever comes instead of somebody takes the same seat.
CREATE TABLE speed_participant (
    evening_id UUID NOT NULL REFERENCES speed_evening (id),
    person_id UUID NOT NULL REFERENCES person (id),
    side TEXT NOT NULL CHECK (side IN ('mentor', 'mentee')),
    seat BIGINT NOT NULL,
    -- From this round on the person is not there.
    left_round BIGINT,
    PRIMARY KEY (evening_id, person_id)
);
CREATE INDEX speed_participant_person ON speed_participant (person_id);

-- A meeting of the rotation table: one round, two people, once in an evening. Each side tells by itself whether it would like to go on.
CREATE TABLE speed_meeting (
    id UUID PRIMARY KEY,
    evening_id UUID NOT NULL REFERENCES speed_evening (id),
    round BIGINT NOT NULL CHECK (round > 0),
    mentor_id UUID NOT NULL REFERENCES person (id),
    mentee_id UUID NOT NULL REFERENCES person (id),
    has_met BIGINT NOT NULL DEFAULT 0 CHECK (has_met IN (0, 1)),
    mentor_wishes BIGINT NOT NULL DEFAULT 0 CHECK (mentor_wishes IN (0, 1)),
    mentee_wishes BIGINT NOT NULL DEFAULT 0 CHECK (mentee_wishes IN (0, 1)),
    UNIQUE (evening_id, mentor_id, mentee_id),
    UNIQUE (evening_id, round, mentor_id),
    UNIQUE (evening_id, round, mentee_id)
);

-- A pair the other way round (C5): two mentorships, each with papers and an end of its own, that belong together.
CREATE TABLE mentorship_link (
    reverse_id UUID PRIMARY KEY REFERENCES mentorship (id),
    straight_id UUID NOT NULL REFERENCES mentorship (id),
    linked_by UUID NOT NULL,
    linked_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX mentorship_link_straight ON mentorship_link (straight_id);

-- Help when it is needed (C6): what is asked and answered belongs to the pair's ring; that it was, and how soon, is told outside.
CREATE TABLE help_request (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    asker_id UUID NOT NULL REFERENCES person (id),
    domain BIGINT NOT NULL CHECK (domain BETWEEN 1 AND 8),
    urgency TEXT NOT NULL CHECK (urgency IN ('today', 'week')),
    words TEXT NOT NULL,
    -- The asker shows the words to the curator by own decision.
    shows_curator BIGINT NOT NULL DEFAULT 0 CHECK (shows_curator IN (0, 1)),
    asked_at TIMESTAMPTZ NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    -- «Встретимся тогда-то».
    meet_on DATE,
    answered_by UUID REFERENCES person (id),
    answered_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    -- The asker needs no help any more.
    withdrawn_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((answered_at IS NULL) = (answered_by IS NULL))
);
CREATE INDEX help_request_mentorship ON help_request (mentorship_id, asked_at);
CREATE INDEX help_request_asker ON help_request (asker_id);
