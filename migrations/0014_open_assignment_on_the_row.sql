-- An obligation carries its open assignment: which stage it is in, who holds it, and until when. Null when nobody holds it.
-- `assignments` stays the record; services/obligations/assignments.ts writes both in one transaction, and alone.
alter table "obligations" add column "stage" text;--> statement-breakpoint
alter table "obligations" add column "holder_office" text;--> statement-breakpoint
alter table "obligations" add column "holder_person" text;--> statement-breakpoint
alter table "obligations" add column "holder_due_at" timestamptz;--> statement-breakpoint
alter table "obligations" add column "holder_due_on" date;--> statement-breakpoint
-- A performer's assignment ended when its time was over. With the open one past its due instant this is "ever late".
alter table "obligations" add column "ended_late" boolean not null default false;--> statement-breakpoint
update obligations o set stage = a.stage, holder_office = a.office, holder_person = a.person, holder_due_at = a.due_at, holder_due_on = a.due_on
  from assignments a where a.obligation = o.id and a.ended_at is null;--> statement-breakpoint
update obligations o set ended_late = true
 where exists (select from assignments a where a.obligation = o.id and a.stage in ('perform','redo') and a.ended_at >= a.due_at);--> statement-breakpoint
alter table "obligations" add constraint "obligation_stage" check (stage in ('perform','review','redo'));--> statement-breakpoint
alter table "obligations" add constraint "holder_is_whole" check (num_nulls(stage, holder_office, holder_due_at, holder_due_on) in (0, 4));--> statement-breakpoint
-- What each index is for stands beside it in src/db/schema/obligations.ts.
create index "obligations_by_office_issue" on "obligations" ("office", "issued_at", "id");--> statement-breakpoint
create index "obligations_open_by_holder_due" on "obligations" ("county", "holder_due_at", "id") where stage is not null;--> statement-breakpoint
create index "obligations_open_by_office_holder_due" on "obligations" ("office", "holder_due_at", "id") where stage is not null;--> statement-breakpoint
create index "obligations_held_by_due" on "obligations" ("holder_office", "holder_due_at", "id") where stage is not null;--> statement-breakpoint
create index "obligations_performing_by_due" on "obligations" ("county", "due_at", "id") where stage in ('perform','redo');--> statement-breakpoint
create index "obligations_performing_by_office_due" on "obligations" ("office", "due_at", "id") where stage in ('perform','redo');--> statement-breakpoint
create index "obligations_in_review_by_due" on "obligations" ("county", "due_at", "id") where stage = 'review';--> statement-breakpoint
create index "obligations_in_review_by_office_due" on "obligations" ("office", "due_at", "id") where stage = 'review';--> statement-breakpoint
create index "deadlines_by_due" on "deadlines" ("due_at", "id");--> statement-breakpoint
-- Lists no longer read assignments.
drop index "assignments_open_by_due";--> statement-breakpoint
drop index "assignments_open_by_office";--> statement-breakpoint
-- The same offices as before, looked up by hash. As `= any (array)` every row compared up to hundreds of codes, and the planner,
-- who takes an unknown array for ten codes, believed that few rows of a county pass and read all of them to sort them.
alter policy own_offices on obligations using (office in (select unnest(duban_list('duban.offices'))));
