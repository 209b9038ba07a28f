-- Weekdays on which lines that can wait do not go to somebody: 0 is Sunday, 6 is Saturday. Nobody has every day from Monday to
-- Friday quiet, so that a line finds a morning. The release before knows no such column and goes on with nobody's days quiet.
ALTER TABLE "people" ADD COLUMN "quiet_days" smallint[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "quiet_days_leave_one" CHECK ("people"."quiet_days" <@ '{0,1,2,3,4,5,6}'::smallint[] and not "people"."quiet_days" @> '{1,2,3,4,5}'::smallint[]);
--> statement-breakpoint
-- How somebody is reached is kept by the gate, under the policies of accounts: in an administrator's counties alone, and
-- never by themselves (migrations/0006_people.sql).
grant update (name, email, phone, quiet_days) on people to duban_gate;
--> statement-breakpoint
-- Whoever has a role outside these counties too is not theirs to change: a new address would open the account elsewhere.
drop policy administers on people;
--> statement-breakpoint
create policy administers on people for update to duban_gate using (
  exists (select from person_roles r where r.person = people.id)
  and not exists (
    select from person_roles r where r.person = people.id and duban_administers(r.office, people.id) is not true));
