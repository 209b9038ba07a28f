-- Whoever is refused because somebody else was faster (412) is told who it was and when: by the trail, which most may not read
-- (0002), so by the owner's rights and of the counties that the transaction names alone. `about` is what the trail has for the subject,
-- or null for what it names in its detail: an office. A conflict is of the same hour, so the last events are enough there, and
-- need no index. `part` is what the detail has to hold.
create function duban_who_changed(about text, part jsonb) returns table (by text, at timestamptz)
  language sql stable security definer set search_path = public
  as $$
    select coalesce(p.name, e.actor), e.at_wall
      from (select * from audit_events where subject = about
            union all
            select * from (select * from audit_events where about is null order by id desc limit 2000) latest) e
      left join people p on p.id = e.actor
     where e.outcome = 'done' and e.detail @> part and e.action !~ 'reveal|preview|test-mail|^GET '
       and e.county = any ((select duban_list('duban.counties'))::text[])
     order by e.id desc limit 1
  $$;--> statement-breakpoint
revoke execute on function duban_who_changed from public;--> statement-breakpoint
grant execute on function duban_who_changed to duban_api, duban_gate;
