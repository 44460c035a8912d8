import { describe, expect, test } from "vitest";
import { adOf } from "../../web/features/thread/ad-content.ts";
import { offeredIn } from "../../web/features/thread/offered-content.ts";
import { message } from "./message.ts";

const sent = (type: "interactive" | "template", details: object) =>
  offeredIn(message(1, { direction: "out", type, payload: { details: { ...details } } }));

describe("what a message of ours offers", () => {
  test("is its buttons, between header and footer", () => {
    const buttons = [
      { id: "a", title: "Alpha" },
      { id: "b", title: "Beta" },
    ];
    expect(
      sent("interactive", { kind: "button", header: { type: "text", text: "Plans" }, footer: "Any time", buttons }),
    ).toEqual({
      header: { kind: "text", text: "Plans", link: undefined },
      footer: "Any time",
      buttons: [
        { title: "Alpha", link: undefined },
        { title: "Beta", link: undefined },
      ],
      list: undefined,
    });
  });

  test("is a list's rows under their sections", () => {
    const rows = [{ id: "1", title: "Team", description: "Up to ten" }];
    expect(sent("interactive", { kind: "list", button: "Choose", sections: [{ title: null, rows }] })?.list).toEqual({
      button: "Choose",
      sections: [{ title: undefined, rows: [{ title: "Team", description: "Up to ten" }] }],
    });
  });

  test("is a link, where it leads to a web page", () => {
    const offered = sent("interactive", { kind: "cta_url", label: "Go", url: "https://example.com/a?b=c" });
    expect(offered?.buttons).toEqual([{ title: "Go", link: new URL("https://example.com/a?b=c") }]);
  });

  test.each(["javascript:alert(1)", "data:text/html,hello", "example.com", ""])("is no link to %j", (url) => {
    expect(sent("interactive", { kind: "cta_url", label: "Go", url })?.buttons).toEqual([
      { title: "Go", link: undefined },
    ]);
    const button = { kind: "url", title: "Go", url };
    expect(sent("template", { name: "offer", buttons: [button] })?.buttons).toEqual([{ title: "Go", link: undefined }]);
  });

  test("is a code to copy, which WhatsApp names itself", () => {
    const coupon = { kind: "copy_code", title: "", url: null };
    const buttons = [{ ...coupon, code: "SAVE20" }, coupon];
    expect(sent("template", { name: "offer", buttons })?.buttons).toEqual([
      { title: "Copy offer code: SAVE20", link: undefined },
      { title: "Copy offer code", link: undefined },
    ]);
  });

  test("is a file above the words", () => {
    const header = { type: "document", media: { url: "https://example.com/a.pdf", filename: "a.pdf" } };
    expect(sent("template", { name: "offer", header })?.header).toEqual({
      kind: "document",
      text: "a.pdf",
      link: new URL("https://example.com/a.pdf"),
    });
  });

  test("is read from the vendor's own words where they were passed through", () => {
    const parameters = { flow_cta: "Book a time" };
    const flow = sent("interactive", { kind: "vendor", type: "flow", action: { name: "flow", parameters } });
    expect(flow?.buttons).toEqual([{ title: "Book a time", link: undefined }]);
    const action = { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] };
    expect(sent("interactive", { type: "button", footer: { text: "Soon" }, action })).toMatchObject({
      footer: "Soon",
      buttons: [{ title: "Yes" }],
    });
  });

  test("is nothing on an answer of the customer's", () => {
    const details = { type: "button_reply", button_reply: { id: "y", title: "Yes" } };
    expect(offeredIn(message(1, { type: "interactive", payload: { details } }))).toBeUndefined();
  });
});

describe("the ad somebody came from", () => {
  test.each([
    { source_type: "ad", headline: "Chairs", body: "For your back", source_url: "https://fb.me/1" },
    { sourceType: "ad", title: "Chairs", body: "For your back", sourceUrl: "https://fb.me/1" },
  ])("is read in the spelling of Meta and of a gateway: %j", (referral) => {
    expect(adOf(message(1, { payload: { referral } }))).toEqual({
      word: "Came from an ad",
      headline: "Chairs",
      text: "For your back",
      source: new URL("https://fb.me/1"),
    });
  });

  test("is named a post where it was one, without a link that is none", () => {
    const referral = { source_type: "post", source_url: "javascript:alert(1)" };
    expect(adOf(message(1, { payload: { referral } }))).toMatchObject({ word: "Came from a post", source: undefined });
  });

  test("is nothing where somebody wrote by themselves", () => {
    expect(adOf(message(1))).toBeUndefined();
  });
});
