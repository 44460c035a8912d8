import { foldText } from "../../../shared/fold-text.ts";
import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { fillBlankFields, type ProfileFill } from "../contacts/fill-blank-fields.ts";
import type { TxCtx } from "../context.ts";
import { fillLeadNeeds, type NeedFill } from "../leads/fill-lead-needs.ts";
import { organizationsNamed } from "../organizations/organizations-named.ts";
import { type KnownProfile, knownProfiles } from "./known-profiles.ts";
import { currencyIn } from "./local-currencies.ts";
import { type Profile, readProfile } from "./read-profile.ts";
import type { IntakeMessage } from "./run-intake.ts";

/**
 * Fills what is still blank from what people wrote of themselves. Nothing that stands is overwritten, but for a name that WhatsApp's
 * own profile gave: "me llamo Ana López" is worth more than "🌸ana🌸".
 */
export async function fillProfiles(
  tx: TxCtx,
  messages: IntakeMessage[],
  defaultCountry: string | undefined,
): Promise<void> {
  const said = profilesOf(messages, defaultCountry);
  if (said.size === 0) return;
  const people = await knownProfiles(tx, [...said.keys()]);
  const companies = [...said.values()].flatMap(({ company }) => (company === undefined ? [] : [company]));
  const organizations = companies.length === 0 ? new Map<string, number>() : await organizationsNamed(tx, companies);
  const profileNames = new Map(messages.map(({ contactId, profileName }) => [contactId, profileName]));
  const profiles: ProfileFill[] = [];
  const needs: NeedFill[] = [];
  for (const person of people) {
    const profile = said.get(person.id);
    if (!profile) continue;
    profiles.push(profileFill(person, profile, profileNames.get(person.id) ?? "", organizations));
    if (person.leadId !== null && (profile.need !== undefined || profile.budget !== undefined))
      needs.push(needFill(person.leadId, countryOf(person), profile));
  }
  await fillBlankFields(tx, profiles.filter(hasSomething));
  await fillLeadNeeds(tx, needs);
}

/** What each person said over all their messages; the first word on a thing counts. */
function profilesOf(messages: IntakeMessage[], defaultCountry: string | undefined): Map<number, Profile> {
  const profiles = new Map<number, Profile>();
  for (const { contactId, text } of messages) {
    const profile = text === "" ? {} : readProfile(text, defaultCountry);
    if (Object.keys(profile).length > 0) profiles.set(contactId, { ...profile, ...profiles.get(contactId) });
  }
  return profiles;
}

function profileFill(
  person: KnownProfile,
  profile: Profile,
  profileName: string,
  organizations: Map<string, number>,
): ProfileFill {
  const renames = person.name === "" || (profileName !== "" && person.name === profileName);
  return {
    contactId: person.id,
    name: renames ? (profile.name ?? null) : null,
    firstName: renames ? (profile.firstName ?? null) : null,
    lastName: renames ? (profile.lastName ?? null) : null,
    email: person.email === null ? (profile.email ?? null) : null,
    position: person.position === null ? (profile.position ?? null) : null,
    organizationId:
      person.company === null && profile.company !== undefined
        ? (organizations.get(foldText(profile.company)) ?? null)
        : null,
  };
}

function needFill(leadId: number, country: string | undefined, { need, budget }: Profile): NeedFill {
  const currency = budget === undefined ? undefined : currencyIn(country, budget);
  return { leadId, need: need ?? null, budget: budget?.amount ?? null, currency: currency ?? null };
}

function countryOf({ country, phone }: KnownProfile): string | undefined {
  return country ?? (phone === null ? undefined : parsePhone(phone)?.country);
}

function hasSomething({ name, email, position, organizationId }: ProfileFill): boolean {
  return name !== null || email !== null || position !== null || organizationId !== null;
}
