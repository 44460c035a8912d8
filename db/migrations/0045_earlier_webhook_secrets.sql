-- Every earlier secret signs to the end of its own day: [{"sealed", "until"}], the youngest first. One place for one would let a second
-- rotation, or a repeated one whose answer was lost, end the secret that the receiver still uses.
alter table webhook_endpoints add column earlier_secrets jsonb not null default '[]';

update webhook_endpoints
set earlier_secrets = jsonb_build_array(jsonb_build_object('sealed', previous_secret_sealed, 'until', previous_secret_until))
where previous_secret_sealed is not null and previous_secret_until is not null;

alter table webhook_endpoints drop column previous_secret_sealed, drop column previous_secret_until;
