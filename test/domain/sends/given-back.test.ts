import { expect, test } from "vitest";
import type { FoundSend } from "../../../server/domain/sends/by-status/find-sends.ts";
import { planByStatuses } from "../../../server/domain/sends/by-status/plan-by-statuses.ts";
import type { Refusals } from "../../../server/domain/sends/outbox/send-end.ts";

const now = new Date("2026-11-22T10:00:00Z");
const error = { class: "account_auth", code: 190, title: "Access token has expired", details: "" } as const;
const failed = { channelAccountId: 1, providerId: "wamid.1", callbackData: null, status: "failed", at: now, error };

/** What becomes of a message that was taken and then failed for trouble of the account. */
function endAfter(refusals: Refusals) {
  const send: FoundSend = {
    ...{ id: 1, messageId: 2, contactId: 3, channelAccountId: 1, state: "accepted", refusals },
    ...{ spentProviderIds: [], providerId: "wamid.1", messageStatus: "sent" },
  };
  return planByStatuses(send, [{ ...failed, pricing: null }], now).plan?.end;
}

test("taken and given back for trouble of the account it waits, and counts as given back", () => {
  expect(endAfter({ given_back: 3 })).toMatchObject({ state: "queued", refusedAs: "given_back" });
});

test("the fifth time it has failed, so that somebody looks at it", () => {
  expect(endAfter({ given_back: 4 })).toMatchObject({
    state: "failed",
    providerId: "wamid.1",
    errorClass: "account_auth",
  });
});

test("outages that it waited through before it was taken do not count", () => {
  expect(endAfter({ account_auth: 12 })).toMatchObject({ state: "queued" });
});
