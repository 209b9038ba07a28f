-- Whoever performs a comparison brings its hits (R3, R4). Where their rows may raise warnings: the town, or the county; null, or written
-- by the previous release: a file of the county, which may correct the ledger too.
ALTER TABLE "imports" ADD COLUMN "reach" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_reach_offices_code_fk"
  FOREIGN KEY ("reach") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- A file of one town is no secret of the county's: it is seen there, and nowhere beside it.
create policy own_reach on imports to duban_api using (reach = any ((select duban_list('duban.offices'))::text[]));
