import { describe, expect, test } from "vitest";
import { snippetOf } from "../../../server/domain/search/highlight.ts";
import { readMessageQuery, tsqueryOf } from "../../../server/domain/search/message-query.ts";

const tsquery = (text: string) => {
  const query = readMessageQuery(text);
  return query && tsqueryOf(query);
};

describe("a query", () => {
  test.each([
    ["Preço", "('preco':*)"],
    ["how much", "('how') & ('much':*)"],
    ['"how much"', "('how' <-> 'much')"],
    ['plan "how much" co', "('plan') & ('how' <-> 'much') & ('co':*)"],
    ['"never closed', "('never') & ('closed':*)"],
    ["你好吗", "('你好' <-> '好吗')"],
    ["你", "('你':*)"],
    ["a'b\\c:*|&!(", "('a') & ('b') & ('c':*)"],
  ])("%s is %s", (text, expected) => {
    expect(tsquery(text)).toBe(expected);
  });

  test.each(["", "  ", '""', "?!", "👍"])("%j asks for nothing", (text) => {
    expect(readMessageQuery(text)).toBeUndefined();
  });
});

describe("a snippet", () => {
  const marked = (text: string, words: string) => {
    const query = readMessageQuery(words);
    if (!query) return "";
    const { text: shown, ranges } = snippetOf(text, query);
    return ranges
      .toReversed()
      .reduce((all, { start, end }) => `${all.slice(0, start)}[${all.slice(start, end)}]${all.slice(end)}`, shown);
  };

  test.each([
    ["Qual é o PREÇO? Preços altos.", "preco", "Qual é o [PREÇO]? [Preços] altos."],
    ["<b>price</b> & more", "price", "<b>[price]</b> & more"],
    ["Straße 12", "strasse", "[Straße] 12"],
    ["我想知道价格是多少", "价格", "我想知道[价格]是多少"],
    ["cafe\u0301 olé", "café", "[cafe\u0301] olé"],
    ["👍👍 ok then", "ok", "👍👍 [ok] then"],
  ])("of %s shows %s", (text, words, expected) => {
    expect(marked(text, words)).toBe(expected);
  });

  test("of a long text shows the place that was found", () => {
    const text = `${"word ".repeat(100)}needle ${"tail ".repeat(100)}`;
    const shown = marked(text, "needle");
    expect(shown).toMatch(/^…(word )+\[needle\] (tail )+/);
    expect(shown.endsWith("…")).toBe(true);
    expect(shown.length).toBeLessThan(220);
  });
});
