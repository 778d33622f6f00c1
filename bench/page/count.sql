SELECT COUNT(*) FROM employment e WHERE e.organization_id = :organization AND e.ended_on IS NULL
