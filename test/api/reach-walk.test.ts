import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { describe, expect, test } from "vitest";
import { createSession } from "../../server/domain/accounts/session.ts";
import { enterCompany } from "../../server/domain/accounts/signed-in.ts";
import type { Role } from "../../server/domain/context.ts";
import { changeRoleReach } from "../../server/domain/reach/role-reach.ts";
import { objectOf } from "../../shared/json.ts";
import { memberOf } from "../factories/people.ts";
import { type Walked, walkedCompany } from "../factories/walked-company.ts";
import { type RegisteredRoute, registeredRoutes } from "../harness/registered-routes.ts";
import { rows } from "../harness/rows.ts";
import { sampleOf } from "../harness/sample-body.ts";
import { testApp } from "../harness/test-app.ts";
import { documentedPath, entityOf, isAnonymous, isEndless, isOwn, mayCall, ofPerson } from "./route-rules.ts";

const world = await testApp();
const { app, db, ctx } = world;

const routes = registeredRoutes(app).filter((route) => !isAnonymous(route) && !isEndless(route));
const schemas = await bodySchemas();

type Credentials = Record<string, string>;

describe("every registered route", () => {
  test("is found, of every surface", () => {
    const paths = new Set(routes.map(({ path }) => path));
    for (const path of [
      "/v1/contacts/:id",
      "/api/crm/contacts",
      "/chatbot/api/crm/deals",
      "/whatsapp/api/crm/dashboard",
    ])
      expect(paths, path).toContain(path);
    expect(routes.length).toBeGreaterThan(200);
  });

  test("gives and takes nothing of another company, asked for by its ids", async () => {
    const [own, foreign] = [await walkedCompany(world, "Quillfeather", "5511987651234"), await foreignCompany()];
    const before = await digestOf(foreign);
    const caller = await world.headers("admin", own.companyId);
    const wrong: string[] = [];
    for (const route of routes.filter((each) => !isOwn(each))) {
      const answer = await call(route, caller, foreign);
      const isRefused = answer.statusCode >= 400 || entityOf(route) === undefined;
      const isRight = answer.statusCode < 500 && isRefused && !answer.body.includes(`${foreign.mark} `);
      if (!isRight) wrong.push(describeAnswer(route, answer));
    }
    expect(wrong).toEqual([]);
    expect(await digestOf(foreign)).toEqual(before);
  }, 300_000);

  test.each(["admin", "manager", "salesperson", "secretariat"] as const)(
    "is open to a %s where the table says so, and to nobody else",
    async (role) => {
      const company = await world.createCompany();
      const caller = await world.headers(role, company);
      const wrong: string[] = [];
      for (const route of routes.filter((each) => !isOwn(each))) {
        const answer = await app.inject({
          method: methodOf(route),
          url: urlOf(route, () => 999_999_999),
          headers: caller,
        });
        const isRight = answer.statusCode < 500 && (answer.statusCode === 403) === !mayCall(role, route);
        if (!isRight) wrong.push(describeAnswer(route, answer));
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

describe("what the walk looks for", () => {
  test("is there to be found: whoever sees all reads every one of these records, and the number on many routes", async () => {
    const company = await walkedCompany(world, "Ravensmoor", "5511943210987");
    const caller = await world.headers("admin", company.companyId);
    const reads = routes.filter(({ method }) => method === "GET");
    const answers = await Promise.all(
      reads.map(async (route) => ({ route, answer: await call(route, caller, company) })),
    );
    // The bytes of the files are nowhere: 409 and 410 say that the row was found.
    const missing = answers.filter(
      ({ route, answer }) => ofPerson(route) && ![200, 409, 410].includes(answer.statusCode),
    );
    expect(missing.map(({ route, answer }) => describeAnswer(route, answer))).toEqual([]);
    expect(answers.filter(({ answer }) => showsPhone(answer.body, company.phone)).length).toBeGreaterThan(20);
  });
});

describe("a salesperson who sees their own people only", async () => {
  const company = await walkedCompany(world, "Hollowbrook", "5511987654321");
  await changeRoleReach(ctx(company.companyId), "salesperson", { people: "own" });
  const caller = await signedIn(company.companyId, "salesperson");

  test("finds nothing of a colleague's person by id, on any surface, and changes nothing", async () => {
    const before = await digestOf(company);
    const wrong: string[] = [];
    for (const route of routes.filter((each) => ofPerson(each) && mayCall("salesperson", each))) {
      const answer = await call(route, caller, company);
      // A body that the sample does not hit is refused before anybody is looked for.
      const refusals = ["GET", "DELETE"].includes(route.method) ? [404, 403] : [404, 403, 400, 415, 422];
      const isRight = refusals.includes(answer.statusCode) && !answer.body.includes(company.phone.slice(-8));
      if (!isRight) wrong.push(describeAnswer(route, answer));
    }
    expect(wrong).toEqual([]);
    expect(await digestOf(company)).toEqual(before);
  }, 300_000);

  test("hears nothing of a colleague's person in any list, count or search", async () => {
    const wrong: string[] = [];
    for (const route of routes.filter((each) => each.method === "GET" && !entityOf(each))) {
      for (const query of [
        "",
        `?search=${company.mark}&q=${company.mark}`,
        `?contact_id=${company.contactId}`,
        `?contactId=${company.contactId}`,
      ]) {
        const answer = await app.inject({ method: "GET", url: `${urlOf(route, () => 1)}${query}`, headers: caller });
        const { body, statusCode } = answer;
        const tells = body.includes(`${company.mark} +`) || body.includes(company.phone.slice(-8));
        if (tells || statusCode >= 500) wrong.push(describeAnswer(route, answer));
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);
});

describe("a role to which phone numbers are hidden", async () => {
  const company = await walkedCompany(world, "Thistledown", "5511976543210");
  for (const role of ["secretariat", "salesperson"] as const)
    await changeRoleReach(ctx(company.companyId), role, { phones: "masked" });

  test.each(["secretariat", "salesperson"] as const)(
    "never reads one as %s, on any route",
    async (role) => {
      const caller = await signedIn(company.companyId, role);
      const wrong: string[] = [];
      for (const route of routes.filter(
        ({ method }) => method === "GET" || (role === "salesperson" && method !== "DELETE"),
      )) {
        const answer = await call(route, caller, company);
        const shown = answer.body + JSON.stringify(answer.headers);
        if (answer.statusCode >= 500 || showsPhone(shown, company.phone)) wrong.push(describeAnswer(route, answer));
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});

/** In digits however they are spaced, or in the base64 of a message's id at WhatsApp. */
function showsPhone(body: string, phone: string): boolean {
  const national = phone.slice(4);
  const ids = [...body.matchAll(/wamid\.([\w+/=-]+)/g)].map(([, id = ""]) => Buffer.from(id, "base64").toString());
  return [body.replace(/[\s().-]/g, ""), ...ids].some((text) => text.includes(national));
}

async function foreignCompany(): Promise<Walked> {
  return walkedCompany(world, "Zebulon", "5511965432109");
}

async function signedIn(companyId: number, role: Role): Promise<Credentials> {
  const userId = await memberOf(db, companyId, role);
  const entered = await ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
  return { cookie: `sid=${await createSession({ db, now: () => new Date() }, entered, "test")}` };
}

type Ids = Map<string, number>;
const known = new Map<number, Ids>();

async function call(route: RegisteredRoute, headers: Credentials, target: Walked): Promise<LightMyRequestResponse> {
  const ids = known.get(target.companyId) ?? (await idsIn(target));
  known.set(target.companyId, ids);
  const url = urlOf(route, () => ids.get(entityOf(route) ?? "") ?? 999_999_999);
  const path = documentedPath(route);
  const schema = schemas.get(`${route.method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  const payload = schema === undefined ? undefined : objectOf(sampleOf(schema, namesOf(ids)));
  return app.inject({ method: methodOf(route), url, headers, ...(payload ? { payload } : {}) });
}

function namesOf(ids: Ids): Record<string, unknown> {
  const names = [...ids].flatMap(([table, id]): [string, unknown][] => {
    const word = table.replace(/ies$/, "y").replace(/s$/, "");
    return [
      [`${word}_id`, id],
      [`${word}Id`, String(id)],
    ];
  });
  return { ...Object.fromEntries(names), ids: [ids.get("contacts")], contact_ids: [ids.get("contacts")] };
}

/** The newest row of each table that belongs to the person, or to the company alone. */
async function idsIn({ companyId, contactId }: Walked): Promise<Ids> {
  const tables = await rows<{ table: string; person: boolean }>(
    db,
    `select i.table_name as table, bool_or(p.column_name is not null) as person
     from information_schema.columns i
     left join information_schema.columns p on p.table_name = i.table_name and p.column_name = 'contact_id'
     where i.table_schema = 'public' and i.column_name = 'id' and exists (select from information_schema.columns c
       where c.table_name = i.table_name and c.column_name = 'company_id') group by 1`,
  );
  const ids: Ids = new Map();
  for (const { table, person } of tables) {
    const ofTheirs = person ? `and contact_id = ${contactId}` : "";
    const [row] = await rows<{ id: unknown }>(
      db,
      `select id from ${table} where company_id = ${companyId} ${ofTheirs} order by id desc limit 1`,
    );
    if (typeof row?.id === "number") ids.set(table, row.id);
  }
  return ids.set("contacts", contactId);
}

/** Everything of a company that a request of somebody else's could have changed. */
async function digestOf({ companyId }: Walked): Promise<Record<string, string>> {
  const tables = await rows<{ table: string }>(
    db,
    `select table_name as table from information_schema.columns where table_schema = 'public' and column_name = 'company_id'
     and table_name not in ('sessions', 'api_keys', 'rate_limits', 'refresh_tokens', 'memberships') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { table } of tables) {
    const [row] = await rows<{ digest: string }>(
      db,
      `select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from ${table} t where company_id = ${companyId}`,
    );
    digests[table] = row?.digest ?? "";
  }
  return digests;
}

async function bodySchemas(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const { path } of registeredRoutes(app).filter((route) => route.path.endsWith("/openapi.json"))) {
    const document = objectOf((await app.inject(path)).json());
    for (const [url, operations] of Object.entries(objectOf(document?.paths) ?? {}))
      for (const [method, operation] of Object.entries(objectOf(operations) ?? {})) {
        const content = objectOf(objectOf(objectOf(operation)?.requestBody)?.content);
        const schema = objectOf(content?.["application/json"] ?? content?.["application/merge-patch+json"])?.schema;
        if (schema !== undefined) found.set(`${method.toUpperCase()} ${url}`, schema);
      }
  }
  return found;
}

function urlOf({ path }: RegisteredRoute, id: () => number): string {
  return path.replace(/:(\w+)/g, () => String(id()));
}

function methodOf({ method }: RegisteredRoute): NonNullable<InjectOptions["method"]> {
  for (const each of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) if (each === method) return each;
  throw new Error(`a method nobody knows: ${method}`);
}

function describeAnswer({ method, path }: RegisteredRoute, { statusCode, body }: LightMyRequestResponse): string {
  return `${method} ${path} → ${statusCode} ${body.slice(0, 500)}`;
}
