import { jsonOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";
import { longNumberOf } from "./long-number.ts";

/** A gateway does not name an order's items: their number, the order's title and its total. */
export function gatewayOrder(fields: Record<string, unknown>): MessageContent {
  const total1000 = longNumberOf(fields.totalAmount1000);
  return withoutUndefined({
    type: "order",
    text: textOf(fields.message),
    details: jsonOf(
      withoutUndefined({
        order_id: textOf(fields.orderId),
        title: textOf(fields.orderTitle),
        item_count: longNumberOf(fields.itemCount),
        total: total1000 === undefined ? undefined : total1000 / 1000,
        currency: textOf(fields.totalCurrencyCode),
      }),
    ),
  });
}
