import { describe, expect, test } from "vitest";
import { sanitiseMail } from "../../../server/domain/mail-intake/sanitise-mail.ts";

const blocked = (html: string) => sanitiseMail(html, { images: "blocked" });

describe("a mail's HTML", () => {
  test.each([
    ["<script>alert(1)</script>Hi", "Hi"],
    ['<img src="x" onerror="alert(1)">', "<span>[picture]</span>"],
    ['<a href="javascript:alert(1)">go</a>', '<a rel="noopener noreferrer nofollow" target="_blank">go</a>'],
    [
      '<a href="https://x.example/?a=1" onclick="x()">go</a>',
      '<a href="https://x.example/?a=1" rel="noopener noreferrer nofollow" target="_blank">go</a>',
    ],
    ["<style>body{display:none}</style><p>seen</p>", "<p>seen</p>"],
    ["<svg><script>alert(1)</script></svg>ok", "ok"],
    ["<iframe src=https://x.example></iframe><form action=/><input></form>left", "left"],
    ['<meta http-equiv="refresh" content="0;url=https://x.example"><base href="https://x.example">b', "b"],
    ['<p style="position:fixed;color:red;background:url(https://x.example/p)">s</p>', '<p style="color:red">s</p>'],
    ['<img src="https://x.example/pixel" width="1" height="1">', "<span></span>"],
    ['<img src="https://x.example/logo.png" alt="Logo">', "<span>[Logo]</span>"],
    ['<img src="//x.example/logo.png">', "<span>[picture]</span>"],
    ['<img src="data:text/html,<script>alert(1)</script>">', "<span>[picture]</span>"],
    [
      '<table background="https://x.example/p"><tbody><tr><td>cell</td></tr></tbody></table>',
      "<table><tbody><tr><td>cell</td></tr></tbody></table>",
    ],
  ])("is cleaned: %s", async (html, shown) => {
    expect(await blocked(html)).toBe(shown);
  });

  test("shows pictures that come along, and foreign ones only when asked", async () => {
    const own = '<img src="data:image/png;base64,iVBORw0KGgo=" alt="" />';
    expect(await blocked(own)).toContain("data:image/png");
    const shown = await sanitiseMail('<img src="https://x.example/a.png">', { images: "shown" });
    expect(shown).toBe('<img src="https://x.example/a.png" alt="" referrerpolicy="no-referrer" />');
    expect(await sanitiseMail('<img src="http://x.example/a.png">', { images: "shown" })).toBe(
      "<span>[picture]</span>",
    );
  });

  test("made to take for ever is cleaned apart, or not shown, while the server goes on", async () => {
    let longest = 0;
    // What this thread worked from tick to tick: a busy machine lets more time pass between them.
    let before = process.threadCpuUsage();
    const ticking = setInterval(() => {
      longest = Math.max(longest, process.threadCpuUsage(before).user / 1_000);
      before = process.threadCpuUsage();
    });
    const [deep, long] = await Promise.all([
      blocked(`${"<div>".repeat(100_000)}x`),
      blocked("<p>word</p>".repeat(300_000)),
    ]);
    clearInterval(ticking);
    expect(deep).not.toBe("");
    expect(long).toMatch(/^<p>/);
    expect(longest).toBeLessThan(500);
  });
});
