/** Instants (epoch seconds), days ('YYYY-MM-DD') and zones (IANA names): the one import for all of them. */
export * from './days.ts';
export * from './instants.ts';
export * from './zones.ts';
