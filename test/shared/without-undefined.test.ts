import { expect, test } from "vitest";
import { withoutUndefined } from "../../shared/without-undefined.ts";

test("only undefined fields are left out", () => {
  expect(withoutUndefined({ a: 1, b: undefined, c: null, d: "", e: false })).toStrictEqual({
    a: 1,
    c: null,
    d: "",
    e: false,
  });
});
