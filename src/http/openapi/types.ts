/**
 * OpenAPI 3.1 as far as the descriptions of the dialects use it. Extensions of ours begin with `x-` and are said here.
 * Reference: the OpenAPI Specification 3.1.1, and JSON Schema draft 2020-12.
 */

/** A JSON Schema. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly format?: string;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean | null;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly unevaluatedProperties?: boolean;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
  /** How clients may use a property. Write-once: given when a row is created, and read-only from then on. */
  readonly 'x-access'?: 'read-only' | 'read-write' | 'write-once' | 'write-only';
  /** Who sees or may set a property, where not everybody may; one sentence. */
  readonly 'x-permission'?: string;
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

export interface Reference {
  readonly $ref: string;
}

export interface Example {
  readonly summary?: string;
  readonly description?: string;
  readonly value: unknown;
  /** Of an answer: the query that was asked for it. */
  readonly 'x-query'?: Readonly<Record<string, string>>;
}

export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
  /** Of forms: how a property that is an object is written. */
  readonly encoding?: Readonly<Record<string, { readonly style: 'deepObject'; readonly explode: true }>>;
}

export type Content = Readonly<Record<string, Media>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path' | 'cookie';
  readonly description: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly schema: Schema;
  readonly style?: 'form' | 'simple' | 'deepObject';
  readonly explode?: boolean;
  readonly example?: unknown;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  readonly content?: Content;
}

/** What `_status_code` of one item of a batch may say. */
export interface ItemStatus {
  readonly code: number;
  readonly means: string;
}

export interface Operation {
  /** Unique among all dialects; it becomes the name of a method in generated clients. */
  readonly operationId: string;
  /** One of the tags of the description: the object that the operation is about. */
  readonly tags: readonly [string];
  /** A few words, such as 'List timesheets'. */
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly description?: string; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | Reference>>;
  /** Other than the description's own; [] for operations that need no key. */
  readonly security?: readonly SecurityRequirement[];
  readonly deprecated?: boolean;
  /** Statuses of single items, of operations that answer with one for each. */
  readonly 'x-item-statuses'?: readonly ItemStatus[];
  /** The address that clients write, where the path of the description only tells operations apart (`/api.php`). */
  readonly 'x-address'?: string;
  /** The operationId of the one that clients should use, where this is another method, or an old name, that does the same. */
  readonly 'x-same-as'?: string;
  /** The dialect, in the document of all of them. Set by `documentOf`. */
  readonly 'x-dialect'?: DialectName;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export type PathItem = Readonly<Partial<Record<Method, Operation>>>;

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface SecurityScheme {
  readonly type: 'http' | 'apiKey' | 'oauth2';
  readonly description: string;
  readonly scheme?: 'bearer' | 'basic';
  readonly in?: 'header' | 'query';
  readonly name?: string;
  readonly flows?: Readonly<Record<string, unknown>>;
}

/** An object of a dialect: what its operations are about. */
export interface Tag {
  readonly name: string;
  /** Markdown: what it is, and what one has to know of it. */
  readonly description: string;
  /** Name of the schema (in `schemas`) that describes one of them, for the page of the object. */
  readonly 'x-object'?: string;
  /** Heading under which the portal lists it. Set by `documentOf` from the groups of the description. */
  readonly 'x-group'?: string;
  /** The dialect that it belongs to; two may have objects of the same name. Set by `documentOf`. */
  readonly 'x-dialect'?: DialectName;
}

export type DialectName = 'tsheets-rest' | 'tsheets-legacy' | 'timestation' | 'timekit';

/** What one dialect says of itself. Names of schemas, parameters, responses and security schemes are unique among dialects. */
export interface Description {
  readonly name: DialectName;
  readonly title: string;
  /** Markdown, a few sentences. */
  readonly description: string;
  /** Headings with the tags below them, in the order in which people read them. */
  readonly groups: readonly { readonly name: string; readonly tags: readonly Tag[] }[];
  /** By path from the root of the server, such as /api/v1/timesheets. */
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly responses?: Readonly<Record<string, Response>>;
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  readonly security: readonly SecurityRequirement[];
}

/** A dialect that can describe itself; it does so when somebody asks, since most processes never need it. */
export interface Described {
  readonly name: DialectName;
  describe(): Description;
}

/** A whole OpenAPI document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  /** The dialects that the document describes, in order. */
  readonly 'x-dialects': readonly {
    readonly name: DialectName;
    readonly title: string;
    readonly description: string;
  }[];
  readonly tags: readonly Tag[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  };
  readonly security?: readonly SecurityRequirement[];
}
