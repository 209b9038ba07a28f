-- Whoever performs a comparison brings its hits (R3, R4). Where their rows may raise warnings: the town, or the county; null, or written
-- by the previous release: a file of the county, which may correct the ledger too.
ALTER TABLE "imports" ADD COLUMN "reach" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_reach_offices_code_fk"
  FOREIGN KEY ("reach") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A file of one town is no secret of the county's: it is seen there, and nowhere beside it.
create policy own_reach on imports to duban_api using (reach = any ((select duban_list('duban.offices'))::text[]));
--> statement-breakpoint
-- What a file of another reach says too of a warning that a file of hits raised: taken back, the hits leave it standing.
CREATE TABLE "import_repeats" (
	"import" text NOT NULL,
	"obligation" text NOT NULL,
	CONSTRAINT "import_repeats_import_obligation_pk" PRIMARY KEY("import","obligation")
);--> statement-breakpoint
ALTER TABLE "import_repeats" ADD CONSTRAINT "import_repeats_import_imports_id_fk"
  FOREIGN KEY ("import") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_repeats" ADD CONSTRAINT "import_repeats_obligation_obligations_id_fk"
  FOREIGN KEY ("obligation") REFERENCES "public"."obligations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_repeats_by_obligation" ON "import_repeats" USING btree ("obligation");--> statement-breakpoint
alter table import_repeats enable row level security;--> statement-breakpoint
create policy workers on import_repeats to duban_worker using (true) with check (true);--> statement-breakpoint
grant select, insert, delete on import_repeats to duban_worker;--> statement-breakpoint
-- Whoever asks what an undo would do may not see that other file: by the owner's rights, and only whether there is one.
create function duban_said_elsewhere(obligation text) returns boolean
  language sql stable security definer set search_path = public
  as $$ select exists (select from import_repeats r join imports i on i.id = r.import
         where r.obligation = duban_said_elsewhere.obligation
           and i.state not in ('refused', 'cancelled', 'failed', 'undone')) $$;--> statement-breakpoint
revoke execute on function duban_said_elsewhere from public;--> statement-breakpoint
grant execute on function duban_said_elsewhere to duban_api, duban_worker;--> statement-breakpoint
-- A comparison is handed over without its files: what is handed in is held against the numbers of all of them, which say nothing else.
create function duban_hits_files(comparison text)
  returns table (id text, state text, "rows" integer, accepted integer, duplicates integer, refused integer, registered integer)
  language sql stable security definer set search_path = public
  as $$ select i.id, i.state, i."rows", i.accepted, i.duplicates, i.refused, i.registered from imports i
         where i.comparison = duban_hits_files.comparison $$;--> statement-breakpoint
revoke execute on function duban_hits_files from public;--> statement-breakpoint
grant execute on function duban_hits_files to duban_api, duban_worker;--> statement-breakpoint
-- A worker of the previous release knows of no reach. What it would raise or correct beyond it is refused here.
create function duban_rows_within_reach() returns trigger language plpgsql set search_path = public as $$
begin
  if exists (select from added a join imports i on i.id = a.import
              where i.reach is not null and a.office <> i.reach and not a.office ^@ (i.reach || '.')) then
    raise exception 'a row lies outside the reach of its file' using errcode = 'check_violation';
  end if;
  return null;
end $$;--> statement-breakpoint
create trigger rows_within_reach after insert on import_rows
  referencing new table as added for each statement execute function duban_rows_within_reach();--> statement-breakpoint
create function duban_no_changes_of_hits() returns trigger language plpgsql set search_path = public as $$
begin
  if exists (select from added a join imports i on i.id = a.import where i.reach is not null) then
    raise exception 'a file of hits corrects nothing' using errcode = 'check_violation';
  end if;
  return null;
end $$;--> statement-breakpoint
create trigger no_changes_of_hits after insert on import_changes
  referencing new table as added for each statement execute function duban_no_changes_of_hits();
