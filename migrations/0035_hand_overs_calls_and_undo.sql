-- Work passes from one office to another, is named to one person, is told of by telephone or a visit, and an action can be taken back
-- (R1, R8, R9, R17).
--
-- What a county says of the answer to an offer: how long it may take, and who is told when there is none.
ALTER TABLE "policies" ADD COLUMN "hand_over" jsonb;--> statement-breakpoint
-- An offer waits for its answer beside the work itself, as a request for more time does.
ALTER TABLE "deadlines" DROP CONSTRAINT "deadline_stage";--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadline_stage" CHECK ("deadlines"."stage" in ('perform','review','redo','pause','extension','hand-over'));--> statement-breakpoint
ALTER TABLE "assignments" DROP CONSTRAINT "assignment_stage";--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignment_stage" CHECK ("assignments"."stage" in ('perform','review','redo','pause','extension','hand-over'));--> statement-breakpoint
-- One holder at a time, and one offer at a time beside it.
DROP INDEX "assignments_one_open";--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_open" ON "assignments" USING btree ("obligation") WHERE ended_at is null and stage not in ('extension','hand-over');--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_offer" ON "assignments" USING btree ("obligation") WHERE ended_at is null and stage = 'hand-over';--> statement-breakpoint
-- Work offered by one office to another. Number and title are copied: whoever gave it away no longer sees the obligation, and still sees
-- what went where. `held_days`: the working days that whoever gave it had it, counted as it went. `in_force`: the file that named the
-- wrong office may come again; until a correction names another one, it says nothing new.
CREATE TABLE "hand_overs" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"obligation" text NOT NULL,
	"external_id" text,
	"title" text NOT NULL,
	"from_office" text NOT NULL,
	"to_office" text NOT NULL,
	"state" text NOT NULL,
	"offered_by" text NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"held_days" integer,
	"in_force" boolean DEFAULT true NOT NULL,
	CONSTRAINT "hand_over_state" CHECK ("hand_overs"."state" in ('pending','accepted','refused','withdrawn','lapsed')),
	CONSTRAINT "hand_over_answer" CHECK (("hand_overs"."state" = 'pending') = ("hand_overs"."answered_at" is null)),
	CONSTRAINT "hand_over_held" CHECK (("hand_overs"."state" = 'accepted') = ("hand_overs"."held_days" is not null)),
	CONSTRAINT "hand_over_between_two" CHECK ("hand_overs"."from_office" <> "hand_overs"."to_office")
);
--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_from_office_offices_code_fk"
  FOREIGN KEY ("from_office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_overs" ADD CONSTRAINT "hand_overs_to_office_offices_code_fk"
  FOREIGN KEY ("to_office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hand_overs_by_obligation" ON "hand_overs" USING btree ("obligation","offered_at");--> statement-breakpoint
CREATE UNIQUE INDEX "hand_overs_one_pending" ON "hand_overs" USING btree ("obligation") WHERE state = 'pending';--> statement-breakpoint
-- What an office waits to answer; every look at an obligation asks for it too.
CREATE INDEX "hand_overs_pending_to" ON "hand_overs" USING btree ("to_office") WHERE state = 'pending';--> statement-breakpoint
-- What offices gave away and took over, the newest first.
CREATE INDEX "hand_overs_by_time" ON "hand_overs" USING btree ("county","offered_at","id");--> statement-breakpoint
-- A decision may concern another office than the one that performs now: whoever gave the work away hears that it went.
ALTER TABLE "decisions" ADD COLUMN "office" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A telephone call or a visit about an obligation: whom, when, and by which day something was promised. What was said is kept encrypted
-- with the event. `told_at`: the promise came back to whoever noted it.
CREATE TABLE "contacts" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"obligation" text NOT NULL,
	"event" bigint NOT NULL,
	"means" text NOT NULL,
	"person" text NOT NULL,
	"contacted_on" date NOT NULL,
	"promised_on" date,
	"noted_by" text NOT NULL,
	"noted_at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "contact_means" CHECK ("contacts"."means" in ('telephone','visit')),
	CONSTRAINT "contact_promise" CHECK ("contacts"."promised_on" >= "contacts"."contacted_on")
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_event_events_id_fk"
  FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_person_people_id_fk"
  FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contacts_by_obligation" ON "contacts" USING btree ("obligation","noted_at");--> statement-breakpoint
-- Promises that the courier still looks at.
CREATE INDEX "contacts_promised" ON "contacts" USING btree ("county","promised_on") WHERE promised_on is not null and told_at is null;--> statement-breakpoint
-- How an obligation was before an action that can be taken back. Codes, numbers and ids; what somebody wrote does not stand here.
-- `version`: the one it had after the action; as long as it has it, nobody did anything else.
CREATE TABLE "undo_steps" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"event" bigint NOT NULL,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"version" integer NOT NULL,
	"before" jsonb NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "undo_steps" ADD CONSTRAINT "undo_steps_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "undo_steps" ADD CONSTRAINT "undo_steps_event_events_id_fk"
  FOREIGN KEY ("event") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "undo_steps_by_obligation" ON "undo_steps" USING btree ("obligation","id");--> statement-breakpoint
-- What can no longer be taken back is removed, a few at a time, by whoever adds.
CREATE INDEX "undo_steps_by_time" ON "undo_steps" USING btree ("at");--> statement-breakpoint
alter table hand_overs enable row level security;--> statement-breakpoint
alter table contacts enable row level security;--> statement-breakpoint
alter table undo_steps enable row level security;--> statement-breakpoint
create policy workers on hand_overs to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on contacts to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on undo_steps to duban_worker using (true) with check (true);--> statement-breakpoint
-- Both offices see that something was offered, and what became of it. It asks for no obligation: an obligation asks for it.
create policy either_office on hand_overs to duban_api using (
  from_office in (select unnest(duban_list('duban.offices'))) or to_office in (select unnest(duban_list('duban.offices'))));--> statement-breakpoint
-- While an offer waits, the office it was made to sees the obligation, and may answer. Not before, and not after a refusal.
create policy offered on obligations for select to duban_api using (
  id in (select h.obligation from hand_overs h
          where h.state = 'pending' and h.to_office in (select unnest(duban_list('duban.offices')))));--> statement-breakpoint
create policy offered_answer on obligations for update to duban_api using (
  id in (select h.obligation from hand_overs h
          where h.state = 'pending' and h.to_office in (select unnest(duban_list('duban.offices')))));--> statement-breakpoint
-- What the giver handed in and wrote is not part of an offer: files, texts of results, rows of a screening.
create policy of_own_offices on attachments as restrictive to duban_api using (
  exists (select from obligations o where o.id = obligation and o.office in (select unnest(duban_list('duban.offices')))));--> statement-breakpoint
create policy of_own_offices on result_texts as restrictive to duban_api using (
  exists (select from obligations o where o.id = obligation and o.office in (select unnest(duban_list('duban.offices')))));--> statement-breakpoint
create policy of_own_offices on screening_entries as restrictive to duban_api using (
  exists (select from obligations o where o.id = obligation and o.office in (select unnest(duban_list('duban.offices')))));--> statement-breakpoint
create policy with_the_obligation on contacts to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy with_the_obligation on undo_steps to duban_api using (exists (select from obligations o where o.id = obligation))
  with check (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy takes_back on decisions for select to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy takes_back_for_good on decisions for delete to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
grant select, insert, update, delete on hand_overs, contacts, undo_steps to duban_worker;--> statement-breakpoint
grant select, insert on hand_overs, contacts, undo_steps to duban_api;--> statement-breakpoint
grant update (state, answered_by, answered_at, held_days, in_force) on hand_overs to duban_api;--> statement-breakpoint
grant update (undone_at) on undo_steps to duban_api;--> statement-breakpoint
-- An action that is taken back takes its rows along.
grant delete on hand_overs, pauses, extensions, contacts, decisions, undo_steps to duban_api;--> statement-breakpoint
grant select on decisions to duban_api;--> statement-breakpoint
grant usage on sequence undo_steps_id_seq to duban_api, duban_worker;
