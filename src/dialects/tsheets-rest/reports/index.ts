import { breaks } from './breaks.ts';
import { currentTotalsReport } from './current-totals.ts';
import { payroll } from './payroll.ts';
import { payrollByJobcode } from './payroll-by-jobcode.ts';
import { projectReport } from './project.ts';
import { projectEstimate } from './project-estimate.ts';
import { projectEstimateDetailed } from './project-estimate-detail.ts';
import type { Report } from './report.ts';
import { rounding } from './rounding.ts';

/** The reports by endpoint. Reference: 28-reports.md. */
export const reports: Readonly<Record<string, Report>> = {
  'reports/payroll': payroll,
  'reports/payroll_by_jobcode': payrollByJobcode,
  'reports/project_estimate': projectEstimate,
  'reports/project_estimate_detail': projectEstimateDetailed,
  'reports/current_totals': currentTotalsReport,
  'reports/project': projectReport,
  'reports/rounding': rounding,
  'reports/breaks': breaks,
};
