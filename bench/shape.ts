/** How the timesheets are spread over companies and people. */
export interface Shape {
  readonly companies: number;
  /** Rows of company 1, the big one, in which page 501 exists. */
  readonly bigRows: number;
  /** Rows of every other company. */
  readonly ordinaryRows: number;
  /** Rows a page in the deep workload: 200, or fewer where the data is small. */
  readonly deepLimit: number;
}

/** The page that is measured deep in a list. */
export const deepPage = 501;
/** People with seeded time: a window of 14 days of an ordinary company holds 20 x 10 x 2 = 400 timesheets. */
export const bigPeople = 100;
export const ordinaryPeople = 20;
/** People of the company that is written to, without seeded time: for entries, and for clocking in and out. */
export const writers = 200;
export const clockers = 200;
/** Ids of the companies that are measured; the others are company to them. */
export const bigCompany = 1;
export const writtenCompany = 2;
export const pagedCompany = 3;
/** The first day with seeded time, a Monday. */
export const firstDay = '2023-01-02';
/** A filter from here finds all seeded time; entries of the write workloads lie earlier. */
export const beforeFirstDay = '2022-12-31';

/** The shape of so many timesheets in so many companies. */
export function shapeOf(rows: number, companies: number): Shape {
  const deepLimit = rows >= 400_000 ? 200 : 20;
  const bigRows = deepPage * deepLimit + 100 * deepLimit;
  return { companies, deepLimit, bigRows, ordinaryRows: Math.ceil((rows - bigRows) / (companies - 1)) };
}
