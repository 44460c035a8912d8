import { expect, test } from "vitest";
import { roles } from "../../shared/roles.ts";
import { areasFor, type SettingsArea } from "../../web/app/settings-areas.ts";
import { mayCall } from "../api/route-rules.ts";

/** What each area is for, as the server's table of rules knows it. */
const acts: Record<SettingsArea["key"], { method: string; path: string } | undefined> = {
  you: undefined,
  members: { method: "POST", path: "/v1/invitations" },
  teams: { method: "POST", path: "/v1/teams" },
  roles: { method: "PATCH", path: "/v1/settings/roles/:role" },
  forms: { method: "POST", path: "/v1/forms" },
  mail: { method: "POST", path: "/v1/email-accounts" },
  "api-keys": { method: "POST", path: "/v1/api-keys" },
  webhooks: { method: "POST", path: "/v1/webhooks" },
};

test.each(roles)("a %s is offered the settings that the server lets them change", (role) => {
  const allowed = Object.entries(acts).filter(([, act]) => act === undefined || mayCall(role, act));
  expect(areasFor(role).map(({ key }) => key)).toEqual(allowed.map(([key]) => key));
});
