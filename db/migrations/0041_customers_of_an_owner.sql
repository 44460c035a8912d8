-- All of one owner's customers, newest people first.
create index customer_records_owner_idx on customer_records (company_id, owner_user_id, contact_id desc) where owner_user_id is not null;
