-- Who sees whose people. A role without a row sees everybody and every number, as all roles did before.
create table role_reaches (
  company_id bigint not null references companies (id) on delete cascade,
  role text not null,
  people text not null default 'all',
  -- Beside their own, whether people that nobody owns are seen: a team without a dispatcher picks its work from them.
  sees_unowned boolean not null default false,
  phones text not null default 'full',
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  constraint role_reaches_pkey primary key (company_id, role),
  -- An admin who could not see could not mend it.
  constraint role_reaches_role_check check (role in ('manager', 'salesperson', 'secretariat')),
  constraint role_reaches_people_check check (people in ('own', 'team', 'all')),
  constraint role_reaches_phones_check check (phones in ('full', 'masked'))
);

create table teams (
  company_id bigint not null references companies (id) on delete cascade,
  id bigint generated always as identity,
  name text not null,
  -- The folded name.
  name_key text not null,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  constraint teams_pkey primary key (company_id, id),
  constraint teams_company_id_name_key_key unique (company_id, name_key)
);

create table team_members (
  company_id bigint not null,
  team_id bigint not null,
  user_id bigint not null,
  constraint team_members_pkey primary key (company_id, team_id, user_id),
  constraint team_members_company_id_team_id_fkey foreign key (company_id, team_id) references teams (company_id, id) on delete cascade,
  constraint team_members_company_id_user_id_fkey foreign key (company_id, user_id) references memberships (company_id, user_id) on delete cascade
);
-- One member's teams: asked with each caller's state.
create index team_members_company_id_user_id_idx on team_members (company_id, user_id);

-- One member's people, best lead first. Deleted ones too: what hangs on people (deals, messages) is sought by their owner whether or not
-- they were put away, and finds no use in an index of the living.
drop index contacts_company_id_owner_user_id_idx;
create index contacts_company_id_owner_user_id_idx on contacts (company_id, owner_user_id, lead_score desc, id desc)
  where owner_user_id is not null;
