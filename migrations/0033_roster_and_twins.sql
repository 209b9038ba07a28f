-- A file of the roster of the key groups (R16, R18), as it was registered; it can be taken back as a whole. Its name is not kept: it
-- may name a household.
CREATE TABLE "roster_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"state" text NOT NULL,
	"added" integer NOT NULL,
	"changed" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"undone_by" text,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "roster_import_state" CHECK ("roster_imports"."state" in ('applied','undone')),
	CONSTRAINT "roster_import_undone" CHECK (("roster_imports"."state" = 'undone') = ("roster_imports"."undone_at" is not null)
    and num_nulls("roster_imports"."undone_by", "roster_imports"."undone_at") in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "roster_imports" ADD CONSTRAINT "roster_imports_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A household of a key group, and by what it is covered since when. Who it is stands encrypted, as in subjects; the keyed hashes find it
-- again among warnings and screenings.
CREATE TABLE "roster_households" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"office" text NOT NULL,
	"key_group" text NOT NULL,
	"cover" text NOT NULL,
	"covered_since" date,
	"encrypted" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	"id_no_index" "bytea",
	"phone_index" "bytea",
	"index_key_id" text NOT NULL,
	"import" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"anonymised_wall" timestamp (3) with time zone,
	CONSTRAINT "roster_group" CHECK ("roster_households"."key_group" in ('near-poor','unstable-exit','sudden-hardship','epidemic-or-disaster')),
	CONSTRAINT "roster_cover" CHECK ("roster_households"."cover" in ('dibao','tekun','marginal','none')),
	CONSTRAINT "roster_covered_since" CHECK ("roster_households"."cover" <> 'none' or "roster_households"."covered_since" is null)
);
--> statement-breakpoint
ALTER TABLE "roster_households" ADD CONSTRAINT "roster_households_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_households" ADD CONSTRAINT "roster_households_office_offices_code_fk"
  FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_households" ADD CONSTRAINT "roster_households_import_roster_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."roster_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A household stands on a county's roster once.
CREATE UNIQUE INDEX "roster_households_once" ON "roster_households" USING btree ("county","id_no_index") WHERE id_no_index is not null and removed_at is null;--> statement-breakpoint
-- The roster of a town, page by page, and its uncovered.
CREATE INDEX "roster_households_by_office" ON "roster_households" USING btree ("office","id");--> statement-breakpoint
-- What a file changed of households that were on the roster: how they stood before, encrypted, and the version it left.
CREATE TABLE "roster_changes" (
	"import" text NOT NULL,
	"household" text NOT NULL,
	"version" integer NOT NULL,
	"encrypted" "bytea",
	"key_id" text,
	CONSTRAINT "roster_changes_import_household_pk" PRIMARY KEY("import","household")
);
--> statement-breakpoint
ALTER TABLE "roster_changes" ADD CONSTRAINT "roster_changes_import_roster_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."roster_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_changes" ADD CONSTRAINT "roster_changes_household_roster_households_id_fk"
  FOREIGN KEY ("household") REFERENCES "public"."roster_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The household of the roster that an entry of a screening is. Carried over from it, or found by its number.
ALTER TABLE "screening_entries" ADD COLUMN "roster" text;--> statement-breakpoint
ALTER TABLE "screening_entries" ADD CONSTRAINT "screening_entries_roster_roster_households_id_fk"
  FOREIGN KEY ("roster") REFERENCES "public"."roster_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Which screenings have reached a household of the roster.
CREATE INDEX "screening_entries_by_roster" ON "screening_entries" USING btree ("roster","obligation") WHERE roster is not null;--> statement-breakpoint
-- Whether any screening has reached a household of this number.
CREATE INDEX "screening_entries_by_id_no" ON "screening_entries" USING btree ("id_no_index") WHERE id_no_index is not null;--> statement-breakpoint
-- A sample is drawn from the roster where there is one, else from verified warnings: a household of it is one or the other. The
-- generated column names whichever it is, so that what the previous release writes has its key, too.
ALTER TABLE "sample_households" DROP CONSTRAINT "sample_households_sample_obligation_pk";--> statement-breakpoint
ALTER TABLE "sample_households" ALTER COLUMN "obligation" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sample_households" ADD COLUMN "roster" text;--> statement-breakpoint
ALTER TABLE "sample_households" ADD COLUMN "household" text GENERATED ALWAYS AS (coalesce("obligation", "roster")) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_households_sample_household_pk" PRIMARY KEY("sample","household");--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_household_one" CHECK (num_nonnulls("sample_households"."obligation", "sample_households"."roster") = 1);--> statement-breakpoint
ALTER TABLE "sample_households" ADD CONSTRAINT "sample_households_roster_roster_households_id_fk"
  FOREIGN KEY ("roster") REFERENCES "public"."roster_households"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Whether the county's checks have reached a household of the roster.
