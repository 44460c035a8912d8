import { describe, expect, test } from "vitest";
import { fieldsOf, isComplete, previewOf, templateBody } from "../../web/features/composer/template-fields.ts";

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
    const header = (values: Record<string, string>, chosen?: typeof file) => templateBody(photo, values, chosen);
    const parameter = (media: object, kind = "image") => ({
      template: { components: [{ type: "header", parameters: [{ type: "media", kind, media }] }] },
    });
    expect(header({ media: "https://sun.example/a.png" })).toMatchObject(
      parameter({ link: "https://sun.example/a.png" }),
    );
    expect(header({ media: "https://sun.example/a.png" }, file)).toMatchObject(parameter({ media_id: 12 }));
    const paper = { ...photo, components: [{ type: "HEADER", format: "DOCUMENT" }] };
    expect(templateBody(paper, {}, file)).toMatchObject(parameter({ media_id: 12, filename: "sun.png" }, "document"));
    const fields = fieldsOf(components);
    expect([isComplete(fields, {}), isComplete(fields, { media: " " }), isComplete(fields, {}, file)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("are none where there is nothing to fill", () => {
    expect(fieldsOf([{ type: "BODY", text: "Hello" }])).toEqual([]);
    expect(fieldsOf(null)).toEqual([]);
  });
});
