import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import type { QuickReply } from "../../../shared/v1/quick-reply.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { quickRepliesQuery, renderQuickReply } from "../../lib/api/quick-replies.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import { writeDraft } from "./draft-store.ts";

const mostShown = 6;

export type QuickReplies = {
  found: QuickReply[];
  chosen: number;
  choose: (reply: QuickReply) => void;
  /** True where the key was for the list. */
  onKey: (event: KeyboardEvent) => boolean;
};

/** "/" and the beginning of a shortcut or title offers prepared answers, by keyboard or by pointer. */
export function useQuickReplies(conversationId: number, text: string): QuickReplies {
  const asked = /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase();
  const { data } = useQuery({ ...quickRepliesQuery, enabled: asked !== undefined });
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState("");
  const found = asked === undefined || dismissed === text ? [] : matching(data?.data ?? [], asked);
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  const choose = (reply: QuickReply) => {
    setChosen(0);
    renderQuickReply(reply.id, conversationId).then(
      (rendered) => writeDraft(conversationId, rendered.text),
      (error: unknown) => showProblem("The answer could not be filled in", wordsOf(error)),
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const reply = found[at];
    if (!reply) return false;
    if (event.key === "ArrowDown") setChosen((at + 1) % found.length);
    else if (event.key === "ArrowUp") setChosen((at + found.length - 1) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(reply);
    else if (event.key === "Escape") setDismissed(text);
    else return false;
    event.preventDefault();
    return true;
  };
  return { found, chosen: at, choose, onKey };
}

function matching(replies: QuickReply[], asked: string): QuickReply[] {
  return replies
    .filter(({ shortcut, title }) => `${shortcut} ${title}`.toLowerCase().includes(asked))
    .slice(0, mostShown);
}
