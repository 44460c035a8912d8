import { sql } from "kysely";
import { foldText } from "../../../shared/fold-text.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

type Member = { userId: number; email: string; firstName: string; lastName: string };

/** The members whom a text names: `@Ana Lopez`, `@Ana` where only one is called so, `@ana@example.com`, `@ana`. */
export async function mentionedMembers(ctx: Ctx, text: string): Promise<number[]> {
  const calls = callsIn(text);
  if (calls.length === 0) return [];
  const members = await ctx.db.all(membersOf({ companyId: ctx.companyId }));
  const names = namesOf(members);
  return [...new Set(calls.flatMap((call) => longestNameIn(call, names) ?? []))].toSorted((a, b) => a - b);
}

/** What follows each @ that begins a word, folded; as much as a name can be. */
function callsIn(text: string): string[] {
  const starts = [...text.matchAll(/(?<![\p{L}\p{N}._%+-])@(?=[\p{L}\p{N}])/gu)].slice(0, mostMentions);
  return starts.map(({ index }) => foldText(text.slice(index + 1, index + 1 + longestName)));
}

const mostMentions = 50;
const longestName = 200;

/** Every spelling that means one member only. */
function namesOf(members: Member[]): Map<string, number> {
  const spellings = members.flatMap(({ userId, email, firstName, lastName }) =>
    [`${firstName} ${lastName}`, `${firstName}${lastName}`, firstName, email, email.split("@", 1).join("")]
      .map(foldText)
      .filter((name) => name !== "")
      .map((name) => ({ name, userId })),
  );
  const known = new Map<string, number>();
  for (const [name, owners] of Map.groupBy(spellings, (spelling) => spelling.name)) {
    const [first] = owners;
    if (first && owners.every(({ userId }) => userId === first.userId)) known.set(name, first.userId);
  }
  return known;
}

function longestNameIn(call: string, names: Map<string, number>): number | undefined {
  const found = [...names.keys()].filter((name) => call.startsWith(name) && endsWord(call.slice(name.length)));
  const longest = found.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : names.get(longest);
}

// "@ana.lopez" is not Ana, "@Ana." at the end of a sentence is.
function endsWord(rest: string): boolean {
  return !/^(?:[\p{L}\p{N}_@+-]|\.[\p{L}\p{N}])/u.test(rest);
}

const membersOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Member>`
    select m.user_id as "userId", u.email, u.first_name as "firstName", u.last_name as "lastName"
    from memberships m join users u on u.id = m.user_id
    where m.company_id = ${arg("companyId")}::bigint
    order by m.user_id limit 2000`,
);
