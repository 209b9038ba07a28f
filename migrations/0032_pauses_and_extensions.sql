-- Pauses and extensions of an obligation (R1, R20). A due day rests on parts: the limit, the pauses, the extensions, the calendar. The
-- parts stand here, so that it can be counted anew from them at any time (src/domain/time/moved-limit.ts).
--
-- What a county says of them: who approves, how often and how long at most.
ALTER TABLE "policies" ADD COLUMN "suspension" jsonb;--> statement-breakpoint
ALTER TABLE "policies" ADD COLUMN "extension" jsonb;--> statement-breakpoint
-- An assignment that goes on after a pause, or with another due day, is a row of its own; `origin` is the first of them, to which the
-- parts belong.
ALTER TABLE "assignments" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_origin_assignments_id_fk"
  FOREIGN KEY ("origin") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Two more stages: `pause` is held by whoever approved it, `extension` waits for an answer beside the work itself.
ALTER TABLE "obligations" DROP CONSTRAINT "obligation_stage";--> statement-breakpoint
ALTER TABLE "obligations" ADD CONSTRAINT "obligation_stage" CHECK ("obligations"."stage" in ('perform','review','redo','pause'));--> statement-breakpoint
ALTER TABLE "deadlines" DROP CONSTRAINT "deadline_stage";--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadline_stage" CHECK ("deadlines"."stage" in ('perform','review','redo','pause','extension'));--> statement-breakpoint
ALTER TABLE "assignments" DROP CONSTRAINT "assignment_stage";--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignment_stage" CHECK ("assignments"."stage" in ('perform','review','redo','pause','extension'));--> statement-breakpoint
-- One holder at a time, and one request at a time beside it.
DROP INDEX "assignments_one_open";--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_open" ON "assignments" USING btree ("obligation") WHERE ended_at is null and stage <> 'extension';--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_request" ON "assignments" USING btree ("obligation") WHERE ended_at is null and stage = 'extension';--> statement-breakpoint
-- The clock stands still from 24:00 of `from_on` to 24:00 of `until_on`, or of `resumed_on` where it was resumed earlier. `state` and
-- `stage` are what it goes back to. Why, in somebody's own words, is kept encrypted with the event.
CREATE TABLE "pauses" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"stage" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"resumed_on" date,
	"reason_code" text NOT NULL,
	"approved_by" text NOT NULL,
	"approved_at" timestamp (3) with time zone NOT NULL,
	"resumed_by" text,
	CONSTRAINT "pause_state" CHECK ("pauses"."state" in ('open','returned')),
	CONSTRAINT "pause_stage" CHECK ("pauses"."stage" in ('perform','redo')),
	CONSTRAINT "pause_ends_after_it_began" CHECK ("pauses"."until_on" > "pauses"."from_on" and "pauses"."resumed_on" between "pauses"."from_on" and "pauses"."until_on")
);
--> statement-breakpoint
ALTER TABLE "pauses" ADD CONSTRAINT "pauses_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pauses" ADD CONSTRAINT "pauses_origin_assignments_id_fk"
  FOREIGN KEY ("origin") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The parts of one obligation; and it is paused once at a time.
CREATE INDEX "pauses_by_obligation" ON "pauses" USING btree ("obligation","approved_at");--> statement-breakpoint
CREATE UNIQUE INDEX "pauses_one_open" ON "pauses" USING btree ("obligation") WHERE resumed_on is null;--> statement-breakpoint
-- A request for more time. Until it is answered it counts as granted, so that what was asked in time is never late. `waited_*`: the
-- clock stood still while the answer was late. `office`: whose people answer, `roles`: in which role.
CREATE TABLE "extensions" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"working_days" integer NOT NULL,
	"granted_days" integer,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"on_last_day" boolean NOT NULL,
	"office" text NOT NULL,
	"roles" jsonb NOT NULL,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"waited_from" date,
	"waited_until" date,
	CONSTRAINT "extension_state" CHECK ("extensions"."state" in ('pending','granted','refused','lapsed')),
	CONSTRAINT "extension_answer" CHECK (("extensions"."state" = 'pending') = ("extensions"."answered_at" is null)),
	CONSTRAINT "extension_days" CHECK ("extensions"."working_days" > 0 and "extensions"."granted_days" between 1 and "extensions"."working_days" and ("extensions"."state" = 'granted') = ("extensions"."granted_days" is not null)),
	CONSTRAINT "extension_wait" CHECK (num_nulls("extensions"."waited_from", "extensions"."waited_until") in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_origin_assignments_id_fk"
  FOREIGN KEY ("origin") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "extensions_by_obligation" ON "extensions" USING btree ("obligation","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "extensions_one_pending" ON "extensions" USING btree ("obligation") WHERE state = 'pending';--> statement-breakpoint
-- What an office waits to answer.
CREATE INDEX "extensions_by_office" ON "extensions" USING btree ("office") WHERE state = 'pending';--> statement-breakpoint
-- What was decided and whoever performs has not been told of yet: the API writes it down, the courier owes its line and takes it away.
CREATE TABLE "decisions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"obligation" text NOT NULL,
	"action" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_by_county" ON "decisions" USING btree ("county");--> statement-breakpoint
alter table pauses enable row level security;--> statement-breakpoint
alter table extensions enable row level security;--> statement-breakpoint
alter table decisions enable row level security;--> statement-breakpoint
create policy workers on pauses to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on extensions to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on decisions to duban_worker using (true) with check (true);--> statement-breakpoint
create policy with_the_obligation on pauses to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy with_the_obligation on extensions to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy adds on decisions for insert to duban_api
  with check (exists (select from obligations o where o.id = obligation and o.county = decisions.county));--> statement-breakpoint
grant select, insert, update, delete on pauses, extensions, decisions to duban_worker;--> statement-breakpoint
grant select, insert on pauses, extensions to duban_api;--> statement-breakpoint
grant update (resumed_on, resumed_by) on pauses to duban_api;--> statement-breakpoint
grant update (state, origin, granted_days, answered_by, answered_at, waited_from, waited_until) on extensions to duban_api;--> statement-breakpoint
grant insert on decisions to duban_api;--> statement-breakpoint
grant usage on sequence decisions_id_seq to duban_api, duban_worker;
