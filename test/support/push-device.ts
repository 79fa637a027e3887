import { createDecipheriv, createECDH, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A device's side of Web Push: its keys, and how it reads what comes (RFC 8291 in RFC 8188). */
export interface PushDevice {
  readonly p256dh: string;
  readonly auth: string;
  read(body: Buffer): string;
}

/** A device that subscribes. */
export function pushDevice(): PushDevice {
  const own = createECDH('prime256v1');
  own.generateKeys();
  const auth = randomBytes(16);
  const read = (body: Buffer): string => {
    const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)];
    const sender = body.subarray(21, 21 + length);
    const sealed = body.subarray(21 + length);
    const prk = createHmac('sha256', auth).update(own.computeSecret(sender)).digest();
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own.getPublicKey(), sender, Buffer.from([1])]);
    const ikm = createHmac('sha256', prk).update(info).digest();
    const derived = (label: string, size: number): Buffer =>
      Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from(`Content-Encoding: ${label}\0`), size));
    const open = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
    open.setAuthTag(sealed.subarray(-16));
    const clear = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
    // A 2 ends the last record, zeros may follow.
    return clear.subarray(0, clear.lastIndexOf(2)).toString();
  };
  return { p256dh: own.getPublicKey('base64url'), auth: auth.toString('base64url'), read };
}
