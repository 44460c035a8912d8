import { expect, test } from "vitest";
import { whatIsRead } from "../../../server/domain/sends/content/what-is-read.ts";

test("a template's thread line names the code that the person can copy", () => {
  const own = [
    { type: "BODY", text: "Hello {{1}}, look at this." },
    {
      type: "BUTTONS",
      buttons: [
        { type: "COPY_CODE", example: "SAVE10" },
        { type: "QUICK_REPLY", text: "Stop" },
      ],
    },
  ];
  const components = [
    { type: "body" as const, parameters: [{ type: "text" as const, text: "Ana" }] },
    {
      type: "button" as const,
      subType: "copy_code" as const,
      index: 0,
      parameters: [{ type: "coupon_code" as const, code: "SAVE20" }],
    },
  ];
  expect(whatIsRead({ type: "template", name: "offer", language: "en", components }, own)).toMatchObject({
    text: "Hello Ana, look at this.",
    payload: {
      details: {
        buttons: [
          { kind: "copy_code", title: "", url: null, code: "SAVE20" },
          { kind: "quick_reply", title: "Stop", url: null },
        ],
      },
    },
  });
});
