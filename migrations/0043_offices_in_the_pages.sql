-- Offices are kept by a county's administrators as accounts are (0006): by the gate, below the counties that the transaction
-- names. The bureau itself is never removed, and nothing that is used by anything (foreign keys).
create function duban_lies_in_county(office text) returns boolean language sql stable parallel safe
  return exists (select from unnest(duban_list('duban.counties')) county where office = county or office ^@ (county || '.'));
--> statement-breakpoint
create function duban_lies_below_county(office text) returns boolean language sql stable parallel safe
  return exists (select from unnest(duban_list('duban.counties')) county where office ^@ (county || '.'));
--> statement-breakpoint
grant insert, delete on offices to duban_gate;--> statement-breakpoint
grant update (name, duties) on offices to duban_gate;--> statement-breakpoint
drop policy gate on offices;--> statement-breakpoint
create policy reads on offices for select to duban_gate using (true);--> statement-breakpoint
create policy adds on offices for insert to duban_gate with check (duban_lies_below_county(code));--> statement-breakpoint
create policy administers on offices for update to duban_gate using (duban_lies_in_county(code));--> statement-breakpoint
create policy removes on offices for delete to duban_gate using (duban_lies_below_county(code));--> statement-breakpoint
-- The gate sees neither campaigns nor files, and has to know what of an office they need: by the owner's rights, for the offices that the
-- transaction may change. What no other office of the county does is needed while a phase has yet to open whose work goes to it, and the
-- supervision as long as the year runs: checks and reviews go to it.
create function duban_needed_duties(given text) returns setof text
  language sql stable security definer set search_path = public
  as $$
    select distinct d.duty
      from offices o cross join lateral jsonb_array_elements_text(o.duties) d(duty)
      join campaigns c on o.code = c.county or o.code ^@ (c.county || '.')
     where o.code = given and duban_lies_in_county(o.code) and c.state <> 'closed'
       and not exists (select from offices x where x.code <> o.code and x.duties ? d.duty
                          and (x.code = c.county or x.code ^@ (c.county || '.')))
       and (d.duty = 'supervision' or exists (
             select from phases p cross join lateral jsonb_array_elements(p.items) i(item)
              where p.campaign = c.id and p.opened_at is null and i.item -> 'owner' ->> 'duty' = d.duty))
  $$;--> statement-breakpoint
revoke execute on function duban_needed_duties from public;--> statement-breakpoint
grant execute on function duban_needed_duties to duban_gate;--> statement-breakpoint
-- Rows that were read and not registered yet name offices without a foreign key.
create function duban_named_in_file(given text) returns boolean
  language sql stable security definer set search_path = public
  as $$ select duban_lies_in_county(given) and exists (select from import_rows r where r.office = given) $$;--> statement-breakpoint
revoke execute on function duban_named_in_file from public;--> statement-breakpoint
grant execute on function duban_named_in_file to duban_gate;
