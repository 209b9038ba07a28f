-- An absence hands over all roles of a person, and whoever enters it sees those of their own county alone: by the owner's
-- rights it is asked which there are, so that nothing is handed over unseen.
create function duban_roles_of(person text) returns table (office text, role text)
  language sql stable security definer set search_path = public
  as 'select r.office, r.role from person_roles r where r.person = duban_roles_of.person';
--> statement-breakpoint
revoke execute on function duban_roles_of from public;
--> statement-breakpoint
grant execute on function duban_roles_of to duban_api;
