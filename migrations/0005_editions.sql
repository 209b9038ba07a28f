-- Every request needs to know who asks, what offices are called and which days are worked, and these hardly ever change.
-- Who counts the changes in the same transaction may remember the rest (src/db/remembered.ts).
CREATE TABLE "editions" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"directory" bigint DEFAULT 1 NOT NULL,
	"calendar" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "one_edition" CHECK ("editions"."id" = 1)
);
--> statement-breakpoint
insert into editions default values;
--> statement-breakpoint
alter table editions enable row level security;
--> statement-breakpoint
grant select on editions to duban_api, duban_gate, duban_worker;
--> statement-breakpoint
create policy everybody on editions for select to duban_api, duban_gate, duban_worker using (true);
--> statement-breakpoint
-- By the owner's rights: whoever changes the directory need not be allowed to write here.
create function duban_new_edition() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_argv[0] = 'calendar' then
    update editions set calendar = calendar + 1;
  else
    update editions set directory = directory + 1;
  end if;
  return null;
end
$$;
--> statement-breakpoint
do $$
declare
  t text;
begin
  foreach t in array array['offices', 'counties', 'people', 'person_roles', 'calendar_overrides'] loop
    execute format('create trigger new_edition after insert or update or delete or truncate on %I for each statement execute function duban_new_edition(%L)',
                   t, case t when 'calendar_overrides' then 'calendar' else 'directory' end);
  end loop;
end
$$;
--> statement-breakpoint
-- One row beside whatever finds out who asks: the clock in force, and both editions. A county without a clock runs on wall time.
create view as_of with (security_invoker = true) as
  select c.mode, c.business_at, c.wall_anchor, c.rate, e.directory, e.calendar from editions e left join clock c on true;
--> statement-breakpoint
grant select on as_of to duban_api, duban_gate, duban_worker;
