-- Calendars and policies that a county changes by itself, after seeing what that does (R1, R8, R20).
--
-- Days of an office, over those of the State Council: a day off or a day worked. `below`: they hold for the office and all below it,
-- as the days of a county do; otherwise for the office alone, such as three towns behind a closed road. A table of its own: the
-- release before would take such days for everybody's.
CREATE TABLE "office_days" (
	"office" text NOT NULL,
	"below" boolean NOT NULL,
	"day" date NOT NULL,
	"working" boolean NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "office_days_office_below_day_pk" PRIMARY KEY("office","below","day")
);
--> statement-breakpoint
ALTER TABLE "office_days" ADD CONSTRAINT "office_days_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
create trigger new_edition after insert or update or delete or truncate on office_days
  for each statement execute function duban_new_edition('calendar');--> statement-breakpoint
-- Who wrote a version of a policy, why, and from when on it binds what begins. Null where it was there before this was asked.
ALTER TABLE "policies" ADD COLUMN "author" text;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "valid_from" date;--> statement-breakpoint
-- An open assignment whose day was counted anew goes on as it is, behind another deadline. The one it left stays here, since what that
-- one told is part of the story.
CREATE TABLE "recounts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"assignment" text NOT NULL,
	"deadline" text NOT NULL,
	"due_on" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recounts" ADD CONSTRAINT "recounts_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recounts" ADD CONSTRAINT "recounts_assignment_assignments_id_fk"
  FOREIGN KEY ("assignment") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recounts" ADD CONSTRAINT "recounts_deadline_deadlines_id_fk"
  FOREIGN KEY ("deadline") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The story of one obligation.
CREATE INDEX "recounts_by_obligation" ON "recounts" USING btree ("obligation","id");--> statement-breakpoint
-- Who gained or lost days and has not been told of it yet: the change writes it down, the courier owes its line and takes it away.
CREATE TABLE "due_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"office" text NOT NULL,
	"person" text,
	"why" text NOT NULL,
	"later" integer NOT NULL,
	"earlier" integer NOT NULL,
	"names" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "due_changes" ADD CONSTRAINT "due_changes_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "due_changes" ADD CONSTRAINT "due_changes_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "due_changes" ADD CONSTRAINT "due_changes_person_people_id_fk"
  FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "due_changes_by_county" ON "due_changes" USING btree ("county");--> statement-breakpoint
-- The parts of one assignment, for all that are open at once.
CREATE INDEX "pauses_by_origin" ON "pauses" USING btree ("origin");--> statement-breakpoint
CREATE INDEX "extensions_by_origin" ON "extensions" USING btree ("origin");--> statement-breakpoint
-- How many days still rest on a year without a notice.
CREATE INDEX "assignments_provisional" ON "assignments" USING btree ("obligation") WHERE ended_at is null and provisional;--> statement-breakpoint
alter table office_days enable row level security;--> statement-breakpoint
alter table recounts enable row level security;--> statement-breakpoint
alter table due_changes enable row level security;--> statement-breakpoint
create policy workers on office_days to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on recounts to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on due_changes to duban_worker using (true) with check (true);--> statement-breakpoint
-- Everybody counts by them; only whoever sees the work of an office gives it days of its own.
create policy everybody on office_days for select to duban_api using (true);--> statement-breakpoint
create policy own_offices on office_days to duban_api using (office = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
create policy with_the_obligation on recounts to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy adds on due_changes for insert to duban_api with check (
  office = any ((select duban_list('duban.offices'))::text[]) and county = any ((select duban_list('duban.counties'))::text[]));--> statement-breakpoint
grant select, insert, update, delete on office_days, recounts, due_changes to duban_worker;--> statement-breakpoint
grant select, insert, update, delete on office_days to duban_api;--> statement-breakpoint
grant select, insert on recounts to duban_api;--> statement-breakpoint
grant insert on due_changes to duban_api;--> statement-breakpoint
grant insert on policies to duban_api;--> statement-breakpoint
grant usage on sequence recounts_id_seq, due_changes_id_seq to duban_api, duban_worker;
