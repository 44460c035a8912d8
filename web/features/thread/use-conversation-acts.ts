import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Conversation } from "../../../shared/v1/conversation.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { actOnConversation, conversationQuery, switchBot } from "../../lib/api/conversations.ts";
import { showDone, showProblem, showUndo } from "../../ui/undo-toast.tsx";

type Act = { run: () => Promise<Conversation>; done: string; undo?: () => Promise<Conversation> };

/** The acts of the conversation's menu; those that take it out of sight can be undone. */
export function useConversationActs({ id }: Conversation) {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ run }: Act) => run(),
    onSuccess: (saved, { done, undo }) => {
      client.setQueryData(conversationQuery(id).queryKey, saved);
      if (undo) showUndo(done, () => mutate({ run: undo, done: "Taken back." }));
      else showDone(done);
    },
    onError: (error) => showProblem("Nothing was changed", wordsOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ["conversations"] }),
  });
  const act = (name: "close" | "reopen" | "snooze" | "assign", body: object = {}) => actOnConversation(id, name, body);
  return {
    close: () => mutate({ run: () => act("close"), done: "Conversation closed.", undo: () => act("reopen") }),
    reopen: () => mutate({ run: () => act("reopen"), done: "Conversation opened." }),
    snooze: () =>
      mutate({
        run: () => act("snooze", { until: tomorrowMorning().toISOString() }),
        done: "Put aside until tomorrow, 9:00.",
        undo: () => act("reopen"),
      }),
    take: (userId: number | null) =>
      mutate({ run: () => act("assign", { user_id: userId }), done: "Assigned to you." }),
    release: () => mutate({ run: () => act("assign", { user_id: null }), done: "Given back to the team." }),
    silenceBot: () => mutate({ run: () => switchBot(id, false), done: "The bot keeps out of this conversation." }),
    letBotAnswer: () => mutate({ run: () => switchBot(id, true), done: "The bot answers in this conversation." }),
  };
}

function tomorrowMorning(): Date {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(9, 0, 0, 0);
  return at;
}
