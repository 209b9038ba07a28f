-- Absences that begin and end, whom somebody stands in for, and accounts kept over HTTP.
CREATE TABLE "departures" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"county" text NOT NULL,
	"person" text NOT NULL,
	"office" text
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "signed_in_wall" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_county_counties_office_fk" FOREIGN KEY ("county") REFERENCES "public"."counties"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departures" ADD CONSTRAINT "departures_office_offices_code_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "departures_by_county" ON "departures" USING btree ("county");--> statement-breakpoint
CREATE INDEX "people_by_substitute" ON "people" USING btree ("substitute") WHERE substitute is not null;--> statement-breakpoint
-- No command entered these so far; what an update by hand left half said is no absence (src/domain/absence.ts).
update people set absent_until = null where absent_from is null or absent_until < absent_from;--> statement-breakpoint
update people set substitute = null where substitute = id;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "absence_begins" CHECK (coalesce("people"."absent_from" <= "people"."absent_until", "people"."absent_until" is null));--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "substitute_is_another" CHECK ("people"."substitute" <> "people"."id");--> statement-breakpoint
-- Absences are entered by the API's role, which may change nothing else of a person: whose they are is for the routes to say,
-- the county for the database.
grant update (absent_from, absent_until, substitute, version) on people to duban_api;--> statement-breakpoint
-- Accounts are kept by the gate, inside a transaction that says for which counties and for whom (src/db/scope.ts). Without
-- one, which is how signing in works, it writes no account and no role; and in one nobody writes their own (docs/security.md).
grant insert on people to duban_gate;--> statement-breakpoint
grant update (active, disabled_wall, version) on people to duban_gate;--> statement-breakpoint
grant insert, update, delete on person_roles to duban_gate;--> statement-breakpoint
drop policy gate on people;--> statement-breakpoint
drop policy gate on person_roles;--> statement-breakpoint
create policy reads on people for select to duban_gate using (true);--> statement-breakpoint
create policy reads on person_roles for select to duban_gate using (true);--> statement-breakpoint
create function duban_administers(office text, person text) returns boolean language sql stable parallel safe
  return person <> current_setting('duban.person', true)
    and exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.'));
--> statement-breakpoint
create policy adds on people for insert to duban_gate
  with check (id <> current_setting('duban.person', true) and duban_list('duban.counties') is not null);--> statement-breakpoint
create policy administers on people for update to duban_gate
  using (exists (select from person_roles r where r.person = people.id and duban_administers(r.office, people.id)));--> statement-breakpoint
create policy gives on person_roles for insert to duban_gate with check (duban_administers(office, person));--> statement-breakpoint
create policy administers on person_roles for update to duban_gate using (duban_administers(office, person));--> statement-breakpoint
create policy takes on person_roles for delete to duban_gate using (duban_administers(office, person));--> statement-breakpoint
-- What is left to do about a leaver's matters is written down by the gate and done by the courier.
alter table departures enable row level security;--> statement-breakpoint
create policy workers on departures to duban_worker using (true) with check (true);--> statement-breakpoint
create policy adds on departures for insert to duban_gate
  with check (county = any ((select duban_list('duban.counties'))::text[]));--> statement-breakpoint
grant select, delete on departures to duban_worker;--> statement-breakpoint
grant insert on departures, pokes to duban_gate;--> statement-breakpoint
create policy wakes_the_courier on pokes for insert to duban_gate with check (kind = 'courier');--> statement-breakpoint
grant usage on sequence departures_id_seq to duban_gate;
