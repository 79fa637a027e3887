import { useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { OpenApiDocument } from '../../../src/http/openapi/types.ts';
import { type Api, readApi } from './model.ts';
import type { Schemas } from './schema.ts';

/** The reference, for everything below the layout. */
export const ApiContext = createContext<Api | undefined>(undefined);

/** What the running server says of itself. */
export function useApiQuery() {
  return useQuery({ queryKey: ['docs', 'openapi'], queryFn: loadApi, staleTime: Number.POSITIVE_INFINITY });
}

/** The reference; the layout shows nothing before it is there. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error('The reference is read only below the layout of the documentation.');
  return api;
}

export function useSchemas(): Schemas {
  return useApi().document.components.schemas;
}

async function loadApi(): Promise<Api> {
  const response = await fetch('/openapi.json');
  if (!response.ok) throw new Error(`/openapi.json: ${response.status}`);
  return readApi((await response.json()) as OpenApiDocument);
}
