-- Offices are kept by a county's administrators as accounts are (0006): by the gate, below the counties that the transaction
-- names. The bureau itself is named anew only; what is used by anything cannot be removed (foreign keys).
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
create policy removes on offices for delete to duban_gate using (duban_lies_below_county(code));
