-- Whose turn it is: what an office holds now, on the first page of its people and in the list.
CREATE INDEX "assignments_open_by_office" ON "assignments" USING btree ("office") WHERE ended_at is null;
