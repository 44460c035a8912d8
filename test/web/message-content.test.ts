import { describe, expect, test } from "vitest";
import { previewOf } from "../../web/features/conversations/conversation-preview.ts";
import { orderOf, unshownWords } from "../../web/features/thread/message-content.ts";
import { message } from "./message.ts";

function order(details: Record<string, unknown>) {
  return message(1, { type: "order", text: null, payload: JSON.parse(JSON.stringify({ details })) });
}

describe("an order", () => {
  test("is its items with quantities, prices and the total", () => {
    const shown = orderOf(
      order({
        catalog_id: "1",
        product_items: [
          { product_retailer_id: "SKU-1", quantity: 2, item_price: 12.5, currency: "USD" },
          { product_retailer_id: "SKU-2", quantity: "1", item_price: "100", currency: "USD" },
        ],
      }),
    );
    expect(shown).toEqual({
      lines: [
        { name: "SKU-1", words: "2 × $12.50 = $25" },
        { name: "SKU-2", words: "1 × $100" },
      ],
      total: "$125",
    });
  });

  test("without prices, or in two currencies, has no total", () => {
    expect(orderOf(order({ product_items: [{ quantity: 2 }] }))).toEqual({
      lines: [{ name: "Item 1", words: "2 ×" }],
      total: undefined,
    });
    const items = ["USD", "EUR"].map((currency) => ({
      product_retailer_id: "A",
      quantity: 1,
      item_price: 5,
      currency,
    }));
    expect(orderOf(order({ product_items: items }))?.total).toBeUndefined();
  });

  test("whose items are not named is its title, their number and the total", () => {
    expect(orderOf(order({ title: "Spring box", item_count: 3, total: 1050.5, currency: "USD" }))).toEqual({
      lines: [{ name: "Spring box", words: "3 items" }],
      total: "$1,050.50",
    });
    expect(orderOf(order({ item_count: 1 }))).toEqual({
      lines: [{ name: "Order", words: "1 item" }],
      total: undefined,
    });
    expect(orderOf(order({ title: "Spring box" }))?.lines).toEqual([{ name: "Spring box", words: "" }]);
    expect(orderOf(order({ title: [], item_count: {}, total: "x", currency: 5 }))).toEqual({ lines: [] });
  });

  test("of hostile contents breaks nothing", () => {
    expect(orderOf(message(1))).toBeUndefined();
    expect(orderOf(order({}))).toEqual({ lines: [], total: undefined });
    expect(
      orderOf(order({ product_items: [null, "x", { quantity: {}, item_price: [], currency: 5 }] }))?.lines,
    ).toHaveLength(3);
  });
});

test.each([
  ["unsupported", { details: { type: "poll" } }, /^WhatsApp does not hand over this kind of message \(poll\)/],
  ["unsupported", null, /^WhatsApp does not hand over this kind of message, /],
  ["request_welcome", null, /request welcome/],
])("a message of the kind %s is told in a sentence", (type, payload, words) => {
  expect(unshownWords(message(1, { type, text: null, payload }))).toMatch(words);
});

describe("a conversation's line in the list", () => {
  test.each([
    ["This message was deleted", "revoked", null, "in"],
    ["This message was deleted", "text", null, "in"],
    ["This message was deleted", "revoked", null, "out"],
    ["📷 Picture", "image", null, "in"],
    ["🛒 Order", "order", "", "in"],
    ["You: hello", "text", "hello", "out"],
    ["A message WhatsApp does not hand over", "unsupported", null, "in"],
    ["No messages yet", null, null, null],
  ])("reads %s of the kind %s", (words, type, text, direction) => {
    const last = { last_message_type: type, last_message_text: text, last_message_direction: direction };
    expect(previewOf(last)).toBe(words);
  });
});
