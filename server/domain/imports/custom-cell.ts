import { foldText } from "../../../shared/fold-text.ts";
import type { Json } from "../../../shared/json.ts";
import type { CustomField } from "../custom-fields/custom-field.ts";

/** A cell as the value of a company's own field; text that is not of its kind stays text, and is refused with a reason. */
export function customCell(cell: string, kind: CustomField["kind"] | undefined): Json {
  switch (kind) {
    case "number":
      return /^[+-]?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell;
    case "boolean": {
      const word = foldText(cell);
      if (["true", "yes", "1", "si", "sim", "ja", "oui"].includes(word)) return true;
      return ["false", "no", "0", "nao", "nein", "non"].includes(word) ? false : cell;
    }
    case "date":
    case "text":
    case "select":
    case undefined:
      return cell;
  }
}
