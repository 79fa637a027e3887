import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** The bytes that a secret such as `whsec_…` stands for; undefined for a text that is no secret of 24 to 64 bytes. */
export function secretBytes(secret: string): Buffer | undefined {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return undefined;
  const bytes = Buffer.from(secret.slice(prefix.length), 'base64');
  return bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
}

/** The secret that stands for these bytes. */
export function secretOf(bytes: Buffer): string {
  return `${prefix}${bytes.toString('base64')}`;
}

/** What is signed, and when it is sent. */
export interface SignedMessage {
  readonly id: string;
  /** Epoch seconds, whole. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The value of the header `webhook-signature`: one signature for each secret, parted by blanks, as the Standard Webhooks
 * specification has it.
 */
export function signatureOf({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): string {
  const signed = `${id}.${timestamp}.${body}`;
  return secrets
    .map((secret) =>
      createHmac('sha256', secretBytes(secret) ?? '')
        .update(signed)
        .digest('base64'),
    )
    .map((signature) => `v1,${signature}`)
    .join(' ');
}
