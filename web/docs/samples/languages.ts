import type { Plugin } from '@scalar/types/snippetz';
import { type Credentials, emptyObject, finishes } from './finish.ts';

/** The languages of the code samples, in the order of their tabs. */
export const languages = [
  { name: 'curl', title: 'cURL', colours: 'bash' },
  { name: 'csharp', title: 'C#', colours: 'csharp' },
  { name: 'java', title: 'Java', colours: 'java' },
  { name: 'node', title: 'Node.js', colours: 'javascript' },
  { name: 'php', title: 'PHP', colours: 'php' },
  { name: 'ruby', title: 'Ruby', colours: 'ruby' },
  { name: 'python', title: 'Python', colours: 'python' },
  { name: 'go', title: 'Go', colours: 'go' },
] as const;

export type LanguageName = (typeof languages)[number]['name'];

/** What a sample shows: a request with the key that it needs. */
export interface Sample {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: { readonly type: string; readonly text: string };
  /** Sent by Basic authentication. */
  readonly basic?: Credentials;
}

const writers: Readonly<Record<LanguageName, () => Promise<Plugin>>> = {
  curl: async () => (await import('@scalar/snippetz/plugins/shell/curl')).shellCurl,
  csharp: async () => (await import('@scalar/snippetz/plugins/csharp/httpclient')).csharpHttpclient,
  java: async () => (await import('@scalar/snippetz/plugins/java/nethttp')).javaNethttp,
  node: async () => (await import('@scalar/snippetz/plugins/node/fetch')).nodeFetch,
  php: async () => (await import('@scalar/snippetz/plugins/php/curl')).phpCurl,
  ruby: async () => (await import('@scalar/snippetz/plugins/ruby/native')).rubyNative,
  python: async () => (await import('@scalar/snippetz/plugins/python/requests')).pythonRequests,
  go: async () => (await import('@scalar/snippetz/plugins/go/native')).goNative,
};

/** Writes a request as a program that can be run as it stands, once the key is filled in. */
export async function writeSample(language: LanguageName, { body, basic, ...sample }: Sample): Promise<string> {
  const writer = await writers[language]();
  const headers =
    basic === undefined ? sample.headers : [['Authorization', 'Basic BASE64'] as const, ...sample.headers];
  const code = writer.generate({
    method: sample.method,
    url: sample.url,
    headers: headers.map(([name, value]) => ({ name, value })),
    ...(body === undefined ? {} : { postData: postDataOf(body, language) }),
  });
  return finishes[language](code, basic);
}

function postDataOf({ type, text }: { type: string; text: string }, language: LanguageName) {
  if (type === 'application/x-www-form-urlencoded') {
    return { mimeType: type, params: [...new URLSearchParams(text)].map(([name, value]) => ({ name, value })) };
  }
  return { mimeType: type, text: language === 'php' ? withMarkedObjects(text) : text };
}

function withMarkedObjects(json: string): string {
  const mark = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && JSON.stringify(value) === '{}' ? emptyObject : value;
  try {
    return JSON.stringify(JSON.parse(json, mark));
  } catch {
    return json;
  }
}
