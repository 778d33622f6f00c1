-- What goes over when a mentor is replaced (decision 0027). The talk, the meetings and what was said of a task do not.

-- The task of the former pair that this one goes on with.
ALTER TABLE task ADD COLUMN carried_from UUID REFERENCES task (id);
CREATE INDEX task_carried_from ON task (carried_from);

-- Where a task goes on. While the next pair is not given up, the former one only reads its task.
CREATE VIEW task_next AS
    SELECT n.carried_from AS task_id, n.id AS next_id, n.mentorship_id AS next_pair
    FROM task n JOIN mentorship m ON m.id = n.mentorship_id
    WHERE n.carried_from IS NOT NULL AND m.withdrawn_at IS NULL;
