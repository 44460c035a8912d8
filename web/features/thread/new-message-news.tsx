import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Message } from "../../../shared/v1/conversation.ts";
import { excerptOf } from "./message-content.ts";

/** Reads new incoming messages out. The list itself can't be a live region: scrolling it adds rows, too. */
export function NewMessageNews({ last }: { last: Message | undefined }) {
  const [news, setNews] = useState("");
  const known = useRef(last?.id);
  useEffect(() => {
    if (!last || last.id === known.current) return;
    known.current = last.id;
    if (last.direction === "in") setNews(`New message: ${excerptOf(last)}`);
  }, [last]);
  return <VisuallyHidden role="status">{news}</VisuallyHidden>;
}