CREATE INDEX "sample_households_by_roster" ON "sample_households" USING btree ("roster") WHERE roster is not null;--> statement-breakpoint
-- How often the year compares with each partner (R3), as its template said when it began. Null: begun before this was kept.
ALTER TABLE "campaigns" ADD COLUMN "comparisons" jsonb;--> statement-breakpoint
-- Two obligations of which a person said that they are of one household, or of two. Both in one order, so that a pair stands once; a
-- decision that was taken back stays as it was.
CREATE TABLE "household_links" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"obligation" text NOT NULL,
	"other" text NOT NULL,
	"same" boolean NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "household_link_order" CHECK ("household_links"."obligation" < "household_links"."other"),
	CONSTRAINT "household_link_ended" CHECK (num_nulls("household_links"."ended_by", "household_links"."ended_at") in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "household_links" ADD CONSTRAINT "household_links_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_links" ADD CONSTRAINT "household_links_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_links" ADD CONSTRAINT "household_links_other_obligations_id_fk"
  FOREIGN KEY ("other") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A pair has one decision at a time.
CREATE UNIQUE INDEX "household_links_once" ON "household_links" USING btree ("obligation","other") WHERE ended_at is null;--> statement-breakpoint
-- What is joined to an obligation, from whichever of the two one starts.
CREATE INDEX "household_links_by_other" ON "household_links" USING btree ("other");--> statement-breakpoint
-- What found a problem, and for a finding of a look-back (R12) its place in the list.
ALTER TABLE "problems" ADD COLUMN "found_by" text;--> statement-breakpoint
ALTER TABLE "problems" ADD COLUMN "finding" integer;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_found_by_obligations_id_fk"
  FOREIGN KEY ("found_by") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What an obligation has found.
CREATE INDEX "problems_by_found_by" ON "problems" USING btree ("found_by") WHERE found_by is not null;--> statement-breakpoint
alter table roster_imports enable row level security;--> statement-breakpoint
alter table roster_households enable row level security;--> statement-breakpoint
alter table roster_changes enable row level security;--> statement-breakpoint
alter table household_links enable row level security;--> statement-breakpoint
create policy workers on roster_imports to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on roster_households to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on roster_changes to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on household_links to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on roster_imports, roster_households, roster_changes, household_links to duban_worker;--> statement-breakpoint
-- A file is the whole county's; a household is seen with its office; what joins two obligations is seen by whoever sees both.
create policy whole_county on roster_imports to duban_api using (county = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
create policy own_offices on roster_households to duban_api using (office = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
create policy with_the_import on roster_changes to duban_api using (exists (select from roster_imports i where i.id = import));--> statement-breakpoint
create policy with_both on household_links to duban_api using (
  exists (select from obligations o where o.id = obligation) and exists (select from obligations o where o.id = other));--> statement-breakpoint
grant select, insert, update on roster_imports, roster_households, roster_changes, household_links to duban_api;--> statement-breakpoint
grant delete on roster_households, roster_changes to duban_api;--> statement-breakpoint
-- A finding that is handed in again may stand at another place of its list.
grant update (finding) on problems to duban_api;--> statement-breakpoint
-- What was encrypted under a key that was destroyed meanwhile is refused (migrations/0003_keys_in_force.sql).
create trigger key_in_force_insert after insert on roster_households referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');--> statement-breakpoint
create trigger key_in_force_update after update on roster_households referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id', 'index_key_id');--> statement-breakpoint
create trigger key_in_force_insert after insert on roster_changes referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');--> statement-breakpoint
create trigger key_in_force_update after update on roster_changes referencing new table as fresh
  for each statement execute function duban_key_in_force('key_id');
