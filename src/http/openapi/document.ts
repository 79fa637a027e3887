import type { Description, Method, OpenApiDocument, Operation, PathItem, Tag } from './types.ts';

/** Gives the OpenAPI document of some dialects together, or of one. Throws where two of them use the same name. */
export function documentOf(descriptions: readonly Description[], version: string): OpenApiDocument {
  const [only, ...others] = descriptions;
  const single = only !== undefined && others.length === 0 ? only : undefined;
  return {
    openapi: '3.1.1',
    info: {
      title: single?.title ?? 'OpenPunch',
      version,
      description: single?.description ?? 'One ledger of people, jobs and hours, behind four public APIs.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    'x-dialects': descriptions.map(({ name, title, description }) => ({ name, title, description })),
    tags: descriptions.flatMap(tagsOf),
    paths: joined(descriptions.map(pathsOf)),
    components: {
      schemas: joined(descriptions.map(({ schemas }) => schemas)),
      parameters: joined(descriptions.map(({ parameters = {} }) => parameters)),
      responses: joined(descriptions.map(({ responses = {} }) => responses)),
      securitySchemes: joined(descriptions.map(({ securitySchemes }) => securitySchemes)),
    },
    ...(single === undefined ? {} : { security: single.security }),
  };
}

function tagsOf({ name: dialect, groups }: Description): Tag[] {
  return groups.flatMap(({ name, tags }) => tags.map((tag) => ({ ...tag, 'x-group': name, 'x-dialect': dialect })));
}

/** The paths, each operation with the dialect's name and the keys that it takes. */
function pathsOf({ name, paths, security }: Description): Record<string, PathItem> {
  const all: Record<string, PathItem> = {};
  for (const [path, item] of Object.entries(paths)) {
    const methods: Partial<Record<Method, Operation>> = {};
    for (const [method, operation] of Object.entries(item) as [Method, Operation][]) {
      methods[method] = { security, ...operation, 'x-dialect': name };
    }
    all[path] = methods;
  }
  return all;
}

function joined<T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const all: Record<string, T> = {};
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      if (name in all) throw new Error(`Two descriptions of the API use the name ${name}`);
      all[name] = value;
    }
  }
  return all;
}
