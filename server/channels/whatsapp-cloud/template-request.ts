import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { OutgoingContent, TemplateComponent, TemplateParameter } from "../../domain/sends/outgoing-content.ts";
import { mediaReference, type VendorMedia } from "./media-reference.ts";

type Template = Extract<OutgoingContent, { type: "template" }>;

export function templateRequest({ name, language, components }: Template, uploaded: VendorMedia): JsonObject {
  return {
    name,
    language: { code: language },
    ...(components.length === 0 ? {} : { components: components.map((part) => componentRequest(part, uploaded)) }),
  };
}

function componentRequest(component: TemplateComponent, uploaded: VendorMedia): JsonObject {
  switch (component.type) {
    case "header":
    case "body":
      return { type: component.type, parameters: parametersOf(component.parameters, uploaded) };
    case "button":
      return {
        type: "button",
        sub_type: component.subType,
        index: String(component.index),
        parameters: parametersOf(component.parameters, uploaded),
      };
    case "limited_time_offer":
      return {
        type: "limited_time_offer",
        parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: component.expiresAtMs } }],
      };
    case "carousel":
      return {
        type: "carousel",
        cards: component.cards.map((card) => ({
          card_index: card.index,
          components: card.components.map((part) => componentRequest(part, uploaded)),
        })),
      };
  }
}

function parametersOf(parameters: TemplateParameter[], uploaded: VendorMedia): JsonObject[] {
  return parameters.map((parameter) => parameterRequest(parameter, uploaded));
}

function parameterRequest(parameter: TemplateParameter, uploaded: VendorMedia): JsonObject {
  switch (parameter.type) {
    case "text":
      return { type: "text", text: parameter.text, ...nameOf(parameter) };
    case "currency": {
      const { fallback: fallback_value, code, amount1000: amount_1000 } = parameter;
      return { type: "currency", currency: { fallback_value, code, amount_1000 }, ...nameOf(parameter) };
    }
    case "date_time":
      return {
        type: "date_time",
        date_time: { fallback_value: parameter.fallback, ...parameter.parts },
        ...nameOf(parameter),
      };
    case "media": {
      const { kind, media, filename } = parameter;
      return { type: kind, [kind]: { ...mediaReference(media, uploaded), ...withoutUndefined({ filename }) } };
    }
    case "location": {
      const { latitude, longitude, name, address } = parameter;
      return { type: "location", location: { latitude, longitude, ...withoutUndefined({ name, address }) } };
    }
    case "payload":
      return { type: "payload", payload: parameter.payload };
    case "coupon_code":
      return { type: "coupon_code", coupon_code: parameter.code };
    case "action":
      return { type: "action", action: parameter.action };
    case "product": {
      const { catalogId: catalog_id, productRetailerId: product_retailer_id } = parameter;
      return { type: "product", product: { catalog_id, product_retailer_id } };
    }
  }
}

function nameOf({ name }: { name?: string }): JsonObject {
  return name === undefined ? {} : { parameter_name: name };
}
