import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMail } from "../../../server/channels/email-intake/read-mail.ts";
import { bounceLabels } from "./bounce-labels.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures/sisimai-bounces");
const isThere = existsSync(folder);

const names = isThere ? readdirSync(folder).filter((name) => name.endsWith(".eml")) : [];

async function saidOf(name: string): Promise<string> {
  const { report, automatic, from } = await readMail(readFileSync(join(folder, name)), "usual");
  if (report) return report.recipients.map((told) => `${told.recipient} ${told.class}`).join(", ");
  return automatic === null ? "a person's mail" : `${from?.address} ${automatic}`;
}

describe.skipIf(!isThere)("real bounces, complaints and auto-replies (skipped where ../shared is absent)", () => {
  test("have recipient and class right in at least 95 of 100", async () => {
    const wrong: string[] = [];
    for (const file of names) {
      const said = await saidOf(file);
      const label = bounceLabels[file.replace(".eml", "")];
      if (said !== label) wrong.push(`${file}: ${said} instead of ${label}`);
    }
    expect(names.length).toBeGreaterThanOrEqual(200);
    expect(wrong.length / names.length, wrong.join("\n")).toBeLessThanOrEqual(0.05);
  });

  test("name the mail they speak of wherever they give it back with an id", async () => {
    const given = names.filter((name) => {
      const [, ...returned] = readFileSync(join(folder, name), "latin1").split(
        /^message-id[ \t]*:[ \t]*\r?\n?[ \t]*</im,
      );
      return returned.length >= 2;
    });
    const unnamed: string[] = [];
    for (const file of given) {
      const { report } = await readMail(readFileSync(join(folder, file)), "usual");
      if (report && report.originalMessageId === null) unnamed.push(file);
    }
    expect(unnamed.length / given.length, unnamed.join(", ")).toBeLessThanOrEqual(0.05);
  });
});
