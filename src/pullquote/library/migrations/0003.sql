-- Corrections are put on the claims; the machine's own reading stays beside them.
ALTER TABLE readings ADD COLUMN machine JSON;
ALTER TABLE corrections ADD COLUMN set_aside VARCHAR;
