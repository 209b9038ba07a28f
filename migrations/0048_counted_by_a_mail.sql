-- Which obligations each number of a mail counted when it was composed (R20), so that its link leads to them also when it is opened
-- later. Null: a mail of the previous release, whose links ask how things stand.
ALTER TABLE "mails" ADD COLUMN "counted" jsonb;
