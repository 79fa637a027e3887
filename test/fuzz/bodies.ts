const deep = (depth: number): string => `{"data":${'['.repeat(depth)}${']'.repeat(depth)}}`;
/** Bodies that are no request at all, or barely one. */
export const bodies: readonly (string | Buffer)[] = [
  '',
  ' ',
  '{',
  '{"data":[{}]',
  '{"data":[{},]}',
  '{"data":[{"name":"a","name":"b"}],"data":7}',
  '\uFEFF{"data":[]}',
  '{"data":[{"name":"\\ud800"}]}',
  '{"data":[{"name":"\\u0000"}]}',
  '{"data":[{"__proto__":{"admin":true}}]}',
  '{"__proto__":{"data":[{}]}}',
  '{"data":{"length":3}}',
  `{"data":[${'{},'.repeat(49)}{}]}`,
  `{"data":[${'{},'.repeat(60)}{}]}`,
  `{"data":[{"id":1${'0'.repeat(400)}}]}`,
  deep(19),
  deep(5_000),
  '['.repeat(100_000),
  'data=%7B%7D&x=1',
  '<xml/>',
  Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
  Buffer.concat([Buffer.from('{"data":[{"name":"'), Buffer.from([0xc3, 0x28, 0xf0, 0x9f]), Buffer.from('"}]}')]),
];
/** Content types that clients and others name. */
export const types = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'image/png',
  'x',
  '',
];
