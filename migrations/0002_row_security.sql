-- Three roles that own nothing, and a policy on every table that holds something of an office or a person.
-- The context of a request is set for its transaction (src/api/plugins/scope.ts); without one no row is seen.
do $$
declare
  name text;
begin
  foreach name in array array['duban_api', 'duban_gate', 'duban_worker'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
    -- The owner takes a role on for itself when no login of its own was set up (a superuser may anyway).
    if not pg_has_role(current_user, name, 'member') then
      execute format('grant %I to current_user', name);
    end if;
  end loop;
exception
  when insufficient_privilege then
    raise exception 'the owner of the database may not create roles; have duban_api, duban_gate and duban_worker created and granted to it'
      using errcode = 'insufficient_privilege';
end
$$;
--> statement-breakpoint
-- A setting of the transaction as a list; null (nothing is seen) when it is absent or empty.
create function duban_list(setting text) returns text[] language sql stable parallel safe
  return string_to_array(nullif(current_setting(setting, true), ''), ',');
--> statement-breakpoint
grant usage on schema public to duban_api, duban_gate, duban_worker;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
-- Workers: all facts, never how people sign in; history and trail are only added to.
grant select, insert, update, delete on
  assignments, calendar_overrides, campaigns, clock, counties, deadlines, engine_state, firings, import_chunks, import_errors,
  import_rows, imports, mails, not_reached, notifications, obligations, offices, people, person_roles, phases, pokes, policies,
  rounds, subjects, watches to duban_worker;
--> statement-breakpoint
grant select, insert on events, audit_events, audit_blocks, audit_heads to duban_worker;
--> statement-breakpoint
grant select on audit_checkpoints, data_keys to duban_worker;
--> statement-breakpoint
-- The API: what its routes read and write, and no more.
grant select on
  assignments, calendar_overrides, campaigns, clock, counties, deadlines, engine_state, events, firings, import_errors, import_chunks, import_rows,
  imports, mails, not_reached, notifications, obligations, offices, people, person_roles, phases, pokes, policies, rounds,
  subjects, watches, data_keys, reveals, audit_events, audit_blocks, audit_checkpoints, audit_heads, api_keys to duban_api;
--> statement-breakpoint
grant insert on
  assignments, campaigns, deadlines, events, import_chunks, imports, obligations, phases, pokes, subjects, watches, reveals,
  audit_events, api_keys to duban_api;
--> statement-breakpoint
grant update on assignments, campaigns, deadlines, imports, obligations, phases, watches to duban_api;
--> statement-breakpoint
-- A key is ended, never widened.
grant update (revoked_wall) on api_keys to duban_api;
--> statement-breakpoint
grant select, insert, update, delete on idempotency_keys to duban_api;
--> statement-breakpoint
-- The gate: who somebody is. It reads the directory and no matter of any office.
grant select, insert, update, delete on sessions, credentials, login_links, throttles to duban_gate;
--> statement-breakpoint
grant select on clock, offices, counties, people, person_roles, api_keys, data_keys to duban_gate;
--> statement-breakpoint
grant insert on audit_events to duban_gate;
--> statement-breakpoint
grant update (last_used_wall) on api_keys to duban_gate;
--> statement-breakpoint
grant usage on all sequences in schema public to duban_api, duban_gate, duban_worker;
--> statement-breakpoint
-- Every table is under row security; workers see all rows by a policy of theirs, not by a right to pass it over.
do $$
declare
  t text;
begin
  for t in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy workers on %I to duban_worker using (true) with check (true)', t);
  end loop;
  foreach t in array array['sessions', 'credentials', 'login_links', 'throttles', 'clock', 'offices', 'counties', 'people',
                           'person_roles', 'api_keys', 'data_keys', 'audit_events'] loop
    execute format('create policy gate on %I to duban_gate using (true) with check (true)', t);
  end loop;
  -- Of nobody in particular: time, calendar, engine, wrapped keys.
  foreach t in array array['calendar_overrides', 'clock', 'engine_state', 'pokes', 'watches', 'data_keys', 'audit_blocks',
                           'audit_checkpoints', 'audit_heads'] loop
    execute format('create policy everybody on %I to duban_api using (true) with check (true)', t);
  end loop;
end
$$;
--> statement-breakpoint
-- The directory: colleagues of one's own county or counties; offices above them, so that a tree has a root.
create policy own_county on offices to duban_api using (
  exists (select from unnest(duban_list('duban.counties')) county
           where code = county or code ^@ (county || '.') or county ^@ (code || '.')));
--> statement-breakpoint
create policy own_county on counties to duban_api using (office = any ((select duban_list('duban.counties'))::text[]));
--> statement-breakpoint
create policy own_county on person_roles to duban_api using (
  exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.')));
--> statement-breakpoint
create policy own_county on people to duban_api using (
  exists (select from person_roles r where r.person = people.id));
--> statement-breakpoint
-- Plans and rules of one's own county.
create policy own_county on campaigns to duban_api using (county = any ((select duban_list('duban.counties'))::text[]));
--> statement-breakpoint
create policy own_county on phases to duban_api using (exists (select from campaigns c where c.id = campaign));
--> statement-breakpoint
create policy own_county on policies to duban_api using (county = any ((select duban_list('duban.counties'))::text[]));
--> statement-breakpoint
create policy own_county on rounds to duban_api using (county = any ((select duban_list('duban.counties'))::text[]));
--> statement-breakpoint
-- Matters of an office: those whose scope holds it. What hangs on a matter is seen with it.
create policy own_offices on obligations to duban_api using (office = any ((select duban_list('duban.offices'))::text[]));
--> statement-breakpoint
create policy with_the_matter on assignments to duban_api using (exists (select from obligations o where o.id = obligation));
--> statement-breakpoint
create policy with_the_matter on events to duban_api using (exists (select from obligations o where o.id = obligation));
--> statement-breakpoint
create policy with_the_matter on subjects to duban_api using (exists (select from obligations o where o.id = obligation));
--> statement-breakpoint
create policy own_reveals on reveals to duban_api using (person = current_setting('duban.person', true))
  with check (person = current_setting('duban.person', true) and exists (select from obligations o where o.id = obligation));
--> statement-breakpoint
-- A town that submits opens the turn of its reviewer: while it writes it meets deadlines of other offices of its county,
-- which hold no more than an office, a rule and an instant.
create policy own_offices on deadlines to duban_api using (
  office = any ((select duban_list('duban.offices'))::text[]) or county = any ((select duban_list('duban.acting'))::text[]));
--> statement-breakpoint
create policy with_the_deadline on firings to duban_api using (exists (select from deadlines d where d.id = deadline));
--> statement-breakpoint
create policy own_offices on not_reached to duban_api using (office = any ((select duban_list('duban.offices'))::text[]));
--> statement-breakpoint
-- Mail is seen by whom it went to, and by those in whose scope its reader works.
create policy own_or_below on mails to duban_api using (
  person = current_setting('duban.person', true)
  or exists (select from person_roles r
              where r.person = mails.person and r.office = any ((select duban_list('duban.offices'))::text[])));
--> statement-breakpoint
create policy with_mail_or_deadline on notifications to duban_api using (
  person = current_setting('duban.person', true)
  or exists (select from deadlines d where d.id = deadline)
  or exists (select from mails m where m.id = mail));
--> statement-breakpoint
-- An import holds rows of the whole county: only for a scope that holds the county itself.
create policy whole_county on imports to duban_api using (county = any ((select duban_list('duban.offices'))::text[]));
--> statement-breakpoint
create policy with_the_import on import_chunks to duban_api using (exists (select from imports i where i.id = import));
--> statement-breakpoint
create policy with_the_import on import_rows to duban_api using (exists (select from imports i where i.id = import));
--> statement-breakpoint
create policy with_the_import on import_errors to duban_api using (exists (select from imports i where i.id = import));
--> statement-breakpoint
create policy own_answers on idempotency_keys to duban_api using (actor = current_setting('duban.person', true))
  with check (actor = current_setting('duban.person', true));
--> statement-breakpoint
-- The trail is added to by all and read by those who audit the county.
create policy add on audit_events for insert to duban_api with check (true);
--> statement-breakpoint
create policy audit on audit_events for select to duban_api using (
  current_setting('duban.audit', true) = 'on' and (county is null or county = any ((select duban_list('duban.counties'))::text[])));
--> statement-breakpoint
create policy own_county on api_keys to duban_api using (
  exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.')))
  with check (exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.')));
--> statement-breakpoint
-- Two answers beyond the policies, by the owner's rights: by which rules a turn of one's own matter counts, even while it
-- stands behind a reviewer's deadline; and how many mails there are, for /metrics.
create function duban_policy_of(deadline text) returns text language sql stable security definer set search_path = public
  return (select policy from deadlines d where d.id = deadline);
--> statement-breakpoint
create function duban_mail_counts() returns table (state text, n bigint) language sql stable security definer set search_path = public
  as 'select state, count(*) from mails group by state';
--> statement-breakpoint
revoke execute on function duban_policy_of, duban_mail_counts from public;
--> statement-breakpoint
grant execute on function duban_policy_of, duban_mail_counts to duban_api, duban_worker;
--> statement-breakpoint
-- A key of the city or the province acts here too, and its name stands in the history; to end it is not for the county.
create policy from_above on api_keys for select to duban_api using (
  exists (select from unnest(duban_list('duban.counties')) county where county ^@ (office || '.')));
