import type { ErrorClass, VendorError } from "../channel-sender.ts";

/** Why it did not arrive, for the person who wrote it: first what we know of this code, else of its class. */
export function failureWords({ class: errorClass, code, title, details, isOurs }: VendorError, times = 1): string {
  if (isOurs) return details;
  const known = code === null ? undefined : byCode[code];
  if (known !== undefined) return known;
  const said = details === "" || details === title ? title : `${title}: ${details}`;
  const why = errorClass === "retry_few" && times > 1 ? severalTimes : byClass[errorClass];
  return `${why} WhatsApp says: “${said}”${code === null ? "" : ` (${code})`}`;
}

const severalTimes = "WhatsApp could not take it, several times.";

const byClass: Record<ErrorClass, string> = {
  retry_backoff: "WhatsApp was too busy to take it.",
  retry_few: "WhatsApp could not take it.",
  retry_pair: "WhatsApp takes about ten messages a minute to one person.",
  wait_10min: "WhatsApp was not ready for it.",
  wait_1h: "WhatsApp slows it down.",
  wait_24h: "WhatsApp chose not to deliver it.",
  needs_template: "Only a template may be sent now.",
  other_channel: "It cannot be delivered on WhatsApp.",
  opted_out_marketing: "The person does not want marketing messages.",
  opted_out: "The person does not want messages.",
  pause_number: "WhatsApp holds this number back.",
  template_paused: "WhatsApp has paused the template.",
  template_disabled: "WhatsApp has disabled the template.",
  account_auth: "The connection to WhatsApp has lost its permission.",
  account_blocked: "WhatsApp has restricted the account.",
  account_setup: "Something is missing in the WhatsApp account.",
  never: "WhatsApp does not take this message.",
};

const byCode: Record<number, string> = {
  190: "The connection to WhatsApp has expired. An admin has to connect the number again; what waits then leaves by itself.",
  368: "WhatsApp has blocked the account for a time, for breaking its rules.",
  130403: "Your business has blocked this person, so nothing can be sent to them.",
  130429: "WhatsApp takes only so many messages a second from one number; this one waits its turn.",
  130472: "WhatsApp did not deliver this: the person is part of an experiment of WhatsApp's. It is nobody's fault.",
  130497: "WhatsApp does not let the account write to people in this country.",
  131008: "Something that WhatsApp needs is missing in this message.",
  131021: "A number cannot write to itself.",
  131026:
    "It could not be delivered: the person may not use WhatsApp, or an old version, or has not accepted its terms.",
  131031: "WhatsApp has locked the account.",
  131037: "WhatsApp has to approve the number's display name first.",
  131042: "The WhatsApp account has no valid means of payment.",
  131047: "More than 24 hours have passed since the person wrote. An approved template can be sent.",
  131048: "WhatsApp holds the number back, because people blocked or reported its messages.",
  131049: "WhatsApp chose not to deliver it now, to keep people from getting too much marketing.",
  131050: "The person has stopped marketing messages from you.",
  131051: "WhatsApp does not know this kind of message.",
  131053: "WhatsApp could not use the file: its type or size is not what it takes.",
  131056: "WhatsApp takes about ten messages a minute to one person; this one waits its turn.",
  131062: "This kind of message needs the person's phone number, and only a user name is known.",
  132000: "The template wants another number of values than it got.",
  132001: "The template does not exist in this language.",
  132005: "With its values the template is too long.",
  132012: "A value does not fit the template.",
  132015: "WhatsApp has paused the template, because people rated it low.",
  132016: "WhatsApp has disabled the template for good.",
  133010: "The number is not registered with WhatsApp yet.",
};
