-- Many obligations acted on at once (R9, R17): one row for what was asked, one for each obligation. Each is done in a transaction with its
-- answer, so that a process may end at any moment and nothing is lost or done twice.
-- `permissions`, `roles`: what the session could use as it asked; what somebody holds at each moment is looked up anew, within these.
-- `encrypted`: the action with what was typed, until the last obligation has its answer. `filter`: without words somebody typed.
CREATE TABLE "bulk_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"actor_kind" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"roles" jsonb NOT NULL,
	"address" text,
	"request_id" text,
	"action" text NOT NULL,
	"encrypted" "bytea",
	"key_id" text,
	"filter" jsonb,
	"seen_count" integer,
	"total" integer NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"asked_wall" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"undo_asked_at" timestamp (3) with time zone,
	"undo_asked_wall" timestamp (3) with time zone,
	"problem" text,
	CONSTRAINT "bulk_run_state" CHECK ("bulk_runs"."state" in ('running','done','stopped','undoing','undone')),
	CONSTRAINT "bulk_run_actor_kind" CHECK ("bulk_runs"."actor_kind" in ('person','key')),
	CONSTRAINT "bulk_run_is_asked_whole" CHECK (("bulk_runs"."filter" is null) = ("bulk_runs"."seen_count" is null)),
	CONSTRAINT "bulk_run_keeps_no_words" CHECK (("bulk_runs"."state" = 'running') or ("bulk_runs"."encrypted" is null))
);
--> statement-breakpoint
-- `version`: as it was when somebody asked; another one means that it was changed since, and it is left alone. `done_version`: the one it
-- has by the run; as long as it has it, it can be taken back. `message` names nobody: who changed it since is told when somebody looks.
CREATE TABLE "bulk_items" (
	"run" text NOT NULL,
	"seq" integer NOT NULL,
	"obligation" text NOT NULL,
	"version" integer NOT NULL,
	"state" text DEFAULT 'left' NOT NULL,
	"refused" text,
	"message" text,
	"done_state" text,
	"done_version" integer,
	CONSTRAINT "bulk_items_run_seq_pk" PRIMARY KEY("run","seq"),
	CONSTRAINT "bulk_item_state" CHECK ("bulk_items"."state" in ('left','done','refused','skipped','undone','kept')),
	CONSTRAINT "bulk_item_says_why" CHECK (("bulk_items"."state" in ('refused','skipped','kept')) = ("bulk_items"."refused" is not null))
);
--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_run_bulk_runs_id_fk"
  FOREIGN KEY ("run") REFERENCES "public"."bulk_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- The next ones of a run, in the order in which everybody locks many: those that are left, and those to be taken back.
CREATE INDEX "bulk_items_next" ON "bulk_items" USING btree ("run","state","obligation");--> statement-breakpoint
-- What somebody asked for last.
CREATE INDEX "bulk_runs_by_actor" ON "bulk_runs" USING btree ("actor","asked_wall");--> statement-breakpoint
-- The standing check asks for those at work.
CREATE INDEX "bulk_runs_at_work" ON "bulk_runs" USING btree ("asked_wall") WHERE state in ('running','undoing');--> statement-breakpoint
alter table bulk_runs enable row level security;--> statement-breakpoint
alter table bulk_items enable row level security;--> statement-breakpoint
create policy workers on bulk_runs to duban_worker using (true) with check (true);--> statement-breakpoint
create policy workers on bulk_items to duban_worker using (true) with check (true);--> statement-breakpoint
-- A run is seen by whoever asked for it. What it did to an obligation stands in the obligation's history, and in the trail.
create policy own_runs on bulk_runs to duban_api using (actor = (select current_setting('duban.person', true)))
  with check (actor = (select current_setting('duban.person', true)));--> statement-breakpoint
create policy with_the_run on bulk_items to duban_api using (exists (select from bulk_runs r where r.id = run));--> statement-breakpoint
grant select, insert, update, delete on bulk_runs, bulk_items to duban_worker;--> statement-breakpoint
grant select, insert on bulk_runs to duban_api;--> statement-breakpoint
grant select, insert on bulk_items to duban_api;--> statement-breakpoint
grant update (state, ended_at, undo_asked_at, undo_asked_wall, encrypted, key_id) on bulk_runs to duban_api;--> statement-breakpoint
grant update (state, refused, message, done_state, done_version) on bulk_items to duban_api;--> statement-breakpoint
-- A run of a key is carried on by a worker, which asks whether the key still holds. Its secret, even hashed, stays with the gate.
grant select (id, name, office, permissions, personal, expires_wall, revoked_wall) on api_keys to duban_worker;
