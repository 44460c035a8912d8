import type { ChannelAccount } from "../../shared/v1/channel-account.ts";

export type Trouble = { key: string; what: string; toDo: string };

/** What a problem that stops a number asks of somebody; the others stand in the number's health alone. */
const stopping: Record<string, string> = {
  token_expired: "An admin has to connect the number again; what waits then leaves by itself.",
  disconnected: "An admin has to connect the number again; until then nothing can be sent from it.",
  blocked: "An admin finds why, and can appeal, in WhatsApp Manager. After WhatsApp has lifted it, sync the number.",
  restricted: "People who write to you can be answered. An admin finds more in WhatsApp Manager.",
  payment_missing: "An admin has to add one in WhatsApp Manager; until then only what is free arrives.",
};

/** The problems of the company's numbers that somebody has to see wherever they are. */
export function troublesOf(accounts: ChannelAccount[]): Trouble[] {
  return accounts.flatMap(({ id, name, provider, problems }) =>
    problems.flatMap(({ problem, title }) => {
      const toDo = stopping[problem];
      if (toDo === undefined) return [];
      const simulated = "In the phone simulator, open “Make WhatsApp fail” and let everything work again.";
      return [
        { key: `${id} ${problem}`, what: `${name}: ${title}.`, toDo: provider === "simulator" ? simulated : toDo },
      ];
    }),
  );
}
