import type { Static } from "typebox";
import { firstGiven } from "../../../../shared/first-given.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { Conversion } from "../../../domain/leads/convert-lead.ts";
import type { Lead } from "../../../domain/leads/lead.ts";
import type { LeadPatch } from "../../../domain/leads/lead-fields.ts";
import { readId } from "../../http/read-id.ts";
import { leadStatusWords, stageOfStatus, statusOfStage } from "../status-words.ts";
import type { ConvertBody, LeadBody } from "./lead-schemas.ts";

type Body = Static<typeof LeadBody>;

export function parseLead(body: Body): LeadPatch {
  const status = leadStatusWords.find((word) => word === body.status);
  return withoutUndefined({
    name: body.firstName === undefined && body.lastName === undefined ? body.name : undefined,
    firstName: body.firstName,
    lastName: body.lastName,
    email: body.email,
    phone: firstGiven(body.mobile, body.phone),
    organization: firstGiven(body.organization, body.company),
    jobTitle: body.jobTitle,
    salutation: body.salutation,
    gender: body.gender,
    website: body.website,
    industry: body.industry,
    employees: textOf(body.noOfEmployees),
    annualRevenue: amountOf(body.annualRevenue),
    territory: body.territory,
    source: body.source,
    stage: status === undefined ? undefined : stageOfStatus[status],
    ...parseOwner(body.leadOwner),
  });
}

/** A client that sends back the whole lead moves nothing by the word it read. */
export function parseEdit(lead: Lead, body: Body): LeadPatch {
  const { stage, ...patch } = parseLead(body);
  return stage === undefined || statusOfStage[lead.stage] === body.status ? patch : { ...patch, stage };
}

/** A user's id, or a name. */
export function parseOwner(said: string | number | null | undefined): Pick<LeadPatch, "owner" | "ownerUserId"> {
  if (said === undefined) return {};
  if (typeof said === "number" || /^(user_)?\d+$/.test(said?.trim() ?? ""))
    return { ownerUserId: readId(said, "user", "leadOwner") };
  return { owner: said };
}

/** Where an existing organization or contact is wanted and none is named, the lead's own is meant. */
export function parseConversion(lead: Lead, body: Static<typeof ConvertBody>): Conversion {
  const { useExistingOrg, useExistingContact } = body;
  const organizationId = useExistingOrg === false ? undefined : idOf(body.organizationId, "organization");
  if (useExistingOrg === true && organizationId === undefined && lead.organizationId === null)
    throw invalid(
      "organizationId",
      "organizationId is required when useExistingOrg is true: the lead has none of its own",
    );
  return withoutUndefined({
    organizationId,
    contactId: useExistingContact === false ? undefined : idOf(body.contactId, "contact"),
    title: firstGiven(body.title, body.dealName)?.trim() || undefined,
    value: amountOf(firstGiven(body.value, body.dealValue)) ?? undefined,
    currency: body.currency?.toUpperCase() || undefined,
    expectedCloseOn: body.expectedCloseDate?.slice(0, 10) || undefined,
  });
}

function idOf(said: string | number | null | undefined, word: string): number | undefined {
  return said === undefined || said === null || said === "" ? undefined : readId(said, word, `${word}Id`);
}

function textOf(said: string | number | null | undefined): string | null | undefined {
  return typeof said === "number" ? String(said) : said;
}

/** A number, or a text such as "1,000,000", as decimal text. */
function amountOf(said: string | number | null | undefined): string | null | undefined {
  if (said === undefined || said === null) return said;
  const text = String(said)
    .trim()
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
  return text === "" ? null : text;
}
