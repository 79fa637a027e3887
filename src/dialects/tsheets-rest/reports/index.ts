import type { Report } from './report.ts';

/** The reports by endpoint. Reference: 28-reports.md. */
export const reports: Readonly<Record<string, Report>> = {};
