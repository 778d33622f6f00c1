-- The talk of a mentorship: messages with files, and how far each of its people has read.

CREATE TABLE talk_message (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    -- The order of a talk: 1, 2, 3 …
    number BIGINT NOT NULL CHECK (number >= 1),
    author_id UUID NOT NULL REFERENCES person (id),
    words TEXT NOT NULL DEFAULT '',
    -- By this it is found: small letters, «ё» as «е», with the name of its file.
    words_key TEXT NOT NULL DEFAULT '',
    file_id UUID REFERENCES file (id),
    written_at TIMESTAMPTZ NOT NULL,
    -- The local day: pages are grouped by it, and whoever leaves a group reads up to it.
    written_on DATE NOT NULL,
    corrected_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    -- A withdrawn message is empty: nothing of it is kept.
    CHECK (withdrawn_at IS NULL OR (words = '' AND words_key = '' AND file_id IS NULL)),
    CHECK (withdrawn_at IS NOT NULL OR words <> '' OR file_id IS NOT NULL)
);
CREATE UNIQUE INDEX talk_message_order ON talk_message (mentorship_id, number);
CREATE INDEX talk_message_author ON talk_message (mentorship_id, author_id, written_at);

-- The last message somebody has seen. Nobody else is told.
CREATE TABLE talk_reading (
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    seen BIGINT NOT NULL,
    PRIMARY KEY (mentorship_id, person_id)
);

-- How long each mentee stays in a mentorship: `gone_on` is the first day without them, whether an order has taken this
-- mentee out of a group or has ended the whole of it. Whoever asks who is mentored on a day asks here.
CREATE VIEW mentee_stay AS
SELECT e.mentorship_id, e.person_id,
    CASE WHEN m.ended_on IS NULL OR e.left_on < m.ended_on THEN e.left_on ELSE m.ended_on END AS gone_on
FROM mentorship_mentee e JOIN mentorship m ON m.id = e.mentorship_id;

-- Who answers a call to the curator: whoever receives petitions of the pair (decision 0014), fixed when the call is made.
ALTER TABLE pair_call ADD COLUMN receiver TEXT CHECK (receiver IS NULL OR receiver IN ('curator', 'director', 'council'));
UPDATE pair_call SET receiver = 'curator' WHERE addressee = 'curator';
