-- Who takes a place of a mentor and on which days (0024): members, and whoever is about to join a running group. `gone_on` is the
-- first day without them. Everything that promises places asks here; rights, papers and indicators ask mentee_stay.
CREATE VIEW mentorship_place AS
SELECT mentorship_id, person_id, came_on, gone_on, CAST(0 AS BIGINT) AS is_joining FROM mentee_stay
UNION ALL
SELECT j.mentorship_id, j.person_id, j.starts_on, m.ended_on, CAST(1 AS BIGINT)
FROM mentorship_joining j JOIN mentorship m ON m.id = j.mentorship_id
WHERE j.joined_at IS NULL AND j.withdrawn_at IS NULL;
