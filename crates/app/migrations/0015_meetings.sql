-- What was said at meetings, what is planned, calls for help, the pulse, and the minutes all this may take.

-- What one participant has written about a meeting. Read in the pair's ring only; the fact stands in pair_meeting.
CREATE TABLE meeting_note (
    id UUID PRIMARY KEY,
    meeting_id UUID NOT NULL REFERENCES pair_meeting (id),
    author_id UUID NOT NULL REFERENCES person (id),
    -- What it was about: a domain of competence (1-8) or the words of a goal of the pair.
    focus_domain BIGINT CHECK (focus_domain IS NULL OR (focus_domain >= 1 AND focus_domain <= 8)),
    focus_goal TEXT NOT NULL DEFAULT '',
    worked TEXT NOT NULL DEFAULT '',
    minutes BIGINT CHECK (minutes IS NULL OR (minutes >= 1 AND minutes <= 600)),
    written_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (focus_domain IS NOT NULL OR focus_goal <> '')
);
CREATE UNIQUE INDEX meeting_note_once ON meeting_note (meeting_id, author_id);

-- The next step of one side, as the note says it. It is carried forward until somebody of the pair marks it as done.
CREATE TABLE meeting_step (
    id UUID PRIMARY KEY,
    note_id UUID NOT NULL REFERENCES meeting_note (id),
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    side TEXT NOT NULL CHECK (side IN ('mentee', 'mentor')),
    words TEXT NOT NULL,
    done_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX meeting_step_once ON meeting_step (note_id, side);
CREATE INDEX meeting_step_open ON meeting_step (mentorship_id, done_at);

-- Who of a group was there. Pairs of two have no rows: both were.
CREATE TABLE meeting_presence (
    meeting_id UUID NOT NULL REFERENCES pair_meeting (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting_id, person_id)
);

-- A call for help: a fact to the one who is called, with words only if the author wrote them for this very person.
CREATE TABLE pair_call (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    author_id UUID NOT NULL REFERENCES person (id),
    addressee TEXT NOT NULL CHECK (addressee IN ('mentor', 'curator', 'psychologist')),
    words TEXT NOT NULL DEFAULT '',
    called_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    answered_by UUID REFERENCES person (id)
);
CREATE INDEX pair_call_mentorship ON pair_call (mentorship_id, answered_at);

-- A card of a lesson: what is strong, one step, when to come back. Not an assessment, without names of children.
CREATE TABLE lesson_card (
    id UUID PRIMARY KEY,
    meeting_id UUID NOT NULL REFERENCES pair_meeting (id),
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    author_id UUID NOT NULL REFERENCES person (id),
    teacher_id UUID NOT NULL REFERENCES person (id),
    class_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    strengths TEXT NOT NULL,
    step TEXT NOT NULL,
    back_on DATE,
    written_at TIMESTAMPTZ NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX lesson_card_once ON lesson_card (meeting_id);
CREATE INDEX lesson_card_mentorship ON lesson_card (mentorship_id);

-- A meeting ahead: offered by the mentor as a free time, planned, held, or called off. A repeated one has a row for each day.
CREATE TABLE meeting_plan (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    series_id UUID NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('offered', 'planned', 'held', 'canceled')),
    planned_on DATE NOT NULL,
    -- Minutes after midnight by the clock of the municipality.
    starts_at BIGINT NOT NULL CHECK (starts_at >= 0 AND starts_at < 1440),
    minutes BIGINT NOT NULL CHECK (minutes >= 5 AND minutes <= 600),
    kind TEXT NOT NULL CHECK (kind IN ('in_person', 'remote', 'lesson_visit')),
    place TEXT NOT NULL DEFAULT '',
    created_by UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    meeting_id UUID REFERENCES pair_meeting (id),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'held') = (meeting_id IS NOT NULL))
);
CREATE INDEX meeting_plan_mentorship ON meeting_plan (mentorship_id, planned_on);
CREATE INDEX meeting_plan_series ON meeting_plan (series_id);

-- The private feed of somebody's planned meetings. The secret is kept as it is, so that its owner can see the address
-- again: it opens times and nothing else (decision 0017).
CREATE TABLE calendar_feed (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    secret TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX calendar_feed_secret ON calendar_feed (secret);

-- Three questions every few weeks. Seen by their author; numbers of an organization without small groups.
CREATE TABLE pair_pulse (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    was_met BIGINT NOT NULL CHECK (was_met IN (0, 1)),
    usefulness BIGINT CHECK (usefulness IS NULL OR (usefulness >= 1 AND usefulness <= 5)),
    answered_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX pair_pulse_person ON pair_pulse (person_id, mentorship_id, answered_at);

-- The most minutes a month the program may ask of a teacher, as the director has decided.
CREATE TABLE burden_ceiling (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    minutes BIGINT NOT NULL CHECK (minutes >= 5 AND minutes <= 600),
    valid_from DATE NOT NULL,
    set_by UUID NOT NULL REFERENCES person (id),
    set_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX burden_ceiling_organization ON burden_ceiling (organization_id, valid_from);
