SELECT p.surname, p.given, p.patronymic, o.short_name, e.position, e.subject, e.qualification, p.teaching_since, e.started_on
FROM employment e
JOIN person p ON p.id = e.person_id
JOIN organization o ON o.id = e.organization_id
WHERE e.organization_id = :organization AND e.ended_on IS NULL
ORDER BY p.sort_key, p.id LIMIT :limit OFFSET :offset
