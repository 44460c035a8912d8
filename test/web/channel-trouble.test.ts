import { expect, test } from "vitest";
import type { ChannelAccount } from "../../shared/v1/channel-account.ts";
import { troublesOf } from "../../web/app/channel-trouble.ts";

const healthy: ChannelAccount = {
  id: 1,
  provider: "whatsapp_cloud",
  name: "Shop",
  external_id: "106",
  waba_id: "206",
  display_phone: null,
  status: "connected",
  business_id: null,
  verified_name: null,
  is_active: true,
  verified: true,
  sync_status: "synced",
  quality: "green",
  messaging_limit: null,
  name_status: null,
  platform_type: null,
  throughput: null,
  coexistence: false,
  token_expires_at: null,
  connected_at: null,
  last_sync_at: null,
  last_sync_error: null,
  problems: [],
  created_at: "2026-11-21T10:00:00Z",
};

const open = (problem: "blocked" | "quality_red") => ({
  problem,
  title: "WhatsApp has shut this account",
  details: "",
  since: "2026-11-21T10:00:00Z",
  until: null,
});

test("a healthy number, and one whose problem stops nothing, ask for nobody", () => {
  expect(troublesOf([healthy, { ...healthy, problems: [open("quality_red")] }])).toEqual([]);
});

test("a number that cannot send says what is wrong and what to do", () => {
  expect(troublesOf([healthy, { ...healthy, problems: [open("blocked")] }])).toEqual([
    {
      key: "1 blocked",
      what: "Shop: WhatsApp has shut this account.",
      toDo: expect.stringContaining("sync the number"),
    },
  ]);
  const [simulated] = troublesOf([{ ...healthy, provider: "simulator", problems: [open("blocked")] }]);
  expect(simulated?.toDo).toContain("phone simulator");
});
