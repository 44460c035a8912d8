import { describe, expect, test } from "vitest";
import { readIntents } from "../../../server/domain/intake/read-intents.ts";
import { readProfile } from "../../../server/domain/intake/read-profile.ts";

const naughty = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\udfff\ud800 my name is \ud83d",
  "undefined null NaN Infinity -1 1e1000 0x0",
  "__proto__ constructor hasOwnProperty toString",
  "my name is __proto__",
  "Name: constructor\nBudget: __proto__",
  "<script>alert('my name is Ana')</script>",
  "'; DROP TABLE contacts; --",
  "%s%s%n {{7*7}} $ {jndi:ldap://x}",
  "田中さんにあげて下さい",
  "مُنَاقَشَةُ سُبُلِ اِسْتِخْدَامِ",
  "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
  "👩‍👩‍👧‍👦🇲🇽🏳️‍🌈",
  "\u202emy name is anA\u202c",
  "i am".repeat(1000),
  "my name is my name is my name is",
  "@@@@....@@@@a@b@c@d.e@",
  "budget budget budget $ $ $ , . , .",
  "budget: ,.,.,. 0 0.0 000",
  "मेरा नाम है",
  "::::::====::::",
];

test.each(naughty)("%j is read without a throw", (text) => {
  expect(readProfile(text)).toBeTypeOf("object");
  expect(readIntents(text)).toBeInstanceOf(Array);
});

test("words that objects inherit mean nothing", () => {
  expect(readIntents("constructor toString __proto__")).toEqual([]);
  expect(readProfile("toString constructor")).toEqual({});
});

describe("a text of 100 kB", () => {
  const patterns = [
    "a",
    "1",
    " ",
    "@",
    "a@",
    "a.",
    "1,",
    "1 ",
    "+1 ",
    "my name is ",
    "my wife's name is ",
    "my boss's email: a@b.co ",
    "a@b.co is my boss's ",
    "budget 5k ",
    "de la ",
    "i am A ",
    "मैं ",
    "\n",
    "name: ",
    "$",
    "not ",
    "www.",
    "i need a ",
  ];
  test.each(patterns)("made of %j is read in 50 ms", (pattern) => {
    const text = pattern.repeat(Math.ceil(100_000 / pattern.length));
    // What it worked, not what passed, and the least of five: the rest says how busy the machine is.
    const took = Array.from({ length: 5 }, () => {
      const started = process.threadCpuUsage();
      readProfile(text);
      readIntents(text);
      return process.threadCpuUsage(started).user / 1_000;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  });

  test("is read only to its 4,096th character", () => {
    expect(readProfile(`${" ".repeat(4000)}my name is Ana`)).toEqual({ name: "Ana", firstName: "Ana" });
    expect(readProfile(`${" ".repeat(4096)}my name is Ana`)).toEqual({});
    expect(readIntents(`${".".repeat(4096)} price`)).toEqual([]);
  });
});

test("a long need is cut at a word", () => {
  const { need = "" } = readProfile(`I need ${"appointment reminders ".repeat(30)}`);
  expect(need.length).toBeLessThanOrEqual(200);
  expect(need.endsWith("appointment") || need.endsWith("reminders")).toBe(true);
});
