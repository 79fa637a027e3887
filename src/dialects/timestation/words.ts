/** This API's words for those that the rules use in their sentences. */
const words: Readonly<Record<string, string>> = {
  payroll_id: 'custom_employee_id',
  pay_rate: 'hourly_rate',
  first_name: 'name',
  last_name: 'name',
  display_name: 'name',
  default_jobcode_id: 'department_id',
  jobcode_id: 'department_id',
  jobcode: 'department',
  jobcodes: 'departments',
  user_id: 'employee_id',
  user: 'employee',
  users: 'employees',
  timesheet: 'shift',
  timesheets: 'shifts',
};

// What somebody wrote stands in quotes and is left alone.
const theirs = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|\\b(?:${Object.keys(words).join('|')})\\b`, 'gi');

/** A sentence of a rule as this API's clients understand it. */
export function inOurWords(sentence: string): string {
  const plain = sentence.replace(/^Oops! /, '');
  return plain.replace(theirs, (word) => {
    const ours = words[word.toLowerCase()];
    if (ours === undefined) return word;
    return /^\p{Lu}/u.test(word) ? ours.charAt(0).toUpperCase() + ours.slice(1) : ours;
  });
}
