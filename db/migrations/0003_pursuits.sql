-- What we hope for: leads, their stages and scores, pipelines and deals.
create sequence leads_id_seq as bigint;
create table leads (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('leads_id_seq'),
  -- LEAD-nnn: counted up per company, never reused.
  number bigint not null,
  contact_id bigint not null,
  organization_id bigint,
  owner_user_id bigint,
  owner_name text,
  stage text not null default 'new',
  source text,
  need text,
  budget numeric(19, 4),
  budget_currency text,
  -- Where an ad or a page sent the person from, as the vendor told it.
  referral jsonb,
  custom jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  closed_at timestamptz(3),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint leads_company_id_number_key unique (company_id, number),
  constraint leads_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint leads_company_id_organization_id_fkey foreign key (company_id, organization_id)
    references organizations (company_id, id) on delete set null (organization_id),
  constraint leads_company_id_owner_user_id_fkey foreign key (company_id, owner_user_id)
    references memberships (company_id, user_id) on delete set null (owner_user_id),
  constraint leads_stage_check check (stage in
    ('new', 'contacted', 'nurture', 'qualified', 'sales_qualified', 'opportunity', 'customer', 'lost', 'junk'))
);
-- A person has at most one open lead; two messages at once cannot make two.
create unique index leads_company_id_contact_id_open_key on leads (company_id, contact_id) where closed_at is null and deleted_at is null;
create index leads_company_id_contact_id_idx on leads (company_id, contact_id);
create index leads_company_id_created_at_idx on leads (company_id, created_at desc, id desc) where deleted_at is null;
create index leads_company_id_stage_idx on leads (company_id, stage, created_at desc, id desc) where deleted_at is null;

create sequence lead_stage_changes_id_seq as bigint;
create table lead_stage_changes (
  company_id bigint not null,
  id bigint not null default nextval('lead_stage_changes_id_seq'),
  lead_id bigint not null,
  from_stage text,
  to_stage text not null,
  reason text,
  changed_by bigint,
  changed_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  constraint lead_stage_changes_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete cascade
);
create index lead_stage_changes_company_id_lead_id_idx on lead_stage_changes (company_id, lead_id, id desc);

-- One row per way of scoring and person: the latest result with its explanation. History is in the events.
create table lead_scores (
  company_id bigint not null,
  contact_id bigint not null,
  component text not null,
  score integer not null,
  band text,
  breakdown jsonb not null default '{}',
  reasons jsonb not null default '{}',
  confidence numeric(5, 4),
  computed_at timestamptz(3) not null default now(),
  primary key (company_id, contact_id, component),
  constraint lead_scores_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade
);

create sequence pipelines_id_seq as bigint;
create table pipelines (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('pipelines_id_seq'),
  name text not null,
  is_default boolean not null default false,
  position integer not null default 0,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  archived_at timestamptz(3),
  primary key (company_id, id)
);
create unique index pipelines_company_id_default_key on pipelines (company_id) where is_default;

create sequence pipeline_stages_id_seq as bigint;
create table pipeline_stages (
  company_id bigint not null,
  id bigint not null default nextval('pipeline_stages_id_seq'),
  pipeline_id bigint not null,
  name text not null,
  -- The stage in the six words that every pipeline shares.
  stage text not null,
  probability integer not null,
  position integer not null,
  primary key (company_id, id),
  constraint pipeline_stages_company_id_pipeline_id_fkey foreign key (company_id, pipeline_id)
    references pipelines (company_id, id) on delete cascade,
  constraint pipeline_stages_position_key unique (company_id, pipeline_id, position) deferrable initially immediate,
  constraint pipeline_stages_stage_check check (stage in
    ('prospecting', 'qualification', 'proposal', 'negotiation', 'closed_won', 'closed_lost')),
  constraint pipeline_stages_probability_check check (probability between 0 and 100)
);

create sequence deals_id_seq as bigint;
create table deals (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint not null default nextval('deals_id_seq'),
  contact_id bigint not null,
  organization_id bigint,
  lead_id bigint,
  pipeline_id bigint not null,
  stage_id bigint not null,
  -- Of stage_id, repeated because lists filter and sort by it.
  stage text not null,
  title text not null,
  description text,
  value numeric(19, 4) not null default 0,
  currency text not null,
  probability integer not null,
  expected_close_on date,
  owner_user_id bigint,
  -- What made it by itself, so that it is made once: "intake:lead:12".
  origin_key text,
  custom jsonb not null default '{}',
  lost_reason text,
  closed_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  deleted_at timestamptz(3),
  primary key (company_id, id),
  constraint deals_company_id_contact_id_fkey foreign key (company_id, contact_id)
    references contacts (company_id, id) on delete cascade,
  constraint deals_company_id_organization_id_fkey foreign key (company_id, organization_id)
    references organizations (company_id, id) on delete set null (organization_id),
  constraint deals_company_id_lead_id_fkey foreign key (company_id, lead_id)
    references leads (company_id, id) on delete set null (lead_id),
  constraint deals_company_id_pipeline_id_fkey foreign key (company_id, pipeline_id) references pipelines (company_id, id),
  constraint deals_company_id_stage_id_fkey foreign key (company_id, stage_id) references pipeline_stages (company_id, id),
  constraint deals_company_id_owner_user_id_fkey foreign key (company_id, owner_user_id)
    references memberships (company_id, user_id) on delete set null (owner_user_id),
  constraint deals_stage_check check (stage in
    ('prospecting', 'qualification', 'proposal', 'negotiation', 'closed_won', 'closed_lost')),
  constraint deals_probability_check check (probability between 0 and 100),
  constraint deals_value_check check (value >= 0)
);
create unique index deals_company_id_origin_key_key on deals (company_id, origin_key) where origin_key is not null;
-- All deals, newest first.
create index deals_company_id_created_at_idx on deals (company_id, created_at desc, id desc) where deleted_at is null;
-- One stage, newest first.
create index deals_company_id_stage_idx on deals (company_id, stage, created_at desc, id desc) where deleted_at is null;
-- One person's deals.
create index deals_company_id_contact_id_idx on deals (company_id, contact_id, created_at desc, id desc) where deleted_at is null;
-- A pipeline's board.
create index deals_company_id_pipeline_id_idx on deals (company_id, pipeline_id, stage_id, created_at desc, id desc) where deleted_at is null;
-- Search by any part of the texts.
create index deals_text_trgm_idx on deals using gin (company_id, title gin_trgm_ops, description gin_trgm_ops) where deleted_at is null;
-- Foreign keys of rows that may go.
create index deals_company_id_lead_id_idx on deals (company_id, lead_id) where lead_id is not null;
create index deals_company_id_organization_id_idx on deals (company_id, organization_id) where organization_id is not null;
