-- Forms on a company's own pages that become leads.
create sequence lead_forms_id_seq as bigint;
create table lead_forms (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('lead_forms_id_seq'),
  -- In the form's public address.
  key text not null,
  name text not null,
  -- [{name, label, target, required}]
  fields jsonb not null,
  -- What a person agrees to; kept with each submission as it stood.
  consent_text text not null default '',
  consent_required boolean not null default false,
  thanks_text text not null default '',
  redirect_url text,
  source text not null,
  owner_user_id bigint,
  tags text[] not null default '{}',
  submissions_per_hour integer not null default 600,
  active boolean not null default true,
  version integer not null default 1,
  created_by bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint lead_forms_company_id_owner_user_id_fkey foreign key (company_id, owner_user_id)
    references memberships (company_id, user_id) on delete set null (owner_user_id)
);
-- A submission carries only the key; it leads to the company.
create unique index lead_forms_key_key on lead_forms (key);

create sequence form_submissions_id_seq as bigint;
create table form_submissions (
  company_id bigint not null,
  id bigint not null default nextval('form_submissions_id_seq'),
  form_id bigint not null,
  contact_id bigint,
  lead_id bigint,
  -- As they were typed, by the fields' names.
  values jsonb not null,
  consented boolean not null default false,
  consent_text text not null default '',
  -- new: a person we did not know; known: one we did; spam: the field that people do not see was filled in.
  outcome text not null,
  address text,
  user_agent text,
  -- The same again within minutes is a second click.
  fingerprint bytea not null,
  submitted_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint form_submissions_company_id_form_id_fkey foreign key (company_id, form_id)
    references lead_forms (company_id, id) on delete cascade,
  constraint form_submissions_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint form_submissions_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete set null (lead_id),
  constraint form_submissions_outcome_check check (outcome in ('new', 'known', 'spam'))
);
-- A form's submissions, newest first; second clicks are looked for at its beginning.
create index form_submissions_company_id_form_id_idx on form_submissions (company_id, form_id, submitted_at desc, id desc);
-- Foreign keys of people and leads who may go.
create index form_submissions_company_id_contact_id_idx on form_submissions (company_id, contact_id) where contact_id is not null;
create index form_submissions_company_id_lead_id_idx on form_submissions (company_id, lead_id) where lead_id is not null;
