-- The problems of single rows: where a change is settled its problem becomes another, a row that is not registered loses its
-- remarks, and the file of refused rows is written page by page.
create index import_errors_row on import_errors (import, "row");
