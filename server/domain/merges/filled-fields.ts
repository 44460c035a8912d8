import { type Stage, stages } from "../../../shared/stages.ts";
import type { ContactFields } from "../contacts/patched-contact.ts";

/** The kept person's fields after a merge: their own, and the other's where they have none. Whoever must not be written to stays so. */
export function filledFields(kept: ContactFields, merged: ContactFields): ContactFields {
  return {
    ...names(kept, merged),
    phone: kept.phone ?? merged.phone,
    country: kept.phone === null && merged.phone !== null ? merged.country : (kept.country ?? merged.country),
    email: kept.email ?? merged.email,
    ...(kept.organizationId === null
      ? { organizationId: merged.organizationId, company: merged.company }
      : { organizationId: kept.organizationId, company: kept.company }),
    position: kept.position ?? merged.position,
    source: kept.source ?? merged.source,
    notes: kept.notes ?? merged.notes,
    leadScore: kept.leadScore,
    ownerUserId: kept.ownerUserId ?? merged.ownerUserId,
    language: kept.language ?? merged.language,
    avatarUrl: kept.avatarUrl ?? merged.avatarUrl,
    lastContactedAt: later(kept.lastContactedAt, merged.lastContactedAt),
    nextFollowUpAt: kept.nextFollowUpAt ?? merged.nextFollowUpAt,
    doNotContact: kept.doNotContact || merged.doNotContact,
    custom: { ...merged.custom, ...kept.custom },
  };
}

/** Of two stages the one further along; who was given up counts least. */
export function furtherStage(kept: Stage, merged: Stage): Stage {
  return furtherance(merged) > furtherance(kept) ? merged : kept;
}

function furtherance(stage: Stage): number {
  return stage === "lost" || stage === "junk" ? -1 : stages.indexOf(stage);
}

function names(kept: ContactFields, merged: ContactFields): Pick<ContactFields, "name" | "firstName" | "lastName"> {
  const { name, firstName, lastName } = kept.name.trim() === "" ? merged : kept;
  return { name, firstName, lastName };
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) >= Date.parse(other) ? one : other;
}
