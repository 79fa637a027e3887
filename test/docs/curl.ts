/** A request as curl would send it. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The request of a curl command, of the few options that guides use. Throws for others. */
export function requestOf([name, ...words]: readonly string[]): Request {
  if (name !== 'curl') throw new Error(`A guide may not run ${name}`);
  const headers: Record<string, string> = {};
  const data: string[] = [];
  let method: string | undefined;
  let url: string | undefined;
  const rest = words.values();
  const value = (option: string): string => {
    const { value: next } = rest.next();
    if (next === undefined) throw new Error(`curl ${option} lacks its value`);
    return next;
  };
  for (const word of rest) {
    if (word === '-s' || word === '-i' || word === '-si') continue;
    if (word === '-X') method = value(word);
    else if (word === '-H') {
      const [key = '', text = ''] = value(word).split(/:\s*(.*)/s);
      headers[key.toLowerCase()] = text;
    } else if (word === '-u') headers.authorization = `Basic ${Buffer.from(value(word)).toString('base64')}`;
    else if (word === '-d') data.push(value(word));
    else if (word === '--data-urlencode') {
      const [key = '', text = ''] = value(word).split(/=(.*)/s);
      data.push(`${key}=${encodeURIComponent(text)}`);
    } else if (word === '-o') value(word);
    else if (!word.startsWith('-') && url === undefined) url = word;
    else throw new Error(`A guide may not use ${word} of curl`);
  }
  if (url === undefined) throw new Error('curl lacks an address');
  const body = data.length === 0 ? undefined : data.join('&');
  if (body !== undefined) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}
