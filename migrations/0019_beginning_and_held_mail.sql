-- A year may begin in its middle: how each phase was begun that was past when the campaign was launched. Null for all others,
-- those of before among them. `due_on` is the day in force; what the plan fixed is kept where another day was set.
alter table "phases" add column "begun_as" text, add column "begun_word_of" text, add column "begun_by" text,
  add column "original_due_on" date;--> statement-breakpoint
alter table "phases"
  add constraint "phase_begun_as" check ("phases"."begun_as" in ('done-before','taken-over','late')),
  add constraint "phase_begun_whole" check (
    ("phases"."begun_as" is null) = ("phases"."begun_by" is null)
    and ("phases"."begun_as" is not distinct from 'done-before') = ("phases"."begun_word_of" is not null)
    and ("phases"."begun_as" is not distinct from 'taken-over') = ("phases"."original_due_on" is not null));--> statement-breakpoint
-- A county's mail is held while it prepares, until an administrator opens it; between the two the courier releases what was held.
-- The counties there are have long been sending.
alter table "counties" add column "mail_state" text not null default 'open';--> statement-breakpoint
alter table "counties" add constraint "county_mail_state" check ("counties"."mail_state" in ('preparing','opening','open'));--> statement-breakpoint
-- Whoever acts in a county asks for its mail to be opened, once, and changes nothing else of any county.
create function duban_open_mail(county text) returns boolean
  language sql volatile security definer set search_path = public
  as $$
    with opened as (
      update counties set mail_state = 'opening'
       where office = $1 and mail_state = 'preparing' and office = any (duban_list('duban.acting'))
      returning office)
    select exists (select from opened)
  $$;--> statement-breakpoint
revoke execute on function duban_open_mail from public;--> statement-breakpoint
grant execute on function duban_open_mail to duban_api;--> statement-breakpoint
-- For /readyz, which knows no actor and so sees no county.
create function duban_counties_preparing() returns bigint language sql stable security definer set search_path = public
  as 'select count(*) from counties where mail_state = ''preparing''';--> statement-breakpoint
revoke execute on function duban_counties_preparing from public;--> statement-breakpoint
grant execute on function duban_counties_preparing to duban_api, duban_worker;
