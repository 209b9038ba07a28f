-- A key is made known to every process before it seals ('next'), and one key of each purpose is in force at a time.
ALTER TABLE "data_keys" DROP CONSTRAINT "data_key_state";--> statement-breakpoint
CREATE UNIQUE INDEX "data_keys_one_active" ON "data_keys" USING btree ("purpose") WHERE state = 'active';--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_key_state" CHECK ("data_keys"."state" in ('next','active','retiring','retired'));--> statement-breakpoint
-- A process that slept through a whole rotation still holds the old key in its memory. What it sealed under a key that was
-- destroyed meanwhile could never be opened again: it is refused. Arguments: the columns that name a key.
create function duban_key_in_force() returns trigger language plpgsql as $$
declare
  columns text := (select string_agg(format('n.%I', name), ', ') from unnest(tg_argv) name);
  destroyed text;
begin
  execute format('select k.id from data_keys k where k.state = ''retired'' and exists (select from fresh n where k.id in (%s)) limit 1', columns)
    into destroyed;
  if destroyed is not null then
    raise exception 'key % was retired', destroyed using errcode = 'object_not_in_prerequisite_state';
  end if;
  return null;
end
$$;
--> statement-breakpoint
do $$
declare
  place text[];
  event text;
begin
  foreach place slice 1 in array array[
    ['subjects', '''key_id'', ''index_key_id'''],
    ['import_rows', '''key_id'', ''index_key_id'''],
    ['import_chunks', '''key_id'''],
    ['events', '''key_id'''],
    ['reveals', '''key_id'''],
    ['credentials', '''totp_key_id''']
  ] loop
    -- A trigger with a table of the new rows stands for one kind of statement.
    foreach event in array array['insert', 'update'] loop
      execute format('create trigger %I after %s on %I referencing new table as fresh for each statement execute function duban_key_in_force(%s)',
                     'key_in_force_' || event, event, place[1], place[2]);
    end loop;
  end loop;
end
$$;
