import { sql } from "kysely";
import { foldText } from "../../../shared/fold-text.ts";
import { prepared } from "../../db/prepared.ts";
import { requireRole } from "../accounts/permissions.ts";
import { forgetPrincipals } from "../accounts/principal-generation.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getTeam, type Team } from "./team.ts";

const mostMembers = 500;

export type NewTeam = { name: string; memberIds?: number[] };

export async function createTeam(ctx: Ctx, input: NewTeam): Promise<Team> {
  requireRole(ctx, "admin");
  return changing(ctx, async (tx) => {
    const name = checkedName(input.name);
    const row = await tx.tx.first(
      insertTeam({ companyId: tx.companyId, name, nameKey: foldText(name), now: nowOf(tx) }),
    );
    if (!row) throw duplicateTeam();
    await setMembers(tx, row.id, input.memberIds ?? []);
    const team = await getTeam(tx, row.id);
    const after = { name, memberIds: team.memberIds };
    await recordEvent(tx, { type: "team.created", subject: { kind: "team", id: team.id }, after });
    return team;
  });
}

/** Only what is given changes; the members are given whole. */
export async function updateTeam(
  ctx: Ctx,
  teamId: number,
  patch: Partial<NewTeam>,
  options: { ifVersion?: number } = {},
): Promise<Team> {
  requireRole(ctx, "admin");
  return changing(ctx, async (tx) => {
    const before = await lockTeam(tx, teamId);
    requireVersion("team", before.version, options.ifVersion);
    const name = patch.name === undefined ? before.name : checkedName(patch.name);
    if (patch.memberIds !== undefined) await setMembers(tx, teamId, patch.memberIds);
    const memberIds = (await getTeam(tx, teamId)).memberIds;
    const change = changedFields({ name: before.name, memberIds: before.memberIds }, { name, memberIds });
    if (!change) return before;
    const row = { companyId: tx.companyId, teamId, name, nameKey: foldText(name), now: nowOf(tx) };
    await tx.tx.run(writeTeam(row)).catch(duplicateWhereTaken);
    await recordEvent(tx, { type: "team.updated", subject: { kind: "team", id: teamId }, ...change });
    return getTeam(tx, teamId);
  });
}

/** Its members see each other's people no more, unless by another team. */
export async function deleteTeam(ctx: Ctx, teamId: number): Promise<void> {
  requireRole(ctx, "admin");
  await changing(ctx, async (tx) => {
    const { name, memberIds } = await lockTeam(tx, teamId);
    await tx.tx.run(removeTeam({ companyId: tx.companyId, teamId }));
    const before = { name, memberIds };
    await recordEvent(tx, { type: "team.deleted", subject: { kind: "team", id: teamId }, before });
  });
}

async function changing<Result>(ctx: Ctx, work: (tx: TxCtx) => Promise<Result>): Promise<Result> {
  const result = await ctx.transact(work);
  forgetPrincipals();
  return result;
}

async function lockTeam(tx: TxCtx, teamId: number): Promise<Team> {
  const row = await tx.tx.first(teamForUpdate({ companyId: tx.companyId, teamId }));
  if (!row) throw notFound("team", teamId);
  return getTeam(tx, teamId);
}

async function setMembers(tx: TxCtx, teamId: number, memberIds: number[]): Promise<void> {
  const wanted = [...new Set(memberIds)];
  if (wanted.length > mostMembers) throw invalid("memberIds", `a team has at most ${mostMembers} members`);
  const args = { companyId: tx.companyId, teamId, memberIds: wanted };
  await tx.tx.run(removeOthers(args));
  await tx.tx.run(addMembers(args));
  const { memberIds: now } = await getTeam(tx, teamId);
  if (now.length < wanted.length) throw invalid("memberIds", "There is no such user.");
}

function checkedName(written: string): string {
  const name = written.trim();
  if (name === "" || name.length > 100) throw invalid("name", "name must be a text of 1 to 100 characters");
  return name;
}

function nowOf(tx: TxCtx): string {
  return tx.now().toISOString();
}

function duplicateTeam(): DomainError {
  return new DomainError({ kind: "duplicate", entity: "team", message: "A team of this name exists already." });
}

function duplicateWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  throw constraint === "teams_company_id_name_key_key" ? duplicateTeam() : error;
}

const insertTeam = prepared<{ companyId: number; name: string; nameKey: string; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into teams (company_id, name, name_key, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("nameKey")}::text, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, name_key) do nothing returning id`,
);

const teamForUpdate = prepared<{ companyId: number; teamId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from teams where company_id = ${arg("companyId")}::bigint and id = ${arg("teamId")}::bigint for update`,
);

const writeTeam = prepared<{ companyId: number; teamId: number; name: string; nameKey: string; now: string }>()(
  (_db, arg) => sql<never>`
    update teams set name = ${arg("name")}::text, name_key = ${arg("nameKey")}::text, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("teamId")}::bigint`,
);

const removeTeam = prepared<{ companyId: number; teamId: number }>()(
  (_db, arg) => sql<never>`
    delete from teams where company_id = ${arg("companyId")}::bigint and id = ${arg("teamId")}::bigint`,
);

const removeOthers = prepared<{ companyId: number; teamId: number; memberIds: number[] }>()(
  (_db, arg) => sql<never>`
    delete from team_members where company_id = ${arg("companyId")}::bigint and team_id = ${arg("teamId")}::bigint
      and not (user_id = any(${arg("memberIds")}::bigint[]))`,
);

const addMembers = prepared<{ companyId: number; teamId: number; memberIds: number[] }>()(
  (_db, arg) => sql<never>`
    insert into team_members (company_id, team_id, user_id)
    select m.company_id, ${arg("teamId")}::bigint, m.user_id from memberships m
    where m.company_id = ${arg("companyId")}::bigint and m.user_id = any(${arg("memberIds")}::bigint[])
    on conflict (company_id, team_id, user_id) do nothing`,
);
