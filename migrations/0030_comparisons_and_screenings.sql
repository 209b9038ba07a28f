-- What was handed in with an obligation in words of one's own: a finding of a look-back, why a number is as it is. It may name
-- a household, so it is encrypted; the codes and counts beside it stay in obligations.result.
CREATE TABLE "result_texts" (
	"obligation" text PRIMARY KEY NOT NULL,
	"encrypted" "bytea" NOT NULL,
	"key_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "result_texts" ADD CONSTRAINT "result_texts_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The households that a screening reaches (R6). Who they are stands encrypted, as in subjects; the keyed hashes find them again.
CREATE TABLE "screening_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"visited_on" date,
	"finding" text,
	"follow" text,
	"encrypted" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"id_no_index" "bytea",
	"phone_index" "bytea",
	"index_key_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"anonymised_wall" timestamp (3) with time zone,
	CONSTRAINT "entry_finding" CHECK ("screening_entries"."finding" in ('eligible','ineligible','not-in-need','not-found')),
	CONSTRAINT "entry_follow" CHECK ("screening_entries"."follow" in ('enrolled','monitored','assisted','referred','none')),
	CONSTRAINT "entry_is_whole" CHECK (num_nulls("screening_entries"."visited_on", "screening_entries"."finding", "screening_entries"."follow") in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "screening_entries" ADD CONSTRAINT "screening_entries_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The entries of one screening, page by page, and their counts.
CREATE INDEX "screening_entries_by_obligation" ON "screening_entries" USING btree ("obligation","id");--> statement-breakpoint
-- A household stands in a screening once.
CREATE UNIQUE INDEX "screening_entries_once" ON "screening_entries" USING btree ("obligation","id_no_index") WHERE id_no_index is not null;--> statement-breakpoint
alter table result_texts enable row level security;--> statement-breakpoint
alter table screening_entries enable row level security;--> statement-breakpoint
create policy workers on result_texts to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on screening_entries to duban_worker using (true) with check (true);--> statement-breakpoint
-- Seen and written with the obligation, as subjects are.
create policy with_the_obligation on result_texts to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy with_the_obligation on screening_entries to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
grant select, insert, update, delete on result_texts, screening_entries to duban_worker;--> statement-breakpoint
grant select, insert, update, delete on result_texts, screening_entries to duban_api;--> statement-breakpoint
-- What was encrypted under a key that was destroyed meanwhile is refused (migrations/0003_keys_in_force.sql).
create trigger key_in_force_insert after insert on result_texts referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on result_texts referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_insert after insert on screening_entries referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');--> statement-breakpoint
create trigger key_in_force_update after update on screening_entries referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');
