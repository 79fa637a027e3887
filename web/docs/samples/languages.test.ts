import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LanguageName, languages, type Sample, writeSample } from './languages.ts';

const json: Sample = {
  method: 'PUT',
  url: 'https://time.test/v2/bookings?a=1&b=2',
  headers: [['Content-Type', 'application/json']],
  basic: { user: '', password: 'KEY' },
  body: { type: 'application/json', text: JSON.stringify({ empty: {}, none: null, said: 'It\'s "so" #{x}' }) },
};
const form: Sample = {
  method: 'POST',
  url: 'https://time.test/api.php',
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  body: { type: 'application/x-www-form-urlencoded', text: new URLSearchParams({ notes: "it's ok" }).toString() },
};

test('each language has a tab', () => {
  const titles = languages.map(({ title }) => title);
  assert.deepEqual(titles, ['cURL', 'C#', 'Java', 'Node.js', 'PHP', 'Ruby', 'Python', 'Go']);
});

test('keys of Basic authentication are written in clear, and encoded by the program', async () => {
  const expected: Record<LanguageName, string> = {
    curl: "--user ':KEY'",
    csharp: 'Convert.ToBase64String(Encoding.UTF8.GetBytes(":KEY"))',
    java: '"Basic " + Base64.getEncoder().encodeToString(":KEY".getBytes())',
    node: "'Basic ' + btoa(':KEY')",
    php: "'Authorization: Basic ' . base64_encode(':KEY')",
    ruby: "request.basic_auth('', 'KEY')",
    python: 'auth=("", "KEY")',
    go: 'req.SetBasicAuth("", "KEY")',
  };
  for (const [language, words] of Object.entries(expected) as [LanguageName, string][]) {
    for (const sample of [json, { method: 'GET', url: json.url, headers: [], basic: json.basic } as Sample]) {
      const code = await writeSample(language, sample);
      assert.ok(code.includes(words), code);
      assert.ok(!code.includes('BASE64'), code);
    }
  }
});

test('bodies survive the quoting of each language', async () => {
  assert.match(await writeSample('php', json), /'empty' => new stdClass\(\)/);
  assert.match(await writeSample('ruby', json), /<<~'JSON'/);
  assert.match(await writeSample('python', json), /"none": None/);
  assert.match(await writeSample('curl', json), /It'\\''s/);
  assert.match(await writeSample('php', form), /'notes=it%27s%20ok'/);
  assert.match(await writeSample('curl', form), /--data-urlencode 'notes=it'\\''s ok'/);
});

test('each sample prints the answer', async () => {
  const printing = /curl |Console\.WriteLine|System\.out\.println|console\.log|curl_exec|puts |print\(|fmt\.Println/;
  for (const { name } of languages) assert.match(await writeSample(name, json), printing);
});
