import { describe, expect, test } from "vitest";
import { formTargets } from "../../shared/form-targets.ts";
import { embedSnippet } from "../../web/features/settings/embed-snippet.ts";
import { blankForm, bodyOf, moved, targetsFor, withField } from "../../web/features/settings/form-draft.ts";

describe("a form's draft", () => {
  test("becomes what the server takes: fields named after what they fill, empty settings left empty", () => {
    expect(bodyOf({ ...blankForm, name: " Quote ", consent_required: true })).toMatchObject({
      name: "Quote",
      consent_required: false,
      redirect_url: null,
      fields: [
        { name: "name", target: "name", required: true },
        { name: "email", target: "email" },
        { name: "need", target: "need" },
      ],
    });
  });

  test("keeps the names that a form's fields have, and never gives one twice", () => {
    const fields = [
      { key: 1, name: "note", label: "Size", target: "note" as const, required: false },
      { key: 2, name: "", label: "Colour", target: "note" as const, required: false },
      { key: 3, name: "", label: "Mail", target: "email" as const, required: true },
      { key: 4, name: "", label: "Taste", target: "note" as const, required: false },
    ];
    const names = bodyOf({ ...blankForm, fields }).fields.map(({ name }) => name);
    expect(names).toEqual(["note", "note_2", "email", "note_3"]);
  });

  test("adds a field that fills something new, and notes once all is filled", () => {
    let { fields } = blankForm;
    for (let count = 0; count < 8; count++) fields = withField(fields);
    expect(new Set(fields.map(({ target }) => target))).toEqual(new Set(formTargets));
    expect(fields.at(-1)?.target).toBe("note");
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  });

  test("offers each field what no other fills, and its own", () => {
    const targets = targetsFor(blankForm.fields, 2);
    expect(targets).toContain("email");
    expect(targets).not.toContain("need");
  });

  test("moves fields within its ends", () => {
    const keys = (fields: typeof blankForm.fields) => fields.map(({ key }) => key);
    expect(keys(moved(blankForm.fields, 2, -1))).toEqual([1, 3, 2]);
    expect(keys(moved(blankForm.fields, 0, -1))).toEqual([1, 2, 3]);
    expect(keys(moved(blankForm.fields, 2, 1))).toEqual([1, 2, 3]);
  });
});

test("a form's lines for another page cannot be broken by its name", () => {
  expect(embedSnippet({ url: "https://crm.example/forms/k", name: 'Ask "us" <now>' })).toContain(
    'title="Ask &quot;us&quot; &lt;now&gt;"',
  );
});
