import { describe, expect, test } from "vitest";
import { type Json, listOf, objectOf } from "../../shared/json.ts";
import { templateBody } from "../../web/features/composer/template-body.ts";
import { fieldsOf, isBeyondFields, isComplete } from "../../web/features/composer/template-fields.ts";
import { previewOf } from "../../web/features/composer/template-parts.ts";

const reminder = {
  name: "reminder",
  language: "en_US",
  components: [
    { type: "HEADER", format: "TEXT", text: "Hello {{1}}" },
    { type: "BODY", text: "Your visit is on {{1}} at {{2}}. See you, {{1}}!" },
    { type: "FOOTER", text: "Sun Clinic" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Confirm" },
        { type: "URL", text: "Details", url: "https://sun.example/{{1}}" },
        { type: "URL", text: "Home", url: "https://sun.example/" },
      ],
    },
  ],
};

describe("a template's fields", () => {
  test("are asked once each, with the link that has an end", () => {
    expect(fieldsOf(reminder.components).map(({ key }) => key)).toEqual(["header 1", "body 1", "body 2", "button 1"]);
  });

  test("become the components of the request", () => {
    const values = { "header 1": "Ana", "body 1": "Monday", "body 2": "9:00", "button 1": "x7" };
    expect(templateBody(reminder, values)).toEqual({
      type: "template",
      template: {
        name: "reminder",
        language: "en_US",
        components: [
          { type: "header", parameters: [{ type: "text", text: "Ana" }] },
          {
            type: "body",
            parameters: [
              { type: "text", text: "Monday" },
              { type: "text", text: "9:00" },
            ],
          },
          { type: "button", sub_type: "url", index: 1, parameters: [{ type: "text", text: "x7" }] },
        ],
      },
    });
  });

  test("keep their names where the template has them", () => {
    const named = { name: "n", language: "en", components: [{ type: "BODY", text: "Hi {{first_name}}" }] };
    expect(templateBody(named, { "body first_name": "Ana" })).toMatchObject({
      template: { components: [{ type: "body", parameters: [{ type: "text", text: "Ana", name: "first_name" }] }] },
    });
  });

  test("are shown filled in, and with their braces where they are empty", () => {
    const preview = previewOf(reminder.components, { "body 1": "Monday" });
    expect(preview.body).toBe("Your visit is on Monday at {{2}}. See you, Monday!");
    expect(preview.buttons).toEqual(["Confirm", "Details", "Home"]);
  });

  test("ask for the picture of a picture header", () => {
    const [field] = fieldsOf([
      { type: "HEADER", format: "IMAGE" },
      { type: "BODY", text: "Look" },
    ]);
    expect(field).toMatchObject({ key: "media", media: "image" });
  });

  test("take a file of one's own in place of a public address", () => {
    const components = [{ type: "HEADER", format: "IMAGE" }];
    const photo = { name: "look", language: "en", components };
    const file = { id: 12, name: "sun.png" };
    const header = (values: Record<string, string>, chosen?: typeof file) =>
      templateBody(photo, values, { media: chosen });
    const parameter = (media: object, kind = "image") => ({
      template: { components: [{ type: "header", parameters: [{ type: "media", kind, media }] }] },
    });
    expect(header({ media: "https://sun.example/a.png" })).toMatchObject(
      parameter({ link: "https://sun.example/a.png" }),
    );
    expect(header({ media: "https://sun.example/a.png" }, file)).toMatchObject(parameter({ media_id: 12 }));
    const paper = { ...photo, components: [{ type: "HEADER", format: "DOCUMENT" }] };
    expect(templateBody(paper, {}, { media: file })).toMatchObject(
      parameter({ media_id: 12, filename: "sun.png" }, "document"),
    );
    const fields = fieldsOf(components);
    expect([
      isComplete(fields, {}),
      isComplete(fields, { media: " " }),
      isComplete(fields, {}, { media: file }),
    ]).toEqual([false, false, true]);
  });

  test("ask for a code to copy", () => {
    const components = [{ type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "SAVE10" }] }];
    expect(fieldsOf(components).map(({ label }) => label)).toEqual(["Code to copy"]);
    expect(partsSent(components, { "button 0": " SUN5 " })).toEqual([
      { type: "button", sub_type: "copy_code", index: 0, parameters: [{ type: "coupon_code", code: "SUN5" }] },
    ]);
  });

  test("ask for a one-time code once, and put it into the text and onto the button", () => {
    const components = [{ type: "BODY" }, { type: "BUTTONS", buttons: [{ type: "OTP", text: "Copy" }] }];
    expect(fieldsOf(components).map(({ key }) => key)).toEqual(["code"]);
    const parameters = [{ type: "text", text: "1234" }];
    expect(partsSent(components, { code: "1234" })).toEqual([
      { type: "body", parameters },
      { type: "button", sub_type: "url", index: 0, parameters },
    ]);
    expect(previewOf(components, { code: "1234" }).body).toBe("1234");
    const synced = [{ type: "BODY", text: "{{1}} is your code." }, ...components.slice(1)];
    expect(fieldsOf(synced).map(({ key }) => key)).toEqual(["code"]);
    expect(previewOf(synced, { code: "1234" }).body).toBe("1234 is your code.");
  });

  test("ask for a place on the map", () => {
    const components = [{ type: "HEADER", format: "LOCATION" }];
    const fields = fieldsOf(components);
    expect(fields.map(({ label }) => label)).toEqual(["Latitude", "Longitude", "Name of the place", "Address"]);
    const values = { "place latitude": "-33.4", "place longitude": "70", "place name": "Sun", "place address": "A 1" };
    expect(partsSent(components, values)).toEqual([
      {
        type: "header",
        parameters: [{ type: "location", latitude: -33.4, longitude: 70, name: "Sun", address: "A 1" }],
      },
    ]);
    expect([isComplete(fields, values), isComplete(fields, { ...values, "place latitude": "north" })]).toEqual([
      true,
      false,
    ]);
  });

  test("ask when an offer ends", () => {
    const offer = { type: "limited_time_offer", limited_time_offer: { text: "Soon over", has_expiration: true } };
    expect(partsSent([offer], { offer: "2026-12-01T10:00Z" })).toEqual([
      { type: "limited_time_offer", expires_at_ms: Date.UTC(2026, 11, 1, 10) },
    ]);
    expect(isComplete(fieldsOf([offer]), { offer: "soon" })).toBe(false);
  });

  test("ask for what each card of a carousel wants", () => {
    const card = {
      components: [
        { type: "HEADER", format: "IMAGE" },
        { type: "BODY", text: "From {{1}}" },
        { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "This one" }] },
      ],
    };
    const components = [
      { type: "BODY", text: "Hi {{1}}" },
      { type: "CAROUSEL", cards: [card, card] },
    ];
    const keys = ["body 1", "card 0 media", "card 0 body 1", "card 1 media", "card 1 body 1"];
    expect(fieldsOf(components).map(({ key }) => key)).toEqual(keys);
    const values = {
      "body 1": "Ana",
      "card 0 media": "https://x.example/1",
      "card 0 body 1": "1 €",
      "card 1 body 1": "2 €",
    };
    const template = { name: "t", language: "en", components };
    const sent = (index: number, media: object, text: string) => ({
      index,
      components: [
        { type: "header", parameters: [{ type: "media", kind: "image", media }] },
        { type: "body", parameters: [{ type: "text", text }] },
      ],
    });
    expect(templateBody(template, values, { "card 1 media": { id: 7, name: "b.png" } })).toMatchObject({
      template: {
        components: [
          { type: "body", parameters: [{ type: "text", text: "Ana" }] },
          {
            type: "carousel",
            cards: [sent(0, { link: "https://x.example/1" }, "1 €"), sent(1, { media_id: 7 }, "2 €")],
          },
        ],
      },
    });
    expect(previewOf(components, values).cards.map(({ body }) => body)).toEqual(["From 1 €", "From 2 €"]);
  });

  test("say where a template wants more than fields can give", () => {
    const many = [{ type: "BUTTONS", buttons: [{ type: "MPM", text: "See all" }] }];
    const product = { components: [{ type: "HEADER", format: "PRODUCT" }] };
    expect([many, [{ type: "CAROUSEL", cards: [product] }], reminder.components].map(isBeyondFields)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("are none where there is nothing to fill", () => {
    expect(fieldsOf([{ type: "BODY", text: "Hello" }])).toEqual([]);
    expect(fieldsOf(null)).toEqual([]);
  });
});

function partsSent(components: Json, values: Record<string, string>): unknown {
  return listOf(
    objectOf(objectOf(templateBody({ name: "t", language: "en", components }, values))?.template)?.components,
  );
}
