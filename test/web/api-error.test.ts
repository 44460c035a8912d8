import { expect, test } from "vitest";
import { apiErrorOf } from "../../web/lib/api/api-error.ts";

test("a refused value is named as the field that was sent, so that its input can show it", () => {
  const errors = [{ detail: "This is no e-mail address.", pointer: "#/email" }];
  const { problems, message } = apiErrorOf(400, { title: "Some values are not valid", detail: "Not valid.", errors });
  expect(problems).toEqual([{ path: "email", message: "This is no e-mail address." }]);
  expect(message).toBe("Not valid.");
});

test("what a proxy says on its own is a sentence by its status", () => {
  expect(apiErrorOf(502, undefined)).toMatchObject({ message: "The server had a problem.", problems: [] });
});

test("a form that was changed after its answer was lost says that it was saved, not something of keys", () => {
  const problem = {
    type: "/v1/problems#idempotency_mismatch",
    detail: "This Idempotency-Key was used with another body.",
  };
  expect(apiErrorOf(422, problem).message).toContain("saved as you first sent it");
});
