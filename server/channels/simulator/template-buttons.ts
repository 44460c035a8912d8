import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { ShownButton } from "../../domain/simulator/phone-view.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { GraphRefusal } from "./graph-refusal.ts";

type Fields = Record<string, unknown>;

/** A template's buttons, with payloads, addresses and codes as this send filled them in. */
export function templateButtons(buttons: unknown[], given: Fields[]): ShownButton[] {
  return buttons.map((item, index) => {
    const button = objectOf(item) ?? {};
    const component = given.find(
      ({ type, index: at }) => textOf(type)?.toLowerCase() === "button" && Number(at) === index,
    );
    return shownButton(button, listOf(component?.parameters), index);
  });
}

function shownButton(button: Fields, parameters: unknown[], index: number): ShownButton {
  const title = textOf(button.text) ?? "";
  const first = objectOf(parameters[0]);
  switch (textOf(button.type)?.toUpperCase()) {
    case "QUICK_REPLY":
      return { kind: "reply", title, value: textOf(first?.payload) ?? title, answersAs: "button" };
    case "URL":
      return { kind: "url", title, value: address(textOf(button.url) ?? "", parameters, index), answersAs: "button" };
    case "PHONE_NUMBER":
      return { kind: "phone", title, value: textOf(button.phone_number) ?? "", answersAs: "button" };
    case "COPY_CODE": {
      const value = textOf(first?.coupon_code) ?? "";
      if (value === "") throw needsParameter(index, "CopyCode");
      return { kind: "copy_code", title: title || "Copy code", value, answersAs: "button" };
    }
    case "OTP": {
      const value = textOf(first?.text) ?? "";
      if (value === "") throw needsParameter(index, "Otp");
      return { kind: "copy_code", title: title || "Copy code", value, answersAs: "button" };
    }
    default:
      return { kind: "other", title: title || "View", value: "", answersAs: "button" };
  }
}

function address(url: string, parameters: unknown[], index: number): string {
  if (url.includes("{{") && parameters.length === 0) throw needsParameter(index, "Url");
  return url.includes("{{") ? fillPlaceholders(url, parameters, `button ${index}`) : url;
}

function needsParameter(index: number, type: string): GraphRefusal {
  return new GraphRefusal(131008, `buttons: Button at index ${index} of type ${type} requires a parameter`);
}
