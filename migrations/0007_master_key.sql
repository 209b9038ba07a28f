-- What was derived from the master key becomes keys of their own the first time it is replaced: the keys of the trail's seals
-- ('trail': all of them in one value, so that none can be left out), and the one of a row's content ('content').
ALTER TABLE "data_keys" DROP CONSTRAINT "data_key_purpose";--> statement-breakpoint
ALTER TABLE "data_keys" ADD CONSTRAINT "data_key_purpose" CHECK ("data_keys"."purpose" in ('data','index','content','trail'));
