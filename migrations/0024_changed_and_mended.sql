-- A file of warnings, or a file of numbers that the platform has withdrawn. The release before knows warnings alone.
ALTER TABLE "imports" ADD COLUMN "kind" text DEFAULT 'warnings' NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "import_kind" CHECK ("imports"."kind" in ('warnings','withdrawals'));--> statement-breakpoint
-- The days of issue of which a file claims to hold every warning; null where it claims nothing.
ALTER TABLE "imports" ADD COLUMN "complete_from" date;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "complete_until" date;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "import_span_is_whole"
  CHECK (num_nulls("imports"."complete_from", "imports"."complete_until") in (0, 2));--> statement-breakpoint
-- What a county lets a changed warning do by itself; null: as the release has it (src/domain/escalation/change-rules.ts).
ALTER TABLE "policies" ADD COLUMN "changes" jsonb;--> statement-breakpoint
-- A row of a file whose number the ledger holds with other content. `fields`: those that differ, with
-- public values old and new. `content`: all that is public of the row. The household, old and new, is encrypted, and erased once
-- the change is dismissed.
CREATE TABLE "import_changes" (
	"import" text NOT NULL,
	"row" integer NOT NULL,
	"obligation" text NOT NULL,
	"external_id" text NOT NULL,
	"fields" jsonb NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" bytea NOT NULL,
	"encrypted" bytea,
	"key_id" text,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "import_changes_import_row_pk" PRIMARY KEY("import","row"),
	CONSTRAINT "import_change_state" CHECK ("import_changes"."state" in ('open','confirmed','applied','dismissed'))
);
--> statement-breakpoint
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_import_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_changes" ADD CONSTRAINT "import_changes_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A file that comes again asks whether this change was dismissed before; an erased household takes its changes with it.
CREATE INDEX "import_changes_by_obligation" ON "import_changes" USING btree ("obligation");--> statement-breakpoint
-- The refused rows of a batch of a file as they stood in it, with its head: encrypted, until the import is taken back or its
-- retention is over.
CREATE TABLE "import_refused" (
	"import" text NOT NULL,
	"first_row" integer NOT NULL,
	"last_row" integer NOT NULL,
	"encrypted" bytea NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "import_refused_import_first_row_pk" PRIMARY KEY("import","first_row")
);
--> statement-breakpoint
ALTER TABLE "import_refused" ADD CONSTRAINT "import_refused_import_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What is withdrawn at the source: proposed, and cancelled once somebody has confirmed it. `row` is null for a warning that is
-- missing from a file that claims to be complete.
CREATE TABLE "import_withdrawals" (
	"import" text NOT NULL,
	"obligation" text NOT NULL,
	"row" integer,
	"external_id" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "import_withdrawals_import_obligation_pk" PRIMARY KEY("import","obligation"),
	CONSTRAINT "import_withdrawal_state" CHECK ("import_withdrawals"."state" in ('open','cancelled','kept'))
);
--> statement-breakpoint
ALTER TABLE "import_withdrawals" ADD CONSTRAINT "import_withdrawals_import_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_withdrawals" ADD CONSTRAINT "import_withdrawals_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Workers read and write all of it. The API reads what hangs on an import its reader sees, and decides about changes.
alter table import_changes enable row level security;--> statement-breakpoint
alter table import_refused enable row level security;--> statement-breakpoint
alter table import_withdrawals enable row level security;--> statement-breakpoint
create policy workers on import_changes to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on import_refused to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on import_withdrawals to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, update, delete on import_changes, import_refused, import_withdrawals to duban_worker;--> statement-breakpoint
create policy with_the_import on import_changes to duban_api using (exists (select from imports i where i.id = import));--> statement-breakpoint
create policy with_the_import on import_refused to duban_api using (exists (select from imports i where i.id = import));--> statement-breakpoint
create policy with_the_import on import_withdrawals to duban_api using (exists (select from imports i where i.id = import));--> statement-breakpoint
grant select on import_changes, import_refused, import_withdrawals to duban_api;--> statement-breakpoint
grant update (state, decided_by, decided_at, encrypted, key_id) on import_changes to duban_api;--> statement-breakpoint
-- A cancelled warning gives its number back: its key gets a mark of its own (src/domain/obligation/warning-key.ts), so that the
-- number registers anew while every key stays unique. What was taken back with its import has no key already.
update obligations set key = key || '|cancelled|' || id where state = 'cancelled' and key like 'platform|%';
