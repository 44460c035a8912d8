-- How often the vendor has refused this send, by class of refusal: what one class has cost takes no try of another away.
alter table outbound_sends add column refusals jsonb not null default '{}';
