import type pg from "pg";

type Index = { name: string; definition: string };

/**
 * Runs the work with the tables' secondary indexes taken away and builds them afterwards: a million trigram entries one by one
 * take ten times as long as one build. Only for a database that serves nobody.
 */
export async function withoutIndexes(client: pg.Client, tables: string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<Index>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i left join pg_constraint k on k.conindid = i.indexrelid
     where i.indrelid = any($1::regclass[]) and k.oid is null`,
    [tables],
  );
  for (const index of rows) await client.query(`drop index ${index.name}`);
  await work();
  await client.query("set maintenance_work_mem = '1GB'");
  for (const index of rows) await client.query(index.definition);
  await client.query("reset maintenance_work_mem");
}

/** The same for exclusion constraints: a million rows into their GiST index one by one take four times as long as one build. */
export async function withoutExclusions(client: pg.Client, tables: string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<Index & { table: string }>(
    `select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'x' and conrelid = any($1::regclass[])`,
    [tables],
  );
  for (const { name, table } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  await work();
  await client.query("set maintenance_work_mem = '1GB'");
  for (const { name, table, definition } of rows)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  await client.query("reset maintenance_work_mem");
}
