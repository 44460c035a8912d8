import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { emailsOf } from "./email.ts";
import { type Labelled, labelledValues } from "./labelled.ts";
import { isAskedAbout, isOfOthers } from "./of-others.ts";
import { type Budget, budgetOfText, readBudget } from "./read-budget.ts";
import { readCompany } from "./read-company.ts";
import { nameAt, readName } from "./read-name.ts";
import { readNeed } from "./read-need.ts";
import { readPhone } from "./read-phone.ts";
import { readPosition } from "./read-position.ts";
import { type Reading, readingOf, spansOf } from "./reading.ts";

export type Profile = {
  name?: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  company?: string;
  position?: string;
  need?: string;
  budget?: Budget;
  /** E.164. */
  phone?: string;
};

/** What a person says of himself in one message; only what is there, and rather nothing than a guess. */
export function readProfile(text: string, defaultCountry?: string): Profile {
  const reading = readingOf(text);
  const labels = labelledValues(reading);
  const said = readName(reading);
  const { name, firstName, lastName } = labelledName(labels, reading) ?? said ?? {};
  const title = readPosition(reading, said?.to);
  const anchors = [title?.to, said?.to].filter((end) => end !== undefined);
  return present({
    name,
    firstName,
    lastName,
    email:
      labelledEmail(labels) ??
      reading.emails.find((email) => !isOfOthers(reading, email) && !isAskedAbout(reading, email))?.address,
    company: labels.company ?? readCompany(reading, anchors),
    position: labels.position ?? title?.position,
    need: labels.need ?? readNeed(reading),
    budget: labelledBudget(labels, reading) ?? readBudget(reading),
    phone: labelledPhone(labels, defaultCountry) ?? readPhone(reading),
  });
}

function labelledName(labels: Labelled, reading: Reading): ReturnType<typeof nameAt> {
  if (labels.name === undefined) return undefined;
  const languages = spansOf(reading, "label.name").reduce((bits, label) => bits | label.languages, 0);
  return nameAt(readingOf(labels.name), 0, { certainty: "certain", languages });
}

function labelledEmail(labels: Labelled): string | undefined {
  return labels.email === undefined ? undefined : emailsOf(labels.email)[0]?.address;
}

function labelledBudget(labels: Labelled, reading: Reading): Budget | undefined {
  return labels.budget === undefined ? undefined : budgetOfText(labels.budget, reading.spoken);
}

function labelledPhone(labels: Labelled, defaultCountry: string | undefined): string | undefined {
  const phone = labels.phone === undefined ? undefined : parsePhone(labels.phone, defaultCountry);
  return phone?.valid ? phone.e164 : undefined;
}

type Found = { [Key in keyof Profile]: Profile[Key] | undefined };

function present(found: Found): Profile {
  const profile: Profile = {};
  if (found.name) profile.name = found.name;
  if (found.firstName) profile.firstName = found.firstName;
  if (found.lastName) profile.lastName = found.lastName;
  if (found.email) profile.email = found.email;
  if (found.company) profile.company = found.company;
  if (found.position) profile.position = found.position;
  if (found.need) profile.need = found.need;
  if (found.budget) profile.budget = found.budget;
  if (found.phone) profile.phone = found.phone;
  return profile;
}
