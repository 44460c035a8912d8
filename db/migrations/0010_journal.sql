-- Following the journal: live updates and outbound webhooks.

-- A follower reads on from (transaction_id, id), over all companies at once; both only grow, so that an insert touches the last page.
create index events_transaction_id_idx on events (transaction_id, id);

-- How far a shared follower has read: everything before (transaction_id, event_id). Instance-wide, like the order it follows.
create table journal_cursors (
  name text primary key,
  transaction_id xid8 not null,
  event_id bigint not null default 0,
  moved_at timestamptz(3) not null default now()
);
-- Webhooks tell of what happens from now on.
insert into journal_cursors (name, transaction_id) values ('webhooks', pg_snapshot_xmin(pg_current_snapshot()));

alter table webhook_endpoints
  add column description text not null default '',
  add column paused_at timestamptz(3),
  -- The first failure since the last success; five days of it disable the endpoint.
  add column failing_since timestamptz(3),
  -- The receiver asked for a rest (429, 502, 504): nothing is sent before.
  add column resting_until timestamptz(3),
  add column last_delivered_at timestamptz(3),
  add column created_by bigint,
  add column version integer not null default 1,
  add column updated_at timestamptz(3) not null default now(),
  add column deleted_at timestamptz(3);

alter table webhook_deliveries
  -- Attempts since it was queued or replayed; `attempts` counts all of them.
  add column tries integer not null default 0,
  -- The last attempts: when, how long, what came back.
  add column attempt_log jsonb not null default '[]';

drop index webhook_deliveries_due_idx;
-- The queue, endpoint by endpoint: a backlog of one is never read through on the way to another's.
create index webhook_deliveries_queue_idx on webhook_deliveries (company_id, endpoint_id, next_attempt_at, id) where state = 'queued';
-- The delivery log of an endpoint, newest first.
create index webhook_deliveries_log_idx on webhook_deliveries (company_id, endpoint_id, id desc);
-- The same, of what is not delivered: a few among very many.
create index webhook_deliveries_open_idx on webhook_deliveries (company_id, endpoint_id, state, id desc) where state <> 'delivered';
-- What the sweep drops.
create index webhook_deliveries_created_at_idx on webhook_deliveries (created_at);
-- Rows are written three times and then rest, so the dead ones of the queue must go soon.
alter table webhook_deliveries set (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 80);
