-- Agreements of cooperation between organizations (F12), pairs that stand on them, and members who join a running group (C3).

CREATE TABLE partnership (
    id UUID PRIMARY KEY,
    -- The organization that has recorded it.
    organization_id UUID NOT NULL REFERENCES organization (id),
    -- The other party: an organization of this installation, or one known by the words below.
    partner_id UUID REFERENCES organization (id),
    partner_name TEXT NOT NULL DEFAULT '',
    partner_inn TEXT NOT NULL DEFAULT '',
    partner_address TEXT NOT NULL DEFAULT '',
    partner_head_position TEXT NOT NULL DEFAULT '',
    partner_head_name TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL,
    dated_on DATE NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    subject TEXT NOT NULL,
    payer TEXT NOT NULL CHECK (payer IN ('maker', 'partner')),
    -- Codes of the consents a worker gives before data are handed over.
    consents TEXT NOT NULL,
    scan_id UUID REFERENCES file (id),
    -- The first day without it, where it ended before its time.
    ended_on DATE,
    end_reason TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (ends_on >= starts_on),
    CHECK (partner_id IS NULL OR partner_id <> organization_id)
);
CREATE INDEX partnership_organization ON partnership (organization_id);
CREATE INDEX partnership_partner ON partnership (partner_id);

-- Pairs formed before keep their words in partner_agreement.
ALTER TABLE mentorship ADD COLUMN partnership_id UUID REFERENCES partnership (id);
CREATE INDEX mentorship_partnership ON mentorship (partnership_id);

-- The first day of somebody who has joined a running group by an order; nothing for those who were there from the beginning.
ALTER TABLE mentorship_mentee ADD COLUMN joined_on DATE;

-- The days of each mentee: `came_on` is the first with them, `gone_on` the first without.
DROP VIEW mentee_stay;
CREATE VIEW mentee_stay AS
SELECT e.mentorship_id, e.person_id, COALESCE(e.joined_on, m.starts_on) AS came_on,
    CASE WHEN m.ended_on IS NULL OR e.left_on < m.ended_on THEN e.left_on ELSE m.ended_on END AS gone_on
FROM mentorship_mentee e JOIN mentorship m ON m.id = e.mentorship_id;

-- Somebody about to join a running group: no member until the director has signed the order.
CREATE TABLE mentorship_joining (
    id UUID PRIMARY KEY,
    mentorship_id UUID NOT NULL REFERENCES mentorship (id),
    person_id UUID NOT NULL REFERENCES person (id),
    starts_on DATE NOT NULL,
    asked_by UUID NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    joined_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX mentorship_joining_once
    ON mentorship_joining (mentorship_id) WHERE joined_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX mentorship_joining_person ON mentorship_joining (person_id);
