import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { indexedWords } from "../../../shared/search-words.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db } = await testDatabase();

const wordsOf = prepared<{ text: string }>()(
  (_db, arg) =>
    sql<{ words: string[] }>`select coalesce(tsvector_to_array(message_words(${arg("text")}::text)), '{}') as words`,
);

async function inDatabase(text: string): Promise<string[]> {
  return ((await db.first(wordsOf({ text })))?.words ?? []).toSorted();
}

function here(text: string): string[] {
  return [...new Set(indexedWords(text))].toSorted();
}

describe("the words of a message", () => {
  test.each([
    ["Hello, WORLD! don't foo@bar.com 12.50 http://x.example/a?b=c", ["hello", "world", "don", "t", "foo", "12", "50"]],
    [
      "São Paulo, Straße, Œuvre, Łódź, smørrebrød, İstanbul, ısı",
      ["sao", "strasse", "oeuvre", "lodz", "istanbul", "isi"],
    ],
    ["Привет, ЁЛКА! Σίσυφος", ["привет", "елка", "σισυφοσ"]],
    ["السَّلامُ عليكم، أهلاً", ["السلام", "عليكم", "اهلا"]],
    ["नमस्ते, क़लम।", ["नमस्ते", "कलम"]],
    ["你好吗? 東京タワー", ["你好", "好吗", "吗", "東京", "京タ"]],
    ["สวัสดีครับ", ["สว", "รั"]],
    ["안녕하세요 여러분", ["안녕하세요", "여러분"]],
    ["👍🏽 ok… ﬁne ½", ["ok", "fine", "1", "2"]],
  ])("%s are the same here and in the database", async (text, some) => {
    expect(here(text)).toEqual(await inDatabase(text));
    expect(here(text)).toEqual(expect.arrayContaining(some));
  });

  test("are the same for any text", async () => {
    const ranges: [number, number][] = [
      [0x20, 0x7e],
      [0x20, 0x7e],
      [0xa0, 0x24f],
      [0x370, 0x3ff],
      [0x400, 0x4ff],
      [0x590, 0x6ff],
      [0x900, 0x97f],
      [0xe01, 0xe5b],
      [0x2000, 0x2fff],
      [0x3000, 0x30ff],
      [0x4e00, 0x4eff],
      [0xac00, 0xacff],
      [0xfb00, 0xffef],
      [0x1f300, 0x1f6ff],
      [0x20000, 0x20100],
    ];
    const letter = fc.tuple(fc.nat(ranges.length - 1), fc.nat(0x1000)).map(([index, offset]) => {
      const [from, to] = ranges[index] ?? [0x20, 0x7e];
      return String.fromCodePoint(from + (offset % (to - from + 1)));
    });
    const text = fc.array(letter, { maxLength: 40 }).map((letters) => letters.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (sample) => {
        expect(here(sample)).toEqual(await inDatabase(sample));
      }),
      { numRuns: 1_500 },
    );
  });

  test("never keep a message from being stored", async () => {
    for (const text of [
      "a".repeat(100_000),
      "é".repeat(100_000),
      "你".repeat(65_000),
      "x y ".repeat(30_000),
      "'\\:*&|!()<>",
      "\u0085\u2028\u1680",
    ])
      expect(await inDatabase(text)).toBeInstanceOf(Array);
  });
});
