import { mkdir, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { linkLibraries } from "../../../server/db/embedded/library-links.ts";
import { scratchFolder } from "./data-folder-harness.ts";

test("links are made from the package's list, by several at once and again", async () => {
  const native = await scratchFolder();
  await mkdir(join(native, "lib"));
  await writeFile(join(native, "lib", "libz.so.1.2"), "");
  const links = [
    { source: "native/lib/libz.so.1.2", target: "native/lib/libz.so" },
    { source: "native/lib/libz.so.1.2", target: "native/lib/libz.so.1" },
    { source: "native/lib/absent.so.9", target: "native/lib/absent.so" },
  ];
  await writeFile(join(native, "pg-symlinks.json"), JSON.stringify(links));
  const results = await Promise.all(Array.from({ length: 8 }, () => linkLibraries(native)));
  expect(new Set(results)).toEqual(new Set(["linked"]));
  expect(await linkLibraries(native)).toBe("linked");
  expect(await readlink(join(native, "lib", "libz.so.1"))).toBe("libz.so.1.2");
  await expect(readlink(join(native, "lib", "absent.so"))).rejects.toThrow("ENOENT");
});
