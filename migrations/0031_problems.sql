-- A problem of the list (R10): what is wrong, the measure and whoever answers for it are words of somebody and may name a
-- household, so they are encrypted like notes. Source and kind stand in the facts of its obligation. `batch` is shared by the
-- problems that one entry was split into, one for each town.
CREATE TABLE "problems" (
	"obligation" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"batch" text NOT NULL,
	"encrypted" bytea,
	"key_id" text,
	"series" text,
	"number" integer,
	"number_year" integer,
	CONSTRAINT "problem_number_whole" CHECK (num_nulls("problems"."series", "problems"."number", "problems"."number_year") in (0, 3))
);
--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A number strikes one problem off.
CREATE UNIQUE INDEX "problems_one_number" ON "problems" USING btree ("series","number") WHERE "problems"."number" is not null;--> statement-breakpoint
-- The last number given in a county's year. It is counted up in the transaction that accepts,
-- so no number is left out (services/obligations/strike-off.ts).
CREATE TABLE "strike_off_series" (
	"series" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "strike_off_series" ADD CONSTRAINT "strike_off_series_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A file as evidence. The digest is a keyed hash of the content: the same file is kept once in a county, and nobody can
-- confirm a guess by it.
CREATE TABLE "attachment_files" (
	"county" text NOT NULL,
	"digest" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"encrypted" bytea,
	"key_id" text,
	CONSTRAINT "attachment_files_county_digest_pk" PRIMARY KEY("county","digest")
);
--> statement-breakpoint
ALTER TABLE "attachment_files" ADD CONSTRAINT "attachment_files_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A file on an obligation. Its name may name a household and is encrypted. Handed in, it stays.
CREATE TABLE "attachments" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation" text NOT NULL,
	"county" text NOT NULL,
	"digest" text NOT NULL,
	"encrypted" bytea,
	"key_id" text,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"handed_in_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_file_fk"
  FOREIGN KEY ("county","digest") REFERENCES "public"."attachment_files"("county","digest") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
-- The files of one obligation, each of them once.
CREATE UNIQUE INDEX "attachments_by_obligation" ON "attachments" USING btree ("obligation","digest");--> statement-breakpoint
-- Whether a file still hangs on something.
CREATE INDEX "attachments_by_file" ON "attachments" USING btree ("county","digest");--> statement-breakpoint
-- A file that hangs on nothing any more goes with its last attachment, which its remover may not see to be the last. The lock
-- holds off an upload of the same file (services/attachments/store.ts).
create function duban_drop_attachment_file() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(7209090, hashtext(old.digest));
  delete from attachment_files f where f.county = old.county and f.digest = old.digest
     and not exists (select from attachments a where a.county = old.county and a.digest = old.digest);
  return null;
end
$$;
--> statement-breakpoint
create trigger drop_attachment_file after delete on attachments for each row execute function duban_drop_attachment_file();--> statement-breakpoint
alter table problems enable row level security;--> statement-breakpoint
alter table strike_off_series enable row level security;--> statement-breakpoint
alter table attachment_files enable row level security;--> statement-breakpoint
alter table attachments enable row level security;--> statement-breakpoint
create policy workers on problems to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on strike_off_series to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on attachment_files to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on attachments to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on problems, strike_off_series, attachment_files, attachments to duban_worker;--> statement-breakpoint
-- Seen with the obligation. The content of a file is seen with an attachment; one of the same content may be there already,
-- which the API then does not see and need not see.
create policy with_the_obligation on problems to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy with_the_obligation on attachments to duban_api using (exists (select from obligations o where o.id = obligation));--> statement-breakpoint
create policy with_an_attachment on attachment_files for select to duban_api using (
  exists (select from attachments a where a.county = attachment_files.county and a.digest = attachment_files.digest));--> statement-breakpoint
create policy own_county on attachment_files for insert to duban_api with check (
  county = any ((select duban_list('duban.counties'))::text[]));--> statement-breakpoint
create policy own_county on strike_off_series to duban_api using (county = any ((select duban_list('duban.counties'))::text[]));--> statement-breakpoint
grant select, insert on problems, attachment_files, attachments, strike_off_series to duban_api;--> statement-breakpoint
grant update (series, number, number_year) on problems to duban_api;--> statement-breakpoint
grant update (last) on strike_off_series to duban_api;--> statement-breakpoint
grant update (handed_in_at) on attachments to duban_api;--> statement-breakpoint
grant delete on attachments to duban_api;--> statement-breakpoint
-- What was encrypted under a key that was destroyed meanwhile is refused, as everywhere (migrations/0003_keys_in_force.sql).
create trigger key_in_force_insert after insert on problems referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on problems referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_insert after insert on attachment_files referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on attachment_files referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_insert after insert on attachments referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on attachments referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
--> statement-breakpoint
-- A sample of a county's uncovered households (R18), as it was drawn: the seed, the share, and the digest of the population, by
-- which anybody draws it again (docs/sampling.md).
CREATE TABLE "samples" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"campaign" text NOT NULL,
	"seed" text NOT NULL,
	"percent" integer NOT NULL,
	"population" integer NOT NULL,
	"digest" text NOT NULL,
	"due_on" date NOT NULL,
	"drawn_by" text NOT NULL,
	"drawn_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sample_percent" CHECK ("samples"."percent" between 20 and 100)
);
--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_campaign_campaigns_id_fk"
  FOREIGN KEY ("campaign") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The population, frozen: every household by its warning, at its place within town and group. `check_obligation`: the county's check of one that
-- was drawn; `replaced_for`: why another stands in its place.
CREATE TABLE "sample_households" (
	"sample" text NOT NULL,
	"obligation" text NOT NULL,
	"office" text NOT NULL,
	"key_group" text NOT NULL,
	"place" integer NOT NULL,
	"state" text NOT NULL,
	"check_obligation" text,
	"replaced_for" text,
	CONSTRAINT "sample_households_sample_obligation_pk" PRIMARY KEY("sample","obligation"),
	CONSTRAINT "sample_household_state" CHECK ("sample_households"."state" in ('waiting','drawn','replaced')),
	CONSTRAINT "sample_household_whole" CHECK (("sample_households"."state" = 'waiting') = ("sample_households"."check_obligation" is null)
    and ("sample_households"."state" = 'replaced') = ("sample_households"."replaced_for" is not null))
);
--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_households_sample_samples_id_fk"
  FOREIGN KEY ("sample") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_households_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_households_check_obligation_obligations_id_fk"
  FOREIGN KEY ("check_obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
alter table samples enable row level security;--> statement-breakpoint
alter table sample_households enable row level security;--> statement-breakpoint
create policy workers on samples to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on sample_households to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on samples, sample_households to duban_worker;--> statement-breakpoint
-- Of the whole county: only for a scope that holds the county itself.
create policy whole_county on samples to duban_api using (county = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
create policy with_the_sample on sample_households to duban_api using (exists (select from samples s where s.id = sample));--> statement-breakpoint
grant select, insert on samples, sample_households to duban_api;--> statement-breakpoint
grant update (state, check_obligation, replaced_for) on sample_households to duban_api;
