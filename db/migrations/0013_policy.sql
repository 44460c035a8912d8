-- What the send policy asks of a company: its quiet hours and caps, and its own prices.
create table send_settings (
  company_id bigint primary key references companies (id) on delete cascade,
  -- Local times of the person, "20:00"; both null: no quiet hours. Past midnight where the end is not after the start.
  quiet_from text default '20:00',
  quiet_to text default '08:00',
  -- Quiet all day long, 1 Monday to 7 Sunday.
  quiet_weekdays smallint[] not null default '{}',
  marketing_per_week integer not null default 3,
  business_initiated_per_day integer not null default 6,
  require_marketing_consent boolean not null default false,
  -- How long an unanswered call to a vendor waits for a status before it may be repeated.
  unknown_wait_seconds integer not null default 900,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  constraint send_settings_quiet_check check (
    (quiet_from is null) = (quiet_to is null) and quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$' and quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  constraint send_settings_quiet_weekdays_check check (quiet_weekdays <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality(quiet_weekdays) < 7),
  constraint send_settings_caps_check check (marketing_per_week between 0 and 50 and business_initiated_per_day between 1 and 50),
  constraint send_settings_unknown_wait_seconds_check check (unknown_wait_seconds between 60 and 86400)
);

-- The company's own contract, before the prices shipped with the product. Of several dates the newest that has come counts.
create table message_prices (
  company_id bigint not null references companies (id) on delete cascade,
  -- Two letters of a country, a region's word (rest_of_latin_america), or *.
  market text not null,
  category text not null,
  valid_from_on date not null,
  currency text not null,
  amount numeric(12, 6) not null,
  primary key (company_id, market, category, valid_from_on),
  constraint message_prices_category_check check (category in ('service', 'utility', 'marketing', 'authentication')),
  constraint message_prices_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint message_prices_amount_check check (amount >= 0)
);

-- The portfolio's tier counts people by when a vendor was really called, which may be days after the message was written.
create index outbound_sends_called_outside_window_idx on outbound_sends (company_id, channel_account_id, called_at, contact_id)
  where outside_window and called_at is not null;
