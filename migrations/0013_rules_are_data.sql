-- Rules are data: a rule has a label, a deadline says what it is a deadline of, and a moment is written as data beside its
-- name. Names and codes are read here once, for the rows of before; no code reads them any more.
-- Columns are renamed: the previous release must be stopped first.
alter table "assignments" rename column "turn" to "stage";--> statement-breakpoint
alter table "assignments" rename constraint "assignment_turn" to "assignment_stage";--> statement-breakpoint
alter table "firings" rename column "told" to "notified_count";--> statement-breakpoint
alter table "firings" rename column "members" to "open_count";--> statement-breakpoint
-- The words of src/domain/obligation/vocabulary.ts as they stand at this migration.
create function pg_temp.duban_kind(kind text) returns text language sql immutable as $$
  select '{"launch": "启动部署", "comparison": "数据比对", "screening": "全面排查", "warning": "预警核查", "rectification": "问题整改",
           "follow-up": "救助落实", "monitoring-visit": "监测走访", "spot-check": "县级抽查", "report": "报表报送"}'::jsonb ->> kind
$$;--> statement-breakpoint
create function pg_temp.duban_level(level text) returns text language sql immutable as $$
  select coalesce('{"red": "红色", "orange": "橙色", "yellow": "黄色"}'::jsonb ->> level, '')
$$;--> statement-breakpoint
-- A rule is called by its kind, level and stage; for the rules of the example these are the very labels of before.
create function pg_temp.duban_rule_label(rule jsonb) returns text language sql immutable as $$
  select case
    when rule ->> 'turn' = 'review' then '复核'
    else pg_temp.duban_level(rule ->> 'level')
      || case when jsonb_array_length(rule -> 'kinds') > 1 then '阶段工作' else pg_temp.duban_kind(rule -> 'kinds' ->> 0) end
      || case when rule ->> 'turn' = 'redo' then '(重办)' else '' end
    end
$$;--> statement-breakpoint
update "policies" p set rules = (
  select jsonb_agg((r.rule - 'turn') || jsonb_build_object('stage', r.rule -> 'turn', 'label', pg_temp.duban_rule_label(r.rule)) order by r.n)
    from jsonb_array_elements(p.rules) with ordinality as r(rule, n));--> statement-breakpoint
-- What a deadline is a deadline of.
alter table "deadlines" add column "kind" text, add column "level" text, add column "stage" text, add column "label" text;--> statement-breakpoint
-- A deadline of before may hold several kinds or levels: its kind is that of its first assignment, its level is empty unless all
-- have the same, and it goes on under the label of its rule. Where all are alike it is called as a new one would be.
update "deadlines" d
   set kind = held.kind, level = held.level, stage = held.rule ->> 'stage',
       label = case
         when jsonb_array_length(held.rule -> 'kinds') = 1 or not held.alike then held.rule ->> 'label'
         else pg_temp.duban_level(held.level) || pg_temp.duban_kind(held.kind)
           || case held.rule ->> 'stage' when 'review' then '(复核)' when 'redo' then '(重办)' else '' end
         end
  from (select x.id, x.rule, coalesce(a.kind, x.rule -> 'kinds' ->> 0) as kind, a.level, coalesce(a.alike, false) as alike
          from (select e.id, r.rule from deadlines e
                  join policies p on p.id = e.policy
                  join lateral jsonb_array_elements(p.rules) as r(rule) on r.rule ->> 'code' = e.rule) x
          left join (select b.deadline, (array_agg(o.kind order by b.started_at, b.id))[1] as kind,
                            case when count(distinct coalesce(o.level, '-')) = 1 then min(o.level) end as level,
                            count(distinct o.kind) = 1 and count(distinct coalesce(o.level, '-')) = 1 as alike
                       from assignments b join obligations o on o.id = b.obligation group by b.deadline) a on a.deadline = x.id) held
 where held.id = d.id;--> statement-breakpoint
-- What joins later finds them under the key it computes (src/services/obligations/assignments.ts).
update "deadlines" set key = concat_ws('|', office, (extract(epoch from due_at) * 1000)::bigint, rule, policy, kind, coalesce(level, '-'), obligation);--> statement-breakpoint
alter table "deadlines"
  alter column "kind" set not null, alter column "stage" set not null, alter column "label" set not null,
  add constraint "deadline_level" check ("deadlines"."level" in ('red','orange','yellow')),
  add constraint "deadline_stage" check ("deadlines"."stage" in ('perform','review','redo'));--> statement-breakpoint
-- The moment as data (src/domain/escalation/moment-form.ts). `moment` stays the key of a firing.
create function pg_temp.duban_moment(name text) returns jsonb language sql immutable as $$
  select case
    when name = 'assigned' then '{"series": "assigned"}'::jsonb
    when name = 'due-day' then '{"series": "due-day"}'::jsonb
    when name ~ '^remind-\d+wd$' then jsonb_build_object('series', 'before', 'workingDays', substring(name from '\d+')::int)
    when name ~ '^due-day-\d{4}$' then jsonb_build_object('series', 'due-day', 'time', substring(name from 9 for 2) || ':' || substring(name from 11))
    when name ~ '^rung-\d+$' then jsonb_build_object('series', 'rung', 'n', substring(name from '\d+')::int)
    when name ~ '^repeat-\d+$' then jsonb_build_object('series', 'repeat', 'n', substring(name from '\d+')::int)
    when name ~ '^join-\d+$' then jsonb_build_object('series', 'joined', 'n', substring(name from '\d+')::int)
  end
$$;--> statement-breakpoint
alter table "firings" add column "moment_form" jsonb;--> statement-breakpoint
update "firings" set moment_form = pg_temp.duban_moment(moment);--> statement-breakpoint
alter table "firings" alter column "moment_form" set not null;--> statement-breakpoint
-- `undelivered_to`: whose mail did not arrive, so that this person is told in their place.
alter table "notifications" add column "moment" text, add column "moment_form" jsonb, add column "undelivered_to" text;--> statement-breakpoint
update "notifications" n
   set moment = split_part(n.cause, '/', 2), moment_form = pg_temp.duban_moment(split_part(n.cause, '/', 2)),
       undelivered_to = (select r.person from not_reached r
                          where r.cause = n.cause and r.reason = 'undeliverable' order by r.id limit 1)
 where n.deadline is not null;--> statement-breakpoint
alter table "notifications"
  add constraint "notifications_undelivered_to_people_id_fk" foreign key ("undelivered_to") references "public"."people"("id") on delete no action on update no action,
  add constraint "notification_moment" check (("notifications"."moment" is null) = ("notifications"."moment_form" is null)
    and ("notifications"."moment" is null or "notifications"."deadline" is not null));
