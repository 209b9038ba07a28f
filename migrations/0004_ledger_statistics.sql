-- Nothing else counts rows before their transaction ends. With statistics from before, the check of a foreign key may go
-- through a whole index that only ends in the id. The lock it takes also keeps a vacuum from counting "no rows" meanwhile.
create function duban_count_ledger() returns void language plpgsql security definer set search_path = public as $$
begin
  analyze obligations, deadlines;
end
$$;
--> statement-breakpoint
revoke execute on function duban_count_ledger from public;
--> statement-breakpoint
grant execute on function duban_count_ledger to duban_worker;
