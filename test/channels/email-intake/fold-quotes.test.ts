import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { foldMarked, foldQuotes } from "../../../server/channels/email-intake/fold-quotes.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures/email-reply-fixtures");
const isThere = existsSync(folder);

/** How the new words begin and end, and what of the old ones must not be among them. */
const expected: Record<string, { begins: string; ends: string; without?: string }> = {
  correct_sig: { begins: "this is an email with a correct -- signature.", ends: "signature.", without: "rick" },
  email_1_1: { begins: "Hi folks", ends: "riak-users_lists.basho.com" },
  email_1_2: {
    begins: "Hi,\nYou can list the keys",
    ends: "riak-users_lists.basho.com",
    without: "Abhishek Kona wrote",
  },
  email_1_3: { begins: "Oh thanks.", ends: "riak-users_lists.basho.com", without: "Russell Brown wrote" },
  email_1_4: { begins: "Awesome!", ends: "another problem with it.", without: "Loader" },
  email_1_5: { begins: "One: Here's what I've got.", ends: "for a while." },
  email_1_6: { begins: "I get proper rendering", ends: "as well.", without: "torch of pixels" },
  email_1_7: { begins: ":+1:", ends: ":+1:", without: "Steps" },
  email_1_8: { begins: "I will reply under this one", ends: "and under this.", without: "okay.  Well" },
  email_2_1: { begins: "Outlook with a reply", ends: "Outlook with a reply", without: "Google Apps" },
  email_2_2: { begins: "Outlook with a reply directly", ends: "above line", without: "CRM Comments" },
  email_2_3: { begins: "Outlook with a reply directly", ends: "above line", without: "CRM Comments" },
  email_BlackBerry: { begins: "Here is another email", ends: "Here is another email" },
  email_bullets: { begins: "test 2 this should list second", ends: "- and another", without: "goalengine" },
  email_iPhone: { begins: "Here is another email", ends: "Here is another email" },
  email_multi_word_sent_from_my_mobile_device: { begins: "Here is another email", ends: "Here is another email" },
  email_one_is_not_on: {
    begins: "Thank, this is really helpful.\n\nOne outstanding question",
    ends: "when I run...",
    without: "good news",
  },
  email_sent_from_my_not_signature: { begins: "Here is another email", ends: "" },
  email_sig_delimiter_in_middle_of_line: { begins: "Hi there!", ends: "kthxbai" },
  greedy_on: {
    begins: "On your remote host you can run:",
    ends: "the tunnel is not working.",
    without: "George Plymale",
  },
  pathological: { begins: "I think you're onto something.", ends: "get back to a computer.", without: "John Sullivan" },
};

describe.skipIf(!isThere)("real replies (skipped where ../shared is absent)", () => {
  test.each(Object.entries(expected))(
    "keep the new words and fold the rest: %s",
    async (name, { begins, ends, without }) => {
      const written = readFileSync(join(folder, `${name}.txt`), "utf8");
      const { text, quoted } = await foldQuotes(written);
      expect(text.startsWith(begins), text).toBe(true);
      expect(text.endsWith(ends), text).toBe(true);
      if (without === undefined) return;
      expect(text).not.toContain(without);
      expect(quoted).toContain(without);
    },
  );
});

describe("a reply", () => {
  test("below Outlook's German head is cut there", async () => {
    const written =
      "Passt, danke!\n\nVon: Klinik <a@b.example>\nGesendet: Freitag, 20. November 2026 10:00\nAn: Ana\nBetreff: Termin\n\nAlter Text";
    expect(await foldQuotes(written)).toEqual({
      text: "Passt, danke!",
      quoted: expect.stringMatching(/^Von: Klinik[\s\S]*Alter Text$/),
    });
  });

  test("that is nothing but a quote stays as it is", async () => {
    expect(await foldQuotes("> only this")).toEqual({ text: "> only this", quoted: null });
  });

  test("of a hundred thousand lines is folded by its marks alone, at once", async () => {
    const began = process.threadCpuUsage();
    const { text } = await foldQuotes(`New\n${"> On old wrote wrote wrote:\n".repeat(100_000)}`);
    expect(text).toBe("New");
    // What it worked, not what passed: a busy machine makes the latter longer.
    expect(process.threadCpuUsage(began).user).toBeLessThan(2_000_000);
    expect(foldMarked("a\n> b").quoted).toBe("> b");
  });
});
