export type { Call, Calls, Init } from './call.ts';
export {
  createClient,
  createTimekitClient,
  createTimeStationClient,
  type RestClient,
  type RestPaths,
  type TimekitCaller,
  type TimekitPaths,
  type TimeStationPaths,
} from './clients.ts';
export type { Secret, Server } from './connection.ts';
export { ApiError, type ItemFailure } from './errors.ts';
export { type Batch, type Written, written } from './items.ts';
export {
  createLegacyClient,
  type LegacyAction,
  type LegacyAnswer,
  type LegacyClient,
  type LegacyParams,
} from './legacy.ts';
export type { ListPath, PageAt, QueryAt, Reading, RowAt } from './pages.ts';
export type { Patience } from './persistent.ts';
export type { components, operations, paths } from './schema.ts';
