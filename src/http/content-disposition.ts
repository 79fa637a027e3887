/**
 * A Content-Disposition that saves under this name. The plain form holds only letters, digits and a few signs, so that no name
 * can break out of it; any other name follows in the encoded form of RFC 8187.
 */
export function attachmentNamed(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._()+-]/g, '_');
  if (plain === name) return `attachment; filename="${plain}"`;
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
