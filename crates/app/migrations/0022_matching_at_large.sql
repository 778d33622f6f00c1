-- A matching of a region or a nation. What a run is made of can be hundreds of megabytes: it stands apart, so that neither a
-- list of runs nor a word about one of them reads or writes it.
CREATE TABLE matching_content (
    run_id UUID PRIMARY KEY REFERENCES matching_run (id),
    -- People, weights, marks and pinned pairs as JSON: the same input gives the same result on any day. Holds wishes; no page
    -- shows it.
    input TEXT NOT NULL,
    result TEXT
);
INSERT INTO matching_content (run_id, input, result) SELECT id, input, result FROM matching_run;
ALTER TABLE matching_run DROP COLUMN input;

-- What came of a run in numbers, organization by organization, as JSON; empty for a run older than this column, whose numbers are
-- counted from its content.
ALTER TABLE matching_run RENAME COLUMN result TO numbers;
UPDATE matching_run SET numbers = '' WHERE numbers IS NOT NULL;

-- How far a run being computed has come, in thousandths, whoever computes it. The row is there only as long as somebody waits for
-- the result: without it whoever computes stops.
CREATE TABLE matching_pace (
    run_id UUID PRIMARY KEY REFERENCES matching_run (id),
    done BIGINT NOT NULL
);
INSERT INTO matching_pace (run_id, done) SELECT id, 0 FROM matching_run WHERE state = 'computing';

-- Whether somebody of a staff is or was a candidate: without it SQLite looks through all candidates for every worker.
CREATE INDEX mentor_candidate_person ON mentor_candidate (person_id);
