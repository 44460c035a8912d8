import type { ComponentBody, ParameterBody } from "../../../../shared/v1/message.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { TemplateComponent, TemplateParameter } from "../../../domain/sends/outgoing-content.ts";
import { needed, parseMedia } from "./parse-content.ts";

export function parseComponent(body: ComponentBody): TemplateComponent {
  const { type } = body;
  switch (type) {
    case "header":
    case "body":
      return { type, parameters: (body.parameters ?? []).map(parseParameter) };
    case "button":
      return {
        type,
        subType: needed("template.components.subType", body.sub_type),
        index: needed("template.components.index", body.index),
        parameters: (body.parameters ?? []).map(parseParameter),
      };
    case "limited_time_offer":
      return { type, expiresAtMs: needed("template.components.expiresAtMs", body.expires_at_ms) };
    case "carousel": {
      const cards = needed("template.components.cards", body.cards);
      return {
        type,
        cards: cards.map(({ index, components }) => ({ index, components: components.map(parseComponent) })),
      };
    }
  }
}

const path = "template.components.parameters";

function parseParameter(body: ParameterBody): TemplateParameter {
  const { type, name } = body;
  switch (type) {
    case "text":
      return withoutUndefined({ type, text: needed(`${path}.text`, body.text), name });
    case "currency":
      return withoutUndefined({
        type,
        fallback: needed(`${path}.fallback`, body.fallback),
        code: needed(`${path}.code`, body.code),
        amount1000: needed(`${path}.amount1000`, body.amount_1000),
        name,
      });
    case "date_time":
      return withoutUndefined({ type, fallback: needed(`${path}.fallback`, body.fallback), name });
    case "media": {
      const { filename, ...place } = needed(`${path}.media`, body.media);
      return withoutUndefined({
        type,
        kind: needed(`${path}.kind`, body.kind),
        media: parseMedia(`${path}.media`, place),
        filename,
      });
    }
    default:
      return parseOther(body, type);
  }
}

type OtherType = Exclude<ParameterBody["type"], "text" | "currency" | "date_time" | "media">;

function parseOther(body: ParameterBody, type: OtherType): TemplateParameter {
  switch (type) {
    case "location": {
      const { name, address } = body;
      const latitude = needed(`${path}.latitude`, body.latitude);
      return withoutUndefined({
        type,
        latitude,
        longitude: needed(`${path}.longitude`, body.longitude),
        name,
        address,
      });
    }
    case "payload":
      return { type, payload: needed(`${path}.payload`, body.payload) };
    case "coupon_code":
      return { type, code: needed(`${path}.code`, body.code) };
    case "action":
      return { type, action: needed(`${path}.action`, body.action) };
    case "product":
      return {
        type,
        catalogId: needed(`${path}.catalogId`, body.catalog_id),
        productRetailerId: needed(`${path}.productRetailerId`, body.product_retailer_id),
      };
  }
}
