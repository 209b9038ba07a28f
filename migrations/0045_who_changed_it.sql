-- Whoever is refused because somebody else was faster (412) is told who it was and when: by the trail, which most may not read
-- (0002), so by the owner's rights and of the counties that the transaction names alone. `about` is what the trail has for the subject,
-- or null for what it names in its detail: an office; `part` is what the detail has to hold. `deeds` are the actions that change such a
-- thing, `many` (or null) those that change many at once: both are regular expressions. Where one of `many` came last, nobody is named,
-- nor where it was somebody without a name. A conflict is of the same hour, so the last events are enough where the
-- subject does not find them, and need no index.
create function duban_who_changed(about text, part jsonb, deeds text, many text)
  returns table (by text, at timestamptz)
  language sql stable security definer set search_path = public
  as $$
    with latest as (
      select * from audit_events where about is null or many is not null order by id desc limit 2000
    ), newest as (
      select e.*
        from (select * from audit_events where subject = about
              union all
              select * from latest) e
       where e.outcome = 'done' and e.county = any ((select duban_list('duban.counties'))::text[])
         and ((e.action ~ deeds and (e.subject = about or about is null) and e.detail @> part)
              or (e.action ~ many and not e.detail @> '{"dryRun": true}'))
       order by e.id desc limit 1
    )
    select coalesce(p.name, k.name), n.at_wall
      from newest n
      left join people p on p.id = n.actor
      left join api_keys k on k.id = n.actor
     where n.action ~ deeds and coalesce(p.name, k.name) is not null
  $$;--> statement-breakpoint
revoke execute on function duban_who_changed from public;--> statement-breakpoint
grant execute on function duban_who_changed to duban_api, duban_gate;
