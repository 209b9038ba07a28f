-- A household is sealed for the obligation it belongs to, in staging already: the obligation has its id from there.
alter table "import_rows" add column "obligation" text;--> statement-breakpoint
update "import_rows" set "obligation" = 'ob_' || replace(gen_random_uuid()::text, '-', '');--> statement-breakpoint
alter table "import_rows" alter column "obligation" set not null;
