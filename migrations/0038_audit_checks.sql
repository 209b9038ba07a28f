-- A check of the whole sealed chain (R9): asked for by an auditor in a page, or begun once a day by the verifier.
CREATE TABLE "audit_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"asked_wall" timestamp (3) with time zone NOT NULL,
	-- Nobody: the daily one.
	"asked_by" text,
	"ended_wall" timestamp (3) with time zone,
	-- The first faults: codes, numbers of records and blocks, and times, nothing of what a record says. Null while it goes on.
	"findings" jsonb,
	-- How many there are; null where none could be looked for, since the master key was replaced.
	"fault_count" integer,
	CONSTRAINT "audit_check_ends_with_findings" CHECK (("ended_wall" is null) = ("findings" is null))
);
--> statement-breakpoint
-- One at a time: who asks while one goes on gets that one.
CREATE UNIQUE INDEX "audit_check_open" ON "audit_checks" USING btree (("ended_wall" is null)) WHERE "audit_checks"."ended_wall" is null;--> statement-breakpoint
CREATE INDEX "audit_checks_newest" ON "audit_checks" USING btree ("asked_wall");--> statement-breakpoint
alter table audit_checks enable row level security;--> statement-breakpoint
create policy workers on audit_checks to duban_worker using (true) with check (true);--> statement-breakpoint
-- The chain is of no county in particular, as its blocks are (0002).
create policy everybody on audit_checks to duban_api using (true) with check (true);--> statement-breakpoint
grant select, insert, update on audit_checks to duban_worker;--> statement-breakpoint
grant select, insert on audit_checks to duban_api;
