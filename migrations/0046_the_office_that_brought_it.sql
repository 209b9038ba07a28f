-- Which office brought a file of hits (R3, R4): its rows are read in the clear there and it may cancel them there, whatever roles the sender
-- has by now. Null: a file of the county, what a key sent, or written by the previous release, whose files are then the sender's alone.
ALTER TABLE "imports" ADD COLUMN "brought_by" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_brought_by_offices_code_fk"
  FOREIGN KEY ("brought_by") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What was sent before: by the office that had the comparison then, unless its sender manages imports from another: whoever works
-- elsewhere by now left it behind. What a key sent stays the key's.
with sent as (
  select i.id, i.actor, i.county, coalesce(
           (select h.from_office from hand_overs h
             where h.obligation = i.comparison and h.state = 'accepted' and h.answered_at > i.created_at
             order by h.answered_at limit 1),
           (select o.office from obligations o where o.id = i.comparison)) as performer
    from imports i join people p on p.id = i.actor where i.comparison is not null)
update imports i set brought_by = coalesce(
    (select r.office from person_roles r
      where r.person = s.actor and (r.office = s.county or r.office ^@ (s.county || '.'))
        and (r.role = 'relief-centre' or r.office = s.performer and r.role not in ('auditor', 'administrator'))
      order by r.office = s.performer desc, r.office
      limit 1),
    s.performer)
  from sent s where s.id = i.id;--> statement-breakpoint
-- What is handed in is refused while a file waits that lies out of sight: by whom it was brought and where it reaches are told with it,
-- and nothing else.
drop function duban_hits_files(text);--> statement-breakpoint
create function duban_hits_files(comparison text)
  returns table (id text, state text, "rows" integer, accepted integer, duplicates integer, refused integer, registered integer, brought_by text,
                 reach text)
  language sql stable security definer set search_path = public
  as $$ select i.id, i.state, i."rows", i.accepted, i.duplicates, i.refused, i.registered, i.brought_by, i.reach
          from imports i
         where i.comparison = duban_hits_files.comparison $$;--> statement-breakpoint
revoke execute on function duban_hits_files from public;--> statement-breakpoint
grant execute on function duban_hits_files to duban_api, duban_worker;--> statement-breakpoint
-- A download that broke off is asked for again: what it shows a second time within a day is kept with its reason, and not counted.
ALTER TABLE "reveals" ADD COLUMN "counted" boolean DEFAULT true NOT NULL;--> statement-breakpoint
-- A household's page asks for the county's checks of each of its obligations.
CREATE INDEX "sample_households_by_obligation" ON "sample_households" USING btree ("obligation") WHERE obligation is not null;--> statement-breakpoint
-- And where it stands on the roster, or stood before.
CREATE INDEX "roster_households_by_number" ON "roster_households" USING btree ("id_no_index") WHERE id_no_index is not null;
