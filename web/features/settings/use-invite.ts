import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { NewInvitation } from "../../../shared/v1/user.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { invite, mailInvitation } from "../../lib/api/invitations.ts";
import { randomKey } from "../../lib/random-key.ts";

/** An invitation that was just made: its link is shown this once, whatever became of the mail. */
export type Invited = { email: string; path: string; mailed: boolean; message: string };

/** Makes an invitation and sends its mail; without a mail the link remains, which somebody hands over. */
export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: NewInvitation): Promise<Invited> => {
      const { id, email, token, path } = await invite(input, randomKey());
      const mail = await mailInvitation(id, token ?? "").catch((error: unknown) => ({
        mailed: false,
        message: wordsOf(error),
      }));
      return { email, path: path ?? "", ...mail };
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["invitations"] }),
  });
}
