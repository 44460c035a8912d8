import { writeFile } from "node:fs/promises";
import { apiDocuments } from "./api-documents.ts";

for (const [name, text] of await apiDocuments()) await writeFile(new URL(`../docs/api/${name}`, import.meta.url), text);
console.log("Wrote docs/api/*.openapi.json");
