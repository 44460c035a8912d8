/** Where this installation may call to at somebody else's wish. */
export type OutboundPolicy = {
  /** Loopback and private networks too; for tests, and for those who own both ends. */
  allowPrivate: boolean;
  /** In production nothing leaves in the clear. */
  httpsOnly: boolean;
};

/** https only where Rapport itself is reached by https. */
export function outboundPolicy(settings: { publicUrl: string | undefined; allowPrivate: boolean }): OutboundPolicy {
  const { publicUrl, allowPrivate } = settings;
  return { allowPrivate, httpsOnly: !allowPrivate && publicUrl?.startsWith("https:") === true };
}
