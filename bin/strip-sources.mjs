import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { strippedSource } from "./stripped-sources.mjs";

// Part of the installation: so the first start, like every later one, finds all types stripped and never loads the stripper.
for (const folder of ["server", "shared"]) {
  const path = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
  for (const file of readdirSync(path, { recursive: true })) if (file.endsWith(".ts")) strippedSource(path + file);
}
