import type { ReactNode } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { AdCard } from "./ad-card.tsx";
import { adOf } from "./ad-content.ts";
import { OfferedChoices, OfferedHeader } from "./offered.tsx";
import { offeredIn } from "./offered-content.ts";

/** What stands above and below a message's words: the ad it came from, its header, its footer and what can be tapped. */
export function MessageFrame({ message, children }: { message: Message; children: ReactNode }) {
  if (message.revoked_at) return children;
  const ad = adOf(message);
  const offered = offeredIn(message);
  return (
    <>
      {ad && <AdCard ad={ad} />}
      {offered?.header && <OfferedHeader header={offered.header} />}
      {children}
      {offered && <OfferedChoices offered={offered} />}
    </>
  );
}
