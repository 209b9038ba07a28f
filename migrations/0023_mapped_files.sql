-- A file whose columns or words nobody knows waits for somebody to say what they mean.
ALTER TABLE "imports" DROP CONSTRAINT "import_state";--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "import_state"
  CHECK ("imports"."state" in ('validating','mapping-needed','validated','applying','applied','refused','cancelled','failed','undoing','undone'));--> statement-breakpoint
-- What was said of this file: its sheet, a name of its head and the field, a field's word and its meaning; and who said it.
ALTER TABLE "imports" ADD COLUMN "given_sheet" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "given_columns" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "given_words" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "given_by" text;--> statement-breakpoint
-- Rows with a level or a town that nobody knows are refused without a question, however many they are.
ALTER TABLE "imports" ADD COLUMN "refuse_unknown" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What was found in the file and not understood. It holds values of the file, masked, and words of its cells: encrypted, since
-- a column of names may have been taken for one of towns.
ALTER TABLE "imports" ADD COLUMN "findings_encrypted" bytea;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "findings_key_id" text;--> statement-breakpoint
-- What a county said of a head is used for the next file with that head; `sheet` for the next workbook with those sheets. A row is ended, never changed: the trail names it.
CREATE TABLE "import_mappings" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"head" text NOT NULL,
	"columns" jsonb NOT NULL,
	"sheet" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- At most one holds for a head. Read by county when a file is looked through (services/imports/remembered.ts).
CREATE UNIQUE INDEX "import_mappings_in_force" ON "import_mappings" USING btree ("county","head") WHERE "import_mappings"."ended_at" is null;--> statement-breakpoint
-- What a county said of a word is used for all its files.
CREATE TABLE "import_words" (
	"id" text PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"field" text NOT NULL,
	"word" text NOT NULL,
	"meaning" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "import_word_field" CHECK ("import_words"."field" in ('level','cause','group','source','town'))
);
--> statement-breakpoint
ALTER TABLE "import_words" ADD CONSTRAINT "import_words_county_counties_office_fk"
  FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A word has at most one meaning. Read by county, like the mappings.
CREATE UNIQUE INDEX "import_words_in_force" ON "import_words" USING btree ("county","field","word") WHERE "import_words"."ended_at" is null;--> statement-breakpoint
alter table import_mappings enable row level security;--> statement-breakpoint
alter table import_words enable row level security;--> statement-breakpoint
create policy workers on import_mappings to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on import_words to duban_worker using (true) with check (true);--> statement-breakpoint
-- Only for a scope that holds the county itself, as the imports they come from.
create policy whole_county on import_mappings to duban_api using (county = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
create policy whole_county on import_words to duban_api using (county = any ((select duban_list('duban.offices'))::text[]));--> statement-breakpoint
-- Remembered by the worker that has read the file; the API shows and ends.
grant select, insert, update on import_mappings, import_words to duban_worker;--> statement-breakpoint
grant select on import_mappings, import_words to duban_api;--> statement-breakpoint
grant update (ended_at) on import_mappings, import_words to duban_api;
--> statement-breakpoint
-- Findings that were encrypted under a key which was destroyed meanwhile are refused (migrations/0003_keys_in_force.sql).
create trigger key_in_force_insert after insert on imports referencing new table as fresh
  for each statement execute function duban_key_in_force('findings_key_id');--> statement-breakpoint
create trigger key_in_force_update after update on imports referencing new table as fresh
  for each statement execute function duban_key_in_force('findings_key_id');
