-- What a line is about when no open deadline can say it: the obligation that was accepted.
ALTER TABLE "notifications" ADD COLUMN "obligation" text REFERENCES "obligations"("id");
--> statement-breakpoint
-- Whom a county's policy tells every week how things stand; null: nobody, as the policies so far say.
ALTER TABLE "policies" ADD COLUMN "standing" jsonb;
--> statement-breakpoint
-- The last day on which the county's weekly standing was decided, so that it is decided once.
ALTER TABLE "counties" ADD COLUMN "standing_on" date;
--> statement-breakpoint
-- How many late matters a digest reported to its reader: the next one says how that changed.
ALTER TABLE "mails" ADD COLUMN "late_count" integer;
--> statement-breakpoint
-- A telephone of the office, so that a head reads whom to call. No household's number stands here.
ALTER TABLE "people" ADD COLUMN "phone" text;
--> statement-breakpoint
-- The last digest of a person is asked for with each new one.
CREATE INDEX "mails_by_person" ON "mails" ("person", "composed_at");
--> statement-breakpoint
-- What was passed and nobody has been told of yet: the API writes it down, and the courier owes its line and takes it away.
CREATE TABLE "acceptances" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"county" text NOT NULL REFERENCES "counties"("office"),
	"obligation" text NOT NULL REFERENCES "obligations"("id")
);
--> statement-breakpoint
-- The courier asks, whenever it wakes, what its county still owes.
CREATE INDEX "acceptances_by_county" ON "acceptances" ("county");
--> statement-breakpoint
alter table acceptances enable row level security;
--> statement-breakpoint
create policy workers on acceptances to duban_worker using (true) with check (true);
--> statement-breakpoint
-- Its own county's courier alone is told: another's would send mail about what is none of its business.
create policy adds on acceptances for insert to duban_api
  with check (exists (select from obligations o where o.id = obligation and o.county = acceptances.county));
--> statement-breakpoint
grant select, insert, delete on acceptances to duban_worker;
--> statement-breakpoint
grant insert on acceptances to duban_api;
--> statement-breakpoint
grant usage on sequence acceptances_id_seq to duban_api, duban_worker;
