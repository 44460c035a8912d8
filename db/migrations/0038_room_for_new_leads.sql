-- A newcomer's lead counts its first task in the transaction that makes both. Versions of one transaction make no room for each other, so
-- at 85 eight of ten such leads went to another page and into all of their indexes anew (2,000 people: PostgreSQL 1,041 → 951 µs a person).
alter table leads set (fillfactor = 50);
